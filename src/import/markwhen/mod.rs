//! Markwhen, by its documentation and the grammar of its parser, old and new: groups and sections by keyword or by
//! heading, ranges of time in EDTF and in words, relative to other events, and repeated.

mod header;
mod range;
mod repeat;
mod resolve;
mod text;

use crate::date::civil::{DAY, days_from_civil};
use crate::date::{Calendar, Date, Seconds};
use crate::document::{Event, Place as Location};
use crate::progress::Progress;

use super::builder::Builder;
use super::dates::Dated;
use super::error::ImportError;
use super::icalendar::moment::iso_day;
use super::icalendar::zone::Zone;
use super::options::Options;
use super::report::{Kind, Place};
use crate::interchange::css_color;

use header::Header;
use range::Range;
use resolve::{Context, Extent};

/// What separates pages in older files.
const PAGE_BREAK: &str = "_-_-_break_-_-_";
/// What may be spent on the recurrences of a file, in days or times looked at, and for one of them.
const MOST_STEPS: [usize; 2] = [5_000_000, 500_000];
/// Maximum number of times that the recurrences of a file give.
const MOST_TIMES: usize = 100_000;

/// Maximum length of the texts of all times of an event together, in bytes.
const MOST_TEXT: usize = 16 << 20;

/// Returns whether a text is in this format: at least two of its lines begin events, and more lines do than look like a
/// row of a table.
pub(super) fn recognises(text: &str) -> bool {
    /// Number of lines that are examined.
    const MOST: usize = 2_000;
    let lines = || text.lines().take(MOST).filter(|line| !line.trim().is_empty());
    if text.trim_start().starts_with(['{', '[', '<', '(', '@']) {
        return false;
    }
    let events = lines().filter(|line| range::range(line).is_some()).count();
    let has_header = lines().take(20).any(|line| line.trim_start().to_ascii_lowercase().starts_with("title:"));
    let has_groups = lines().any(|line| keyword(line).is_some());
    let first_is_event = lines().next().is_some_and(|line| range::range(line).is_some());
    events >= 2 && (has_header || has_groups || first_is_event || 5 * events >= lines().count())
        || events == 1 && (has_header || has_groups)
}

/// Reads a text.
pub(super) fn read(
    text: &str,
    options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let lines: Vec<(usize, &str)> = text.lines().enumerate().map(|(index, line)| (index + 1, line)).collect();
    builder.report.unit = "line";
    builder.report.entries = lines.len();
    let pages: Vec<&[(usize, &str)]> = lines.split(|(_, line)| line.trim() == PAGE_BREAK).collect();
    let today = options.today.as_deref().and_then(day);
    let [steps, _] = MOST_STEPS;
    let mut reader = Reader::new(today, steps);
    for (index, page) in pages.iter().enumerate() {
        reader.page(page, (pages.len() > 1).then_some(index + 1), builder, progress)?;
    }
    if reader.events == 0 {
        return Err(ImportError::new("no line of this file begins an event")
            .hint("an event begins with a date and a colon, as in `1969-07-20: The first people on the Moon`"));
    }
    Ok(())
}

/// Reads a day in ISO 8601.
fn day(text: &str) -> Option<Seconds> {
    let mut parts = text.split('-');
    let mut part = || parts.next()?.parse::<i64>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    Some(days_from_civil(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?) * DAY)
}

/// A line that is about groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keyword<'t> {
    /// A group or section begins, with its title.
    Begin(&'t str),
    /// The innermost group or section ends.
    End,
    /// A heading, with its level and title.
    Heading(usize, &'t str),
}

fn keyword(line: &str) -> Option<Keyword<'_>> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    if let Some(title) = line.get(hashes..).filter(|rest| (1..=6).contains(&hashes) && rest.starts_with([' ', '\t'])) {
        return Some(Keyword::Heading(hashes, title.trim()));
    }
    let line = line.trim_start();
    let starts = |word: &str| line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if starts("endgroup") || starts("endsection") {
        return Some(Keyword::End);
    }
    let title = ["group", "section"].iter().find_map(|word| starts(word).then(|| line.get(word.len()..))?)?;
    (title.is_empty() || title.starts_with(char::is_whitespace)).then_some(Keyword::Begin(title.trim()))
}

/// A group that is open.
#[derive(Debug)]
struct Group {
    lane: usize,
    /// The level of its heading; `None` if a keyword began it.
    level: Option<usize>,
    zone: Option<Zone>,
}

struct Reader {
    header: Header,
    context: Context,
    groups: Vec<Group>,
    /// The lane of the page, if there are several.
    page: Option<usize>,
    /// The zone of all that says no other.
    page_zone: Option<Zone>,
    events: usize,
    /// What may still be spent on recurrences: in days or times looked at, and in times.
    steps: usize,
    times: usize,
}

impl Reader {
    fn new(today: Option<Seconds>, steps: usize) -> Self {
        Self {
            header: Header::default(),
            context: Context { today, ..Context::default() },
            groups: Vec::new(),
            page: None,
            page_zone: None,
            events: 0,
            steps,
            times: MOST_TIMES,
        }
    }

    fn page(
        &mut self,
        lines: &[(usize, &str)],
        number: Option<usize>,
        builder: &mut Builder,
        progress: &Progress,
    ) -> Result<(), ImportError> {
        let body = header_end(lines);
        let (head, mut rest) = lines.split_at(body.min(lines.len()));
        self.header(head, number, builder);
        self.groups.clear();
        self.context.prior = None;
        while let Some(((line_number, line), after)) = rest.split_first() {
            if progress.is_cancelled() {
                return Err(ImportError::cancelled());
            }
            rest = after;
            if let Some(keyword) = keyword(line) {
                self.keyword(keyword, Place(*line_number), builder);
            } else if let Some(range) = range::range(line) {
                let end = after.iter().position(|(_, line)| ends_event(line)).unwrap_or(after.len());
                let (below, next) = after.split_at(end);
                let below: Vec<&str> = below.iter().map(|(_, line)| *line).collect();
                self.event(&range, &below, Place(*line_number), builder)?;
                rest = next;
            } else if line.trim_start().starts_with("//") {
                builder.report.add(Kind::LeftOut("comment".into()), Place(*line_number), line);
            } else if !line.trim().is_empty() {
                builder.report.add(Kind::LeftOut("line that is in no event".into()), Place(*line_number), line);
            }
        }
        Ok(())
    }

    fn header(&mut self, lines: &[(usize, &str)], number: Option<usize>, builder: &mut Builder) {
        let is_comment = |line: &&(usize, &str)| line.1.trim_start().starts_with("//");
        for (line, text) in lines.iter().filter(is_comment) {
            builder.report.add(Kind::LeftOut("comment".into()), Place(*line), text);
        }
        let lines: Vec<(usize, &str)> = lines.iter().filter(|line| !is_comment(line)).copied().collect();
        self.header = Header::read(&lines);
        for (line, text) in &self.header.others {
            builder.report.add(Kind::Dropped("line of the header".into()), Place(*line), text);
        }
        let first_line = lines.first().map_or(1, |(number, _)| *number);
        let zone = self.header.zone.clone();
        let zone = zone.and_then(|name| zone_named(&name, Place(first_line), builder));
        self.context.day_first = self.header.day_first;
        let Header { title, description, .. } = &self.header;
        if number.unwrap_or(1) == 1 {
            let head = builder.head();
            head.title = title.clone().unwrap_or_default();
            head.description.clone_from(description);
            head.zone = zone.as_ref().and_then(Zone::name).map(str::to_owned);
            self.context.home = zone.clone().filter(|zone| zone.name().is_some());
        } else if let Some(description) = description {
            builder.report.add(Kind::Dropped("description of a further page".into()), Place(first_line), description);
        }
        self.page = number.map(|number| {
            let title = self.header.title.clone().unwrap_or_else(|| format!("Page {number}"));
            builder.lane(&title, None)
        });
        self.page_zone = zone;
    }

    fn keyword(&mut self, keyword: Keyword<'_>, place: Place, builder: &mut Builder) {
        let (level, title) = match keyword {
            Keyword::End => {
                match self.groups.iter().rposition(|group| group.level.is_none()) {
                    Some(index) => self.groups.truncate(index),
                    None => builder.report.add(Kind::LeftOut("end of no group".into()), place, ""),
                }
                return;
            }
            Keyword::Begin(title) => (None, title),
            Keyword::Heading(level, title) => {
                while self.groups.last().is_some_and(|group| group.level.is_some_and(|open| open >= level)) {
                    self.groups.pop();
                }
                (Some(level), title)
            }
        };
        let title = title.split_once(" //").map_or(title, |(title, _)| title);
        let words = text::read(title, &[]);
        let title = words.title.trim_end_matches(':').trim();
        let title = title.strip_prefix('"').and_then(|title| title.strip_suffix('"')).unwrap_or(title);
        let parent = self.groups.last().map(|group| group.lane).or(self.page);
        let lane = builder.lane(if title.is_empty() { "Group" } else { title }, parent);
        builder.lane_color(lane, self.color(&words.tags));
        let zone = self.zone_of_tags(&words.tags, place, builder);
        // A file may begin more groups than lanes nest: those that are too deep are beside each other.
        if self.groups.len() < 1_000 {
            self.groups.push(Group { lane, level, zone });
        }
    }

    /// Returns the colour of the first tag that has one.
    fn color(&self, tags: &[String]) -> Option<String> {
        tags.iter().find_map(|tag| css_color(self.header.of_tag(tag)?.color.as_deref()?))
    }

    fn zone_of_tags(&self, tags: &[String], place: Place, builder: &mut Builder) -> Option<Zone> {
        let name = tags.iter().find_map(|tag| self.header.of_tag(tag)?.zone.clone())?;
        zone_named(&name, place, builder)
    }

    fn event(
        &mut self,
        range: &Range<'_>,
        below: &[&str],
        place: Place,
        builder: &mut Builder,
    ) -> Result<(), ImportError> {
        self.events += 1;
        let words = text::read(range.rest, below);
        for _ in 0..words.comments {
            builder.report.add(Kind::LeftOut("comment".into()), place, &words.title);
        }
        let lane = self.groups.last().map(|group| group.lane).or(self.page);
        let mut color = self.color(&words.tags);
        if color.is_some()
            && lane.is_some_and(|lane| builder.head().lanes.get(lane).is_some_and(|lane| lane.color == color))
        {
            color = None;
        }
        let of_event = words.zone.clone().and_then(|name| zone_named(&name, place, builder));
        let zone = of_event
            .or_else(|| self.zone_of_tags(&words.tags, place, builder))
            .or_else(|| self.groups.iter().rev().find_map(|group| group.zone.clone()))
            .or_else(|| self.page_zone.clone())
            .unwrap_or(Zone::Floating);
        let mut places = words.places.into_iter().filter(|name| !name.trim().is_empty());
        let location = places.next().map(|name| Location { name: Some(name), ..Location::default() });
        for name in places {
            builder.report.add(Kind::Dropped("further place of an event".into()), place, &name);
        }
        let event = Event {
            title: words.title,
            color,
            place: location,
            description: Some(words.text).filter(|text| !text.is_empty()),
            tags: words.tags,
            links: words.links,
            media: words.media,
            ..Event::default()
        };
        let id = words.id.unwrap_or_default();
        let Some(resolved) = self.context.resolve(range, &zone) else {
            let mut dated = builder.date(super::dates::Dates::default(), range.words, place);
            dated.written = dated.written.or_else(|| dated.date.is_none().then(|| range.words.to_owned()));
            return builder.event(place, &id, lane, dated, event);
        };
        if let Some(what) = resolved.concluded {
            builder.report.add(Kind::Concluded(what.into()), place, range.words);
        }
        self.context.prior = Some(resolved.extent);
        if !id.is_empty() {
            self.context.ids.entry(id.clone()).or_insert(resolved.extent);
        }
        let dated = written(range.words, &resolved.date);
        match range.every {
            Some(every) => self.repeated(every, resolved.extent, &zone, (lane, place, &id), dated, &event, builder),
            None => builder.event(place, &id, lane, dated, event),
        }
    }

    /// Adds an event for each time of a recurrence.
    #[expect(clippy::too_many_arguments, reason = "an event and what it is in")]
    fn repeated(
        &mut self,
        every: &str,
        extent: Extent,
        zone: &Zone,
        (lane, place, id): (Option<usize>, Place, &str),
        mut dated: Dated,
        event: &Event,
        builder: &mut Builder,
    ) -> Result<(), ImportError> {
        let [_, most] = MOST_STEPS;
        let mut steps = self.steps.min(most);
        let before = steps;
        let found = repeat::times(every, extent.from, self.context.today, &mut steps);
        self.steps -= before - steps;
        let Some(found) = found else {
            builder.report.add(Kind::Dropped("recurrence that cannot be read".into()), place, every);
            return builder.event(place, id, lane, dated, event.clone());
        };
        builder.report.add(Kind::Changed("a recurrence, made one event each time".into()), place, every);
        let length = 256 + event.title.len() + event.description.as_ref().map_or(0, String::len);
        let count = found.times.len().min(self.times.max(1)).min((MOST_TEXT / length).max(1));
        if found.goes_on || count < found.times.len() {
            let what = "a recurrence of which only the first times are taken, at most to the end of next year";
            builder.report.add(Kind::Changed(what.into()), place, every);
        }
        self.times = self.times.saturating_sub(count);
        for (index, time) in found.times.into_iter().take(count).enumerate() {
            let event = Event { id: format!("{} {}", event.title, iso_day(time)), ..event.clone() };
            if index == 0 {
                dated.doubt = Some(format!("{count} times, as the file repeats it (every {every})."));
                builder.event(place, id, lane, std::mem::take(&mut dated), event)?;
                continue;
            }
            let later = Extent { from: time, to: time + (extent.to - extent.from) };
            self.context.prior = Some(later);
            builder.event(place, "", lane, Dated::exact(self.context.computed(later, zone)), event)?;
        }
        Ok(())
    }
}

/// Returns a date as it was written if it can stay so, or else with its words.
fn written(words: &str, date: &str) -> Dated {
    let same = |text: &str| {
        let reading = Date::try_read(text, Calendar::Gregorian).filter(|reading| reading.cautions.is_empty());
        reading.map(|reading| reading.date)
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match (same(&words), same(date)) {
        (Some(as_written), Some(meant)) if as_written == meant => Dated::exact(words),
        _ => Dated { written: Some(words), ..Dated::exact(date) },
    }
}

/// Returns a zone by its name, or its offset from UTC in hours: `+5`, `-3`, `05:30`.
fn zone_named(name: &str, place: Place, builder: &mut Builder) -> Option<Zone> {
    let offset = || {
        let (sign, digits) = match name.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, name.strip_prefix('+').unwrap_or(name)),
        };
        let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
        let (hours, minutes) = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
        Zone::fixed(sign * (i64::from(hours) * 3_600 + i64::from(minutes) * 60))
    };
    let zone = offset().or_else(|| Zone::named(name));
    if zone.is_none() {
        builder.report.add(Kind::Dropped("time zone that is not known".into()), place, name);
    }
    zone
}

/// Returns the number of lines of a header: all before the first event or group, or all within `---`.
fn header_end(lines: &[(usize, &str)]) -> usize {
    let is_dashes = |line: &str| line.trim_end().starts_with("---");
    let first = lines.iter().position(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with("//"));
    if let Some(first) = first.filter(|first| lines.get(*first).is_some_and(|(_, line)| is_dashes(line))) {
        let end = lines.iter().skip(first + 1).position(|(_, line)| is_dashes(line));
        return end.map_or(lines.len(), |end| first + 1 + end + 1);
    }
    lines.iter().position(|(_, line)| ends_event(line)).unwrap_or(lines.len())
}

/// Returns whether a line begins something else than it is in.
fn ends_event(line: &str) -> bool {
    keyword(line).is_some() || range::range(line).is_some()
}
