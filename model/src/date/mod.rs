//! Parses dates at the precision at which they were written, and displays them: text -> [`Date`] -> words.
//!
//! A date is one string, in EDTF (ISO 8601-2, levels 0 to 2) or in a form that people write: `1965`, `2015-12-10`,
//! `1998/..`, `156X`, `1850~`, `44 BCE`, `15 March 44 BCE`, `6th century BCE`, `c. 1850`, `66 Ma`, `1998–present`,
//! `2015-12-10T14:30+09:00`. It is held as the half-open interval of [`Seconds`] in which it may lie, with its
//! precision and its marks: "1965" is the whole of 1965, never its first day.
//!
//! ```
//! use longview_model::date::{Calendar, Date, between};
//!
//! // A text is read with its precision, and displayed as EDTF.
//! let treaty: Date = "22 June 1965".parse()?;
//! assert_eq!((treaty.words().as_str(), treaty.to_string().as_str()), ("22 June 1965", "1965-06-22"));
//! assert_eq!(treaty.precision_words(), "dated to the day");
//!
//! // Distances are as exact as the dates.
//! let report = Date::parse("2015")?;
//! assert_eq!(between(&treaty, &report).words(), "49 to 51 years");
//!
//! // What cannot be read says what to write; what can be read in two ways says which way it was read.
//! let Err(error) = Date::parse("03/04/1990") else { return Ok(()) };
//! assert_eq!(error.hint.as_deref(), Some("write 1990-04-03 for 3 April 1990, or 1990-03-04 for 4 March 1990"));
//! let reading = Date::read("1929-39", Calendar::Gregorian)?;
//! assert_eq!(reading.cautions[0].suggestions, ["1929/1939"]);
//! # Ok::<(), longview_model::date::DateError>(())
//! ```
//!
//! The module does not depend on the other modules of the crate. Its parts:
//!
//! ```text
//! text -> parse -> reader -> plain       YYYY[-MM[-DD]], the common case
//!                         -> iso_date    masks, seasons, Y years, significant digits (edtf, by edtf-core), weeks
//!                         -> spoken      spans, lists and limits in words: lex -> written -> share -> human; time
//!               -> forms                 what has a syntax of its own: GEDCOM, weeks, years before present
//!               doubt                    what may have been meant otherwise
//!               explain, suggest         what is wrong, where, and what to write
//! Date + zone -> Date                    times of day on an axis in one zone (jiff)
//! Date -> words, phrases                 one part; spans, sets, Julian and Gregorian side by side
//! Date -> canonical                      Display, FromStr and serde
//! (Date, Date) -> difference
//! (Date, steps) -> moved
//! ```
//!
//! # Texts that can be read in two ways
//!
//! 1. What EDTF defines is read as EDTF defines it. Where people write the same text for something else, a [`Caution`]
//!    names both: `-0044` is 45 BCE, not 44 BCE; `1929-39` is a third of a year, not ten years. An ISO 8601 month
//!    causes no caution: `1905-06` is June.
//! 2. What EDTF does not define is read in the likelier way, with a caution that names the other, if a wrong reading is
//!    a small error: both have the same first or last day, one lies within the other, or they are a year or some days
//!    apart. So "1500s" is a hundred years, "before 1914" ends with 1913, "1750/51" is two years, the mark of "c.
//!    1850–60" applies to 1850 only, and "winter 1916" begins in 1916.
//! 3. Anything else is refused, and both readings are suggested: "c. 1930-35", `1910/12`, "327–21 BCE", "500 BCE –
//!    300", "21 February 1750/1751", "28 February 1900 or 1901".
//!
//! A dash, "to" or an era is unambiguous where a hyphen or a slash is not: "1929–39" and "1929-39 CE" are years.
//!
//! All arithmetic is on integers and saturates; no input panics.

mod brief;
mod canonical;
mod context;
mod difference;
mod doubt;
mod edtf;
mod error;
mod explain;
mod extent;
mod form;
mod forms;
mod human;
mod iso_date;
mod joined;
mod joint;
mod lex;
mod lexicon;
mod marks;
mod mask;
mod model;
mod moved;
mod parse;
mod parts;
mod phrases;
mod plain;
mod portions;
mod reader;
mod reading;
mod share;
mod spoken;
mod suggest;
mod time;
mod undated;
mod vocabulary;
mod words;
mod written;
mod zone;
mod zone_data;

pub mod civil;

pub use civil::{Calendar, Seconds, iso};
pub use difference::{Difference, Direction, between};
pub use error::{Caution, DateError};
pub use marks::Components;
pub use model::{Date, DatePart, DateSet, Endpoint, Interval, Precision, SetKind, SetPart};
pub use moved::Handle;
pub use reading::Reading;
pub use undated::is_undated;
pub use vocabulary::{month_name, with_separators};
pub use zone::{Clocks, Zone, ZoneDoubt};
