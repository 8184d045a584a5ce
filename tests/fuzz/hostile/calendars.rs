//! Calendars: components, lines, recurrences and zones.

use longview::import::Format;

use super::case::{Case, SIZE, filled, nested, numbered};

fn of(what: &'static str, make: impl Fn() -> String + Send + Sync + 'static) -> Case {
    Case::of(Format::ICalendar, what, make)
}

const BEGIN: &str = "BEGIN:VCALENDAR\n";
const END: &str = "END:VCALENDAR\n";

/// A calendar of events as many as there is room for, each with these lines.
fn events(lines: &str) -> String {
    let event = format!("BEGIN:VEVENT\nDTSTART:19700101T000000\n{lines}SUMMARY:a\nEND:VEVENT\n");
    filled(BEGIN, &event, END)
}

/// An event of a line that goes on.
fn event(before: &str, piece: &str, after: &str) -> String {
    filled(
        &format!("{BEGIN}BEGIN:VEVENT\nDTSTART:19700101T000000\nSUMMARY:a\n{before}"),
        piece,
        &format!("{after}\nEND:VEVENT\n{END}"),
    )
}

/// Recurrences that go on for ever, never begin, or take long to be found.
const RULES: [(&str, &str); 24] = [
    ("SECONDLY", "FREQ=SECONDLY"),
    ("SECONDLY, COUNT of 10^9", "FREQ=SECONDLY;COUNT=1000000000"),
    ("SECONDLY, on 30 February", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
    ("MINUTELY, on 31 February", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31"),
    ("HOURLY, day 366, in April", "FREQ=HOURLY;BYYEARDAY=366;BYMONTH=4"),
    ("DAILY, in the 60th minute", "FREQ=DAILY;BYMINUTE=60"),
    ("DAILY, on 29 February, Mondays", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
    ("DAILY, INTERVAL of 2^32", "FREQ=DAILY;INTERVAL=4294967295"),
    (
        "DAILY, every second of the day",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9,10",
    ),
    ("WEEKLY, all days", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
    ("MONTHLY, 31st, in February", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"),
    ("MONTHLY, BYSETPOS of 366", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=366"),
    ("MONTHLY, the sixth Friday", "FREQ=MONTHLY;BYDAY=6FR"),
    ("YEARLY, on 30 February", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    ("YEARLY, on 30 February, COUNT", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9"),
    ("YEARLY, week 53, day 1", "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=1;BYDAY=MO"),
    ("YEARLY, INTERVAL of 1,000", "FREQ=YEARLY;INTERVAL=1000;COUNT=1000"),
    ("YEARLY, all days, BYSETPOS", "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1,2,3,-1,-2"),
    ("YEARLY, all weeks", "FREQ=YEARLY;BYWEEKNO=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20;BYDAY=MO,TU"),
    ("UNTIL the year 9999", "FREQ=DAILY;UNTIL=99991231T000000Z"),
    ("UNTIL before the start", "FREQ=DAILY;UNTIL=19000101T000000Z"),
    ("INTERVAL of 0", "FREQ=DAILY;INTERVAL=0"),
    ("numbers beyond all", "FREQ=DAILY;COUNT=100000000000000000000000000000;INTERVAL=100000000000000000000"),
    ("a part without a value", "FREQ=;BYDAY=;COUNT="),
];

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        of("tiny events", || events("")),
        of("components that open", || filled(BEGIN, "BEGIN:X\n", "")),
        of("nested components", || nested(BEGIN, "BEGIN:VEVENT\n", "END:VEVENT\n", END)),
        of("components that close", || filled(BEGIN, "END:X\n", "")),
        of("folds", || event("DESCRIPTION:a", "\n a", "")),
        of("folds of nothing", || event("DESCRIPTION:a", "\n ", "")),
        of("folds within characters", || {
            let text = filled(&format!("{BEGIN}BEGIN:VEVENT\nSUMMARY:a"), "é", "");
            let mut text = text.into_bytes();
            text.truncate(SIZE / 2);
            // As text of one byte a character, so that it is no UTF-8.
            text.into_iter().map(char::from).collect()
        }),
        of("a line of one letter", || event("DESCRIPTION:", "a", "")),
        of("a line of escapes", || event("DESCRIPTION:", "\\n", "")),
        of("a line of commas", || event("CATEGORIES:", "a,", "")),
        of("categories of each number", || {
            numbered(
                &format!("{BEGIN}BEGIN:VEVENT\nDTSTART:19700101\nCATEGORIES:a"),
                |n| format!(",c{n}"),
                &format!("\nEND:VEVENT\n{END}"),
            )
        }),
        of("parameters", || event("DTEND", ";X=Y", ":19700102")),
        of("parameters of quotes", || event("DTEND", ";X=\"", ":19700102")),
        of("properties of the same name", || event("", "COMMENT:a\n", "")),
        of("properties of each number", || {
            numbered(
                &format!("{BEGIN}BEGIN:VEVENT\nDTSTART:19700101\n"),
                |n| format!("X{n}:a\n"),
                &format!("END:VEVENT\n{END}"),
            )
        }),
        of("related events", || event("", "RELATED-TO:a\n", "")),
        of("links and pictures", || event("", "ATTACH:https://e.org/a.png\nURL:https://e.org\n", "")),
        of("links and pictures of each number", || {
            numbered(
                &format!("{BEGIN}BEGIN:VEVENT\nDTSTART:19700101\n"),
                |n| format!("ATTACH:https://e.org/{n}.png\n"),
                &format!("END:VEVENT\n{END}"),
            )
        }),
        of("alarms", || filled(BEGIN, "BEGIN:VALARM\nEND:VALARM\n", END)),
        of("HTML", || event("DESCRIPTION:", "<b>", "")),
        of("signs", || event("DESCRIPTION:", "[*_`", "")),
        of("EXDATE of one recurrence", || event("RRULE:FREQ=DAILY\nEXDATE:19700101T000000", ",19700102T000000", "")),
        of("RDATE of one event", || {
            numbered(
                &format!("{BEGIN}BEGIN:VEVENT\nDTSTART:19700101T000000\nSUMMARY:a\nRDATE:19700101T000000"),
                |n| format!(",{:04}{:02}{:02}T{:02}0000", 1000 + n / 8_064, n / 672 % 12 + 1, n / 24 % 28 + 1, n % 24),
                &format!("\nEND:VEVENT\n{END}"),
            )
        }),
        of("RDATE of periods", || event("RDATE;VALUE=PERIOD:19700101T000000/P1D", ",19700102T000000/P999999999W", "")),
        of("recurrences of one event", || event("", "RRULE:FREQ=DAILY;COUNT=100\n", "")),
        of("a recurrence of many days", || event("RRULE:FREQ=YEARLY;BYDAY=MO", ",TU", "")),
        of("a recurrence of many hours", || event("RRULE:FREQ=YEARLY;BYHOUR=0", ",1", "")),
        of("recurrences with all that they exclude", || {
            let excluded: String = (0..28).map(|day| format!(",197001{:02}T000000", day + 1)).collect();
            events(&format!("RRULE:FREQ=DAILY;COUNT=28\nEXDATE:19700101T000000{excluded}\n"))
        }),
        of("changed occurrences of one recurrence", || {
            numbered(
                &format!(
                    "{BEGIN}BEGIN:VEVENT\nUID:a\nDTSTART:19700101T000000\nRRULE:FREQ=DAILY\nSUMMARY:a\nEND:VEVENT\n"
                ),
                |n| {
                    format!(
                        "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:19700101T000000\nDTSTART:19700101T{:02}0000\nSUMMARY:b\nEND:VEVENT\n",
                        n % 24
                    )
                },
                END,
            )
        }),
        of("changed occurrences of each recurrence", || {
            numbered(
                BEGIN,
                |n| {
                    format!(
                        "BEGIN:VEVENT\nUID:{n}\nDTSTART:19700101T000000\nRRULE:FREQ=DAILY\nEND:VEVENT\nBEGIN:VEVENT\nUID:{n}\nRECURRENCE-ID:19700102T000000\nDTSTART:19700102T010000\nEND:VEVENT\n"
                    )
                },
                END,
            )
        }),
        of("the same UID", || events("UID:a\n")),
        of("durations beyond all", || events("DURATION:P99999999999999999999W\n")),
        of("dates beyond all", || events("DTEND:99999999999999999999T999999\n")),
        of("zones", || {
            numbered(
                BEGIN,
                |n| {
                    format!(
                        "BEGIN:VTIMEZONE\nTZID:z{n}\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n"
                    )
                },
                &format!("BEGIN:VEVENT\nDTSTART;TZID=z1:20240101T000000\nEND:VEVENT\n{END}"),
            )
        }),
        of("rules of a zone", || {
            let rule = "BEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:STANDARD\n";
            let event = "BEGIN:VEVENT\nDTSTART;TZID=z:20240101T000000\nRRULE:FREQ=DAILY\nEND:VEVENT\n".repeat(20_000);
            filled(&format!("{BEGIN}{event}BEGIN:VTIMEZONE\nTZID:z\n"), rule, &format!("END:VTIMEZONE\n{END}"))
        }),
        of("events in a zone of many rules", || {
            let rule = "BEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n".repeat(100);
            filled(
                &format!("{BEGIN}BEGIN:VTIMEZONE\nTZID:z\n{rule}END:VTIMEZONE\n"),
                "BEGIN:VEVENT\nDTSTART;TZID=z:20240101T000000\nSUMMARY:a\nEND:VEVENT\n",
                END,
            )
        }),
        of("a zone for each event", || {
            numbered(
                BEGIN,
                |n| format!("BEGIN:VEVENT\nDTSTART;TZID=Zone/Of_{n}:20240101T000000\nSUMMARY:a\nEND:VEVENT\n"),
                END,
            )
        }),
        of("dates in all of a zone's past", || {
            numbered(
                BEGIN,
                |n| {
                    format!(
                        "BEGIN:VEVENT\nDTSTART;TZID=Europe/Berlin:{:04}0101T000000\nSUMMARY:a\nEND:VEVENT\n",
                        n % 9999 + 1
                    )
                },
                END,
            )
        }),
    ];
    for (what, rule) in RULES {
        cases.push(of(what, move || events(&format!("RRULE:{rule}\n"))));
    }
    cases
}
