//! Events made, changed and deleted in the window, by label and key.

use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, DropPlace, LoadedDocument, UiCommand};

use super::support::*;

/// A window that is high enough for all of a form.
fn window_high() -> Harness<'static, App> {
    let desktop = TestDesktop::new(DialogResult::Unavailable);
    window_on(LoadedDocument::example(Example::Report), desktop, vec2(1280.0, 3000.0))
}

#[test]
fn a_new_event_is_made_in_a_form_and_taken_back() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::N);
    assert!(shows(&harness, "New event"));
    // The title has the focus.
    typed(&mut harness, "Protocol signed");
    type_into(&mut harness, "Date", "22 June 1965");
    assert!(shows(&harness, "22 June 1965 · dated to the day"));
    assert_eq!(text(&harness), Example::Report.text(), "nothing is in the document yet");
    click(&mut harness, "Add Event");
    assert_eq!(last_change(&harness), "add Protocol signed");
    let new = "(id: \"protocol-signed\", lane: \"diplomacy\", title: \"Protocol signed\", date: \"22 June 1965\")";
    let made: String =
        text(&harness).split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(", )", ")");
    assert!(made.contains(new), "{made}");
    assert!(harness.query_by_label("Protocol signed, 22 June 1965").is_some(), "the chart shows it");
    assert!(shows(&harness, "Edit event"), "its form goes on");
    undo(&mut harness);
    assert_eq!(text(&harness), Example::Report.text(), "to the byte");
}

#[test]
fn a_double_click_in_a_lane_begins_an_event_there_and_elsewhere_shows_all() {
    let mut harness = window();
    let title = chart_texts(&harness).into_iter().find(|text| text.words == "Culture").expect("the name of a lane");
    let at = egui::pos2(title.rect.right() + 150.0, title.rect.center().y);
    double_click(&mut harness, at);
    assert!(shows(&harness, "New event"));
    let form = harness.state().state().forms.open.as_ref().expect("a form");
    let own = |name| longview::document::DocPath::root().field(name);
    assert_eq!(form.text(&own("lane")), "culture");
    let year: i32 = form.text(&own("date")).parse().expect("a year");
    assert!((1960..1980).contains(&year), "{year}");
    assert_eq!(text(&harness), Example::Report.text());
    click(&mut harness, "Cancel");
    assert!(harness.state().state().forms.open.is_none());
    assert_eq!(text(&harness), Example::Report.text(), "what was not wanted costs nothing");

    press(&mut harness, Modifiers::NONE, Key::Plus);
    rest(&mut harness);
    let view = harness.state().state().view;
    let axis = chart_at(&harness, 0.5, 0.12);
    double_click(&mut harness, axis);
    rest(&mut harness);
    assert_ne!(harness.state().state().view, view);
}

#[test]
fn lines_make_events() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::A);
    typed(&mut harness, "1965-06-22 Protocol signed #treaty @diplomcy");
    assert!(shows(&harness, "22 June 1965 · Protocol signed · #treaty"), "what is understood is said");
    assert!(shows(&harness, "There is no lane “diplomcy”"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(text(&harness), Example::Report.text(), "what is wrong makes nothing");
    click(&mut harness, "Write Diplomacy");
    assert!(shows(&harness, "22 June 1965 · Protocol signed · Diplomacy · #treaty"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(last_change(&harness), "add Protocol signed");
    assert!(text(&harness).contains("tags: [\"treaty\"]"));
    // The field is empty for the next ones.
    typed(&mut harness, "1970 One");
    press(&mut harness, Modifiers::SHIFT, Key::Enter);
    typed(&mut harness, "1971 Two @Sport");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(last_change(&harness), "add 2 events");
    assert!(text(&harness).contains("title: \"Sport\""));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("New Events").is_none());
    undo(&mut harness);
    undo(&mut harness);
    assert_eq!(text(&harness), Example::Report.text());
}

#[test]
fn a_new_timeline_begins_with_its_first_event() {
    let mut harness = window();
    click(&mut harness, "File");
    click(&mut harness, "New");
    harness.get_by_label_contains("Blank Timeline").click();
    finish(&mut harness);
    assert!(shows(&harness, "What happened first?"));
    // The field has the focus.
    typed(&mut harness, "1969-07-20 Landing on the Moon");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    rest(&mut harness);
    assert_eq!(last_change(&harness), "add Landing on the Moon");
    assert!(harness.query_by_label("Landing on the Moon, 20 July 1969").is_some(), "it is in view");
    assert!(!shows(&harness, "What happened first?"));
    assert!(
        text(&harness).contains("// An event may look like this") || text(&harness).contains("// (\n"),
        "comments stay"
    );
}

#[test]
fn an_event_is_copied_and_deleted_with_what_refers_to_it() {
    let mut harness = window();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::COMMAND, Key::D);
    assert!(last_change(&harness).starts_with("duplicate Treaty"));
    assert!(text(&harness).contains("id: \"treaty-on-basic-relations\""));
    undo(&mut harness);
    assert_eq!(text(&harness), Example::Report.text());

    press(&mut harness, Modifiers::NONE, Key::Escape);
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(last_change(&harness).starts_with("delete Treaty"), "no error is left behind");
    assert!(!text(&harness).contains("\"treaty\""), "nor a relation");
    assert!(harness.state().state().selected().is_some(), "another one is selected");
    undo(&mut harness);
    assert_eq!(text(&harness), Example::Report.text());
}

#[test]
fn a_field_changes_its_token_and_nothing_else() {
    let mut harness = window();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::E);
    assert!(shows(&harness, "Edit event"));
    type_into(&mut harness, "Date", "22 June 1965");
    assert_eq!(last_change(&harness), "change date of Treaty on Basic Relations");
    let before = Example::Report.text();
    let at = before.find("date: \"1965\"").expect("the date");
    let expected = format!("{}date: \"22 June 1965\"{}", &before[..at], &before[at + "date: \"1965\"".len()..]);
    assert_eq!(text(&harness), expected);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Edit event"));
    undo(&mut harness);
    assert_eq!(text(&harness), before);
}

#[test]
fn what_is_wrong_is_kept_until_it_is_mended() {
    let mut harness = window();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::E);
    type_into(&mut harness, "Date", "03/04/1965");
    assert_eq!(text(&harness), Example::Report.text(), "no change");
    assert!(harness.query_by_label("Write 1965-04-03").is_some(), "with what may be meant");
    // Another event is looked at meanwhile.
    press_on_chart(&mut harness, "The report is published");
    assert!(shows(&harness, "not in the document yet"), "it is said");
    press_on_chart(&mut harness, "Treaty on Basic");
    assert!(harness.query_by_label("Write 1965-04-03").is_some(), "it is still there");
    click(&mut harness, "Write 1965-04-03");
    assert_eq!(last_change(&harness), "change date of Treaty on Basic Relations");
    assert!(text(&harness).contains("date: \"1965-04-03\""));
}

/// Clicks the mark of an event.
fn press_on_chart(harness: &mut Harness<'static, App>, title: &str) {
    let right = harness.state().state().chart_rect.right();
    let found = harness.get_all_by_label_contains(title).find(|node| node.rect().center().x < right);
    found.expect("a mark").click();
    harness.run();
}

#[test]
fn a_title_cannot_be_left_out() {
    let mut harness = window();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::E);
    type_into(&mut harness, "Title", "");
    assert!(shows(&harness, "This cannot be left out"));
    assert_eq!(text(&harness), Example::Report.text());
    click(&mut harness, "Discard");
    assert!(!shows(&harness, "This cannot be left out"));
}

#[test]
fn lists_of_a_record_are_changed() {
    let mut harness = window_high();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::E);
    type_into(&mut harness, "New tag", "normalization, peace");
    click(&mut harness, "Add new tag");
    assert!(text(&harness).contains("\"peace\""), "{}", text(&harness));
    click(&mut harness, "Take out #peace");
    assert_eq!(last_change(&harness), "change tags of Treaty on Basic Relations");
    type_into(&mut harness, "New link", "https://example.org/a");
    click(&mut harness, "Add new link");
    assert_eq!(last_change(&harness), "add a link to Treaty on Basic Relations");
    type_into(&mut harness, "Words of link 1", "A page");
    assert!(text(&harness).contains("title: \"A page\""));
    click(&mut harness, "Remove link 1");
    assert!(!text(&harness).contains("example.org"));
    choose(
        &mut harness,
        "Add a citation of",
        "Still Distant Neighbors: South Korea-Japan Relations Fifty Years After Diplomatic Normalization",
    );
    assert_eq!(last_change(&harness), "add a citation to Treaty on Basic Relations");
    type_into(&mut harness, "Place", "Tokyo");
    type_into(&mut harness, "Latitude", "35.68");
    assert!(text(&harness).contains("place: (name: \"Tokyo\", latitude: 35.68)"), "{}", text(&harness));
    type_into(&mut harness, "Latitude", "");
    type_into(&mut harness, "Place", "");
    assert!(!text(&harness).contains("place:"), "nothing of it is left");
    type_into(&mut harness, "Importance", "3");
    assert!(text(&harness).contains("importance: 3"));
    last_change(&harness);
    while harness.state().state().document.editing.next_undo().is_some() {
        undo(&mut harness);
    }
    assert_eq!(text(&harness), Example::Report.text());
}

#[test]
fn related_events_are_found() {
    let mut harness = window_high();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::E);
    type_into(&mut harness, "Find an event", "visitors");
    harness.get_all_by_label_contains("Relate to").next().expect("a hit").click();
    harness.run();
    assert_eq!(last_change(&harness), "change related of Treaty on Basic Relations");
}

#[test]
fn everything_else_of_a_document_has_a_form() {
    let mut harness = window_high();
    press(&mut harness, Modifiers::NONE, Key::E);
    assert!(shows(&harness, "Edit timeline"));
    type_into(&mut harness, "Subtitle", "Fifty years");
    assert!(text(&harness).contains("subtitle: \"Fifty years\""));

    click(&mut harness, "New Lane");
    typed(&mut harness, "Sport");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(text(&harness).contains("title: \"Sport\""));
    choose(&mut harness, "Colour", "green");
    assert!(text(&harness).contains("(id: \"new-lane\", title: \"Sport\", color: \"green\")"));
    click(&mut harness, "Move Up");
    last_change(&harness);
    let order = text(&harness);
    assert!(order.find("new-lane") < order.find("\"publication\", title"), "{order}");
    click(&mut harness, "Delete");
    assert!(!text(&harness).contains("new-lane"));

    press(&mut harness, Modifiers::NONE, Key::E);
    click(&mut harness, "New Series");
    type_into(&mut harness, "Title", "Students");
    type_into(&mut harness, "Unit", "people");
    type_into(&mut harness, "Points from a spreadsheet", "Year\tStudents\n1965\t1,200\n2014\tmany\n2015\t19000");
    assert!(shows(&harness, "Line 3: “many” is no number"));
    click(&mut harness, "Add 2 Points");
    last_change(&harness);
    assert!(text(&harness).contains("(date: \"1965\", value: 1200)"), "{}", text(&harness));
    type_into(&mut harness, "Value of point 1", "1300");
    assert!(text(&harness).contains("(date: \"1965\", value: 1300)"));
    click(&mut harness, "Done");

    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::E);
    click(&mut harness, "New Era");
    type_into(&mut harness, "Title", "Thaw");
    type_into(&mut harness, "Date", "1998/2001");
    assert!(
        text(&harness).contains("title: \"Thaw\", date: \"1998/2001\"") || text(&harness).contains("\"1998/2001\"")
    );
    last_change(&harness);
    while harness.state().state().document.editing.next_undo().is_some() {
        undo(&mut harness);
    }
    assert_eq!(text(&harness), Example::Report.text());
}

#[test]
fn what_others_refer_to_is_not_deleted() {
    let mut harness = window_high();
    press(&mut harness, Modifiers::NONE, Key::E);
    harness.get_all_by_label("Diplomacy").last().expect("a lane").click();
    harness.run();
    assert!(shows(&harness, "Edit lane"));
    click(&mut harness, "Delete");
    assert!(shows(&harness, "is not deleted, as 1 event are in it") || shows(&harness, "is not deleted"));
    assert_eq!(text(&harness), Example::Report.text());
}

#[test]
fn several_events_are_changed_at_once() {
    let mut harness = window();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert!(shows(&harness, "3 events selected"));
    type_into(&mut harness, "Tag all", "early");
    click(&mut harness, "Add the tag to all");
    assert_eq!(last_change(&harness), "tag 3 events with early");
    assert_eq!(text(&harness).matches("\"early\"").count(), 3);
    choose(&mut harness, "Move all to: ", "Culture");
    assert_eq!(last_change(&harness), "move 3 events to Culture");
    assert!(shows(&harness, "3 events selected"), "they stay selected");
    click(&mut harness, "Delete All");
    assert_eq!(last_change(&harness), "delete 3 events");
    for _ in 0..3 {
        undo(&mut harness);
    }
    assert_eq!(text(&harness), Example::Report.text());
}

#[test]
fn a_picture_of_the_folder_is_added() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("timeline.ron");
    std::fs::write(&path, Example::Report.text()).expect("a document");
    let picture = folder.path().join("pictures/one.png");
    let desktop = TestDesktop::new(DialogResult::Path(picture));
    let mut harness =
        window_on(LoadedDocument::from_path(&path), std::sync::Arc::clone(&desktop), Vec2::new(1280.0, 3000.0));
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::E);
    click_and_finish(&mut harness, "Choose Picture…");
    assert_eq!(desktop.asked(), ["media"]);
    assert!(text(&harness).contains("(file: \"pictures/one.png\")"), "{}", text(&harness));
    let dropped = folder.path().join("two.jpg");
    harness.state_mut().apply(UiCommand::DropFile(dropped, None).into());
    harness.run();
    assert!(text(&harness).contains("(file: \"two.jpg\")"));
    // One of another folder is copied, beside what is there.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let other = elsewhere.path().join("three.png");
    std::fs::write(&other, b"three").expect("a file");
    std::fs::create_dir(folder.path().join("media")).expect("a folder");
    std::fs::write(folder.path().join("media/three.png"), b"another").expect("a file");
    harness.state_mut().apply(UiCommand::DropFile(other.clone(), None).into());
    harness.run();
    assert!(shows(&harness, "Copy three.png into"));
    click(&mut harness, "Cancel");
    assert!(!text(&harness).contains("three.png"));
    harness.state_mut().apply(UiCommand::DropFile(other, None).into());
    harness.run();
    click_and_finish(&mut harness, "Copy");
    assert!(text(&harness).contains("(file: \"media/three-2.png\")"), "{}", text(&harness));
    assert_eq!(std::fs::read(folder.path().join("media/three.png")).expect("a file"), b"another");
    assert_eq!(std::fs::read(folder.path().join("media/three-2.png")).expect("a file"), b"three");
}

#[test]
fn a_picture_that_is_dropped_on_the_chart_makes_an_event_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("timeline.ron");
    std::fs::write(&path, Example::Report.text()).expect("a document");
    let mut harness = window_on_file(&path);
    let place = DropPlace { lane: Some("culture".to_owned()), date: Some("1998".to_owned()) };
    harness.state_mut().apply(UiCommand::DropFile(folder.path().join("one.png"), Some(place)).into());
    finish(&mut harness);
    assert!(shows(&harness, "New event"));
    // The title has the focus.
    harness.event(egui::Event::Text("A treaty".to_owned()));
    harness.run();
    type_into(&mut harness, "What there is to see in the picture", "Two people at a table");
    click(&mut harness, "Add Event");
    let text = text(&harness);
    assert!(text.contains("title: \"A treaty\"") && text.contains("date: \"1998\""), "{text}");
    assert!(text.contains("(file: \"one.png\", alt: \"Two people at a table\")"), "{text}");
    // A document that is in no file has no folder.
    let mut harness = window();
    harness.state_mut().apply(UiCommand::DropFile("/pictures/one.png".into(), None).into());
    harness.run();
    assert!(shows(&harness, "save the timeline first"));
}

#[test]
fn what_is_pasted_makes_events() {
    let mut harness = window();
    harness.event(egui::Event::Paste("22 June 1965 A treaty is signed".to_owned()));
    harness.run();
    assert_eq!(harness.state().state().quick_entry.as_deref(), Some("22 June 1965 A treaty is signed"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(text(&harness).contains("title: \"A treaty is signed\""), "{}", text(&harness));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state().quick_entry, None);
    harness.event(egui::Event::Paste("A report\n\nIn 1951 talks began.".to_owned()));
    harness.run();
    assert!(shows(&harness, "1 sentence with dates: 0 cited, 1 left"));
    // Where something is typed, it is pasted there.
    let before = text(&harness);
    harness.get_by_label_contains("In 1951 talks").click();
    harness.run();
    harness.event(egui::Event::Paste("Talks".to_owned()));
    harness.run();
    assert_eq!(harness.state().state().capture.title, "Talks");
    assert_eq!(text(&harness), before);
}
