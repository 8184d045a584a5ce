//! The examples of RFC 5545, 3.8.5.3, and what they leave out.

use std::fmt::Write as _;

use crate::date::civil::{DAY, civil_from_days, days_from_civil};

use super::*;

/// Reads `19970902T090000`.
fn time(text: &str) -> i64 {
    let number = |from: usize, to: usize| text[from..to].parse::<i64>().expect("digits");
    let day = days_from_civil(number(0, 4), number(4, 6) as u8, number(6, 8) as u8);
    day * DAY + number(9, 11) * 3_600 + number(11, 13) * 60 + number(13, 15)
}

/// Returns the times of a rule as the examples list them: `1997 9: 2 9 16; 10: 7`, with the time of day where it is not
/// that of the first.
fn listed(start: &str, rule: &str, most: usize) -> String {
    let rule = Rule::parse(rule).expect("a rule");
    let start = time(start);
    let until = if let End::Until(until) = &rule.end { Some(time(&format!("{until:0<15}"))) } else { None };
    let limits = Limits { until, last: None, most };
    let found = expand(&rule, start, limits, &mut 10_000_000);
    let (mut text, mut month_before, mut year_before) = (String::new(), 0, 0);
    for time in &found.times {
        let (year, month, day) = civil_from_days(time.div_euclid(DAY));
        if year != year_before {
            let _ = write!(text, "{}{year}", if text.is_empty() { "" } else { " | " });
        }
        if (year, month) != (year_before, month_before) {
            let _ = write!(text, "{}{month}:", if year == year_before { "; " } else { " " });
        }
        (year_before, month_before) = (year, month);
        let _ = write!(text, " {day}");
        let of_day = time.rem_euclid(DAY);
        if of_day != start.rem_euclid(DAY) {
            let _ = write!(text, "T{:02}:{:02}", of_day / 3_600, of_day / 60 % 60);
        }
    }
    if found.goes_on { text + " ..." } else { text }
}

fn check(start: &str, rule: &str, most: usize, expect: &str) {
    assert_eq!(listed(start, rule, most), expect, "{rule}");
}

const START: &str = "19970902T090000";

#[test]
fn days_and_weeks_recur_as_in_the_examples() {
    check(START, "FREQ=DAILY;COUNT=10", 99, "1997 9: 2 3 4 5 6 7 8 9 10 11");
    let until = listed(START, "FREQ=DAILY;UNTIL=19971224T000000Z", 200);
    assert!(until.ends_with("12: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23"), "{until}");
    check(START, "FREQ=DAILY;INTERVAL=2", 5, "1997 9: 2 4 6 8 10 ...");
    check(START, "FREQ=DAILY;INTERVAL=10;COUNT=5", 99, "1997 9: 2 12 22; 10: 2 12");
    let yearly = "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA";
    let daily = "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1";
    let found = listed("19980101T090000", yearly, 999);
    assert_eq!(found, listed("19980101T090000", daily, 999));
    assert!(found.starts_with("1998 1: 1 2 3") && found.ends_with("29 30 31") && found.contains("31 | 1999 1: 1 2"));
    check(START, "FREQ=WEEKLY;COUNT=10", 99, "1997 9: 2 9 16 23 30; 10: 7 14 21 28; 11: 4");
    check(
        START,
        "FREQ=WEEKLY;UNTIL=19971224T000000Z",
        99,
        "1997 9: 2 9 16 23 30; 10: 7 14 21 28; 11: 4 11 18 25; 12: 2 9 16 23",
    );
    check(START, "FREQ=WEEKLY;INTERVAL=2;WKST=SU", 9, "1997 9: 2 16 30; 10: 14 28; 11: 11 25; 12: 9 23 ...");
    let expect = "1997 9: 2 4 9 11 16 18 23 25 30; 10: 2";
    check(START, "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", 99, expect);
    check(START, "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", 99, expect);
    check(
        "19970901T090000",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        99,
        "1997 9: 1 3 5 15 17 19 29; 10: 1 3 13 15 17 27 29 31; 11: 10 12 14 24 26 28; 12: 8 10 12 22",
    );
    check(START, "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", 99, "1997 9: 2 4 16 18 30; 10: 2 14 16");
    check("19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", 99, "1997 8: 5 10 19 24");
    check("19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", 99, "1997 8: 5 17 19 31");
}

#[test]
fn months_recur_as_in_the_examples() {
    let first_friday = "1997 9: 5; 10: 3; 11: 7; 12: 5 | 1998 1: 2; 2: 6; 3: 6; 4: 3; 5: 1; 6: 5";
    check("19970905T090000", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", 99, first_friday);
    check("19970905T090000", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", 99, "1997 9: 5; 10: 3; 11: 7; 12: 5");
    check(
        "19970907T090000",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        99,
        "1997 9: 7 28; 11: 2 30 | 1998 1: 4 25; 3: 1 29; 5: 3 31",
    );
    check(
        "19970922T090000",
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        99,
        "1997 9: 22; 10: 20; 11: 17; 12: 22 | 1998 1: 19; 2: 16",
    );
    check(
        "19970928T090000",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        6,
        "1997 9: 28; 10: 29; 11: 28; 12: 29 | 1998 1: 29; 2: 26 ...",
    );
    check(
        START,
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        99,
        "1997 9: 2 15; 10: 2 15; 11: 2 15; 12: 2 15 | 1998 1: 2 15",
    );
    check(
        "19970930T090000",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        99,
        "1997 9: 30; 10: 1 31; 11: 1 30; 12: 1 31 | 1998 1: 1 31; 2: 1",
    );
    check(
        "19970910T090000",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        99,
        "1997 9: 10 11 12 13 14 15 | 1999 3: 10 11 12 13",
    );
    check(START, "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", 8, "1997 9: 2 9 16 23 30; 11: 4 11 18 ...");
    // The first day does not keep to the rule; the example excludes it.
    check(
        START,
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        6,
        "1997 9: 2 | 1998 2: 13; 3: 13; 11: 13 | 1999 8: 13 | 2000 10: 13 ...",
    );
    check(
        "19970913T090000",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        10,
        "1997 9: 13; 10: 11; 11: 8; 12: 13 | 1998 1: 10; 2: 7; 3: 7; 4: 11; 5: 9; 6: 13 ...",
    );
    check("19970904T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", 99, "1997 9: 4; 10: 7; 11: 6");
    check(
        "19970929T090000",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        7,
        "1997 9: 29; 10: 30; 11: 27; 12: 30 | 1998 1: 29; 2: 26; 3: 30 ...",
    );
    check("20070115T090000", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", 99, "2007 1: 15 30; 2: 15; 3: 15 30");
}

#[test]
fn years_recur_as_in_the_examples() {
    check(
        "19970610T090000",
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        99,
        "1997 6: 10; 7: 10 | 1998 6: 10; 7: 10 | 1999 6: 10; 7: 10 | 2000 6: 10; 7: 10 | 2001 6: 10; 7: 10",
    );
    check(
        "19970310T090000",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        99,
        "1997 3: 10 | 1999 1: 10; 2: 10; 3: 10 | 2001 1: 10; 2: 10; 3: 10 | 2003 1: 10; 2: 10; 3: 10",
    );
    check(
        "19970101T090000",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        99,
        "1997 1: 1; 4: 10; 7: 19 | 2000 1: 1; 4: 9; 7: 18 | 2003 1: 1; 4: 10; 7: 19 | 2006 1: 1",
    );
    check("19970519T090000", "FREQ=YEARLY;BYDAY=20MO", 3, "1997 5: 19 | 1998 5: 18 | 1999 5: 17 ...");
    check("19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 3, "1997 5: 12 | 1998 5: 11 | 1999 5: 17 ...");
    check(
        "19970313T090000",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        11,
        "1997 3: 13 20 27 | 1998 3: 5 12 19 26 | 1999 3: 4 11 18 25 ...",
    );
    check(
        "19970605T090000",
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        15,
        "1997 6: 5 12 19 26; 7: 3 10 17 24 31; 8: 7 14 21 28 | 1998 6: 4 11 ...",
    );
    check(
        "19961105T090000",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        3,
        "1996 11: 5 | 2000 11: 7 | 2004 11: 2 ...",
    );
    check("20160229T090000", "FREQ=YEARLY;COUNT=3", 99, "2016 2: 29 | 2020 2: 29 | 2024 2: 29");
    check("19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;COUNT=2", 99, "1997 5: 12 | 1998 5: 11");
    check("20151101T090000", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU;COUNT=3", 99, "2015 11: 1 | 2016 11: 6 | 2017 11: 5");
}

#[test]
fn times_of_day_recur_as_in_the_examples() {
    check(START, "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", 99, "1997 9: 2 2T12:00 2T15:00");
    check(START, "FREQ=MINUTELY;INTERVAL=15;COUNT=6", 99, "1997 9: 2 2T09:15 2T09:30 2T09:45 2T10:00 2T10:15");
    check(START, "FREQ=MINUTELY;INTERVAL=90;COUNT=4", 99, "1997 9: 2 2T10:30 2T12:00 2T13:30");
    let daily = listed(START, "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", 30);
    assert_eq!(daily, listed(START, "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", 30));
    assert!(daily.starts_with("1997 9: 2 2T09:20 2T09:40 2T10:00") && daily.contains("2T16:40 3 3T09:20"), "{daily}");
    check(START, "FREQ=SECONDLY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;COUNT=3", 99, "1997 9: 2 3 4");
    check(START, "FREQ=HOURLY;BYMONTH=1;BYMONTHDAY=1;BYHOUR=9;COUNT=3", 99, "1997 9: 2 | 1998 1: 1 | 1999 1: 1");
}

#[test]
fn a_rule_that_never_comes_or_never_ends_stops() {
    let stops = |rule: &str| {
        let rule = Rule::parse(rule).expect("a rule");
        let mut steps = 100_000;
        let found = expand(&rule, time(START), Limits { until: None, last: None, most: 1_000 }, &mut steps);
        assert!(found.times.len() <= 1_000 && found.goes_on, "{rule:?}");
    };
    stops("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
    stops("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30");
    stops("FREQ=SECONDLY");
    stops("FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,1,2,3,4,5,6,7;BYSECOND=0,1,2,3,4;BYDAY=MO,TU,WE,TH,FR,SA,SU");
    stops("FREQ=DAILY;COUNT=18446744073709551615");
    let far = Rule::parse("FREQ=YEARLY;INTERVAL=4294967295;COUNT=3").expect("a rule");
    let limits = Limits { until: None, last: None, most: 1_000 };
    assert_eq!(expand(&far, time(START), limits, &mut 1_000).times.len(), 1);
    let last = Some(time("19970905T090000"));
    let found = expand(&Rule::every(Frequency::Daily, 1, End::Never), time(START), Limits { last, ..limits }, &mut 999);
    assert_eq!((found.times.len(), found.goes_on), (4, true));
}

#[test]
fn wrong_rules_are_refused() {
    let check = |text: &str, expect: &str| assert_eq!(Rule::parse(text), Err(expect.to_owned()), "{text}");
    check("", "FREQ");
    check("FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY");
    check("FREQ=DAILY;INTERVAL=0", "INTERVAL=0");
    check("FREQ=DAILY;COUNT=0", "COUNT=0");
    check("FREQ=MONTHLY;BYDAY=1XX", "BYDAY=1XX");
    check("FREQ=MONTHLY;BYDAY=é", "BYDAY=é");
    check("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0");
    check("FREQ=YEARLY;RSCALE=CHINESE", "RSCALE=CHINESE");
    check("FREQ", "FREQ");
}

#[test]
fn a_month_later_is_the_same_day_or_the_last() {
    let check = |from: &str, months: i64, to: &str| assert_eq!(months_later(time(from), months), time(to), "{from}");
    check("20240131T090000", 1, "20240229T090000");
    check("20240131T090000", -2, "20231130T090000");
    check("20240229T090000", 12, "20250228T090000");
}
