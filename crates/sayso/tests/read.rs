//! Bytes to articles as a user meets it: files, folders, compression, and everything that can be wrong.

use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use sayso::read::{ReadErrorKind as Kind, ReadOptions, Sources};
use sayso_record::Article;
use tempfile::TempDir;

const PAGE: &str = "<!doctype html><html><head><title>Talks end</title>\
    <meta property=og:site_name content='The Daily Example'>\
    <meta property=article:published_time content='2017-10-10T08:30:00+0300'>\
    <script>var text = 'This sentence stands in a script and must not be read as text.';</script></head>\
    <body><nav><a href=/>Home</a></nav><article><h1>Talks end</h1>\
    <p>The talks between the two governments ended on Tuesday without an agreement, both sides said.</p>\
    <p>They will go on next week, according to the foreign ministry.</p></article></body></html>";

const PAGE_TEXT: &str = "The talks between the two governments ended on Tuesday without an agreement, both sides \
    said.\n\nThey will go on next week, according to the foreign ministry.";

/// Files in a fresh folder.
struct Files(TempDir);

impl Files {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Files(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// One line for every article or error of these paths, below the folder.
    fn read(&self, paths: &[&str]) -> Vec<String> {
        self.shown(Sources::new(paths.iter().map(|path| self.path(path)), ReadOptions::default()))
    }

    fn shown(&self, sources: Sources) -> Vec<String> {
        let folder = format!("{}/", self.0.path().display());
        shown(sources).into_iter().map(|line| line.replace(&folder, "")).collect()
    }
}

fn shown(sources: Sources) -> Vec<String> {
    sources
        .map(|item| match item {
            Ok(article) => format!("{} {:?}", article.id, article.text),
            Err(error) => {
                assert!(error.hint().is_none_or(|hint| !hint.is_empty()));
                format!("! {error}")
            }
        })
        .collect()
}

fn read_as(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<String> {
    shown(Sources::from_reader(name, Cursor::new(bytes.into()), ReadOptions::default()))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    // As the command writes it; without, damage may pass for data.
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// JSON Lines of `count` articles whose text does not compress to nothing.
fn lines(count: usize) -> String {
    let text = |n: usize| (0..40).map(|m| format!("{:x} ", (n * 40 + m) * 2_654_435_761)).collect::<String>();
    (0..count).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{}\"}}\n", text(n))).collect()
}

#[test]
fn every_format_with_every_compression() {
    let line = b"{\"id\":\"1\",\"text\":\"One.\"}\n";
    for (ending, bytes, id, text) in [
        ("txt", &b"One.\n"[..], None, "One.\n"),
        ("jsonl", line, Some("1"), "One."),
        ("ndjson", line, Some("1"), "One."),
        ("json", line, Some("1"), "One."),
        ("html", PAGE.as_bytes(), None, PAGE_TEXT),
        ("HTM", PAGE.as_bytes(), None, PAGE_TEXT),
    ] {
        for (more, bytes) in [("", bytes.to_vec()), (".gz", gzip(bytes)), (".zst", zst(bytes))] {
            // The second name tells nothing, as on standard input.
            for name in [format!("a.{ending}{more}"), "-".to_owned()] {
                let read = read_as(&name, bytes.clone());
                assert_eq!(read, [format!("{} {text:?}", id.unwrap_or(&name))], "{name}");
            }
        }
    }
}

#[test]
fn several_members_and_frames_are_one_stream() {
    let (one, two) = ("{\"id\":\"1\",\"text\":\"O", "ne.\"}\n{\"id\":\"2\",\"text\":\"Two.\"}\n");
    let expected = ["1 \"One.\"", "2 \"Two.\""];
    assert_eq!(read_as("a.jsonl.gz", [gzip(one.as_bytes()), gzip(two.as_bytes())].concat()), expected);
    assert_eq!(read_as("a.jsonl.zst", [zst(one.as_bytes()), zst(two.as_bytes())].concat()), expected);
}

#[test]
fn what_is_whole_comes_before_the_end_of_a_cut_file() {
    let text = lines(2_000);
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() * 2 / 3].to_vec();
    for (name, bytes) in
        [("a.jsonl.gz", cut(gzip(text.as_bytes()))), ("a.jsonl.zst", cut(zst(text.as_bytes())))]
    {
        let read = read_as(name, bytes);
        let (error, articles) = read.split_last().unwrap();
        assert!(articles.len() > 500, "{name}: {}", articles.len());
        assert!(articles.iter().enumerate().all(|(n, article)| article.starts_with(&format!("{n} "))));
        let line = articles.len() + 1;
        assert!(
            error.starts_with(&format!("! {name}:{line}: the ")) && error.contains("ends too early"),
            "{error}"
        );
    }
}

#[test]
fn what_is_whole_comes_before_damage() {
    let line = b"{\"id\":\"1\",\"text\":\"One.\"}\n";
    let text = lines(2_000);
    let mut damaged = gzip(text.as_bytes());
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x10;
    let read = read_as("a.jsonl.gz", [gzip(line), damaged].concat());
    assert_eq!(read[0], "1 \"One.\"");
    assert!(read.last().unwrap().contains("the gzip data is damaged"), "{:?}", read.last());

    let read = read_as("a.jsonl.gz", [gzip(line), b"trailing garbage".to_vec()].concat());
    assert_eq!(read[0], "1 \"One.\"");
    assert!(read[1].starts_with("! a.jsonl.gz:2: the gzip data is damaged"), "{}", read[1]);

    let mut damaged = zst(text.as_bytes());
    let middle = damaged.len() / 2;
    damaged[middle..middle + 64].fill(0xff);
    let read = read_as("a.jsonl.zst", [zst(line), damaged].concat());
    assert_eq!(read[0], "1 \"One.\"");
    assert!(read.last().unwrap().contains("the zstd data is damaged"), "{:?}", read.last());
}

#[test]
fn a_name_that_promises_compression_is_held_to_it() {
    for name in ["a.txt.gz", "a.jsonl.zst", "a.html.gz"] {
        let read = read_as(name, "plain text");
        assert!(read.len() == 1 && read[0].contains("data is damaged"), "{read:?}");
        let read = read_as(name, "");
        assert!(read.len() == 1 && read[0].starts_with(&format!("! {name}")), "{read:?}");
    }
    assert_eq!(read_as("a.txt.gz", gzip(b"")), ["! a.txt.gz: is empty"]);
}

#[test]
fn one_bad_line_stops_no_other() {
    let bytes = b"\xef\xbb\xbf{\"id\":\"1\",\"text\":\"One.\"}\r\n\
        \r\n\
        {\"id\":\"2\"}\n\
        {\"id\":\"3\",\"text\":\"Thr\xffee\"}\n\
        {\"id\":4,\"text\":\"Four.\"}\n\
        {\"id\":\"5\",\"text\":\"Five.\",\"text\":\"Five.\"}\n\
        {\"id\":\"6\",\"text\":\"Six.\"} {}\n\
        {\"id\":\"7\",\"text\":\"Seven.\",\"published\":\"today\"}\n\
        {\"id\":\"8\",\"text\":\n\
        [\"9\",\"Nine.\"]\n\
        {\"id\":\"10\",\"text\":\"Ten\\r\\n\\u00a0.\",\"title\":null}";
    let broken = bytes.iter().position(|b| *b == 0xff).unwrap();
    assert_eq!(
        read_as("a.jsonl", &bytes[..]),
        [
            "1 \"One.\"",
            "! a.jsonl:3: `text` is missing",
            &format!("! a.jsonl:4: broken UTF-8 at byte {broken} of the file"),
            "! a.jsonl:5: `id` is a number, not a text",
            "! a.jsonl:6: not valid JSON at column 31: duplicate field `text`",
            "! a.jsonl:7: not valid JSON at column 26: trailing characters",
            "! a.jsonl:8: `published`: \"today\" is neither a day (YYYY-MM-DD) nor a time as in RFC 3339",
            "! a.jsonl:9: not valid JSON at column 17: the line ends in the middle of the object",
            "! a.jsonl:10: not a JSON object, but a list",
            "10 \"Ten\\r\\n\\u{a0}.\"",
        ]
    );
}

#[test]
fn empty_files_are_errors() {
    for name in ["a.txt", "a.jsonl", "a.json", "a.html", "-"] {
        for bytes in ["", " \r\n\n", "\u{feff}", "\u{feff}\n"] {
            assert_eq!(read_as(name, bytes), [format!("! {name}: is empty")], "{bytes:?}");
        }
    }
    assert_eq!(read_as("a.jsonl.gz", gzip(b"\n\n")), ["! a.jsonl.gz: is empty"]);
}

#[test]
fn json_over_many_lines_is_one_error() {
    for json in [
        "{\n  \"id\": \"1\",\n  \"text\": \"One.\"\n}\n",
        "[\n  {\"id\": \"1\", \"text\": \"One.\"}\n]\n",
        "[{\n",
    ] {
        let read = read_as("a.json", json);
        assert_eq!(read, ["! a.json:1: the JSON goes on over several lines; one object a line is read"]);
    }
    // A first line that was cut off is an error of its own, and the rest is read.
    let read = read_as("a.jsonl", "{\"id\":\"1\",\"te\n{\"id\":\"2\",\"text\":\"Two.\"}\n");
    assert_eq!(read.len(), 2);
    assert_eq!(read[1], "2 \"Two.\"");
}

#[test]
fn utf16_is_one_error() {
    for name in ["a.txt", "a.jsonl"] {
        assert_eq!(
            read_as(name, b"\xff\xfe{\0\n\0{\0".to_vec()),
            [format!("! {name}: is UTF-16, not UTF-8")]
        );
    }
}

#[test]
fn text_is_kept_as_it_came() {
    let read = read_as("a.txt", "\u{feff}BAGHDAD (AP) \u{2014} One.\r\n\r\n\tTwo\u{a0}.\u{0}\n\n");
    assert_eq!(read, [format!("a.txt {:?}", "BAGHDAD (AP) \u{2014} One.\r\n\r\n\tTwo\u{a0}.\u{0}\n\n")]);
    assert_eq!(
        read_as("a.txt", b"One.\nTw\xe9\n".to_vec()),
        ["! a.txt:2: broken UTF-8 at byte 7 of the file"]
    );
    let read = read_as("a.txt.gz", gzip(b"One.\nTw\xe9\n"));
    assert_eq!(read, ["! a.txt.gz:2: broken UTF-8 at byte 7 of the uncompressed file"]);
}

/// Repeats a pattern for as long as is asked for.
struct Endless {
    pattern: &'static [u8],
    at: usize,
}

impl Endless {
    fn new(pattern: &'static [u8]) -> Self {
        Endless { pattern, at: 0 }
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in &mut *buffer {
            *byte = self.pattern[self.at];
            self.at = (self.at + 1) % self.pattern.len();
        }
        Ok(buffer.len())
    }
}

#[test]
fn a_line_over_the_limit_is_skipped_and_not_held() {
    let options = ReadOptions { max_bytes: 1 << 16, ..ReadOptions::default() };
    let good = &b"{\"id\":\"1\",\"text\":\"One.\"}\n"[..];
    let stream = good.chain(Endless::new(b"x").take(8 << 20)).chain(&b"\n"[..]).chain(good);
    let read = shown(Sources::from_reader("a.jsonl", stream, options.clone()));
    assert_eq!(read, ["1 \"One.\"", "! a.jsonl:2: the line is longer than 64 KiB", "1 \"One.\""]);

    // The error does not wait for the end of the line, which may never come.
    let mut sources = Sources::from_reader("a.jsonl", Endless::new(b"{"), options.clone());
    assert!(matches!(sources.next().unwrap().unwrap_err().kind(), Kind::LineTooLong { limit: 65_536 }));

    for name in ["a.txt", "a.html"] {
        let read = shown(Sources::from_reader(name, Endless::new(b"<p>x"), options.clone()));
        assert_eq!(read, [format!("! {name}: the file is larger than 64 KiB, uncompressed")]);
    }
}

#[test]
fn a_decompression_bomb_is_bounded() {
    let zeros = vec![b'0'; 16 << 20];
    let options = ReadOptions { max_bytes: 1 << 20, ..ReadOptions::default() };
    for (name, bomb) in [("a.txt.gz", gzip(&zeros)), ("a.html.zst", zst(&zeros))] {
        let read = shown(Sources::from_reader(name, Cursor::new(bomb), options.clone()));
        assert_eq!(read, [format!("! {name}: the file is larger than 1 MiB, uncompressed")]);
    }
    let read = shown(Sources::from_reader("a.jsonl.gz", Cursor::new(gzip(&zeros)), options));
    assert_eq!(read, ["! a.jsonl.gz:1: the line is longer than 1 MiB"]);
}

#[test]
fn an_endless_stream_is_read_one_article_at_a_time() {
    let endless = Endless::new(b"{\"id\":\"1\",\"text\":\"One.\"}\n");
    let mut sources = Sources::from_reader("a.jsonl", endless, ReadOptions::default());
    assert!(sources.by_ref().take(10_000).all(|item| item.is_ok()));
    let read = sources.progress().bytes_read();
    assert!(read < 10_000 * 25 + (1 << 18), "{read} bytes read ahead");
}

#[test]
fn pages_give_title_outlet_and_date() {
    let read: Vec<Article> =
        Sources::from_reader("a.html", PAGE.as_bytes(), ReadOptions::default()).map(Result::unwrap).collect();
    let expected = Article {
        id: "a.html".into(),
        text: PAGE_TEXT.into(),
        outlet: Some("The Daily Example".into()),
        published: Some("2017-10-10T08:30:00+03:00".into()),
        title: Some("Talks end".into()),
        ..Article::default()
    };
    assert_eq!(read, [expected]);
}

#[test]
fn pages_that_are_no_articles() {
    assert_eq!(
        read_as("a.html", "<html><body><a href=/a>Home</a></body></html>"),
        ["! a.html: no article found in the page"]
    );
    for tag in ["<div>", "<b>", "<table><td>", "<blockquote>"] {
        let page = format!("{}{PAGE}", tag.repeat(200_000));
        assert_eq!(read_as("a.html", page), ["! a.html: the page nests its elements more than 512 deep"]);
    }
}

#[test]
fn the_deepest_page_allowed_does_not_overflow_the_stack() {
    for (tag, levels) in
        [("<div>", 1), ("<b>", 1), ("<ul><li>", 2), ("<table><td>", 4), ("<section>text ", 1)]
    {
        let read = read_as("a.html", format!("<body>{}{PAGE}", tag.repeat(490 / levels)));
        assert!(!read[0].contains("nests"), "{tag}: {read:?}");
    }
}

#[test]
fn defaults_apply_where_an_article_names_none() {
    let options = ReadOptions {
        outlet: Some("AP".into()),
        published: Some("2017-10-11".parse().unwrap()),
        ..ReadOptions::default()
    };
    let text = "{\"id\":\"1\",\"text\":\"One.\"}\n\
        {\"id\":\"2\",\"text\":\"Two.\",\"outlet\":\"AFP\",\"published\":\"2017-10-10\"}\n\
        {\"id\":\"3\",\"text\":\"Three.\",\"outlet\":\"\",\"published\":null}\n";
    let read: Vec<_> = Sources::from_reader("a.jsonl", text.as_bytes(), options)
        .map(|article| article.map(|article| (article.outlet.unwrap(), article.published.unwrap())).unwrap())
        .collect();
    let pair = |outlet: &str, date: &str| (outlet.to_owned(), date.to_owned());
    assert_eq!(read, [pair("AP", "2017-10-11"), pair("AFP", "2017-10-10"), pair("AP", "2017-10-11")]);
}

#[test]
fn folders_in_sorted_order_with_relative_ids() {
    let line = b"{\"id\":\"1\",\"text\":\"One.\"}";
    let files = Files::new(&[
        ("in/b.txt", b"B."),
        ("in/a/z.txt", b"Z."),
        ("in/a/c/y.txt", b"Y."),
        ("in/a.txt", b"A."),
        ("in/c.jsonl", line),
        ("in/notes.md", b"x"),
        ("in/picture.png", b"\x89PNG"),
        ("in/.hidden.txt", b"x"),
        ("in/.git/x.txt", b"x"),
        ("single.text", b"S."),
    ]);
    let paths = ["single.text", "in"].map(|path| files.path(path));
    let sources = Sources::new(paths, ReadOptions::default());
    let progress = sources.progress();
    assert_eq!(progress.total_bytes(), None);
    assert_eq!(sources.measure(), Some(5 * 2 + line.len() as u64));
    assert_eq!(
        files.shown(sources),
        [
            "single.text \"S.\"",
            "a/c/y.txt \"Y.\"",
            "a/z.txt \"Z.\"",
            "a.txt \"A.\"",
            "b.txt \"B.\"",
            "1 \"One.\""
        ]
    );
    assert_eq!((progress.files_read(), progress.files_skipped()), (6, 2));
    assert_eq!(Some(progress.bytes_read()), progress.total_bytes());
}

#[test]
fn paths_that_are_not_there_or_hold_nothing() {
    let files = Files::new(&[("empty/notes.md", b"x"), ("empty/.a.txt", b"x"), ("a.txt", b"A.")]);
    let read = files.read(&["missing.txt", "empty", "a.txt", "a.txt/b"]);
    assert_eq!(
        read[..3],
        [
            "! missing.txt: no such file or folder",
            "! empty: the folder holds no file that is read (1 of other kinds passed over)",
            "a.txt \"A.\"",
        ]
    );
    assert!(read[3].starts_with("! a.txt/b: "), "{}", read[3]);
    assert_eq!(shown(Sources::new(Vec::<&Path>::new(), ReadOptions::default())), [""; 0]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let files = Files::new(&[("in/a.txt", b"A."), ("in/deep/b.txt", b"B."), ("other/c.txt", b"C.")]);
    symlink("..", files.path("in/deep/up")).unwrap();
    symlink("../other", files.path("in/linked")).unwrap();
    symlink("self.txt", files.path("in/self.txt")).unwrap();
    symlink("nowhere", files.path("in/dead.txt")).unwrap();
    symlink(".", files.path("in/.hidden")).unwrap();
    let read = files.read(&["in"]);
    assert_eq!(
        read[..5],
        [
            "a.txt \"A.\"",
            "! in/dead.txt: this link leads nowhere",
            "deep/b.txt \"B.\"",
            "! in/deep/up: this link leads back to in, a folder it lies in",
            "linked/c.txt \"C.\"",
        ]
    );
    assert!(read[5].starts_with("! in/self.txt: cannot be opened: "), "{}", read[5]);
    assert_eq!(read.len(), 6);
    assert_eq!(files.read(&["in/dead.txt"]), ["! in/dead.txt: this link leads nowhere"]);
}

#[cfg(unix)]
#[test]
fn unreadable_files_and_odd_names() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    let files = Files::new(&[("in/locked.txt", b"x"), ("in/z.txt", b"Z.")]);
    fs::write(files.path("in").join(OsStr::from_bytes(b"caf\xe9\x1b.txt")), "C.").unwrap();
    fs::set_permissions(files.path("in/locked.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    let read = files.read(&["in"]);
    assert_eq!(read[0], "caf\\xe9\\u{1b}.txt \"C.\"");
    // The superuser may read it all the same.
    if fs::File::open(files.path("in/locked.txt")).is_err() {
        assert_eq!(read[1], "! in/locked.txt: cannot be opened: Permission denied (os error 13)");
    }
    assert_eq!(read[2], "z.txt \"Z.\"");
}

#[test]
fn a_file_without_ending_is_read_where_it_was_asked_for() {
    let files =
        Files::new(&[("page", PAGE.as_bytes()), ("news.data", b"\n{\"id\":\"1\",\"text\":\"One.\"}\n")]);
    assert_eq!(files.read(&["page", "news.data"]), [format!("page {PAGE_TEXT:?}"), "1 \"One.\"".to_owned()]);
}

#[test]
fn reading_fails_half_way() {
    /// Gives its pieces one by one, between signals, and then fails.
    struct Failing(Vec<&'static [u8]>, bool);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                // A signal is no failure.
                return Err(io::ErrorKind::Interrupted.into());
            }
            let Some(piece) = self.0.pop() else { return Err(io::Error::other("the disk is gone")) };
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    let failing = || Failing(vec![b"ne.\"}\n{\"id\"", b"\":\"1\",\"text\":\"O", b"{\"id"], false);
    let read = shown(Sources::from_reader("a.jsonl", failing(), ReadOptions::default()));
    assert_eq!(read, ["1 \"One.\"", "! a.jsonl:2: cannot be read on: the disk is gone"]);
    let read = shown(Sources::from_reader("a.txt", failing(), ReadOptions::default()));
    assert_eq!(read, ["! a.txt: cannot be read on: the disk is gone"]);
}

#[test]
fn sources_can_go_to_another_thread() {
    fn is_send<T: Send + 'static>(_: &T) {}
    is_send(&Sources::new(["a"], ReadOptions::default()));
}

const NAMES: [&str; 10] = [
    "-",
    "a.txt",
    "a.jsonl",
    "a.json",
    "a.html",
    "a.txt.gz",
    "a.jsonl.gz",
    "a.jsonl.zst",
    "a.html.zst",
    "a.html.gz",
];

/// A reader that gives one byte at a time.
struct OneByOne(Cursor<Vec<u8>>);

impl Read for OneByOne {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = buffer.len().min(1);
        self.0.read(&mut buffer[..wanted])
    }
}

/// Markup of all kinds, in no order.
const MARKUP: &str = "(</?(p|div|b|a|table|td|tr|svg|template|script|title|ul|li|br|font|select|h1|time|meta)\
    ( (id|href|datetime|content|property)=(x|2017-10-10|\"article:published_time\"))?>\
    |[a-z.,& ]{0,40}|\n|<!--|-->){0,60}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_articles_or_errors(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for name in NAMES {
            prop_assert!(!read_as(name, bytes.clone()).is_empty());
        }
        // Also behind a good start, and inside compression that is whole.
        let line = [&b"{\"id\":\"1\",\"text\":\""[..], &bytes, b"\"}\n"].concat();
        let page = [&b"<html><body><p>"[..], &bytes].concat();
        for bytes in [bytes, line, page] {
            read_as("a.jsonl", bytes.clone());
            read_as("a.html", bytes.clone());
            read_as("a.jsonl.gz", gzip(&bytes));
            read_as("a.jsonl.zst", zst(&bytes));
        }
    }

    #[test]
    fn any_markup_gives_an_article_or_an_error(page in MARKUP) {
        prop_assert_eq!(read_as("a.html", page).len(), 1);
    }

    #[test]
    fn articles_come_back_as_they_were_written(
        articles in proptest::collection::vec(
            (".{0,10}", "(?s).{0,80}[a-z]", proptest::option::of(".{0,10}x"), proptest::option::of(1u8..28)),
            1..8,
        ),
        spare_line in any::<bool>(),
        small_reads in any::<bool>(),
    ) {
        let articles: Vec<Article> = articles
            .into_iter()
            .map(|(id, text, title, day)| Article {
                id: format!("i{id}"),
                text,
                title,
                published: day.map(|day| format!("2017-10-{day:02}")),
                ..Article::default()
            })
            .collect();
        let mut written = String::new();
        for article in &articles {
            written += &serde_json::to_string(article).unwrap();
            written += if spare_line { "\r\n \n" } else { "\n" };
        }
        let bytes = written.into_bytes();
        let packed = [("a.jsonl", bytes.clone()), ("-", bytes.clone()), ("a.jsonl.gz", gzip(&bytes)), ("-", zst(&bytes))];
        for (name, bytes) in packed {
            let whole = Cursor::new(bytes);
            let reader: Box<dyn Read + Send> = if small_reads { Box::new(OneByOne(whole)) } else { Box::new(whole) };
            let read: Result<Vec<Article>, _> = Sources::from_reader(name, reader, ReadOptions::default()).collect();
            prop_assert_eq!(&read.unwrap(), &articles);
        }
    }

    #[test]
    fn plain_text_comes_back_as_it_was_written(text in "(?s)[a-z].{0,200}") {
        let bytes = Cursor::new(text.clone().into_bytes());
        let read: Result<Vec<Article>, _> = Sources::from_reader("a.txt", bytes, ReadOptions::default()).collect();
        prop_assert_eq!(&read.unwrap()[0].text, &text);
    }
}
