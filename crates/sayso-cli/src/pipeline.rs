//! Articles in, coded by several threads, results out in the order of the input.
//!
//! One thread reads, N threads code, the caller's thread takes the results. At most [`WINDOW`] articles
//! a thread are under way at any time, from being read to being taken, so memory stays flat however long the
//! input is, even while one slow article holds up all that follow it.
//!
//! The threads are not joined: when the caller stops (a closed pipe), the reader may be waiting for
//! input that never comes, and the end of the process is what ends it.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use sayso_record::{Article, Coding};

use crate::format::Print;
use crate::guard;
use crate::message::Message;

/// One thread's coder, with what it keeps between articles.
pub trait Code {
    /// Codes one article.
    fn code(&mut self, article: &Article) -> Coding;
}

/// Gives each thread its coder.
pub trait Coders: Send + Sync {
    /// A coder that has seen no article.
    fn session(&self) -> Box<dyn Code + '_>;
}

/// What reading one article gave: the article and where it came from, or what was wrong.
pub type Input = Result<Article, Message>;

/// One article printed, or what was wrong with it.
pub type Output = Result<Vec<u8>, Message>;

/// Articles under way for each coding thread: enough that none waits while the reader opens a file.
const WINDOW: usize = 4;

/// Codes every article of `source` on `threads` threads and hands each result to `take`, in order,
/// until `take` breaks off.
///
/// A panic costs the article it happened on: it comes out as an error, the others go on.
pub fn run(
    source: impl Iterator<Item = Input> + Send + 'static,
    coders: Arc<dyn Coders>,
    printer: Arc<dyn Print>,
    threads: NonZeroUsize,
    mut take: impl FnMut(Output) -> ControlFlow<()>,
) {
    let window = threads.get() * WINDOW;
    let (permit, permits) = sync_channel(window);
    let (job_sender, jobs) = sync_channel(window);
    let (done_sender, done) = channel();

    thread::spawn(move || read(source, &permit, &job_sender));
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..threads.get() {
        let (coders, printer, jobs, done) =
            (Arc::clone(&coders), Arc::clone(&printer), Arc::clone(&jobs), done_sender.clone());
        thread::spawn(move || work(&*coders, &*printer, &jobs, &done));
    }
    drop(done_sender);

    // Results that came before their turn; never more than the window.
    let mut early = BTreeMap::new();
    let mut next = 0_u64;
    for (number, output) in done {
        early.insert(number, output);
        while let Some(output) = early.remove(&next) {
            next += 1;
            let _ = permits.recv();
            if take(output).is_break() {
                return;
            }
        }
    }
}

/// Numbers the articles; each needs a permit, which is given back when its result is taken.
fn read(mut source: impl Iterator<Item = Input>, permit: &SyncSender<()>, jobs: &SyncSender<(u64, Input)>) {
    for number in 0.. {
        if permit.send(()).is_err() {
            return;
        }
        let (input, last) = match guard::catch(|| source.next()) {
            Ok(Some(input)) => (input, false),
            Ok(None) => return,
            // What the reader would do next is anyone's guess: say so, and read no further.
            Err(panic) => (
                Err(Message::new(format!("reading failed: {panic}"))
                    .hint("what follows was not read; please report this")),
                true,
            ),
        };
        if jobs.send((number, input)).is_err() || last {
            return;
        }
    }
}

/// Codes one article after another until there are no more.
fn work(
    coders: &dyn Coders,
    printer: &dyn Print,
    jobs: &Mutex<Receiver<(u64, Input)>>,
    done: &Sender<(u64, Output)>,
) {
    let mut session = coders.session();
    loop {
        // The lock is held while waiting: the threads wait for their turn to wait.
        let Ok(job) = jobs.lock().expect("no thread panics while it holds the lock").recv() else { return };
        let (number, input) = job;
        let output = input.and_then(|article| {
            guard::catch(|| {
                let mut printed = Vec::new();
                printer.coding(&session.code(&article), &mut printed);
                printed
            })
            .map_err(|panic| {
                // What the session keeps may be half-written.
                session = coders.session();
                Message::new(format!("coding failed: {panic}"))
                    .about(article.id)
                    .hint("this is a fault in sayso, please report it; other articles are not affected")
            })
        });
        if done.send((number, output)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
    use std::time::Duration;

    use super::*;
    use crate::format::Format;

    /// Codes by repeating the article; what the text says happens on the way.
    struct Fake;

    impl Coders for Fake {
        fn session(&self) -> Box<dyn Code + '_> {
            Box::new(FakeSession { poisoned: false })
        }
    }

    struct FakeSession {
        poisoned: bool,
    }

    impl Code for FakeSession {
        fn code(&mut self, article: &Article) -> Coding {
            assert!(!self.poisoned, "a session was used after its panic");
            match &*article.text {
                "slow" => thread::sleep(Duration::from_millis(50)),
                "panic" => {
                    self.poisoned = true;
                    panic!("no such word");
                }
                _ => (),
            }
            let Article { id, text, .. } = article.clone();
            Coding { id, text, events: Vec::new(), ..crate::format::sample() }
        }
    }

    fn article(number: u64, text: &str) -> Input {
        Ok(Article { id: number.to_string(), text: text.into(), ..Article::default() })
    }

    fn collect(source: impl Iterator<Item = Input> + Send + 'static, threads: usize) -> Vec<Output> {
        let threads = NonZeroUsize::new(threads).unwrap();
        let mut all = Vec::new();
        run(source, Arc::new(Fake), Format::Json.printer(80).into(), threads, |output| {
            all.push(output);
            ControlFlow::Continue(())
        });
        all
    }

    fn id(output: &Output) -> String {
        serde_json::from_slice::<Coding>(output.as_ref().unwrap()).unwrap().id
    }

    #[test]
    fn results_come_in_the_order_of_the_input() {
        let source = || (0..200).map(|n| article(n, if n % 17 == 0 { "slow" } else { "quick" }));
        let one = collect(source(), 1);
        assert_eq!(
            one.iter().map(id).collect::<Vec<_>>(),
            (0..200).map(|n: u64| n.to_string()).collect::<Vec<_>>()
        );
        assert_eq!(one, collect(source(), 2));
        assert_eq!(one, collect(source(), 7));
        assert_eq!(collect(std::iter::empty(), 3), []);
    }

    #[test]
    fn a_panic_costs_one_article() {
        let source = (0..20).map(|n| article(n, if n % 5 == 3 { "panic" } else { "quick" }));
        for (number, output) in collect(source, 2).into_iter().enumerate() {
            if number % 5 == 3 {
                let message = output.unwrap_err();
                assert_eq!(message.about, Some(number.to_string()));
                assert!(message.reason.starts_with("coding failed: no such word ("), "{}", message.reason);
            } else {
                assert_eq!(id(&output), number.to_string());
            }
        }
    }

    #[test]
    fn a_bad_article_keeps_its_place() {
        let source = (0..9).map(|n| if n == 4 { Err(Message::new("broken")) } else { article(n, "quick") });
        let all = collect(source, 3);
        assert_eq!(all.len(), 9);
        assert_eq!(all[4], Err(Message::new("broken")));
    }

    #[test]
    fn a_panic_of_the_reader_is_told_and_ends_the_input() {
        let source = (0..9).map(|n| if n == 4 { panic!("bad page") } else { article(n, "quick") });
        let all = collect(source, 2);
        assert_eq!(all.len(), 5);
        assert!(all[4].as_ref().unwrap_err().reason.starts_with("reading failed: bad page"));
    }

    #[test]
    fn no_more_than_the_window_is_under_way() {
        let read = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&read);
        let source = (0..).map(move |n| {
            counter.fetch_add(1, SeqCst);
            // The first article holds up all the others.
            article(n, if n == 0 { "slow" } else { "quick" })
        });
        let mut taken = 0;
        let threads = NonZeroUsize::new(2).unwrap();
        run(source, Arc::new(Fake), Format::Json.printer(80).into(), threads, |_| {
            taken += 1;
            let under_way = read.load(SeqCst) - taken;
            assert!(under_way <= 2 * WINDOW as u64 + 1, "{under_way} under way");
            if taken == 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(taken, 100, "an endless input ends when the caller breaks off");
    }
}
