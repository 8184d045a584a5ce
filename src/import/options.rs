//! What the user chooses about an import.

/// What the user chooses about an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether persons who may be living are imported.
    pub living: bool,
    /// Today's date in ISO 8601, which "now" and the age of a person are measured against.
    pub today: Option<String>,
}
