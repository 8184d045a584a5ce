//! A panic, caught and described in a report that contains nothing of the user's document.
//!
//! [`catch`] runs a piece of work and returns a [`CrashReport`] if it panics, so that one fault costs one job or one
//! frame and not the process. The report says what failed, where in the source, and in which version.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, Location, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// What a panic said about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrashReport {
    /// What the program was doing: "drawing a frame".
    pub during: &'static str,
    /// The message of the panic, without what may have come from a document.
    pub message: String,
    /// File, line and column of the panic; `None` if they are not known.
    pub location: Option<String>,
}

impl CrashReport {
    /// One sentence for the user: "Internal error while drawing a frame (src/layout/view.rs:12:5)."
    #[must_use]
    pub fn summary(&self) -> String {
        let location = self.location.as_ref().map(|location| format!(" ({location})")).unwrap_or_default();
        format!("Internal error while {}{location}.", self.during)
    }

    /// The text of a report file. `details` are further lines, such as the size of the window.
    #[must_use]
    pub fn text(&self, details: &[String]) -> String {
        let mut lines = vec![
            format!("Longview {}: report of an internal error", env!("CARGO_PKG_VERSION")),
            String::new(),
            format!("what:   {}", self.message),
            format!("where:  {}", self.location.as_deref().unwrap_or("unknown")),
            format!("during: {}", self.during),
            format!("system: {} {}", std::env::consts::OS, std::env::consts::ARCH),
        ];
        lines.extend_from_slice(details);
        lines.extend([String::new(), "This report contains nothing of the document.".to_owned(), String::new()]);
        lines.join("\n")
    }
}

/// Runs `work`. If it panics, returns a report of the panic; `during` says what the program was doing.
///
/// The panic message is not printed. The caller must restore whatever `work` may have left half changed.
///
/// # Errors
/// The report of the panic.
pub fn catch<T>(during: &'static str, work: impl FnOnce() -> T) -> Result<T, CrashReport> {
    install_hook();
    CATCHING.set(CATCHING.get() + 1);
    LAST_HERE.take();
    let result = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(CATCHING.get() - 1);
    result.map_err(|payload| {
        // The panic may be that of a thread that `work` waited for.
        let location = LAST_HERE.take().or_else(|| last_elsewhere().take());
        CrashReport { during, message: message(&*payload), location }
    })
}

thread_local! {
    /// How many calls of [`catch`] are running on this thread.
    static CATCHING: Cell<usize> = const { Cell::new(0) };
    /// Where the last panic within [`catch`] on this thread was.
    static LAST_HERE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Where the last panic outside [`catch`] was, on any thread.
static LAST_ELSEWHERE: Mutex<Option<String>> = Mutex::new(None);

fn last_elsewhere() -> MutexGuard<'static, Option<String>> {
    LAST_ELSEWHERE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            let location = info.location().map(location_words);
            if CATCHING.get() > 0 {
                LAST_HERE.set(location);
            } else {
                *last_elsewhere() = location;
                previous(info);
            }
        }));
    });
}

/// "src/layout/view.rs:12:5". Of a file outside the package, only the part from the name of its crate on, so that the
/// folders of the machine that compiled the program are left out.
fn location_words(location: &Location<'_>) -> String {
    let file = location.file().replace('\\', "/");
    let file = file
        .rsplit_once("/registry/src/")
        .and_then(|(_, file)| file.split_once('/'))
        .map_or_else(|| file.rsplit_once("/library/").map_or(file.as_str(), |(_, file)| file), |(_, file)| file);
    format!("{file}:{}:{}", location.line(), location.column())
}

/// The message of a panic, up to the first quotation in it: what is quoted may come from a document.
fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(literal) = payload.downcast_ref::<&'static str>() {
        return (*literal).to_owned();
    }
    let Some(formatted) = payload.downcast_ref::<String>() else { return "no message".to_owned() };
    let first_line = formatted.lines().next().unwrap_or_default();
    match first_line.find(['"', '\'', '`', '“']) {
        Some(quotation) => format!("{}…", first_line.get(..quotation).unwrap_or_default()),
        None => first_line.chars().take(LONGEST).collect(),
    }
}

/// The most characters of a message that a report keeps.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_ends_well_gives_its_value() {
        assert_eq!(catch("adding", || 1 + 1), Ok(2));
    }

    #[test]
    fn a_panic_is_described() {
        let report = catch("indexing", || Vec::<u8>::new()[std::hint::black_box(3)]).expect_err("a panic");
        assert_eq!(report.during, "indexing");
        assert_eq!(report.message, "index out of bounds: the len is 0 but the index is 3");
        let location = report.location.as_deref().expect("a place");
        assert!(location.starts_with("src/crash.rs:"), "{location}");
        assert!(report.summary().starts_with("Internal error while indexing (src/crash.rs:"), "{}", report.summary());
        let text = report.text(&["window: 300 x 200".to_owned()]);
        for part in [env!("CARGO_PKG_VERSION"), "the index is 3", location, "indexing", "window: 300 x 200"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }

    #[test]
    fn a_report_contains_no_text_of_a_document() {
        let text = "a “secret” é";
        let inside = text.len() - 1;
        let sliced = catch("slicing", || text[..inside].len()).expect_err("a panic");
        let unwrapped = catch("unwrapping", || text.parse::<f64>().map_err(|_| text).expect("a number"));
        let unwrapped = unwrapped.expect_err("a panic");
        for report in [sliced, unwrapped] {
            assert!(!report.text(&[]).contains("secret"), "{}", report.text(&[]));
            assert!(report.location.is_some());
        }
    }

    #[test]
    fn a_panic_of_a_thread_that_is_waited_for_is_described() {
        let report = catch("waiting", || {
            std::thread::scope(|scope| {
                let thread = scope.spawn(|| Vec::<u8>::new()[std::hint::black_box(1)]);
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        });
        let report = report.expect_err("a panic");
        assert_eq!(report.message, "index out of bounds: the len is 0 but the index is 1");
        assert!(report.location.is_some());
    }

    #[test]
    fn panics_do_not_add_up() {
        for number in 0..3 {
            let report = catch("trying again", || Vec::<u8>::new()[std::hint::black_box(number)]).expect_err("a panic");
            assert!(report.message.ends_with(&number.to_string()), "{}", report.message);
        }
        assert_eq!(catch("adding", || 2), Ok(2));
    }
}
