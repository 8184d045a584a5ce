//! Properties of dates: against jiff on every day it knows, against edtf-core on mutated text, and beyond both.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use longview::date::civil::{self, Calendar, Civil, DAY};
use longview::date::{Date, between, iso};
use proptest::prelude::*;

/// Every `step`th day of jiff's range, both ways.
fn check_days(step: usize) {
    let mut date = jiff::civil::Date::MIN;
    let epoch = jiff::civil::date(1970, 1, 1);
    let days_since = |date: jiff::civil::Date| i64::from(date.since(epoch).unwrap().get_days());
    let (first, last) = (days_since(date), days_since(jiff::civil::Date::MAX));
    let mut count = 0_usize;
    for days in first..=last {
        if count.is_multiple_of(step) || days == last {
            let (year, month, day) = (i64::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
            assert_eq!(civil::days_from_civil(year, month, day), days, "{date}");
            assert_eq!(civil::civil_from_days(days), (year, month, day), "{date}");
            assert_eq!(civil::weekday(days), date.weekday().to_monday_one_offset().unsigned_abs(), "{date}");
        }
        count += 1;
        if days < last {
            date = date.tomorrow().unwrap();
        }
    }
    assert_eq!(count, 7_304_484);
}

#[test]
fn every_97th_day_is_as_jiff_has_it() {
    check_days(97);
}

#[test]
#[ignore = "every day of 20,000 years; run with --release"]
fn every_day_is_as_jiff_has_it() {
    check_days(1);
}

proptest! {
    #[test]
    fn days_round_trip(days in -36_600_000_000_000_i64..36_600_000_000_000) {
        let (year, month, day) = civil::civil_from_days(days);
        prop_assert!((1..=12).contains(&month) && day >= 1 && day <= civil::days_in_month(year, month));
        prop_assert_eq!(civil::days_from_civil(year, month, day), days);
        let (next_year, next_month, next_day) = civil::civil_from_days(days + 1);
        prop_assert!((year, month, day) < (next_year, next_month, next_day));
        let (year, month, day) = civil::julian_from_days(days);
        prop_assert!(day >= 1 && day <= Calendar::Julian.days_in_month(year, month));
        prop_assert_eq!(civil::days_from_julian(year, month, day), days);
    }

    #[test]
    fn the_calendar_repeats(days in -36_600_000_000_000_i64..36_600_000_000_000, cycles in -1000_i64..1000) {
        let (year, month, day) = civil::civil_from_days(days);
        prop_assert_eq!(civil::days_from_civil(year + 400 * cycles, month, day), days + 146_097 * cycles);
    }

    #[test]
    fn seconds_round_trip(seconds in any::<i64>()) {
        let civil = Civil::from_seconds(seconds);
        prop_assert_eq!(civil.seconds(), seconds);
    }

    #[test]
    fn iso_days_are_read_back(days in -4_000_000_i64..2_900_000) {
        let text = iso(days * DAY);
        // EDTF years have four digits; iso() gives six to those before the year 0.
        let text = text.strip_prefix("-00").map_or(text.clone(), |rest| format!("-{rest}"));
        if text.len() <= 11 && !text.starts_with('+') {
            let date = Date::parse(&text).unwrap();
            prop_assert_eq!((date.earliest(), date.latest()), (Some(days * DAY), Some((days + 1) * DAY)));
            prop_assert_eq!(Date::parse(&date.words()).unwrap(), date);
        }
    }

    #[test]
    fn words_of_spans_are_read_back(a in 1000_i64..9000, length in 0_i64..900, day in 0_i64..800_000) {
        for text in [
            format!("{a}/{}", a + length),
            format!("-{:04}/-{a}", a + length),
            format!("{}/{}", iso(day * DAY), iso((day + length % 90) * DAY)),
            format!("{a}-03/{a}-0{}", 3 + length % 7),
            format!("{a}/.."),
            format!("../{a}"),
        ] {
            let date = Date::parse(&text).unwrap();
            let (words, short) = (date.words(), date.short_words());
            let same = |text: &str| Date::parse(text).unwrap().bounds() == date.bounds();
            prop_assert!(same(&words), "{} -> {}", text, words);
            prop_assert!(same(&short), "{} -> {}", text, short);
        }
    }

    #[test]
    fn words_of_times_are_read_back(
        day in 0_i64..800_000,
        second in 0_i64..86_400,
        decimals in 0_usize..10,
        nanos in 0_u32..1_000_000_000,
        offset in prop_oneof![Just(None), Just(Some(0)), (-720_i32..840).prop_map(Some)],
    ) {
        let fraction = format!("{nanos:09}");
        let fraction = if decimals == 0 { String::new() } else { format!(".{}", &fraction[..decimals]) };
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        let sign = |offset: i32| if offset < 0 { '-' } else { '+' };
        let zone = offset.map_or_else(String::new, |offset| {
            format!("{}{:02}:{:02}", sign(offset), offset.abs() / 60, offset.abs() % 60)
        });
        let text = format!("{}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}", iso(day * DAY));
        let date = Date::parse(&text).unwrap();
        prop_assert_eq!(&Date::parse(&date.words()).unwrap(), &date, "{} -> {}", text, date.words());
        let label = Date::parse(&date.short_words()).unwrap();
        prop_assert!(label.is_same_time(&date), "{} -> {}", text, date.short_words());
    }

    #[test]
    fn a_part_of_a_second_orders_times(a in 0_u32..1_000_000_000, b in 0_u32..1_000_000_000) {
        let date = |nanos: u32| Date::parse(&format!("1963-11-22T12:30:18.{nanos:09}Z")).unwrap();
        prop_assert_eq!(date(a).sort_key().cmp(&date(b).sort_key()), a.cmp(&b));
        let leap = Date::parse("1963-11-22T12:30:60").unwrap();
        prop_assert!(date(a).sort_key() < leap.sort_key());
    }

    #[test]
    fn distances_hold(a in -100_000_i64..100_000, b in -100_000_i64..100_000) {
        let date = |day: i64| Date::parse(&iso(day * DAY)).unwrap();
        let (there, back) = (between(&date(a), &date(b)), between(&date(b), &date(a)));
        prop_assert_eq!(there.days, ((b - a).abs(), (b - a).abs()));
        prop_assert_eq!(there.words(), back.words());
        let year = |day: i64| Date::parse(&iso(day * DAY)[..4]).unwrap();
        let loose = between(&year(a), &year(b));
        prop_assert!(loose.days.0 <= there.days.0 && there.days.0 <= loose.days.1);
    }

    /// A span of two years is read as those, or with a caution that suggests them, or refused; never as something else.
    #[test]
    fn two_years_are_never_something_else_in_silence(
        first in 1000_i64..2000,
        length in 1_i64..99,
        digits in 0_usize..3,
        joint in proptest::sample::select(vec!["-", " - ", " -", "–", " – ", "—", " to ", "/", " / ", " until "]),
        before in proptest::sample::select(vec!["", "", "c. ", "from ", "about ", "the years ", "[", "("]),
        after in proptest::sample::select(vec!["", "", "?", " CE", " AD", " (?)", "."]),
    ) {
        let last = first + length;
        // The second year may leave out what it shares with the first.
        let shares = |digits: u32| first / 10_i64.pow(digits) == last / 10_i64.pow(digits);
        let short = [4, 2, 1][digits];
        let short = if u32::try_from(short).is_ok_and(shares) { short } else { 4 };
        let divisor = 10_i64.pow(u32::try_from(short).unwrap());
        let written = format!("{:0short$}", last % divisor);
        let close = match before { "[" => "]", "(" => ")", _ => "" };
        let text = format!("{before}{first}{joint}{written}{after}{close}");
        let years = (Some(Calendar::Gregorian.year_start(first)), Some(Calendar::Gregorian.year_start(last + 1)));
        // A month of ISO 8601 is read as one.
        let is_month = joint == "-" && short == 2 && last % 100 <= 12 && !matches!(after, " CE" | " AD");
        match Date::read(&text, Calendar::Gregorian) {
            Ok(reading) if (reading.date.earliest(), reading.date.latest()) == years || is_month => {
                prop_assert!(reading.cautions.iter().all(|caution| caution.hint.is_some()), "{}", text);
            }
            Ok(reading) => {
                let texts: Vec<&String> = reading.cautions.iter().flat_map(|caution| &caution.suggestions).collect();
                let leads = texts.iter().any(|text| {
                    Date::parse(text).is_ok_and(|date| (date.earliest(), date.latest()) == years)
                });
                prop_assert!(leads, "{} is {:?}, {:?}", text, reading.date.words(), texts);
            }
            Err(error) => {
                let leads = error.suggestions.iter().any(|text| {
                    Date::parse(text).is_ok_and(|date| (date.earliest(), date.latest()) == years)
                });
                prop_assert!(leads, "{}: {:?}", text, error);
            }
        }
    }

    /// Two days of one month are read as those in whatever order the year, the month and the days stand.
    #[test]
    fn two_days_of_a_month(
        year in 100_i64..2000,
        month in 1_u8..=12,
        day in 1_u8..14,
        length in 1_u8..14,
        form in 0_usize..8,
        joint in proptest::sample::select(vec!["-", " - ", "–", " – ", "/", " to "]),
    ) {
        let name = Date::parse(&format!("2000-{month:02}")).unwrap().words().replace(" 2000", "");
        let last = day + length;
        let text = match form {
            0 => format!("{day}{joint}{last} {name} {year}"),
            1 => format!("{name} {day}{joint}{last}, {year}"),
            2 => format!("{year} {name} {day}{joint}{last}"),
            3 => format!("{day} {name}{joint}{last} {name} {year}"),
            4 => format!("{year} {day}{joint}{last} {name}"),
            5 => format!("{name} {day}{joint}{name} {last}, {year}"),
            6 => format!("{day}th{joint}{last}th of {name} {year} CE"),
            _ => format!("between {day} and {last} {name} {year}"),
        };
        let date = Date::parse(&text);
        prop_assert!(date.is_ok(), "{}: {:?}", text, date);
        let date = date.unwrap();
        let days = (civil::days_from_civil(year, month, day), civil::days_from_civil(year, month, last) + 1);
        prop_assert_eq!((date.earliest(), date.latest()), (Some(days.0 * DAY), Some(days.1 * DAY)), "{}", text);
    }

    #[test]
    fn anything_at_all(text in any::<String>()) {
        check_text(&text);
    }
}

/// What must hold of any text.
fn check_text(text: &str) {
    for calendar in [Calendar::Gregorian, Calendar::Julian] {
        match Date::parse_in(text, calendar) {
            Ok(date) => {
                let bounds = date.bounds();
                assert!(bounds.start < bounds.end, "{text:?}");
                let displayed = date.to_string();
                assert_eq!(displayed.parse::<Date>().as_ref(), Ok(&date), "{text:?} ({calendar:?}) -> {displayed:?}");
                assert!(bounds.start <= date.anchor() && date.anchor() < bounds.end, "{text:?}");
                let words = [date.words(), date.short_words(), date.words_dual(), date.precision_words()];
                for said in words {
                    assert!(!said.is_empty() && !said.starts_with("0 "), "{text:?} -> {said:?}");
                    assert!(!said.contains(" 0 BCE") && !said.contains(" 0 CE"), "{text:?} -> {said:?}");
                }
                if let Some(duration) = date.duration() {
                    assert!(!duration.words().is_empty() && !duration.days_words().is_empty());
                }
                let apart = between(&date, &Date::parse("1965").unwrap());
                assert!(apart.days.0 <= apart.days.1 && apart.days.0 >= 0, "{text:?} {apart:?}");
                assert!(!apart.words().is_empty() && !apart.days_words().is_empty());
            }
            Err(error) => {
                assert!(text.get(error.range.clone()).is_some(), "{text:?} {error:?}");
                assert!(!error.message.is_empty(), "{text:?}");
                for suggestion in &error.suggestions {
                    assert!(Date::parse_in(suggestion, calendar).is_ok(), "{text:?} -> {suggestion:?}");
                }
            }
        }
    }
    for caution in Date::read(text, Calendar::Gregorian).map_or_else(|_| Vec::new(), |reading| reading.cautions) {
        assert!(text.get(caution.range.clone()).is_some(), "{text:?} {caution:?}");
    }
    check_edtf(text);
}

/// All that is EDTF is read, and bounded by the same days.
fn check_edtf(text: &str) {
    use edtf_core::{Bound, Edtf};
    let Ok(edtf) = Edtf::parse(text) else { return };
    let date = match Date::parse(text) {
        Ok(date) => date,
        Err(error) if error.message.contains("100,000,000,000") => return,
        Err(error) => panic!("{text:?} is EDTF: {error:?}"),
    };
    let day = |bound: Bound, extra: i64| match bound {
        Bound::Date(day) => Some((civil::days_from_civil(day.year, day.month, day.day) + extra) * DAY),
        _ => None,
    };
    // A time of day is finer than the day that edtf-core reports.
    if !matches!(edtf, Edtf::DateTime(_)) {
        let bounds = edtf.bounds();
        assert_eq!(date.earliest(), day(bounds.earliest, 0), "{text:?}");
        assert_eq!(date.latest(), day(bounds.latest, 1), "{text:?}");
    }
}

const SEEDS: &str = include_str!("dates.txt");

/// Changes, removes, adds and joins pieces of the table's dates.
fn mutated(rounds: u32, seed: u64) {
    let seeds: Vec<&str> =
        SEEDS.lines().filter_map(|line| line.split(" | ").next()).filter(|s| !s.is_empty()).collect();
    let alphabet: Vec<char> = "0123456789XYEST-/.,?~%[]{}: –+'abcehmnrst€".chars().collect();
    let mut state = seed;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..rounds {
        let mut text: Vec<char> = seeds[random(seeds.len())].chars().collect();
        for _ in 0..=random(4) {
            let at = random(text.len() + 1);
            match random(6) {
                0 | 1 if at < text.len() => text[at] = alphabet[random(alphabet.len())],
                2 if at < text.len() => drop(text.remove(at)),
                3 => text.truncate(at),
                4 => text.extend(seeds[random(seeds.len())].chars().skip(random(8))),
                _ => text.insert(at, alphabet[random(alphabet.len())]),
            }
        }
        check_text(&text.into_iter().collect::<String>());
    }
}

#[test]
fn mutated_dates() {
    mutated(20_000, 0x9E37_79B9_7F4A_7C15);
}

#[test]
#[ignore = "10 million texts; run with --release"]
fn many_mutated_dates() {
    mutated(10_000_000, 0x2545_F491_4F6C_DD1D);
}
