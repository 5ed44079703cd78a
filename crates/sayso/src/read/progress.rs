//! How far reading has come, for a progress bar on another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// Counters shared by a [`Sources`](super::Sources) and whoever watches it; clones watch the same ones.
///
/// Bytes are counted as they come from disk, before decompression, so that they compare with file sizes.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    bytes: AtomicU64,
    total: AtomicU64,
    total_known: AtomicBool,
    files: AtomicU64,
    skipped: AtomicU64,
}

impl Progress {
    /// Bytes read so far. A file that was given up half-way counts as read to its end.
    pub fn bytes_read(&self) -> u64 {
        self.0.bytes.load(Relaxed)
    }

    /// Bytes there are to read; `None` before [`Sources::measure`](super::Sources::measure), and
    /// where an input such as a pipe cannot tell.
    pub fn total_bytes(&self) -> Option<u64> {
        self.0.total_known.load(Relaxed).then(|| self.0.total.load(Relaxed))
    }

    /// Files opened so far.
    pub fn files_read(&self) -> u64 {
        self.0.files.load(Relaxed)
    }

    /// Files in folders passed over because their names tell of no kind that is read.
    pub fn files_skipped(&self) -> u64 {
        self.0.skipped.load(Relaxed)
    }

    pub(super) fn add_bytes(&self, bytes: u64) {
        self.0.bytes.fetch_add(bytes, Relaxed);
    }

    pub(super) fn add_file(&self) {
        self.0.files.fetch_add(1, Relaxed);
    }

    pub(super) fn add_skipped(&self) {
        self.0.skipped.fetch_add(1, Relaxed);
    }

    pub(super) fn set_total(&self, bytes: u64) {
        self.0.total.store(bytes, Relaxed);
        self.0.total_known.store(true, Relaxed);
    }
}
