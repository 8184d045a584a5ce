//! A timeline of twenty events that is made of the text of a report, from empty to exported, by the keyboard alone.

use std::io::Write as _;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument};
use longview::date::Date;

use super::support::*;

/// The sentences of the text that have a date, and the titles that they get.
const EVENTS: [(&str, &str); 20] = [
    ("In 1876 a treaty opened three ports.", "Treaty of Ganghwa"),
    ("On 17 November 1905 Korea became a protectorate.", "Protectorate"),
    ("It was annexed on 29 August 1910.", "Annexation"),
    ("On 1 March 1919 crowds read out a declaration.", "Independence movement"),
    ("Rule from Tokyo ended on 15 August 1945.", "Liberation"),
    ("The Republic was founded on 15 August 1948.", "Republic founded"),
    ("War lasted from 25 June 1950 to 27 July 1953.", "Korean War"),
    ("Talks on relations opened in October 1951.", "Talks open"),
    ("A line at sea was drawn in January 1952.", "Peace line"),
    ("On 22 June 1965 the two signed a treaty.", "Treaty on Basic Relations"),
    ("Its ratifications were exchanged on 18 December 1965.", "Treaty in force"),
    ("A politician was abducted in August 1973.", "Kim Dae-jung abducted"),
    ("In September 1984 a president came to Tokyo.", "First state visit"),
    ("A statement of 4 August 1993 admitted coercion.", "Kono statement"),
    ("Another, of 15 August 1995, spoke of remorse.", "Murayama statement"),
    ("A joint declaration was made on 8 October 1998.", "Joint declaration"),
    ("Both were hosts of a cup in 2002.", "World Cup"),
    ("A drama found its public from 2003 to 2004.", "Winter Sonata"),
    ("In August 2012 a president went to the islets.", "Visit to the islets"),
    ("On 28 December 2015 ministers made an agreement.", "Agreement of ministers"),
];

/// A person at the keyboard, who is counted.
struct Typist {
    harness: Harness<'static, App>,
    /// Keys and combinations of keys that were pressed.
    keys: usize,
    /// Characters that were typed into fields.
    characters: usize,
}

impl Typist {
    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.keys += 1;
        press(&mut self.harness, modifiers, key);
        if self.harness.state().has_jobs() {
            finish(&mut self.harness);
        }
    }

    fn write(&mut self, words: &str) {
        self.characters += words.chars().count();
        self.harness.event(Event::Text(words.to_owned()));
        self.harness.run();
    }

    /// The name of what has the focus.
    fn focused(&self) -> String {
        let mut all = self.harness.query_all(By::new().predicate(|node| node.is_focused() && !node.is_hidden()));
        all.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }

    /// Presses Tab until what has this name has the focus.
    fn tab_to(&mut self, name: &str) {
        for _ in 0..20 {
            if self.focused() == name {
                return;
            }
            self.press(Modifiers::NONE, Key::Tab);
        }
        assert_eq!(self.focused(), name, "no {name} within twenty steps");
    }
}

#[test]
fn twenty_events_of_a_report_are_made_by_the_keyboard_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("relations");
    let desktop = TestDesktop::new(DialogResult::Path(target.clone()));
    let harness = window_on(LoadedDocument::example(Example::Report), Arc::clone(&desktop), vec2(1280.0, 800.0));
    let mut typist = Typist { harness, keys: 0, characters: 0 };

    typist.press(Modifiers::COMMAND, Key::N);
    typist.press(Modifiers::NONE, Key::Escape);
    typist.press(Modifiers::NONE, Key::C);
    let text = EVENTS.map(|(sentence, _)| sentence).join("\n\nNothing is said of when this was.\n\n");
    typist.harness.event(Event::Paste(text));
    typist.keys += 1;
    typist.press(Modifiers::COMMAND, Key::Enter);
    assert!(shows(&typist.harness, "20 sentences with dates: 0 cited, 20 left"));
    typist.press(Modifiers::ALT, Key::ArrowDown);
    for (number, (_, title)) in EVENTS.iter().enumerate() {
        typist.write(title);
        if number == 0 {
            typist.tab_to("Title of the source");
            typist.write("A history of relations");
            typist.tab_to("Add Event");
        }
        typist.press(Modifiers::NONE, Key::Enter);
        assert!(shows(&typist.harness, &format!("{} cited, {} left", number + 1, 19 - number)), "{title}");
    }
    typist.press(Modifiers::COMMAND, Key::S);
    typist.press(Modifiers::COMMAND, Key::E);
    assert_eq!(typist.harness.query_all_by_role(Role::Dialog).count(), 1);
    typist.tab_to("Save As…");
    typist.press(Modifiers::NONE, Key::Enter);

    let saved = std::fs::read_to_string(target.with_extension("ron")).expect("the document");
    let opened = longview::open(saved);
    assert!(!opened.has_errors(), "{:?}", opened.diagnostics);
    let timeline = opened.timeline.expect("a timeline");
    let titles: Vec<&str> = timeline.events.iter().map(|event| event.title).collect();
    assert_eq!(titles, EVENTS.map(|(_, title)| title));
    for event in timeline.events.iter() {
        assert!(event.date.is_some() && event.citations.iter().next().is_some_and(|citation| citation.note.is_some()));
    }
    let dates: Vec<String> = timeline.events.iter().filter_map(|event| event.date.map(Date::words)).collect();
    assert_eq!([&*dates[0], &dates[6], &dates[9]], ["1876", "25 June 1950 – 27 July 1953", "22 June 1965"]);
    assert_eq!(png_size(&target.with_extension("png"))[0] % 2, 0, "a picture at two pixels a point");
    let counts = format!("{} keys, {} characters of titles", typist.keys, typist.characters);
    writeln!(std::io::stdout(), "{counts}").expect("an output");
    // 35 were counted, 20 of them Enter for an event.
    assert!(typist.keys <= 40, "{} keys", typist.keys);
}
