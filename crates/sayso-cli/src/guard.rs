//! Panics caught: one bad article must not end a long run, nor spill a trace over its output.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::{Component, Path};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic in it becomes an error that tells message and place.
///
/// What `work` changed before it panicked must not be trusted afterwards: the caller throws it away.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    install();
    GUARDED.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    result.map_err(|payload| match PLACE.take() {
        Some(place) => format!("{} ({place})", text(&*payload)),
        None => text(&*payload).to_owned(),
    })
}

/// Once a process: guarded panics are kept for the message, all others printed as ever.
fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if GUARDED.get() {
                PLACE.set(place(info));
            } else {
                usual(info);
            }
        }));
    });
}

/// `crate/src/file.rs:12`, without the folders of the machine it was built on.
fn place(info: &PanicHookInfo<'_>) -> Option<String> {
    let location = info.location()?;
    let parts: Vec<_> = Path::new(location.file())
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let crate_folder = parts.iter().rposition(|part| *part == "src").map_or(0, |src| src.saturating_sub(1));
    Some(format!("{}:{}", parts[crate_folder..].join("/"), location.line()))
}

fn text(payload: &(dyn Any + Send)) -> &str {
    let literal = payload.downcast_ref::<&str>().copied();
    literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("panicked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_with_its_place() {
        assert_eq!(catch(|| 3), Ok(3));
        let error = catch(|| -> () { panic!("no head for word {}", 7) }).unwrap_err();
        assert!(error.starts_with("no head for word 7 ("), "{error}");
        assert!(error.contains("src/guard.rs:"), "{error}");
        let error = catch(|| -> () { panic::panic_any(5) }).unwrap_err();
        assert!(error.starts_with("panicked"), "{error}");
        assert_eq!(catch(|| 4), Ok(4));
    }
}
