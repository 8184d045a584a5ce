//! Translates words of other languages to English, for suggestions; dates are read in English only.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::pieces::{Class, collapsed, pieces};
use crate::date::forms;
use crate::date::vocabulary::ordinal;

/// The months in French, German, Spanish, Italian, Portuguese, Dutch, the Scandinavian languages, Polish, Czech,
/// Hungarian, Finnish, Turkish, Greek, Russian, Latin and old English abbreviations, in lower case, if they differ from
/// what is read.
const MONTHS: [(&str, &[&str]); 12] = [
    (
        "January",
        &[
            "ιανουαρίου",
            "január",
            "janvier",
            "janv",
            "januar",
            "jänner",
            "jaenner",
            "enero",
            "ene",
            "gennaio",
            "genn",
            "gen",
            "janeiro",
            "januari",
            "styczeń",
            "stycznia",
            "leden",
            "ledna",
            "tammikuu",
            "tammikuuta",
            "ocak",
            "январь",
            "января",
            "januarius",
            "januarii",
            "ianuarii",
            "jany",
        ],
    ),
    (
        "February",
        &[
            "φεβρουαρίου",
            "február",
            "février",
            "fevrier",
            "févr",
            "fevr",
            "febr",
            "februar",
            "feber",
            "febrero",
            "febbraio",
            "febb",
            "fevereiro",
            "fev",
            "februari",
            "luty",
            "lutego",
            "únor",
            "února",
            "helmikuu",
            "helmikuuta",
            "şubat",
            "февраль",
            "февраля",
            "februarii",
            "feby",
            "febry",
        ],
    ),
    (
        "March",
        &[
            "μαρτίου",
            "március",
            "mars",
            "märz",
            "maerz",
            "mrz",
            "marzo",
            "março",
            "marco",
            "maart",
            "mrt",
            "marts",
            "marzec",
            "marca",
            "březen",
            "března",
            "maaliskuu",
            "maaliskuuta",
            "mart",
            "март",
            "марта",
            "martii",
            "martius",
        ],
    ),
    (
        "April",
        &[
            "απριλίου",
            "április",
            "avril",
            "avr",
            "abril",
            "abr",
            "aprile",
            "kwiecień",
            "kwietnia",
            "duben",
            "dubna",
            "huhtikuu",
            "huhtikuuta",
            "апрель",
            "апреля",
            "aprilis",
        ],
    ),
    (
        "May",
        &[
            "μαΐου",
            "május",
            "mai",
            "mayo",
            "maggio",
            "magg",
            "maio",
            "mei",
            "maj",
            "maja",
            "květen",
            "května",
            "toukokuu",
            "toukokuuta",
            "mayıs",
            "май",
            "мая",
            "maii",
            "maius",
        ],
    ),
    (
        "June",
        &[
            "ιουνίου",
            "június",
            "juin",
            "juni",
            "junio",
            "giugno",
            "giu",
            "junho",
            "czerwiec",
            "czerwca",
            "červen",
            "června",
            "kesäkuu",
            "kesäkuuta",
            "haziran",
            "июнь",
            "июня",
            "junii",
            "iunii",
        ],
    ),
    (
        "July",
        &[
            "ιουλίου",
            "július",
            "juillet",
            "juil",
            "juli",
            "julio",
            "luglio",
            "lug",
            "julho",
            "lipiec",
            "lipca",
            "červenec",
            "července",
            "heinäkuu",
            "heinäkuuta",
            "temmuz",
            "июль",
            "июля",
            "julii",
            "iulii",
        ],
    ),
    (
        "August",
        &[
            "αυγούστου",
            "augusztus",
            "août",
            "aout",
            "agosto",
            "ago",
            "agto",
            "augustus",
            "augusti",
            "sierpień",
            "sierpnia",
            "srpen",
            "srpna",
            "elokuu",
            "elokuuta",
            "ağustos",
            "август",
            "августа",
            "augt",
        ],
    ),
    (
        "September",
        &[
            "σεπτεμβρίου",
            "szeptember",
            "septembre",
            "septiembre",
            "setiembre",
            "settembre",
            "sett",
            "setembro",
            "wrzesień",
            "września",
            "září",
            "syyskuu",
            "syyskuuta",
            "eylül",
            "сентябрь",
            "сентября",
            "septembris",
            "septr",
        ],
    ),
    (
        "October",
        &[
            "οκτωβρίου",
            "október",
            "octobre",
            "oktober",
            "okt",
            "octubre",
            "ottobre",
            "ott",
            "outubro",
            "październik",
            "października",
            "říjen",
            "října",
            "lokakuu",
            "lokakuuta",
            "ekim",
            "октябрь",
            "октября",
            "octobris",
            "octr",
        ],
    ),
    (
        "November",
        &[
            "νοεμβρίου",
            "novembre",
            "noviembre",
            "novembro",
            "listopad",
            "listopada",
            "listopadu",
            "marraskuu",
            "marraskuuta",
            "kasım",
            "ноябрь",
            "ноября",
            "novembris",
            "novr",
            "novembr",
        ],
    ),
    (
        "December",
        &[
            "δεκεμβρίου",
            "décembre",
            "decembre",
            "déc",
            "dezember",
            "dez",
            "diciembre",
            "dic",
            "dicembre",
            "dezembro",
            "desember",
            "grudzień",
            "grudnia",
            "prosinec",
            "prosince",
            "joulukuu",
            "joulukuuta",
            "aralık",
            "декабрь",
            "декабря",
            "decembris",
            "decr",
            "decbr",
        ],
    ),
];

/// Other words and their English equivalents; empty for words that can be omitted.
const WORDS: [(&str, &[&str]); 24] = [
    (
        "",
        &[
            "de",
            "del",
            "du",
            "le",
            "la",
            "el",
            "il",
            "den",
            "der",
            "des",
            "dem",
            "am",
            "im",
            "em",
            "en",
            "año",
            "ano",
            "anno",
            "année",
            "jahr",
            "jahre",
            "roku",
            "goda",
            "года",
            "г",
            "dne",
            "dnia",
            "montag",
            "dienstag",
            "mittwoch",
            "donnerstag",
            "freitag",
            "samstag",
            "sonntag",
            "lundi",
            "mardi",
            "mercredi",
            "jeudi",
            "vendredi",
            "samedi",
            "dimanche",
            "lunes",
            "martes",
            "miércoles",
            "jueves",
            "viernes",
            "sábado",
            "domingo",
            "lunedì",
            "martedì",
            "mercoledì",
            "giovedì",
            "venerdì",
            "sabato",
            "domenica",
            "día",
            "published",
            "publ",
            "copyright",
            "printed",
            "dated",
        ],
    ),
    (
        "century",
        &[
            "siècle",
            "siecle",
            "siglo",
            "secolo",
            "век",
            "века",
            "século",
            "jahrhundert",
            "jahrhunderts",
            "jh",
            "jhdt",
            "eeuw",
            "wiek",
            "wieku",
            "saeculum",
            "saec",
            "århundrade",
            "århundre",
        ],
    ),
    ("c.", &["um", "etwa", "ungefähr", "vers", "environ", "hacia", "verso", "około", "ok", "omkring", "rond"]),
    ("before", &["vor", "avant", "antes", "prima", "před", "przed", "före", "før"]),
    ("after", &["nach", "après", "después", "dopo", "depois", "efter", "etter"]),
    ("since", &["seit", "depuis", "desde", "sedan", "siden"]),
    ("to", &["à", "al"]),
    ("until", &["bis", "hasta", "fino", "até", "tot", "til"]),
    ("between", &["zwischen", "entre", "tra", "fra", "tussen", "mellan", "mellem"]),
    ("and", &["und", "et", "och", "og"]),
    ("or", &["oder", "ou", "oppure", "eller"]),
    ("spring", &["spr", "frühling", "frühjahr", "printemps", "primavera", "lente", "vår", "wiosna"]),
    ("summer", &["summ", "sommer", "été", "verano", "zomer", "sommar", "lato"]),
    ("autumn", &["aut", "herbst", "automne", "otoño", "autunno", "outono", "herfst", "høst", "jesień"]),
    ("winter", &["win", "wint", "hiver", "invierno", "inverno", "vinter", "zima"]),
    ("present", &["heute", "presente", "oggi", "hoje", "hoy", "heden", "nutid"]),
    ("early", &["anfang", "début", "principios", "inizio", "início", "begin"]),
    ("mid", &["mitte", "milieu", "mediados", "metà", "meados"]),
    ("late", &["ende", "fin", "finales", "fine", "fins", "eind"]),
    ("half", &["hälfte", "moitié", "mitad", "helft", "połowa"]),
    ("first", &["erste", "ersten", "première", "primera"]),
    ("second", &["zweite", "zweiten", "seconde", "segunda", "seconda"]),
    ("BCE", &["aev"]),
    ("CE", &["aec"]),
];

/// Phrases of several words, in lower case, the longer first.
const PHRASES: [(&str, &str); 18] = [
    ("hasta el día ", "until "),
    ("hasta el ", "until "),
    ("fino al ", "until "),
    ("fino a ", "until "),
    ("jusqu'à ", "until "),
    ("jusqu'en ", "until "),
    ("v. chr.", "BCE"),
    ("v.chr.", "BCE"),
    ("v. chr", "BCE"),
    ("n. chr.", "CE"),
    ("n.chr.", "CE"),
    ("n. chr", "CE"),
    ("av. j.-c.", "BCE"),
    ("avant j.-c.", "BCE"),
    ("apr. j.-c.", "CE"),
    ("ap. j.-c.", "CE"),
    ("a. c.", "BCE"),
    ("d. c.", "CE"),
];

/// The English for each word.
static KNOWN: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let all = MONTHS.iter().chain(&WORDS);
    all.flat_map(|(english, words)| words.iter().map(|word| (*word, *english))).collect()
});

/// Translates each word of another language to English.
pub(super) fn rewrite(text: &str) -> Vec<String> {
    let known = with_phrases(text);
    let text = known.as_deref().unwrap_or(text);
    let mut found = known.is_some();
    let mut rewritten = String::new();
    let mut before = Class::Space;
    let pieces = pieces(text);
    let mut at = 0;
    while let Some(&(class, piece)) = pieces.get(at) {
        at += 1;
        let english = match class {
            Class::Letters => match contracted(pieces.get(at - 1..at + 2).unwrap_or_default()) {
                Some(month) => {
                    at += 2;
                    Some(month.to_owned())
                }
                None if before == Class::Digits => counted(&rewritten, piece),
                None => match century_after(pieces.get(at - 1..at + 2).unwrap_or_default()) {
                    Some(century) => {
                        at += 2;
                        Some(century)
                    }
                    None => translated(piece),
                },
            },
            // The full stop of a German or Danish day or century: "8. Mai", "20. Jahrhundert".
            Class::Other if piece == "." && before == Class::Digits && is_counted(&rewritten, &pieces, at) => {
                Some(String::new())
            }
            _ => None,
        };
        // The full stop of an abbreviation that is now written in full.
        let is_full = english.as_ref().is_some_and(|english| english.len() > 2);
        if is_full && pieces.get(at).is_some_and(|(_, next)| *next == ".") {
            at += 1;
        }
        found |= english.as_ref().is_some_and(|english| !english.is_empty() || class == Class::Letters);
        rewritten.push_str(english.as_deref().unwrap_or(piece));
        before = class;
    }
    if found { vec![collapsed(&rewritten)] } else { cjk(text) }
}

/// Returns whether the full stop before the piece at a position is that of an ordinal: of the first number, or of one
/// before a word of another language.
fn is_counted(rewritten: &str, pieces: &[(Class, &str)], at: usize) -> bool {
    let next = match pieces.get(at..at + 2) {
        Some([(Class::Space, _), (Class::Letters, word)]) => translated(word),
        _ => None,
    };
    !rewritten.contains(' ') || next.is_some_and(|english| !english.is_empty())
}

/// Returns the century that is named before its number: "siglo XVIII".
fn century_after(pieces: &[(Class, &str)]) -> Option<String> {
    let [(Class::Letters, word), (Class::Space, _), (Class::Letters, number)] = pieces else { return None };
    let is_century = translated(word).is_some_and(|english| english == "century");
    Some(format!("{} century", ordinal(forms::roman_value(number).filter(|_| is_century)?)))
}

/// Returns the month of an old contraction, with a full stop before its last letters: "Jan.y", "Sep.tr", "Aug.st".
fn contracted(pieces: &[(Class, &str)]) -> Option<&'static str> {
    const STEMS: [(&str, &str); 15] = [
        ("jan", "January"),
        ("feb", "February"),
        ("febr", "February"),
        ("mar", "March"),
        ("apr", "April"),
        ("aug", "August"),
        ("sep", "September"),
        ("sept", "September"),
        ("oct", "October"),
        ("octo", "October"),
        ("nov", "November"),
        ("novem", "November"),
        ("dec", "December"),
        ("decb", "December"),
        ("decem", "December"),
    ];
    let [(Class::Letters, stem), (Class::Other, "."), (Class::Letters, end)] = pieces else {
        return None;
    };
    let is_end = ["y", "ry", "ary", "r", "er", "br", "ber", "t", "st", "tr", "h", "l"].contains(end);
    STEMS.iter().find(|(name, _)| is_end && stem.eq_ignore_ascii_case(name)).map(|&(_, month)| month)
}

/// Replaces the ending of an ordinal: "1er" and "2e" are French and Spanish, "19e" is Dutch, "23d" old English.
fn counted(before: &str, ending: &str) -> Option<String> {
    let is_ordinal = matches!(ending, "er" | "d" | "ère" | "e" | "ème" | "º" | "ª" | "o" | "a");
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    let english = ordinal(digits.parse().ok().filter(|_| is_ordinal)?);
    english.get(english.len() - 2..).map(str::to_owned)
}

/// Returns the English for a word, or `None` if it is English already or unknown.
fn translated(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    // "XIXe siècle".
    if let Some(count) = ["e", "ème", "er"].iter().find_map(|end| forms::roman_value(word.strip_suffix(end)?)) {
        return Some(ordinal(count));
    }
    KNOWN.get(lower.as_str()).map(|english| (*english).to_owned())
}

/// Replaces the first phrase of several words in another language, or returns `None` if there is none.
fn with_phrases(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let (written, english) =
        PHRASES.iter().find(|(written, _)| lower.len() == text.len() && lower.contains(written))?;
    let at = lower.find(written)?;
    Some(format!("{}{english}{}", text.get(..at)?, text.get(at + written.len()..)?))
}

/// Rewrites Chinese and Japanese dates, which have the unit after each number: 1985年4月12日.
fn cjk(text: &str) -> Vec<String> {
    if !text.contains('年') {
        return Vec::new();
    }
    let mut rewritten = text.replace(['年', '月'], "-").replace('日', "");
    while rewritten.ends_with('-') {
        rewritten.pop();
    }
    vec![rewritten]
}

#[cfg(test)]
mod tests;
