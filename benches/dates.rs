//! What reading and saying a date costs.

use divan::{Bencher, black_box};
use longview::date::{Calendar, Date, between};

fn main() {
    divan::main();
}

#[divan::bench(args = ["1965", "1965-06", "2015-12-10"])]
fn plain(bencher: Bencher<'_, '_>, text: &str) {
    bencher.bench(|| Date::parse(black_box(text)));
}

#[divan::bench(args = [
    "1850~",
    "-0043-03-15",
    "156X",
    "156X-12-25",
    "XX00-02-29",
    "2004-06~-11",
    "2001-21",
    "Y-138E8",
    "Y171010000S3",
    "1998/..",
    "2015-12-10/2015-12-12",
    "[1667,1668,1670..1672]",
    "2015-12-10T14:30:00+09:00",
    "2015-12-10 14:30 Asia/Seoul",
    "1895-12-10 14:30 America/Argentina/Buenos_Aires",
    "44 BCE",
    "15 March 44 BCE",
    "10 December 2015, 14:30",
    "1960s",
    "6th century BCE",
    "c. 1850",
    "66 Ma",
    "66 million years ago",
    "1998–present",
    "3–7 May 1970",
    "10 December 2015 – 12 February 2016",
    "1985-W15",
    "1985-102",
    "19uu",
    "195?",
    "2004-(06)?-11",
    "7000 cal BP",
    "1540±9",
    "XIVth century",
    "Friday, 12 April 1985",
    "ABT 1850",
    "@#DJULIAN@ 25 DEC 1700",
])]
fn any_form(bencher: Bencher<'_, '_>, text: &str) {
    assert!(Date::parse(text).is_ok(), "{text}");
    bencher.bench(|| Date::parse(black_box(text)));
}

#[divan::bench(args = ["1917-10-25", "25 October 1917"])]
fn julian(bencher: Bencher<'_, '_>, text: &str) {
    bencher.bench(|| Date::parse_in(black_box(text), Calendar::Julian));
}

#[divan::bench(args = ["03/04/1990", "1990-02-30", "2015/1965", "Febuary 1990"])]
fn errors(bencher: Bencher<'_, '_>, text: &str) {
    bencher.bench(|| Date::parse(black_box(text)));
}

#[divan::bench(args = ["1965", "2015-12-10", "156X-12-25", "66 Ma", "44 BCE/31 BCE"])]
fn words(bencher: Bencher<'_, '_>, text: &str) {
    if let Ok(date) = Date::parse(text) {
        bencher.bench(|| black_box(&date).words());
    }
}

#[divan::bench]
fn difference(bencher: Bencher<'_, '_>) {
    if let (Ok(a), Ok(b)) = (Date::parse("1965"), Date::parse("2015-12-10")) {
        bencher.bench(|| between(black_box(&a), black_box(&b)).words());
    }
}
