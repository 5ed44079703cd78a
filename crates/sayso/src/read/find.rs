//! Paths to files: folders walked in sorted order, links followed but never round in circles.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec;

use walkdir::{DirEntry, WalkDir};

use super::error::{ReadError, ReadErrorKind};
use super::format;
use super::name::{file_id, printable};

/// Something to open.
pub(super) struct Found {
    /// `None` for standard input.
    pub(super) path: Option<PathBuf>,
    /// As messages name it.
    pub(super) name: Arc<str>,
    /// Of the article, where the file is one.
    pub(super) id: String,
}

/// The files that the paths lead to, in order.
pub(super) struct Files {
    paths: vec::IntoIter<PathBuf>,
    folder: Option<Folder>,
    on_skip: Box<dyn FnMut() + Send>,
}

/// A folder being walked.
struct Folder {
    root: PathBuf,
    walk: walkdir::FilterEntry<walkdir::IntoIter, fn(&DirEntry) -> bool>,
    /// Whether it gave a file or an error: a folder must not pass without a word.
    gave: bool,
    skipped: u64,
}

impl Files {
    /// `on_skip` is called for every file in a folder that is passed over because of its name.
    pub(super) fn new(paths: Vec<PathBuf>, on_skip: impl FnMut() + Send + 'static) -> Self {
        Files { paths: paths.into_iter(), folder: None, on_skip: Box::new(on_skip) }
    }

    /// A path that was asked for: a file at once, or a folder to walk.
    fn given(&mut self, path: PathBuf) -> Option<Result<Found, ReadError>> {
        if path.as_os_str() == "-" {
            return Some(Ok(Found { path: None, name: Arc::from(super::STDIN), id: "stdin".to_owned() }));
        }
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {
                let walk = WalkDir::new(&path).follow_links(true).sort_by_file_name().into_iter();
                let walk = walk.filter_entry(not_hidden as fn(&DirEntry) -> bool);
                self.folder = Some(Folder { root: path, walk, gave: false, skipped: 0 });
                None
            }
            Ok(_) => {
                let (name, id) = (Arc::from(printable(&path)), file_id(&path, None));
                Some(Ok(Found { path: Some(path), name, id }))
            }
            Err(error) => {
                let kind = match error.kind() {
                    ErrorKind::NotFound if path.is_symlink() => ReadErrorKind::DeadLink,
                    ErrorKind::NotFound => ReadErrorKind::Missing,
                    _ => ReadErrorKind::Open(error),
                };
                Some(Err(ReadError::new(&Arc::from(printable(&path)), None, kind)))
            }
        }
    }
}

impl Iterator for Files {
    type Item = Result<Found, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(folder) = &mut self.folder else {
                let path = self.paths.next()?;
                if let Some(given) = self.given(path) {
                    return Some(given);
                }
                continue;
            };
            match folder.next(&mut self.on_skip) {
                Some(found) => {
                    folder.gave = true;
                    return Some(found);
                }
                None => {
                    let Folder { root, gave, skipped, .. } = self.folder.take()?;
                    if !gave {
                        let kind = ReadErrorKind::NothingInFolder { skipped };
                        return Some(Err(ReadError::new(&Arc::from(printable(&root)), None, kind)));
                    }
                }
            }
        }
    }
}

impl Folder {
    fn next(&mut self, on_skip: &mut dyn FnMut()) -> Option<Result<Found, ReadError>> {
        loop {
            match self.walk.next()? {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    // A pipe or socket that lies in a folder was hardly meant, and could block for ever.
                    if entry.file_type().is_file() && format::by_name(entry.path()).1.is_some() {
                        let id = file_id(entry.path(), Some(&self.root));
                        let path = entry.into_path();
                        return Some(Ok(Found { name: Arc::from(printable(&path)), path: Some(path), id }));
                    }
                    self.skipped += 1;
                    on_skip();
                }
                Err(error) => {
                    let hidden = error.depth() > 0 && error.path().is_some_and(is_hidden);
                    if !hidden {
                        return Some(Err(walk_error(error, &self.root)));
                    }
                }
            }
        }
    }
}

fn walk_error(error: walkdir::Error, root: &Path) -> ReadError {
    let path = error.path().unwrap_or(root).to_owned();
    let kind = if let Some(ancestor) = error.loop_ancestor() {
        ReadErrorKind::LinkLoop { to: printable(ancestor) }
    } else {
        match error.into_io_error() {
            Some(error) if error.kind() == ErrorKind::NotFound => ReadErrorKind::DeadLink,
            // Without an I/O error it is a loop, which was handled above.
            error => ReadErrorKind::Open(error.unwrap_or_else(|| ErrorKind::Other.into())),
        }
    };
    ReadError::new(&Arc::from(printable(&path)), None, kind)
}

fn not_hidden(entry: &DirEntry) -> bool {
    // The folder itself was asked for, whatever its name: `.` is one.
    entry.depth() == 0 || !is_hidden(Path::new(entry.file_name()))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}
