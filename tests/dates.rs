//! Dates as written -> words, precision and bounds; and bad dates -> the place, the reason, the hint.

use longview::date::{Calendar, Caution, Date, between, iso};

/// Each line: text | words | words on a label | precision | earliest | latest (exclusive); `-` for an open end.
const GOOD: &str = include_str!("dates.txt");
/// Each line: text | bytes at fault | message | hint.
const BAD: &str = include_str!("dates_bad.txt");

fn precision(date: &Date) -> String {
    date.precision_words().replace("dated to the ", "")
}

#[test]
fn good_dates() {
    let rows: Vec<&str> = GOOD.lines().collect();
    assert!(rows.len() >= 190);
    let mut wrong: Vec<String> = Vec::new();
    for row in rows {
        let text = row.split(" | ").next().unwrap();
        let date = Date::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
        let second = |second: Option<i64>| second.map_or("-".to_owned(), iso);
        let found = [
            text.to_owned(),
            date.words(),
            date.short_words(),
            precision(&date),
            second(date.earliest()),
            second(date.latest()),
        ];
        if found.join(" | ") != row {
            wrong.extend([row.to_owned(), format!("  is {}", found.join(" | "))]);
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Words that can be read at all mean the date that they were said of.
#[test]
fn words_that_are_read_mean_the_same() {
    let mut wrong: Vec<String> = Vec::new();
    let mut read = 0;
    for text in GOOD.lines().filter_map(|row| row.split(" | ").next()) {
        let date = Date::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
        for words in [date.words(), date.short_words(), date.words_dual()] {
            let Ok(again) = Date::parse(&words) else { continue };
            read += 1;
            // A label may say less than is known, or a minute that began some seconds before, but nothing else.
            let label = words == date.short_words() && words != date.words();
            let wider = again.bounds().hull(date.bounds()) == again.bounds()
                || again.bounds().start.abs_diff(date.bounds().start) < 60;
            let same = (again.bounds(), again.known_bounds()) == (date.bounds(), date.known_bounds());
            if !(same || label && wider) {
                wrong.push(format!("{text}: {words:?} is {:?}", again.words()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(read >= 300, "{read}");
}

#[test]
fn bad_dates() {
    let rows: Vec<&str> = BAD.lines().collect();
    assert!(rows.len() >= 90);
    for row in rows {
        let text = row.split(" | ").next().unwrap();
        let error = Date::parse(text).expect_err(text);
        let range = format!("{}..{}", error.range.start, error.range.end);
        let found = [text, &range, &error.message, error.hint.as_deref().unwrap_or("-")];
        assert_eq!(found.join(" | "), row);
    }
}

#[test]
fn empty_text_is_no_date() {
    for text in ["", " ", "\t\n", "\u{a0}"] {
        let error = Date::parse(text).unwrap_err();
        assert_eq!((error.range, error.message.as_str()), (0..text.len(), "the date is empty"));
    }
}

#[test]
fn julian_dates() {
    let check = |text: &str, dual: &str, earliest: &str| {
        let date = Date::parse_in(text, Calendar::Julian).unwrap();
        assert_eq!((date.words_dual().as_str(), iso(date.earliest().unwrap()).as_str()), (dual, earliest), "{text}");
    };
    check("1917-10-25", "25 October 1917 (Julian; 7 November 1917 Gregorian)", "1917-11-07");
    check("25 October 1917", "25 October 1917 (Julian; 7 November 1917 Gregorian)", "1917-11-07");
    check("1917-10", "October 1917 (Julian; 14 October – 13 November 1917 Gregorian)", "1917-10-14");
    check("1917", "1917 (Julian; 14 January 1917 – 13 January 1918 Gregorian)", "1917-01-14");
    check("15 March 44 BCE", "15 March 44 BCE (Julian; 13 March 44 BCE Gregorian)", "-000043-03-13");
    check("1900-02-29", "29 February 1900 (Julian; 13 March 1900 Gregorian)", "1900-03-13");
    check("1605-11-05~", "about 5 November 1605 (Julian; about 15 November 1605 Gregorian)", "1605-11-15");
    check("1917-10-25/..", "since 25 October 1917 (Julian; since 7 November 1917 Gregorian)", "1917-11-07");
    check("156X", "the 1560s (Julian)", "1560-01-11");
    check("17XX-12-25", "25 December in the 1700s (Julian)", "1701-01-05");
    check("XXXX-12-25", "25 December of an unknown year (Julian)", "0000-12-23");
    check("1701-12-2X", "a day from 20 to 29 December 1701 (Julian)", "1701-12-31");
    check("17XX", "the 1700s (Julian)", "1700-01-11");
    check("17th century", "17th century (Julian)", "1601-01-11");
    check("1700S2", "about 1700 (1700–1799) (Julian)", "1700-01-11");
    check("early 19th century", "early 19th century (1801–1833) (Julian)", "1801-01-13");
    check("late 1810s", "late 1810s (1817–1819) (Julian)", "1817-01-13");
    check("XX00-02-29", "29 February of a year like XX00 (Julian)", "0000-02-27");
    check("1701-24", "winter 1701–02 (Julian; 12 December 1701 – 11 March 1702 Gregorian)", "1701-12-12");
    check("12 ka", "12,000 years ago", "-010550-01-01");
    let error = Date::parse_in("1900-02-30", Calendar::Julian).unwrap_err();
    assert_eq!((error.range, error.message.as_str()), (8..10, "February 1900 has 29 days"));
    assert_eq!(Date::parse("1965").unwrap().words_dual(), "1965");
}

/// Each line: from | to | calendar units | days.
const DISTANCES: &str = "\
1965-12-10 | 1998-12-10 | 33 years | 12,053 days
1998-12-10 | 1965-12-10 | 33 years | 12,053 days
1965 | 1998 | 32 to 34 years | 11,689 to 12,417 days
1965~ | 2014 | about 49 years | 17,533 to 18,261 days
1965 | 2015-12-10 | 49 to 51 years | 18,241 to 18,605 days
2015-12-10 | 2015-12-13 | 3 days | 3 days
2015-12-10 | 2016-02-13 | 2 months and 3 days | 65 days
1965-06-22 | 2015-12-10 | 50 years, 5 months and 18 days | 18,433 days
2001-01-31 | 2001-02-28 | 1 month | 28 days
2004-02-29 | 2005-02-28 | 1 year | 365 days
1850-01-01~ | 1850-01-04 | about 3 days | about 3 days
1965-06 | 1965-12 | 5 to 7 months | 154 to 213 days
1965-06 | 1998-03 | 32 to 33 years | 11,932 to 11,991 days
1965 | 1966 | up to 2 years | 1 to 729 days
1965 | 1965-06-22 | at most 1 year apart | at most 192 days apart
1965-06-22 | 1965-06-22 | the same day | the same day
1965-06-22 | 1998/.. | 32 to 34 years | 11,881 to 12,245 days
1965/2015 | 2014 | overlapping | overlapping
1965/ | 2014 | an unknown time apart | an unknown time apart
2014 | 1965/ | an unknown time apart | an unknown time apart
1965/.. | 2014 | overlapping | overlapping
before 1914 | 1920 | at least 6 years | at least 2,192 days
2015-12-10T14:00:00.2 | 2015-12-10T14:00:00.9 | 0.7 seconds | the same day
2015-12-10T14:00:00.9 | 2015-12-10T14:00:00.2 | 0.7 seconds | the same day
2016-12-31T23:59:59Z | 2016-12-31T23:59:60Z | 1 second | the same day
../1914 | 1965 | 50 to 52 years | 18,264 to 18,992 days
1965 | [1998..] | at least 32 years | at least 11,689 days
44 BCE | 14 CE | 56 to 58 years | 20,455 to 21,183 days
31 December 1 BCE | 1 January 1 CE | 1 day | 1 day
6th century BCE | 1965 | 2,464 to 2,565 years | 899,959 to 936,846 days
2015-12-10T14:00 | 2015-12-10T16:30 | 2 hours 30 minutes | the same day
2015-12-10T14:00+09:00 | 2015-12-10T05:00Z | the same time | the same day";

#[test]
fn distances() {
    for row in DISTANCES.lines() {
        let fields: Vec<&str> = row.split(" | ").collect();
        let (a, b) = (Date::parse(fields[0]).unwrap(), Date::parse(fields[1]).unwrap());
        let apart = between(&a, &b);
        assert_eq!([apart.words(), apart.days_words()], fields[2..], "{row}");
    }
}

#[test]
fn durations() {
    let lasts = |text: &str| Date::parse(text).unwrap().duration().map(|duration| duration.words());
    assert_eq!(lasts("1965/2015").as_deref(), Some("49 to 51 years"));
    assert_eq!(lasts("2015-12-10/2015-12-12").as_deref(), Some("2 days"));
    assert_eq!(lasts("1998/.."), None);
}

#[test]
fn distances_in_deep_time() {
    let check = |a: &str, b: &str, words: &str| {
        assert_eq!(between(&Date::parse(a).unwrap(), &Date::parse(b).unwrap()).words(), words, "{a} -> {b}");
    };
    check("66 Ma", "1950", "65.5 to 66.5 million years");
    check("13.8 Ga", "66 Ma", "13.68 to 13.78 billion years");
    check("c. 66 Ma", "1950", "about 66 million years");
    check("252 Ma", "66 Ma", "185 to 187 million years");
    check("12 ka", "1950", "11,500 to 12,501 years");
}

/// What is read in one of two ways: text | bytes in question | how it was read | what to write for the other; a row for
/// each caution.
const DOUBTFUL: &str = include_str!("dates_cautions.txt");

fn cautions(text: &str) -> Vec<String> {
    let reading = match Date::read(text, Calendar::Gregorian) {
        Ok(reading) => reading,
        Err(error) => return vec![format!("{text}: {error:?}")],
    };
    let row = |caution: Caution| {
        let range = format!("{}..{}", caution.range.start, caution.range.end);
        [text, &range, &caution.message, caution.hint.as_deref().unwrap_or("-")].join(" | ")
    };
    reading.cautions.into_iter().map(row).collect()
}

#[test]
fn doubtful_dates() {
    let rows: Vec<&str> = DOUBTFUL.lines().collect();
    let mut texts: Vec<&str> = rows.iter().filter_map(|row| row.split(" | ").next()).collect();
    texts.dedup();
    let found: Vec<String> = texts.into_iter().flat_map(cautions).collect();
    let wrong: Vec<_> = found.iter().zip(&rows).filter(|(found, row)| found != *row).collect();
    assert!(wrong.is_empty(), "\n{wrong:#?}");
    assert_eq!(found.len(), rows.len());
}

#[test]
fn nothing_else_is_doubted() {
    for text in [
        "1965",
        "44 BCE",
        "1965-06-22",
        "1960s",
        "2015-12-10T14:30-0500",
        "10,000 BCE",
        "1979-21",
        "156X",
        "7 Ma/6 Ma?",
        "c. 800 BCE/480 BCE",
    ] {
        assert_eq!(cautions(text), <[String; 0]>::default());
    }
}

/// Every date is displayed as a text that is read as the same date, in whichever calendar it was written.
#[test]
fn what_is_displayed_is_read_back() {
    let mut wrong: Vec<String> = Vec::new();
    let texts: Vec<&str> = GOOD.lines().chain(DOUBTFUL.lines()).filter_map(|row| row.split(" | ").next()).collect();
    for calendar in [Calendar::Gregorian, Calendar::Julian] {
        for text in &texts {
            let date = Date::parse_in(text, calendar).unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
            let displayed = date.to_string();
            match displayed.parse::<Date>() {
                Ok(again) if again == date => {}
                Ok(again) => wrong.push(format!("{text}: {displayed:?}\n  is {again:?}\n not {date:?}")),
                Err(error) => wrong.push(format!("{text}: {displayed:?}: {error}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
