//! `longview new`: its arguments as typed, and as checked.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::compose::Template;

use super::paths::Output;

/// A document to start from.
#[derive(Debug)]
pub struct New {
    /// Where it goes. A file that exists is never replaced.
    pub output: Output,
    /// What it is made from.
    pub template: Template,
    /// Its title, if it has one already.
    pub title: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct TypedNew {
    /// The document to write; one that exists is never replaced; - writes to standard output
    file: PathBuf,
    /// What to start from: nothing, the claims of a report, a life, or a project
    #[arg(long, value_name = "TEMPLATE", default_value = "blank")]
    #[arg(value_parser = PossibleValuesParser::new(Template::ALL.map(Template::name)))]
    template: String,
    /// The title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

impl TypedNew {
    /// Checks the arguments.
    pub fn checked(self) -> New {
        let output = if self.file.as_os_str() == "-" { Output::Standard } else { Output::File(self.file) };
        New { output, template: Template::named(&self.template).unwrap_or(Template::Blank), title: self.title }
    }
}
