//! Documents to start from.

use longview::compose::Template;

use crate::support::{folder, longview, text};

#[test]
fn a_new_document_can_be_used_at_once() {
    let folder = folder();
    for template in Template::ALL {
        let file = format!("{}.ron", template.name());
        let made = longview(folder.path(), &["new", &file, "--template", template.name(), "--title", "Rome \"II\""]);
        let said = text(&made.stderr);
        assert_eq!(made.status.code(), Some(0), "{said}");
        assert!(said.contains(&format!("longview {file}")), "{said}");
        let checked = longview(folder.path(), &["check", &file]);
        let problems = text(&checked.stdout);
        let is_empty =
            problems.lines().next().is_none_or(|first| first.contains("warning: nothing is in this timeline"));
        assert!(checked.status.success() && is_empty, "{file}: {problems}");
        let exported = longview(folder.path(), &["export", &file, "-o", "a.svg"]);
        assert!(exported.status.success(), "{file}: {}", text(&exported.stderr));
        let picture = std::fs::read_to_string(folder.path().join("a.svg")).expect("a picture");
        assert!(picture.contains("Rome"), "{file}");
    }
}

#[test]
fn a_file_that_exists_is_never_replaced() {
    let folder = folder();
    let path = folder.path().join("mine.ron");
    std::fs::write(&path, "(title: \"mine\")").expect("a document");
    let refused = longview(folder.path(), &["new", "mine.ron"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("mine.ron exists already"), "{}", text(&refused.stderr));
    assert_eq!(std::fs::read_to_string(&path).expect("the document"), "(title: \"mine\")");

    let nowhere = longview(folder.path(), &["new", "no/where.ron"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(text(&nowhere.stderr).contains("the folder no does not exist"), "{}", text(&nowhere.stderr));
}

#[test]
fn it_can_go_to_standard_output() {
    let folder = folder();
    let made = longview(folder.path(), &["new", "-"]);
    assert_eq!((made.status.code(), text(&made.stdout).as_str()), (Some(0), Template::Blank.text()));
    let unknown = longview(folder.path(), &["new", "a.ron", "--template", "novel"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(!folder.path().join("a.ron").exists());
}
