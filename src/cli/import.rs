//! `longview import`: its arguments as typed, and as checked.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::import::Format;

use super::paths::{Input, Output, input};

/// A file of another program that becomes a document.
#[derive(Debug)]
pub struct Import {
    /// The file.
    pub input: Input,
    /// Where the document goes.
    pub output: Output,
    /// Replace a document that exists.
    pub replace: bool,
    /// The format of the file, if it is not found by itself.
    pub from: Option<Format>,
    /// Where the report goes as JSON.
    pub report: Option<Output>,
    /// Import persons who may be living.
    pub living: bool,
}

#[derive(Debug, Args)]
pub(super) struct TypedImport {
    /// The file: a table, a calendar, a family tree, or a timeline of another program; - reads standard input
    file: PathBuf,
    /// The document to write; without it, or for -, standard output
    #[arg(short, long, value_name = "OUT.ron")]
    output: Option<PathBuf>,
    /// Replace the document if it exists
    #[arg(long)]
    replace: bool,
    /// The format of the file, if it is not found by itself
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)))]
    from: Option<String>,
    /// Write the report as JSON to a file too; for -, to standard output
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Of a family tree: persons who may be living too
    #[arg(long)]
    living: bool,
}

impl TypedImport {
    /// Checks the arguments.
    pub fn checked(self) -> Result<Import, &'static str> {
        let standard = |path: PathBuf| if path.as_os_str() == "-" { Output::Standard } else { Output::File(path) };
        let output = self.output.map_or(Output::Standard, standard);
        let report = self.report.map(standard);
        if output == Output::Standard && report == Some(Output::Standard) {
            return Err("the document and its report cannot both go to standard output: say -o or another --report");
        }
        Ok(Import {
            input: input(Some(self.file)),
            output,
            replace: self.replace,
            from: self.from.as_deref().and_then(Format::named),
            report,
            living: self.living,
        })
    }
}
