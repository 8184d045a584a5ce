//! What importing a table costs: time and the most memory that a process takes which only imports, against the size of the
//! file. The files are made here.
//!
//! `cargo bench --bench import`, or with how many rows: `cargo bench --bench import -- 1000000`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;
use std::time::Instant;

use longview::import::{Options, convert};
use longview::progress::Progress;

const ROUNDS: usize = 3;

/// The text of a table of so many rows: what people keep in spreadsheets, with a lane, tags, a source and a number that no
/// field takes.
fn text(count: usize) -> Result<String, std::fmt::Error> {
    let mut text = String::from("Title,Start,End,Category,Description,Tags,Source,Page,Length\n");
    for row in 0..count {
        let (year, month, day) = (1500 + row % 500, row % 12 + 1, row % 28 + 1);
        let end = if row % 3 == 0 { format!("{day}/{month}/{}", year + row % 7) } else { String::new() };
        writeln!(
            text,
            "\"Event number {row}, of many\",{day}/{month}/{year},{end},Category {},What happened on that day in words \
             that go on for a line or so; {row},\"tag {}, another\",Author {} {year},{},{}",
            row % 40,
            row % 90,
            row % 300,
            row % 900,
            row % 5000
        )?;
    }
    Ok(text)
}

/// The same as XLSX, with dates that are numbers.
fn spreadsheet(count: usize) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\">");
    let cell = |sheet: &mut String, at: String, text: &str| {
        write!(sheet, "<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    for (column, name) in ["Title", "Start", "End", "Category", "Description", "Length"].iter().enumerate() {
        cell(&mut sheet, format!("{}1", char::from(b'A' + column as u8)), name)?;
    }
    sheet.push_str("</row>");
    for row in 0..count {
        let number = row + 2;
        write!(sheet, "<row r=\"{number}\">")?;
        cell(&mut sheet, format!("A{number}"), &format!("Event number {row}, of many"))?;
        write!(sheet, "<c r=\"B{number}\" s=\"1\"><v>{}</v></c>", 10_000 + row % 30_000)?;
        write!(sheet, "<c r=\"C{number}\" s=\"1\"><v>{}</v></c>", 10_010 + row % 30_000)?;
        cell(&mut sheet, format!("D{number}"), &format!("Category {}", row % 40))?;
        cell(&mut sheet, format!("E{number}"), &format!("What happened on that day in words, {row}"))?;
        write!(sheet, "<c r=\"F{number}\"><v>{}</v></c></row>", row % 5000)?;
    }
    sheet.push_str("</sheetData></worksheet>");
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Main\" sheetId=\"1\" r:id=\"rId1\"/></sheets>\
         </workbook>"
    );
    let related = |relations: &[(&str, &str)]| {
        let mut text = format!("<Relationships xmlns=\"{PACKAGE}\">");
        for (index, (kind, target)) in relations.iter().enumerate() {
            write!(text, "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>", index + 1)?;
        }
        text.push_str("</Relationships>");
        Ok::<_, std::fmt::Error>(text)
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned();
    let parts = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", related(&[("officeDocument", "xl/workbook.xml")])?),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", related(&[("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")])?),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/styles.xml", styles),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The most memory that this process has taken so far, in bytes; none where the system does not tell.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0)
}

/// An output that writes to a file, as the program does.
struct Output(std::io::BufWriter<std::fs::File>);

impl std::fmt::Write for Output {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.write_all(text.as_bytes()).map_err(|_| std::fmt::Error)
    }
}

/// What the process does that is started to be measured: it imports a file.
fn only_import(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let before = Instant::now();
    let bytes = std::fs::read(path)?;
    let mut out = Output(std::io::BufWriter::with_capacity(1 << 16, tempfile::tempfile()?));
    let options = Options { today: Some("2026-01-01".to_owned()), ..Options::default() };
    let report = convert(&bytes, path, None, &options, &Progress::default(), &mut out)?;
    out.0.flush()?;
    let seconds = before.elapsed().as_secs_f64();
    writeln!(std::io::stdout().lock(), "{} {} {seconds:.3}", peak().unwrap_or(f64::NAN), report.events)?;
    Ok(())
}

/// Imports a file some times, each in a process of its own, and says the middle time and the most memory.
fn measure(what: &str, ending: &str, bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let mut file = tempfile::Builder::new().suffix(ending).tempfile()?;
    file.write_all(bytes)?;
    file.flush()?;
    let (mut times, mut most, mut events) = (Vec::new(), 0.0_f64, String::new());
    for _ in 0..ROUNDS {
        let output = Command::new(std::env::current_exe()?).env("LONGVIEW_ONLY_IMPORT", file.path()).output()?;
        let said = String::from_utf8(output.stdout)?;
        let [peak, count, seconds] = said.trim().splitn(3, ' ').collect::<Vec<_>>()[..] else {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        };
        times.push(seconds.parse::<f64>()?);
        most = most.max(peak.parse()?);
        count.clone_into(&mut events);
    }
    times.sort_unstable_by(f64::total_cmp);
    let size = bytes.len() as f64;
    writeln!(
        std::io::stdout().lock(),
        "{what:<22} {events:>9} events {:>8.1} MB {:>8.3} s {:>8.1} MB of memory, {:.2} of the file",
        size / 1e6,
        times[ROUNDS / 2],
        most / 1e6,
        most / size
    )?;
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if let Ok(path) = std::env::var("LONGVIEW_ONLY_IMPORT") {
        return only_import(&path);
    }
    let count = std::env::args().find_map(|argument| argument.parse().ok());
    for count in count.map_or_else(|| vec![100_000, 1_000_000], |count| vec![count]) {
        measure("CSV", ".csv", text(count)?.as_bytes())?;
    }
    measure("XLSX", ".xlsx", &spreadsheet(count.unwrap_or(50_000).min(1_000_000))?)
}
