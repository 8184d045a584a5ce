//! How a newer version of a file is brought into the document.

use std::sync::Arc;

use crate::edit::{ItemChange, Outcome};

use super::effect::{Effect, Job, UpdateJob};
use super::gesture::Gesture;
use super::jobs::Awaited;
use super::message::FoundUpdate;
use super::state::State;
use super::words::count_words;

/// How many items that stay as they are a notice names.
const NAMED: usize = 5;

impl State {
    /// Finds what the file of the import form changes in the document.
    pub(super) fn update_from_form(&mut self) -> Vec<Effect> {
        let Some((path, choices)) = self.import.as_ref().and_then(|form| Some((form.path.clone(), form.choices()?)))
        else {
            return Vec::new();
        };
        self.cancel_import();
        let job = UpdateJob {
            path,
            import: Box::new(choices),
            text: Arc::clone(&self.document.text),
            base: self.document.imported.clone(),
        };
        let awaited = Awaited::Update(Arc::clone(&self.document.text));
        vec![Effect::Start(self.jobs.start(awaited), Job::Update(Box::new(job)))]
    }

    /// Brings what was found into the document, and says what became of it.
    pub(super) fn take_update(&mut self, text: &Arc<String>, found: Result<FoundUpdate, String>) -> Vec<Effect> {
        let FoundUpdate { name, update, newer } = match found {
            Ok(found) => found,
            Err(error) => {
                self.notice(error, None, true);
                return Vec::new();
            }
        };
        if !Arc::ptr_eq(text, &self.document.text) {
            self.notice(format!("The document has changed meanwhile; update it from {name} again"), None, true);
            return Vec::new();
        }
        self.document.imported = Some(newer);
        let words = words(&update.changes);
        self.notice(format!("{name}: {words}"), None, false);
        if update.intents.is_empty() {
            return Vec::new();
        }
        self.carry_out(Gesture::new(format!("update from {name}"), update.intents))
    }
}

/// Returns what became of items: "2 added, 1 changed; x stays as you changed it".
fn words(changes: &[ItemChange]) -> String {
    let of = |is: fn(&Outcome) -> bool| changes.iter().filter(move |change| is(&change.outcome));
    let done = [
        (of(|outcome| matches!(outcome, Outcome::Added)).count(), "added"),
        (of(|outcome| matches!(outcome, Outcome::Updated(_))).count(), "changed"),
        (of(|outcome| matches!(outcome, Outcome::Removed)).count(), "removed"),
    ];
    let done: Vec<String> =
        done.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let done = if done.is_empty() { "nothing is new".to_owned() } else { done.join(", ") };
    let named = |is: fn(&Outcome) -> bool, what: &str| {
        let ids: Vec<&str> = of(is).map(|change| change.id.as_str()).collect();
        let more = ids.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {}", count_words(more, "more item")) } else { String::new() };
        let shown = ids.get(..ids.len().min(NAMED)).unwrap_or_default().join(", ");
        (!ids.is_empty()).then(|| format!("; {what}: {shown}{more}"))
    };
    let rest = [
        named(|outcome| matches!(outcome, Outcome::Kept(_)), "changed here and in the file, and kept as they are here"),
        named(|outcome| matches!(outcome, Outcome::Missing), "not in the file, and kept"),
        named(|outcome| matches!(outcome, Outcome::LeftOut), "removed here, and left out"),
    ];
    rest.into_iter().flatten().fold(done, |all, part| all + &part)
}
