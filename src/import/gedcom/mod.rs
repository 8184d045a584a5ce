//! GEDCOM, the format of family trees: 5.5, 5.5.1 and 7.0.
//!
//! A person's life is a span from birth to death, in a lane of lives; an end that is not known is unknown, never open.
//! The other events of persons are in lanes by their kind, those of families in one. What a person is and was that has no
//! date is in the text of the life. Persons who may be living are left out, with the events of their families, unless
//! they are asked for.

mod dates;
mod details;
mod kinds;
mod languages;
mod people;
mod tree;
mod unread;

use super::builder::Builder;
use super::dates::{Dated, Dates};
use super::error::ImportError;
use super::html::prose;
use super::options::Options;
use super::report::Kind;
use crate::date::{Calendar, Date};
use crate::document::{self, Event};
use crate::progress::Progress;

use dates::When;
use details::{Details, Reader};
use people::{Fact, Family, People, Person};
use tree::Tree;

/// Returns whether a text is in this format: it begins with a header.
pub(super) fn recognises(text: &str) -> bool {
    let mut words = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).split_whitespace();
    words.next() == Some("0") && words.next() == Some("HEAD")
}

/// Reads a text.
pub(super) fn read(
    text: &str,
    options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let tree = Tree::read(text);
    let mut people = People::new(&tree);
    if people.persons.is_empty() && people.families.is_empty() {
        return Err(ImportError::new("the file has no persons")
            .hint("a GEDCOM file has lines such as 0 @I1@ INDI and 1 NAME Anne /Carne/"));
    }
    builder.report.unit = "line";
    builder.report.entries = text.lines().count();
    for (_, number, words) in &tree.broken {
        let kind = Kind::Changed("a line without a level, joined to the one before it".into());
        builder.report.add(kind, super::report::Place(*number), words);
    }
    people.find_living(&tree, this_year(&tree, &people, options));
    let mut import = Import { reader: Reader::new(&tree, builder), people: &people, living: options.living };
    import.head();
    for (number, person) in people.persons.iter().enumerate() {
        if progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        import.person(number, person)?;
    }
    for family in &people.families {
        import.family(family)?;
    }
    unread::count(&mut import.reader);
    Ok(())
}

/// Returns the year that ages are measured against: today's, or else that of the file or of its last date.
fn this_year(tree: &Tree<'_>, people: &People, options: &Options) -> i64 {
    let today = options.today.as_deref().and_then(|today| today.get(..4)?.parse().ok());
    let of_file = || {
        let head = tree.records().next().filter(|head| tree.tag(*head) == "HEAD")?;
        dates::read(&tree.text_of(head, "DATE")?)?.begun_by()
    };
    today.or_else(of_file).or_else(|| people.last_year()).unwrap_or_default()
}

/// The lane of lives.
const LIVES: &str = "Lives";
/// The lane that contains those of the other events of persons.
const FURTHER: &str = "Further events";

/// How many parents, partners or children a life names: more are a fault of the file.
const MOST_RELATIVES: usize = 200;

/// The import of a file.
struct Import<'t, 'b> {
    reader: Reader<'t, 'b>,
    people: &'b People,
    living: bool,
}

impl Import<'_, '_> {
    /// Reads the header, and counts the records that are no persons, families, sources or notes.
    fn head(&mut self) {
        let tree = self.reader.tree;
        let mut taken = std::collections::HashSet::new();
        for record in tree.records() {
            let id = tree.line(record).map_or("", |line| line.id);
            if !id.is_empty() && !taken.insert(id) {
                let place = self.reader.at(record);
                self.reader.builder.report.add(Kind::Changed("an id that another record has".into()), place, id);
            }
            match tree.tag(record) {
                "HEAD" => {
                    let language = tree.text_of(record, "LANG");
                    let tag = language.as_deref().and_then(|language| languages::tag(language.trim()));
                    self.reader.builder.head().language = tag.map(str::to_owned);
                    if tag.is_none()
                        && let Some(line) = tree.first(Some(record), "LANG")
                    {
                        self.reader.drop_line(line);
                    }
                    if let Some(line) = tree.first(Some(record), "COPR") {
                        self.reader.drop_line(line);
                    }
                    if let Some(note) = tree.first(Some(record), "NOTE") {
                        self.reader.builder.head().description = self.reader.note(note);
                    }
                }
                "INDI" | "FAM" | "SOUR" | "REPO" | "NOTE" | "SNOTE" | "OBJE" | "TRLR" => {}
                "SUBM" | "SUBN" => {
                    let place = self.reader.at(record);
                    let name = tree.text_of(record, "NAME").unwrap_or_default();
                    tree.mark(record);
                    self.reader.builder.report.add(Kind::LeftOut("who submitted the file".into()), place, &name);
                }
                tag => {
                    tree.mark(record);
                    let place = self.reader.at(record);
                    self.reader.builder.report.add(Kind::LeftOut(format!("a record {tag}").into()), place, "");
                }
            }
        }
    }

    fn is_shown(&self, number: usize) -> bool {
        self.living || self.people.persons.get(number).is_some_and(|person| !person.is_private())
    }

    /// Returns the persons that are shown, of some.
    fn shown<'p>(&'p self, numbers: &'p [usize]) -> impl Iterator<Item = &'p Person> {
        numbers.iter().filter(|number| self.is_shown(**number)).filter_map(|number| self.people.persons.get(*number))
    }

    fn names(&self, numbers: &[usize]) -> Option<String> {
        let names: Vec<&str> = self.shown(numbers).map(|person| person.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Reads a person: its life, and its further events.
    fn person(&mut self, number: usize, person: &Person) -> Result<(), ImportError> {
        let place = self.reader.at(person.line);
        if !self.is_shown(number) {
            self.leave_out(person);
            return Ok(());
        }
        let birth = person.fact(&["BIRT", "CHR", "BAPM"]);
        let death = person.fact(&["DEAT", "BURI", "CREM"]);
        let mut lines = Vec::new();
        let mut further = Vec::new();
        // The ids of a file are those of that file only (FamilySearch GEDCOM 7.0, 1.4): the same person has another one in the
        // next file, and the name stays.
        let mut event = Event { id: person.name.clone(), title: person.name.clone(), ..Event::default() };
        let mut notes = Vec::new();
        let mut places = [None, None];
        for fact in &person.facts {
            let is_end = [birth, death].into_iter().flatten().any(|end| end.line == fact.line);
            let is_birth_or_death = matches!(fact.kind.tag, "BIRT" | "DEAT");
            if fact.words.is_empty() || is_birth_or_death {
                let details = self.reader.details(fact.line, &["DATE"]);
                let line = self.fact_line(fact, &person.name, &details, is_end);
                lines.extend(line);
                for (place, end) in places.iter_mut().zip([birth, death]) {
                    if end.is_some_and(|end| end.line == fact.line) {
                        place.clone_from(&details.place);
                    }
                }
                notes.extend(details.notes.iter().cloned());
                add(&mut event, details, fact.kind.label);
            } else {
                further.push(fact);
            }
        }
        let details = self.about(person, &mut lines);
        event.related.extend(details.persons.iter().cloned());
        notes.extend(details.notes.iter().cloned());
        add(&mut event, details, "");
        for (label, numbers) in
            [("Parents", &person.parents), ("Partners", &person.partners), ("Children", &person.children)]
        {
            let shown = numbers.get(..numbers.len().min(MOST_RELATIVES)).unwrap_or_default();
            if shown.len() < numbers.len() {
                let what =
                    Kind::Changed("a life with more than 200 relatives of a kind, of which the first are named".into());
                self.reader.builder.report.add(what, place, &person.name);
            }
            lines.extend(self.names(shown).map(|names| format!("{label}: {names}")));
            event.related.extend(self.shown(shown).map(|person| person.id.clone()));
        }
        event.place = place_of_life(places);
        event.tags.extend(self.sex(person));
        event.description = described(&lines, &notes);
        let dated = self.life(person, birth, death);
        let lane = self.reader.builder.lane(LIVES, None);
        self.reader.builder.event(place, &person.id, Some(lane), dated, event)?;
        for fact in further {
            self.event(fact, &[number], Details::default())?;
        }
        Ok(())
    }

    /// Counts a person who is not shown.
    fn leave_out(&mut self, person: &Person) {
        let what = if person.may_be_living { "a person who may be living" } else { "a person marked as confidential" };
        let place = self.reader.at(person.line);
        self.reader.builder.report.add(Kind::LeftOut(format!("{what} (--living keeps them)").into()), place, "");
        self.reader.tree.mark(person.line);
    }

    /// Reads what is said about a person besides events: names, sex, notes.
    fn about(&mut self, person: &Person, lines: &mut Vec<String>) -> Details {
        let tree = self.reader.tree;
        let mut others = Vec::new();
        let mut details = Details::default();
        for line in tree.children(person.line) {
            match tree.tag(line) {
                "NAME" => {
                    let name = people::name(tree, line);
                    if name != person.name && !name.is_empty() {
                        let of_type =
                            tree.text_of(line, "TYPE").map(|of_type| format!(" ({})", of_type.to_lowercase()));
                        others.push(format!("{name}{}", of_type.unwrap_or_default()));
                    }
                    others.extend(tree.text_of(line, "NICK"));
                    // The pieces of a name are in it.
                    let pieces = tree.children(line);
                    pieces
                        .filter(|piece| matches!(tree.tag(*piece), "GIVN" | "SURN" | "NPFX" | "NSFX" | "SPFX"))
                        .for_each(|piece| tree.mark(piece));
                    let read = ["TYPE", "NICK", "GIVN", "SURN", "NPFX", "NSFX", "SPFX", "_MARNM", "CONC", "CONT"];
                    others.extend(tree.text_of(line, "_MARNM").map(|name| name.replace('/', "")));
                    let of_name = self.reader.details(line, &read);
                    details.notes.extend(of_name.notes);
                    details.citations.extend(of_name.citations);
                }
                "ALIA" => match tree.pointer(line) {
                    Some(id) => details.persons.push(id.to_owned()),
                    None => others.push(people::name(tree, line)),
                },
                _ => {}
            }
        }
        others.retain(|name| !name.trim().is_empty());
        if !others.is_empty() {
            lines.push(format!("Also called: {}", others.join(", ")));
        }
        let mut read = vec!["NAME", "ALIA", "SEX", "FAMC", "FAMS", "TYPE"];
        read.extend(person.facts.iter().map(|fact| fact.kind.tag));
        read.sort_unstable();
        read.dedup();
        let rest = self.reader.details(person.line, &read);
        lines.extend(rest.lines.iter().map(|(label, words)| format!("{label}: {words}")));
        Details {
            notes: details.notes.into_iter().chain(rest.notes).collect(),
            citations: details.citations.into_iter().chain(rest.citations).collect(),
            persons: details.persons.into_iter().chain(rest.persons).collect(),
            ..rest
        }
    }

    /// Returns the date of a life, and counts what was concluded of it.
    fn life(&mut self, person: &Person, birth: Option<&Fact>, death: Option<&Fact>) -> Dated {
        let place = self.reader.at(person.line);
        let read = |fact: Option<&Fact>, of: &str| {
            let fact = fact?;
            let mut read = fact.when.clone()?;
            // A baptism is after the birth, a burial after the death.
            if fact.kind.tag != of {
                read.when = match read.when {
                    When::On(parts) => When::On(parts.about()),
                    when => when,
                };
            }
            Some(read)
        };
        let words: Vec<String> = [birth, death]
            .into_iter()
            .flatten()
            .filter(|fact| !fact.words.is_empty())
            .map(|fact| format!("{} {}", fact.kind.label.to_lowercase(), fact.words))
            .collect();
        let words = words.join("; ");
        let (birth_read, death_read) = (read(birth, "BIRT"), read(death, "DEAT"));
        let Some((mut dated, concluded)) = dates::life(birth_read.as_ref(), death_read.as_ref()) else {
            if words.is_empty() {
                return Dated::default();
            }
            self.reader.builder.report.add(Kind::KeptAsWords, place, &words);
            return Dated::words(words);
        };
        let mut all = Vec::from_iter(concluded);
        for (fact, of, read, what) in [
            (birth, "BIRT", &birth_read, "a birth, from a baptism,"),
            (death, "DEAT", &death_read, "a death, from a burial,"),
        ] {
            let (Some(fact), Some(read)) = (fact, read) else { continue };
            all.extend((fact.kind.tag != of).then_some(what));
            all.extend(read.concluded);
        }
        let is_unread = |fact: Option<&Fact>| fact.is_some_and(|fact| fact.when.is_none() && !fact.words.is_empty());
        if is_unread(birth) || is_unread(death) {
            all.push("an unknown end, from words that are no date,");
        }
        let calendars = [&birth_read, &death_read].map(|read| read.as_ref().map(|read| read.calendar));
        let is_mixed = matches!(calendars, [Some(birth), Some(death)] if birth != death);
        let is_wordy = is_mixed || [&birth_read, &death_read].into_iter().flatten().any(|read| read.is_wordy);
        if !all.is_empty() || is_wordy {
            dated.written = Some(words.clone());
        }
        for what in all {
            self.reader.builder.report.add(Kind::Concluded(what.into()), place, &words);
        }
        dated
    }

    /// Returns the sex of a person as a tag, and counts one that is neither.
    fn sex(&mut self, person: &Person) -> Option<String> {
        let line = self.reader.tree.first(Some(person.line), "SEX")?;
        match self.reader.tree.value(line).trim() {
            "M" => Some("male".to_owned()),
            "F" => Some("female".to_owned()),
            "" | "U" => None,
            _ => {
                self.reader.drop_line(line);
                None
            }
        }
    }

    /// Returns the line about a fact in the text of a life: "Birth: 17 March 1777, County Down". Returns `None` if the
    /// dates of the life say as much.
    fn fact_line(&self, fact: &Fact, name: &str, details: &Details, is_end: bool) -> Option<String> {
        let tree = self.reader.tree;
        let value = tree.text(fact.line).split_whitespace().collect::<Vec<_>>().join(" ");
        let value = Some(value).filter(|value| !value.is_empty() && !value.eq_ignore_ascii_case("Y"));
        let of_type = details.of_type.clone().filter(|of_type| !is_title(of_type, fact.kind.label, name));
        let date = (!fact.words.is_empty()).then(|| said(fact));
        let place = details.place.as_ref().and_then(words_of_place);
        let rest = details.lines.iter().map(|(label, words)| format!("{}: {words}", label.to_lowercase()));
        let parts: Vec<String> =
            value.into_iter().chain(of_type).chain(date.clone()).chain(place).chain(rest).collect();
        let is_only_date = parts.len() == 1 && date.is_some() && fact.when.as_ref().is_none_or(dates::Read::is_single);
        if is_end && (is_only_date || parts.is_empty()) {
            return None;
        }
        let words = if parts.is_empty() { "yes".to_owned() } else { parts.join(", ") };
        Some(format!("{}: {words}", fact.kind.label))
    }

    /// Reads an event of persons, in a lane by its kind.
    /// `more` is what is said about all of a family.
    fn event(&mut self, fact: &Fact, of: &[usize], more: Details) -> Result<(), ImportError> {
        let tree = self.reader.tree;
        let place = self.reader.at(fact.line);
        let details = self.reader.details(fact.line, &["DATE"]);
        let value = tree.text(fact.line).split_whitespace().collect::<Vec<_>>().join(" ");
        let value = Some(value).filter(|value| !value.is_empty() && !value.eq_ignore_ascii_case("Y"));
        let names: Vec<&str> = self.shown(of).map(|person| person.name.as_str()).collect();
        let names = if names.is_empty() { "unknown persons".to_owned() } else { names.join(" and ") };
        let is_plain = matches!(fact.kind.tag, "EVEN" | "FACT");
        let is_its_own = !matches!(fact.kind.lane, kinds::OTHER | kinds::FAMILIES);
        let title = match (&value, &details.of_type) {
            (Some(value), _) if is_plain || is_its_own => format!("{names}: {value}"),
            (Some(value), _) => format!("{names}: {} {value}", fact.kind.label.to_lowercase()),
            (None, Some(of_type)) if is_plain => format!("{names}: {of_type}"),
            (None, _) => format!("{} of {names}", fact.kind.label),
        };
        let mut lines: Vec<String> = details.lines.iter().map(|(label, words)| format!("{label}: {words}")).collect();
        lines.extend(
            details
                .of_type
                .as_ref()
                .filter(|of_type| (!is_plain || value.is_some()) && !is_title(of_type, fact.kind.label, &names))
                .map(|of_type| format!("Type: {of_type}")),
        );
        let mut event = Event { title, place: details.place.clone(), ..Event::default() };
        event.related = self.shown(of).map(|person| person.id.clone()).collect();
        event.related.extend(details.persons.iter().cloned());
        lines.extend(more.lines.iter().map(|(label, words)| format!("{label}: {words}")));
        let notes: Vec<String> = details.notes.iter().chain(&more.notes).cloned().collect();
        event.description = described(&lines, &notes);
        add(&mut event, details, "");
        add(&mut event, more, "");
        let dated = self.dated(fact);
        let parent = (fact.kind.lane != kinds::FAMILIES).then(|| self.reader.builder.lane(FURTHER, None));
        let lane = self.reader.builder.lane(fact.kind.lane, parent);
        self.reader.builder.event(place, "", Some(lane), dated, event)
    }

    /// Returns the date of an event, and counts what was concluded of it.
    fn dated(&mut self, fact: &Fact) -> Dated {
        let place = self.reader.at(fact.line);
        let tree = self.reader.tree;
        let phrase = tree.first(Some(fact.line), "DATE").and_then(|date| tree.text_of(date, "PHRASE"));
        if let Some((read, mut dated)) = fact.when.as_ref().and_then(|read| Some((read, read.dated(&fact.words)?))) {
            if let Some(what) = read.concluded {
                dated.written = Some(fact.words.clone());
                self.reader.builder.report.add(Kind::Concluded(what.into()), place, &fact.words);
            }
            dated.written = phrase.or(dated.written);
            return dated;
        }
        let words = phrase.as_deref().unwrap_or(&fact.words);
        let words = words.strip_prefix('(').and_then(|words| words.strip_suffix(')')).unwrap_or(words);
        self.reader.builder.date(Dates::default(), words, place)
    }

    /// Reads the events of a family.
    fn family(&mut self, family: &Family) -> Result<(), ImportError> {
        let is_private = family.partners.iter().any(|partner| !self.is_shown(*partner));
        if is_private {
            for fact in &family.facts {
                let place = self.reader.at(fact.line);
                let kind = Kind::LeftOut("an event of a family of someone left out".into());
                self.reader.builder.report.add(kind, place, "");
            }
            self.reader.tree.mark(family.line);
            return Ok(());
        }
        let mut read = vec!["HUSB", "WIFE", "CHIL"];
        read.extend(family.facts.iter().map(|fact| fact.kind.tag));
        read.sort_unstable();
        read.dedup();
        let mut more = self.reader.details(family.line, &read);
        if family.facts.is_empty() {
            let place = self.reader.at(family.line);
            for note in &more.notes {
                self.reader.builder.report.add(Kind::Dropped("a note of a family without events".into()), place, note);
            }
        }
        for fact in &family.facts {
            self.event(fact, &family.partners, std::mem::take(&mut more))?;
        }
        Ok(())
    }
}

/// Returns the place of a life: that of its birth, unless it ended elsewhere; both are in the text.
fn place_of_life([birth, death]: [Option<document::Place>; 2]) -> Option<document::Place> {
    match (birth, death) {
        (Some(birth), Some(death)) if birth.name != death.name => None,
        (birth, death) => birth.or(death),
    }
}

/// Adds details to an event; `of` says which fact its citations are of.
fn add(event: &mut Event, details: Details, of: &str) {
    for mut citation in details.citations {
        if !of.is_empty() {
            let of = of.to_lowercase();
            citation.note = Some(citation.note.map_or_else(|| of.clone(), |note| format!("{of}: {note}")));
        }
        // The same citation is of several facts, one after another.
        if !event.citations.iter().rev().take(50).any(|known| *known == citation) {
            event.citations.push(citation);
        }
    }
    event.media.extend(details.media);
    event.links.extend(details.links);
}

/// Returns a description of lines and notes.
fn described(lines: &[String], notes: &[String]) -> Option<String> {
    let list: Vec<String> = lines.iter().map(|line| format!("- {}", prose(line).text)).collect();
    let list = Some(list.join("\n")).filter(|list| !list.is_empty());
    let parts: Vec<String> = list.into_iter().chain(notes.iter().map(|note| note.trim().to_owned())).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Returns whether the type of a fact is what its title says, as some programs write it: "Birth of Anne Carne".
fn is_title(of_type: &str, label: &str, names: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(of_type) == letters(&format!("{label} of {names}"))
}

/// Returns the date of a fact in words.
fn said(fact: &Fact) -> String {
    let words = |text: &str, calendar: Calendar| Some(Date::try_read(text, calendar)?.date.words());
    let found = fact.when.as_ref().and_then(|read| match read.when {
        When::Before(parts) => Some(format!("before {}", words(&parts.text(), read.calendar)?)),
        When::After(parts) => Some(format!("after {}", words(&parts.text(), read.calendar)?)),
        _ => words(&read.dated("")?.date?, read.calendar),
    });
    found.unwrap_or_else(|| fact.words.clone())
}

/// Returns a place in words: its name, and where it is.
fn words_of_place(place: &document::Place) -> Option<String> {
    let at = place.latitude.zip(place.longitude).map(|(latitude, longitude)| format!("({latitude}, {longitude})"));
    let parts: Vec<String> = place.name.clone().into_iter().chain(at).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
