//! What the tags of events and attributes mean.

/// An event or attribute of a person or family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FactKind {
    /// Its tag.
    pub tag: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// The lane of such events.
    pub lane: &'static str,
    /// Whether it says something of a person's death: the person is not living.
    pub is_end: bool,
}

const fn kind(tag: &'static str, label: &'static str, lane: &'static str) -> FactKind {
    FactKind { tag, label, lane, is_end: false }
}

const fn end(tag: &'static str, label: &'static str, lane: &'static str) -> FactKind {
    FactKind { tag, label, lane, is_end: true }
}

/// The lane of what has no better one.
pub(super) const OTHER: &str = "Other events";

/// The events and attributes of persons: GEDCOM 5.5.1 and 7.0.
const PERSONAL: [FactKind; 43] = [
    kind("BIRT", "Birth", "Births"),
    end("DEAT", "Death", "Deaths"),
    kind("CHR", "Christening", "Baptisms"),
    kind("BAPM", "Baptism", "Baptisms"),
    end("BURI", "Burial", "Burials"),
    end("CREM", "Cremation", "Burials"),
    end("PROB", "Probate", "Wills"),
    kind("WILL", "Will", "Wills"),
    kind("ADOP", "Adoption", "Adoptions"),
    kind("BARM", "Bar mitzvah", "Confirmations"),
    kind("BASM", "Bat mitzvah", "Confirmations"),
    kind("BATM", "Bat mitzvah", "Confirmations"),
    kind("BLES", "Blessing", "Baptisms"),
    kind("CHRA", "Adult christening", "Baptisms"),
    kind("CONF", "Confirmation", "Confirmations"),
    kind("FCOM", "First communion", "Confirmations"),
    kind("ORDN", "Ordination", "Occupations"),
    kind("NATU", "Naturalization", "Migrations"),
    kind("EMIG", "Emigration", "Migrations"),
    kind("IMMI", "Immigration", "Migrations"),
    kind("CENS", "Census", "Residences"),
    kind("RESI", "Residence", "Residences"),
    kind("GRAD", "Graduation", "Education"),
    kind("EDUC", "Education", "Education"),
    kind("RETI", "Retirement", "Occupations"),
    kind("OCCU", "Occupation", "Occupations"),
    kind("TITL", "Title", "Titles"),
    kind("PROP", "Property", "Property"),
    kind("RELI", "Religion", OTHER),
    kind("NATI", "Nationality", OTHER),
    kind("CAST", "Caste", OTHER),
    kind("DSCR", "Description", OTHER),
    kind("IDNO", "Identity number", OTHER),
    kind("SSN", "Social security number", OTHER),
    kind("NCHI", "Number of children", OTHER),
    kind("NMR", "Number of marriages", OTHER),
    kind("FACT", "Fact", OTHER),
    kind("EVEN", "Event", OTHER),
    kind("BAPL", "Latter-day Saint baptism", "Ordinances"),
    kind("CONL", "Latter-day Saint confirmation", "Ordinances"),
    kind("INIL", "Latter-day Saint initiatory", "Ordinances"),
    kind("ENDL", "Latter-day Saint endowment", "Ordinances"),
    kind("SLGC", "Latter-day Saint sealing to the parents", "Ordinances"),
];

/// The lane of marriages and what belongs to them.
pub(super) const FAMILIES: &str = "Families";

/// The events and attributes of families.
const OF_FAMILIES: [FactKind; 15] = [
    kind("MARR", "Marriage", FAMILIES),
    kind("ENGA", "Engagement", FAMILIES),
    kind("MARB", "Marriage banns", FAMILIES),
    kind("MARC", "Marriage contract", FAMILIES),
    kind("MARL", "Marriage licence", FAMILIES),
    kind("MARS", "Marriage settlement", FAMILIES),
    kind("DIV", "Divorce", FAMILIES),
    kind("DIVF", "Divorce filed", FAMILIES),
    kind("ANUL", "Annulment", FAMILIES),
    kind("SLGS", "Latter-day Saint sealing", FAMILIES),
    kind("CENS", "Census", FAMILIES),
    kind("RESI", "Residence", FAMILIES),
    kind("NCHI", "Number of children", FAMILIES),
    kind("FACT", "Fact", FAMILIES),
    kind("EVEN", "Event", FAMILIES),
];

/// Returns the event or attribute of a person that a tag means.
pub(super) fn personal(tag: &str) -> Option<FactKind> {
    PERSONAL.into_iter().find(|kind| kind.tag.eq_ignore_ascii_case(tag))
}

/// Returns the event or attribute of a family that a tag means.
pub(super) fn of_family(tag: &str) -> Option<FactKind> {
    OF_FAMILIES.into_iter().find(|kind| kind.tag.eq_ignore_ascii_case(tag))
}
