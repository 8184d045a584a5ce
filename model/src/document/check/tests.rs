use super::super::{options::options, types::Timeline};
use super::*;

/// Checks the position of each diagnostic, its message, and part of its hint. All mistakes must be recoverable.
#[track_caller]
fn expect(text: &str, expect: &[(&str, &str, &str)]) {
    let all = check(text);
    let repaired = all.repair(text).text;
    let read = options().from_str::<Timeline>(&repaired);
    assert!(read.is_ok() || all.is_empty(), "{text}: {repaired}: {read:?}");
    let mut found = all.diagnostics;
    found.sort_by_key(|diagnostic| diagnostic.span.start);
    let shown = found.iter().map(|f| (&text[f.span.start..], f.message.as_str(), f.hint.as_deref().unwrap_or("")));
    let shown: Vec<_> = shown.collect();
    assert_eq!(shown.len(), expect.len(), "{text}: {shown:#?}");
    for (found, expect) in shown.iter().zip(expect) {
        assert!(found.0.starts_with(expect.0), "{text}: {found:#?} {expect:?}");
        assert!(found.1.contains(expect.1), "{text}: {found:#?} {expect:?}");
        assert!(found.2.contains(expect.2), "{text}: {found:#?} {expect:?}");
    }
}

#[test]
fn every_problem_of_every_item_is_found() {
    expect(
        r#"Timeline(titel: 1, events: [(id: "a", date: 1965/2015, lane: "l"), Event(id: 'b',
            lane: "l", title: "t", date: "1", tags: "x")], series: [(id: "s", title: "s", unit: "u",
            scale: log, points: [(date: "1", value: NaN), (date: "2", value: 85,000),
            (date: "3", value: "4")])])"#,
        &[
            ("titel", "a timeline has no field `titel`", "did you mean `title`?"),
            ("1, events", "expected a string in quotes, found the number `1`", ""),
            ("(id: \"a\"", "this event has no `title`", "add `title: ..`"),
            ("1965", "expected a string in quotes, found the number `1965`", "write `\"1965/2015\"`"),
            ("'b'", "found 'b' in single quotes", "double quotes"),
            ("\"x\"", "expected a list in [ ], found a string", "put `[`"),
            ("log", "`log` is not one of Linear, Log", "did you mean `Log`?"),
            ("NaN", "must be a finite number", ""),
            ("000", "expected a field name, found the number `000`", "without commas"),
            ("\"4\"", "expected a number, found a string", "without quotes"),
        ],
    );
}

#[test]
fn punctuation() {
    expect("(title: \"t\" subtitle: \"s\")", &[("subtitle", "a `,` is missing before the word `subtitle`", "")]);
    expect("(title: \"t\",, subtitle: \"s\")", &[(", sub", "expected a field name, found `,`", "remove")]);
    expect("(title \"t\")", &[("\"t\"", "a `:` is missing after `title`", "")]);
    expect("(title = \"t\")", &[("=", "expected `:` after `title`, found `=`", "")]);
    expect("(title, subtitle: \"s\")", &[(",", "`title` has no value", "")]);
    expect("(title: , subtitle: \"s\")", &[(",", "expected a string in quotes, found `,`", "")]);
    expect(
        "(title: \"t\", lanes: [(id: \"a\", title: \"a\") (id: \"b\", title: \"b\")])",
        &[("(id: \"b\"", "a `,` is missing before a group", "")],
    );
}

#[test]
fn habits_of_other_formats() {
    expect("{\"title\": \"t\"}", &[("{", "expected a timeline in ( )", "parentheses")]);
    expect("(\"title\": \"t\")", &[("\"title\"", "field names are written without quotes", "`title: ..`")]);
    expect("(title: “t”)", &[("“", "expected a string in quotes, found `“`", "straight double quotes")]);
    expect("(title:\u{A0}\"t\")", &[("\u{A0}", "found a no-break space", "")]);
    expect("(\"t\")", &[("(", "no `title`", ""), ("\"t\"", "expected a field name", "")]);
}

#[test]
fn a_slip_does_not_hide_the_field_it_was_meant_for() {
    expect(
        "(titel: \"s\", title: \"t\", title: \"u\")",
        &[
            ("titel", "no field `titel`", "`title`"),
            ("title: \"u\"", "`title` is given twice in this timeline", "keep one"),
        ],
    );
}

#[test]
fn the_whole_document() {
    expect("", &[("", "expected a timeline in ( ), found the end of the document", "")]);
    expect("[]", &[("[", "expected a timeline in ( ), found a list", "")]);
    expect("Timelin(title: \"t\")", &[("Timelin", "expected a timeline, found `Timelin(`", "`Timeline(`")]);
    expect("(title: \"t\") x", &[("x", "the timeline ends here, but the word `x` follows", "one document")]);
}

#[test]
fn optional_values() {
    expect("(title: \"t\", subtitle: None, description: Some(\"d\",), view: Some((from: \"1\")))", &[]);
    expect("(title: \"t\", view: Some(from: \"1\"))", &[]);
    expect(
        "(title: \"t\", subtitle: Some(1), view: Some(View(form: \"1\")))",
        &[("1", "expected a string", ""), ("form", "a view has no field `form`", "`from`")],
    );
    expect("(title: \"t\", subtitle: Some(\"a\", \"b\"))", &[("\"b\"", "expected `)` to close `Some(`", "")]);
    expect("(title: Some(\"t\"))", &[("Some", "expected a string in quotes, found the word `Some`", "")]);
}

#[test]
fn escapes_are_shown_where_they_are() {
    expect(r#"(title: "a\n C:\dir")"#, &[(r"\dir", r"`\d` is no escape", r"`\\`")]);
    expect("(title: \"한\\n\n국 \\u{D800}\")", &[("\\u{D800}", "no escape", "")]);
}

#[test]
fn lists_are_limited() {
    let tags = "\"x\",".repeat(66);
    let text = format!("(title: \"t\", events: [(id: \"\", lane: \"\", title: \"\", date: \"\", tags: [{tags}])])");
    expect(&text, &[("\"x\",\"x\",]", "`tags` may hold 64 items at most", "")]);
}

#[test]
fn so_many_problems_and_no_more() {
    let events = "(x: 1),".repeat(10_000);
    let found = check(&format!("(title: \"t\", events: [{events}])"));
    assert_eq!(found.diagnostics.len(), MAX_DIAGNOSTICS + 1, "one more, to tell that there are more");
}
