//! Who is in a family tree, how they belong together, and who of them may be living.

use std::collections::HashMap;

use super::dates::{Read, read};
use super::kinds::{FactKind, of_family, personal};
use super::tree::Tree;

/// An event or attribute.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// Its line.
    pub line: usize,
    /// What it is.
    pub kind: FactKind,
    /// Its date, if it has one that is read.
    pub when: Option<Read>,
    /// The words of its date; empty if it has none.
    pub words: String,
}

impl Fact {
    fn new(tree: &Tree<'_>, line: usize, kind: FactKind) -> Self {
        let date = tree.first(Some(line), "DATE");
        let words = date.map(|date| tree.text(date)).unwrap_or_default();
        let phrase = date.and_then(|date| tree.text_of(date, "PHRASE")).map(|phrase| format!(" ({phrase})"));
        let words = words + &phrase.unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { line, kind, when: read(&words), words }
    }

    /// Returns whether the file says that it happened: by a date, a place or `Y`.
    fn is_said(&self, tree: &Tree<'_>) -> bool {
        let has_detail = tree.children(self.line).any(|child| tree.has_value(child));
        has_detail || tree.value(self.line).trim().eq_ignore_ascii_case("Y")
    }
}

/// A person.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// The line of the record.
    pub line: usize,
    /// The id in the file.
    pub id: String,
    /// The name, without the signs around the surname.
    pub name: String,
    /// The events and attributes, in their order.
    pub facts: Vec<Fact>,
    /// Other persons, by their numbers.
    pub parents: Vec<usize>,
    /// The partners in families.
    pub partners: Vec<usize>,
    /// The children.
    pub children: Vec<usize>,
    /// Whether the person may be living.
    pub may_be_living: bool,
    /// Whether the record is marked as confidential.
    pub is_confidential: bool,
}

impl Person {
    /// Returns whether the person is left out unless asked for.
    pub fn is_private(&self) -> bool {
        self.may_be_living || self.is_confidential
    }

    /// Returns the first fact of the kinds, of which one with a date is preferred.
    pub fn fact(&self, tags: &[&str]) -> Option<&Fact> {
        let of_tags = || tags.iter().flat_map(|tag| self.facts.iter().filter(move |fact| fact.kind.tag == *tag));
        of_tags().find(|fact| fact.when.is_some()).or_else(|| of_tags().next())
    }
}

/// A family.
#[derive(Clone, Debug)]
pub(super) struct Family {
    /// The line of the record.
    pub line: usize,
    /// The partners, by their numbers.
    pub partners: Vec<usize>,
    /// The events and attributes, in their order.
    pub facts: Vec<Fact>,
}

/// Everyone in a file.
#[derive(Debug)]
pub(super) struct People {
    /// The persons, in the order of the file.
    pub persons: Vec<Person>,
    /// The families, in the order of the file.
    pub families: Vec<Family>,
}

impl People {
    /// Finds everyone in a file.
    pub fn new(tree: &Tree<'_>) -> Self {
        let mut persons = Vec::new();
        let mut numbers = HashMap::new();
        let mut families = Vec::new();
        for record in tree.records() {
            if tree.tag(record).eq_ignore_ascii_case("INDI") {
                let person = person(tree, record);
                numbers.entry(person.id.clone()).or_insert(persons.len());
                persons.push(person);
            }
        }
        let mut by_id = HashMap::new();
        let mut children: Vec<Vec<usize>> = Vec::new();
        for record in tree.records().filter(|record| tree.tag(*record).eq_ignore_ascii_case("FAM")) {
            let named = |tags: &[&str]| -> Vec<usize> {
                let of_tags = tree.children(record).filter(|child| tags.contains(&tree.tag(*child)));
                of_tags.filter_map(|child| numbers.get(tree.pointer(child)?).copied()).collect()
            };
            by_id.entry(tree.line(record).map_or("", |line| line.id)).or_insert(families.len());
            children.push(named(&["CHIL"]));
            let facts = facts(tree, record, of_family);
            families.push(Family { line: record, partners: named(&["HUSB", "WIFE"]), facts });
        }
        // What only the persons say.
        for (number, person) in persons.iter().enumerate() {
            for line in tree.children(person.line).filter(|line| matches!(tree.tag(*line), "FAMS" | "FAMC")) {
                let Some(family) = tree.pointer(line).and_then(|id| by_id.get(id).copied()) else { continue };
                match tree.tag(line) {
                    "FAMS" => families[family].partners.push(number),
                    "FAMC" => children[family].push(number),
                    _ => {}
                }
            }
        }
        for (family, children) in families.iter_mut().zip(&mut children) {
            once(&mut family.partners);
            // A family of many partners is none.
            family.partners.truncate(MOST_PARTNERS);
            once(children);
            for &partner in &family.partners {
                let others = family.partners.iter().filter(|other| **other != partner);
                persons[partner].partners.extend(others);
                persons[partner].children.extend(children.iter());
            }
            for &child in &*children {
                persons[child].parents.extend(family.partners.iter());
            }
        }
        for (number, person) in persons.iter_mut().enumerate() {
            for list in [&mut person.parents, &mut person.partners, &mut person.children] {
                once(list);
                list.retain(|other| *other != number);
            }
        }
        Self { persons, families }
    }

    /// Finds who may be living in a year: whoever is not said to be dead, unless born more than [`OLDEST`] years before.
    ///
    /// Where no date of birth is given, the latest year of birth is concluded from everything else with a date: a person
    /// is born before any event of its own, 12 years before a marriage and before its children, at most 60 years after
    /// its parents and 40 after a partner. What is concluded of a person is used for its relatives in turn, to a distance
    /// of [`DISTANCE`]. If nothing can be concluded, the person may be living.
    pub fn find_living(&mut self, tree: &Tree<'_>, year: i64) {
        let own: Vec<(Option<i64>, bool)> = self.persons.iter().map(born_by).collect();
        let mut own_years: Vec<Option<i64>> = own.iter().map(|(year, _)| *year).collect();
        for family in &self.families {
            let years = family.facts.iter().filter_map(|fact| fact.when.as_ref()?.begun_by());
            let Some(first) = years.min() else { continue };
            for &partner in &family.partners {
                own_years[partner] = least(own_years[partner], Some(first - MATURITY));
            }
        }
        let mut known = own_years.clone();
        for _ in 0..DISTANCE {
            let mut next = known.clone();
            for (number, person) in self.persons.iter().enumerate().filter(|(number, _)| !own[*number].1) {
                let of = |others: &[usize], years: i64| {
                    others.iter().filter_map(|other| known[*other]).min().map(|year| year + years)
                };
                let related =
                    [of(&person.children, -MATURITY), of(&person.parents, LAST_CHILD), of(&person.partners, 40)];
                next[number] = related.into_iter().fold(own_years[number], least);
            }
            known = next;
        }
        for (person, born_by) in self.persons.iter_mut().zip(known) {
            let is_dead = person.facts.iter().any(|fact| fact.kind.is_end && fact.is_said(tree));
            person.may_be_living = !is_dead && born_by.is_none_or(|born| born.saturating_add(OLDEST) >= year);
        }
    }

    /// Returns the latest year of any date, which is the best guess of the present if there is no other.
    pub fn last_year(&self) -> Option<i64> {
        let facts = self.persons.iter().flat_map(|person| &person.facts);
        let facts = facts.chain(self.families.iter().flat_map(|family| &family.facts));
        facts.filter_map(|fact| fact.when.as_ref()?.begun_by()).max()
    }
}

/// Nobody lives longer, in years.
const OLDEST: i64 = 110;
/// The least age of parents and partners, in years.
const MATURITY: i64 = 12;
/// The greatest age at which a child is born, in years.
const LAST_CHILD: i64 = 60;
/// How many partners of a family count.
const MOST_PARTNERS: usize = 4;
/// How many relations away a person may be from which something is concluded.
const DISTANCE: usize = 4;

fn least(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Returns the latest year of birth that a person's own events allow, and whether it is that of the birth itself.
fn born_by(person: &Person) -> (Option<i64>, bool) {
    let birth = person.fact(&["BIRT"]).and_then(|fact| fact.when.as_ref()?.begun_by());
    if birth.is_some() {
        return (birth, true);
    }
    (person.facts.iter().filter_map(|fact| fact.when.as_ref()?.begun_by()).min(), false)
}

/// Keeps the first of each number.
fn once(numbers: &mut Vec<usize>) {
    let mut taken = std::collections::HashSet::new();
    numbers.retain(|number| taken.insert(*number));
}

fn person(tree: &Tree<'_>, record: usize) -> Person {
    let names: Vec<usize> = tree.children(record).filter(|child| tree.tag(*child) == "NAME").collect();
    let name = names.iter().map(|line| name(tree, *line)).find(|name| !name.is_empty());
    let is_confidential = tree
        .text_of(record, "RESN")
        .is_some_and(|text| ["confidential", "privacy"].iter().any(|word| text.to_lowercase().contains(word)));
    Person {
        line: record,
        id: tree.line(record).map_or("", |line| line.id).to_owned(),
        name: name.unwrap_or_else(|| "Unnamed person".to_owned()),
        facts: facts(tree, record, personal),
        is_confidential,
        ..Person::default()
    }
}

/// Returns a name as it is said: `Patrick /Brontë/ Sr.` becomes "Patrick Brontë Sr."
pub(super) fn name(tree: &Tree<'_>, line: usize) -> String {
    let said = tree.text(line).replace('/', " ");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !words(&said).is_empty() {
        return words(&said);
    }
    let pieces = ["NPFX", "GIVN", "SPFX", "SURN", "NSFX"].map(|tag| tree.text_of(line, tag).unwrap_or_default());
    words(&pieces.join(" "))
}

fn facts(tree: &Tree<'_>, record: usize, kind: fn(&str) -> Option<FactKind>) -> Vec<Fact> {
    tree.children(record).filter_map(|line| Some(Fact::new(tree, line, kind(tree.tag(line))?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn living(text: &str) -> Vec<&str> {
        let tree = Tree::read(text);
        let mut people = People::new(&tree);
        people.find_living(&tree, 2026);
        let ids = people.persons.iter().filter(|person| person.may_be_living).map(|person| person.line);
        ids.filter_map(|line| tree.line(line).map(|line| line.id)).collect()
    }

    #[test]
    fn who_may_be_living() {
        let check = |facts: &str, expect: bool| {
            let text = format!("0 @I1@ INDI\n{facts}");
            assert_eq!(!living(&text).is_empty(), expect, "{facts}");
        };
        check("1 NAME Nobody knows", true);
        check("1 BIRT\n2 DATE 1915", false);
        check("1 BIRT\n2 DATE 1916", true);
        check("1 BIRT\n2 DATE AFT 1900", true);
        check("1 BIRT\n2 DATE BEF 1900", false);
        check("1 BIRT\n2 DATE 1980\n1 DEAT Y", false);
        check("1 BIRT\n2 DATE 1980\n1 DEAT\n2 PLAC Ulm", false);
        check("1 BIRT\n2 DATE 1980\n1 DEAT", true);
        check("1 BIRT\n2 DATE 1980\n1 BURI\n2 DATE 1999", false);
        check("1 OCCU Smith\n2 DATE 1850", false);
        check("1 OCCU Smith\n2 DATE 1990", true);
        check("1 WILL\n2 DATE 1990", true);
        check("1 BIRT\n2 DATE @#DHEBREW@ 1 TSH 5700", true);
    }

    #[test]
    fn relatives_say_who_may_be_living() {
        let family = |birth: &str| {
            format!(
                "0 @A@ INDI\n1 FAMS @F@\n0 @B@ INDI\n1 FAMS @F@\n0 @C@ INDI\n1 FAMC @F@\n1 BIRT\n2 DATE {birth}\n\
                 0 @F@ FAM\n0 @D@ INDI\n1 FAMC @F@\n"
            )
        };
        assert_eq!(living(&family("1850")), Vec::<&str>::new());
        assert_eq!(living(&family("1920")), ["C", "D"]);
        assert_eq!(living(&family("1990")), ["A", "B", "C", "D"]);
        let married = "0 @A@ INDI\n0 @B@ INDI\n0 @F@ FAM\n1 HUSB @A@\n1 WIFE @B@\n1 MARR\n2 DATE 1854\n";
        assert_eq!(living(married), Vec::<&str>::new());
        // Everyone is a child and a parent of everyone.
        let cycle =
            "0 @A@ INDI\n1 FAMC @F@\n1 FAMS @F@\n0 @B@ INDI\n1 FAMC @F@\n1 FAMS @F@\n1 BIRT\n2 DATE 2000\n0 @F@ FAM\n";
        assert_eq!(living(cycle), ["A", "B"]);
    }
}
