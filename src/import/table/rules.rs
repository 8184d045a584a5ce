//! How the dates of a table are read: what is concluded from all of its rows, what the user says, and what is left open.

use std::fmt::Write as _;

use super::super::options::{DateOrder, TableOptions};
use super::numeric::{self, Numeric, Year};
use crate::date::{Calendar, Date, is_undated};

/// What the rows of a table say about how its dates are written.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// The row and the text of the first date of which the first number can only be the day.
    day_first: Option<(usize, String)>,
    /// The same for the second number.
    month_first: Option<(usize, String)>,
    /// The first date in which either may be the day.
    either: Option<(usize, String)>,
    /// Whether all of those have full stops.
    is_dotted: bool,
    /// How often each year of two digits occurs.
    short: [u32; 100],
    /// The first date with such a year.
    first_short: Option<(usize, String)>,
    /// The first and the last of the other years.
    whole: Option<(i64, i64)>,
    /// The first time of day without a date, in a column of dates.
    clock: Option<(usize, String)>,
    /// Number of dates.
    dates: usize,
    /// The row and the text of the first number that may be a day as spreadsheets count them, and how many there are.
    serial: Option<(usize, String)>,
    serials: usize,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            day_first: None,
            month_first: None,
            either: None,
            is_dotted: true,
            short: [0; 100],
            first_short: None,
            whole: None,
            clock: None,
            dates: 0,
            serial: None,
            serials: 0,
        }
    }
}

impl Evidence {
    /// Adds a cell of a column of dates. `has_year` is whether the year is in another column.
    pub fn add(&mut self, text: &str, row: usize, has_year: bool) {
        match parts(text) {
            Some((first, last)) => {
                self.add_one(first, row, has_year);
                self.add_one(last, row, has_year);
            }
            None => self.add_one(text, row, has_year),
        }
    }

    fn add_one(&mut self, text: &str, row: usize, has_year: bool) {
        let Some((found, _)) = numeric::read(text) else {
            if let Some(year) = plain_year(text) {
                self.add_whole(year);
            } else if self.clock.is_none() && numeric::clock(text).is_some() {
                self.clock = Some((row, text.to_owned()));
            } else if day_of_serial(text).is_some() {
                self.serials += 1;
                self.serial.get_or_insert_with(|| (row, text.to_owned()));
            }
            return;
        };
        let year = match found {
            Numeric::Known { year, .. } => Some(year),
            Numeric::Either { numbers: [first, second], year, is_dotted } => {
                if year.is_none() && !has_year {
                    return;
                }
                let place = match (first > 12, second > 12) {
                    (true, _) => &mut self.day_first,
                    (_, true) => &mut self.month_first,
                    _ if first == second => return self.add_year(year, row, text, has_year),
                    _ => {
                        self.is_dotted &= is_dotted;
                        &mut self.either
                    }
                };
                place.get_or_insert_with(|| (row, text.to_owned()));
                year
            }
        };
        self.add_year(year, row, text, has_year);
    }

    fn add_year(&mut self, year: Option<Year>, row: usize, text: &str, has_year: bool) {
        self.dates += 1;
        match year {
            Some(Year::Short(year)) if !has_year => {
                if let Some(count) = self.short.get_mut(usize::from(year)) {
                    *count += 1;
                }
                self.first_short.get_or_insert_with(|| (row, text.to_owned()));
            }
            Some(Year::Whole(year)) => self.add_whole(year),
            _ => {}
        }
    }

    /// Adds a year of four digits.
    fn add_whole(&mut self, year: i64) {
        self.dates += 1;
        let (first, last) = self.whole.unwrap_or((year, year));
        self.whole = Some((first.min(year), last.max(year)));
    }

    /// Returns the first year of the hundred that years of two digits lie in: the years follow each other without a large
    /// gap, they lie near the years of four digits, and if there are none, the last one is not in the future. Returns `None`
    /// if two centuries are about as near.
    fn century(&self, today: Option<i64>) -> Option<i64> {
        /// Half of what is between two centuries, and a margin.
        const NEAR: i64 = 35;
        let years: Vec<i64> = (0..100)
            .filter(|year| self.short.get(*year).is_some_and(|count| *count > 0))
            .map(|year| year as i64)
            .collect();
        let gap_before = |index: usize| {
            let before = if index == 0 {
                years.last().copied().unwrap_or(0) - 100
            } else {
                years.get(index - 1).copied().unwrap_or(0)
            };
            years.get(index).copied().unwrap_or(0) - before
        };
        let begin = (0..years.len()).max_by_key(|index| (gap_before(*index), *index)).unwrap_or(0);
        let first = years.get(begin).copied().unwrap_or(0);
        let last = if begin == 0 { years.last() } else { years.get(begin - 1) }.copied().unwrap_or(first);
        let span = (last - first).rem_euclid(100);
        if let Some((from, to)) = self.whole {
            let middle = i64::midpoint(from, to) - span / 2;
            return Some(nearest(first, middle)).filter(|found| (found - middle).abs() <= NEAR);
        }
        let latest = today.unwrap_or(2029) - span;
        Some(latest - (latest - first).rem_euclid(100))
    }
}

/// Returns the day of a number as spreadsheets count days, from 30 December 1899. Returns `None` if it is no such number, or
/// before 1927, as which few dates that are numbers are meant.
fn day_of_serial(text: &str) -> Option<String> {
    let days = text.split_once('.').map_or(text, |(days, part)| if part.parse::<u32>().is_ok() { days } else { text });
    let days: i64 = days.parse().ok().filter(|number| days.len() == 5 && (10_000..70_000).contains(number))?;
    let (year, month, day) = Calendar::Gregorian.civil(Calendar::Gregorian.days(1899, 12, 30) + days);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Returns the year that ends with two digits and is nearest to another.
fn nearest(short: i64, to: i64) -> i64 {
    let before = to - (to - short).rem_euclid(100);
    if to - before > 50 { before + 100 } else { before }
}

/// Returns a year of four digits that stands alone.
fn plain_year(text: &str) -> Option<i64> {
    if text.len() == 4 { text.parse().ok().filter(|year| *year >= 1000) } else { None }
}

/// Returns the two dates in numbers that a cell holds, with a dash or a word between them.
fn parts(text: &str) -> Option<(&str, &str)> {
    const JOINTS: [&str; 9] = [" - ", "–", "—", " to ", " bis ", "~", "〜", "～", " al "];
    if text.len() > 100 {
        return None;
    }
    JOINTS.iter().find_map(|joint| {
        let (first, last) = text.split_once(joint)?;
        let (first, last) = (first.trim(), last.trim());
        let is_date = |text: &str| numeric::read(text).is_some() || matches!(word(text), Word::Open);
        (is_date(first) && is_date(last) && numeric::read(first).is_some()).then_some((first, last))
    })
}

/// Returns a text and its row, for people.
fn quoted(place: Option<&(usize, String)>) -> String {
    place.map(|(row, text)| format!("“{text}” (row {row})")).unwrap_or_default()
}

/// How the dates of a table are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rules {
    /// The order of day and month; `None` if it is not known.
    pub order: Option<DateOrder>,
    /// The first of the hundred years that years of two digits lie in.
    pub century: Option<i64>,
    /// The day of times of day that have none.
    pub on: Option<String>,
    /// What was concluded, for people.
    pub conclusions: Vec<String>,
    /// What has to be asked: the row and the text of the date, and whether it is a time of day that has none.
    pub question: Option<Question>,
    /// Whether there are dates in which either number may be the day.
    pub has_either: bool,
    /// Whether there are times of day without a date.
    pub has_bare_times: bool,
    /// Whether the century was concluded, so that it is counted.
    pub is_century_concluded: bool,
    /// What to do about numbers that may be days as spreadsheets count them, if most of the dates are such numbers.
    pub serials: Option<String>,
}

/// What the rows of a table leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Which number is the day.
    Order {
        /// The row of the first such date.
        row: usize,
        /// Its text.
        text: String,
        /// Whether other rows contradict each other.
        is_mixed: bool,
    },
    /// Which day times of day are on.
    Day {
        /// The row of the first one.
        row: usize,
        /// Its text.
        text: String,
    },
}

impl Rules {
    /// Concludes what can be concluded.
    pub fn new(evidence: &Evidence, options: &TableOptions, today: Option<i64>) -> Self {
        let mut rules = Self {
            order: options.order,
            on: options.on.clone(),
            has_either: evidence.either.is_some(),
            has_bare_times: evidence.clock.is_some(),
            ..Self::default()
        };
        rules.serials = evidence.serial.as_ref().filter(|_| evidence.serials > evidence.dates).and_then(|place| {
            let day = day_of_serial(&place.1)?;
            Some(format!(
                "Dates are numbers such as {}. If they are days as a spreadsheet counts them, that one is {day}: give the \
                 column a format of dates there, and save the file again.",
                quoted(Some(place))
            ))
        });
        if rules.order.is_none() {
            let as_in = |place: &Option<_>| format!("as in {}", quoted(place.as_ref()));
            let settled = match (&evidence.day_first, &evidence.month_first) {
                (Some(_), None) => Some((DateOrder::DayMonth, as_in(&evidence.day_first))),
                (None, Some(_)) => Some((DateOrder::MonthDay, as_in(&evidence.month_first))),
                (None, None) if evidence.is_dotted && evidence.either.is_some() => {
                    Some((DateOrder::DayMonth, "as wherever dates have full stops".to_owned()))
                }
                _ => None,
            };
            if let Some((order, why)) = settled {
                rules.order = Some(order);
                if evidence.either.is_some() {
                    let first = if order == DateOrder::DayMonth { "day" } else { "month" };
                    let either = quoted(evidence.either.as_ref());
                    rules.conclusions.push(format!("In dates such as {either} the {first} is first, {why}."));
                }
            }
        }
        if rules.order.is_none()
            && let Some((row, text)) = &evidence.either
        {
            let is_mixed = evidence.day_first.is_some() && evidence.month_first.is_some();
            rules.question = Some(Question::Order { row: *row, text: text.clone(), is_mixed });
        }
        if rules.on.is_none()
            && evidence.dates == 0
            && let Some((row, text)) = &evidence.clock
        {
            rules.question = Some(Question::Day { row: *row, text: text.clone() });
        }
        if evidence.first_short.is_some() {
            rules.conclude_century(evidence, options, today);
        }
        rules
    }

    /// Concludes which hundred years those of two digits are of.
    fn conclude_century(&mut self, evidence: &Evidence, options: &TableOptions, today: Option<i64>) {
        self.century = options.century.or_else(|| evidence.century(today));
        let dates = quoted(evidence.first_short.as_ref());
        if options.century.is_none()
            && let Some(century) = self.century
        {
            self.is_century_concluded = true;
            let why = if evidence.whole.is_some() { "near the other years of the file" } else { "none in the future" };
            let last = century + 99;
            let years = format!("Years of two digits, as in {dates}, are taken to be from {century} to {last}");
            self.conclusions.push(format!("{years}: {why}."));
        } else if self.century.is_none() {
            let open = format!("Years of two digits, as in {dates}, may be of more than one century");
            self.conclusions
                .push(format!("{open}: their dates are kept as words. Say --century 1900, or which it is."));
        }
    }

    /// Reads a date in numbers, or with a month in another language. `near` is a year that the row has elsewhere, and
    /// `time` a time of day.
    pub fn read(&self, text: &str, near: Option<i64>, time: Option<&str>) -> Exact {
        let Some((found, own)) = numeric::read(text) else { return Exact::Other };
        let (year, month, day, is_worded) = match found {
            Numeric::Known { year, month, day, is_worded } => (Some(year), month, day, is_worded),
            Numeric::Either { numbers: [first, second], year, .. } => {
                if year.is_none() && near.is_none() {
                    return Exact::Other;
                }
                let is_day_first = match self.order {
                    _ if first == second => true,
                    _ if first > 12 => true,
                    _ if second > 12 => false,
                    Some(order) => order == DateOrder::DayMonth,
                    None => return Exact::Either,
                };
                let (day, month) = if is_day_first { (first, second) } else { (second, first) };
                (year, Some(month), Some(day), false)
            }
        };
        let is_short = matches!(year, Some(Year::Short(_)));
        let year = match (year, near, self.century) {
            (Some(Year::Whole(year)), ..) => year,
            (Some(Year::Short(short)), Some(near), _) => nearest(i64::from(short), near),
            (Some(Year::Short(short)), None, Some(first)) => first + (i64::from(short) - first).rem_euclid(100),
            (None, Some(near), _) => near,
            _ => return Exact::Other,
        };
        let mut date = format!("{year:04}");
        for part in [month, day].into_iter().flatten() {
            // Writing to a string does not fail.
            let _ = write!(date, "-{part:02}");
        }
        if let Some(time) = own.as_deref().or(time).filter(|_| day.is_some()) {
            date = format!("{date}T{time}");
        }
        if Date::try_read(&date, Calendar::Gregorian).is_none() {
            return Exact::Other;
        }
        Exact::Date { date, is_worded: is_worded || is_short, is_short: is_short && near.is_none() }
    }

    /// Returns the two dates in a cell.
    pub fn parts(text: &str) -> Option<(&str, &str)> {
        parts(text)
    }
}

/// What a text is that may be a date in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exact {
    /// A date.
    Date {
        /// The date in ISO 8601.
        date: String,
        /// Whether it is more than numbers in another order, so that its words are kept.
        is_worded: bool,
        /// Whether its century was concluded from other rows.
        is_short: bool,
    },
    /// A date whose day and month cannot be told apart.
    Either,
    /// Something else.
    Other,
}

/// What a text says instead of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// It goes on.
    Open,
    /// Nobody knows.
    Unknown,
    /// Nothing of both.
    Other,
}

/// Returns what a text says instead of a date.
pub(super) fn word(text: &str) -> Word {
    const OPEN: [&str; 34] = [
        "present",
        "now",
        "today",
        "ongoing",
        "current",
        "current day",
        "present day",
        "to date",
        "continuing",
        "..",
        "heute",
        "jetzt",
        "andauernd",
        "laufend",
        "présent",
        "aujourd'hui",
        "en cours",
        "actualidad",
        "presente",
        "hoy",
        "oggi",
        "in corso",
        "atual",
        "hoje",
        "heden",
        "nu",
        "현재",
        "현재까지",
        "現在",
        "至今",
        "现在",
        "今",
        "настоящее время",
        "incumbent",
    ];
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return Word::Other;
    }
    let lower = text.trim().to_lowercase();
    if OPEN.contains(&lower.as_str()) {
        Word::Open
    } else if is_undated(text)
        || matches!(
            lower.as_str(),
            "unbekannt" | "inconnu" | "desconocido" | "sconosciuto" | "미상" | "不明" | "不详" | "неизвестно"
        )
    {
        Word::Unknown
    } else {
        Word::Other
    }
}

/// Returns a date with the words of another language for an era in English, and a negative year as one before our era;
/// `None` if there are none.
pub(super) fn era_in_english(text: &str) -> Option<String> {
    const BEFORE: [&str; 14] = [
        "v. chr.",
        "v.chr.",
        "v. chr",
        "v.chr",
        "av. j.-c.",
        "av. j.-c",
        "a. c.",
        "a.c.",
        "a. de c.",
        "до н. э.",
        "до н.э.",
        "v.u.z.",
        "före kristus",
        "p.n.e.",
    ];
    const AFTER: [&str; 12] = [
        "n. chr.",
        "n.chr.",
        "n. chr",
        "n.chr",
        "ap. j.-c.",
        "ap. j.-c",
        "d. c.",
        "d.c.",
        "н. э.",
        "н.э.",
        "u.z.",
        "n.e.",
    ];
    const FIRST: [&str; 5] = ["기원전", "紀元前", "公元前", "前", "西元前"];
    let text = text.trim();
    if let Some(year) = text.strip_prefix(['-', '\u{2212}']) {
        let is_year = (1..=5).contains(&year.len())
            && year.bytes().all(|byte| byte.is_ascii_digit())
            && year.trim_start_matches('0') == year;
        return is_year.then(|| format!("{year} BCE"));
    }
    for sign in FIRST {
        if let Some(year) = text.strip_prefix(sign) {
            let year = year.trim().trim_end_matches(['년', '年']);
            return (!year.is_empty() && year.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{year} BCE"));
        }
    }
    let lower = text.to_lowercase();
    // Lower case may have another length.
    if lower.len() != text.len() {
        return None;
    }
    for (signs, era) in [(&BEFORE[..], "BCE"), (&AFTER[..], "CE")] {
        for sign in signs {
            if let Some(rest) = lower.strip_suffix(sign).and_then(|rest| text.get(..rest.len())) {
                return Some(format!("{} {era}", rest.trim()));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(texts: &[&str], options: &TableOptions) -> Rules {
        let mut evidence = Evidence::default();
        for (index, text) in texts.iter().enumerate() {
            evidence.add(text, index + 2, false);
        }
        Rules::new(&evidence, options, Some(2026))
    }

    fn date(rules: &Rules, text: &str, near: Option<i64>) -> Option<String> {
        match rules.read(text, near, None) {
            Exact::Date { date, .. } => Some(date),
            _ => None,
        }
    }

    #[test]
    fn one_value_settles_the_order() {
        let check = |texts: &[&str], expect: Option<&str>| {
            let rules = rules(texts, &TableOptions::default());
            assert_eq!(date(&rules, "3/4/1990", None).as_deref(), expect, "{texts:?}");
            assert_eq!(rules.question.is_some(), expect.is_none(), "{texts:?}");
        };
        check(&["3/4/1990", "13/4/1990"], Some("1990-04-03"));
        check(&["3/4/1990", "4/13/1990"], Some("1990-03-04"));
        check(&["3/4/1990", "5/5/1990"], None);
        check(&["3/4/1990", "13/4/1990", "4/13/1990"], None);
        check(&["3.4.1990"], Some("1990-04-03"));
        check(&["3/4/1990 - 5/4/1990", "1/4/1990 – 20/4/1990"], Some("1990-04-03"));
        let chosen = TableOptions { order: Some(DateOrder::MonthDay), ..TableOptions::default() };
        assert_eq!(date(&rules(&["3/4/1990"], &chosen), "3/4/1990", None).as_deref(), Some("1990-03-04"));
    }

    #[test]
    fn the_century_is_concluded() {
        let check = |texts: &[&str], text: &str, near: Option<i64>, expect: &str| {
            let rules = rules(texts, &TableOptions::default());
            assert_eq!(date(&rules, text, near).as_deref(), Some(expect), "{texts:?} {text}");
        };
        check(&["1/21/77", "9/23/99", "1/20/01", "1/20/25"], "1/21/77", None, "1977-01-21");
        check(&["1/21/77", "9/23/99", "1/20/01", "1/20/25"], "1/20/25", None, "2025-01-20");
        check(&["9/24/06"], "9/24/06", None, "2006-09-24");
        check(&["9/24/06"], "9/24/06", Some(1906), "1906-09-24");
        check(&["12/30/99"], "12/30/99", Some(1900), "1899-12-30");
        check(&["9/24/06", "1907", "1899"], "9/24/06", None, "1906-09-24");
        check(&["22-Nov-63"], "22-Nov-63", None, "1963-11-22");
        for years in [&["9/24/06", "1950"][..], &["7/4/1776", "4/12/61", "9/17/1862", "12/7/41", "9/11/01"]] {
            let rules = rules(years, &TableOptions::default());
            assert_eq!(date(&rules, years[usize::from(years.len() != 2)], None), None, "{years:?}");
            assert!(rules.conclusions.iter().any(|text| text.contains("--century")), "{:?}", rules.conclusions);
        }
        let chosen = TableOptions { century: Some(1800), ..TableOptions::default() };
        assert_eq!(date(&rules(&["9/24/06"], &chosen), "9/24/06", None).as_deref(), Some("1806-09-24"));
    }

    #[test]
    fn days_of_spreadsheets_are_told() {
        let serials = |texts: &[&str]| rules(texts, &TableOptions::default()).serials;
        let said = serials(&["43831", "43832.5", "1965"]).expect("a hint");
        assert!(said.contains("“43831” (row 2)") && said.contains("2020-01-01"), "{said}");
        for texts in [&["1965", "1966"][..], &["43831", "1965"], &["12345678"], &["99999"], &["4383.1"]] {
            assert_eq!(serials(texts), None, "{texts:?}");
        }
    }

    #[test]
    fn eras_of_other_languages() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(era_in_english(text).as_deref(), expect, "{text}");
        check("44 v. Chr.", Some("44 BCE"));
        check("52 av. J.-C.", Some("52 BCE"));
        check("9 n. Chr.", Some("9 CE"));
        check("기원전 57년", Some("57 BCE"));
        check("-44", Some("44 BCE"));
        check("-1200", Some("1200 BCE"));
        check("-0044", None);
        check("1965", None);
    }

    #[test]
    fn words_for_ends() {
        assert_eq!(word("Present"), Word::Open);
        assert_eq!(word("heute"), Word::Open);
        assert_eq!(word("?"), Word::Unknown);
        assert_eq!(word("n.d."), Word::Unknown);
        assert_eq!(word("1965"), Word::Other);
        assert_eq!(word("the present king"), Word::Other);
    }
}
