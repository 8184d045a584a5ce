//! `longview export`: which file is written, and what is in it.

use longview::Example;
use std::path::Path;

use crate::support::{command, dated, folder, longview, text};

/// Width, height and RGB or RGBA pixels of a PNG.
fn decode(path: &Path) -> (u32, u32, Vec<u8>) {
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("the picture"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG header");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
    let info = reader.next_frame(&mut pixels).expect("whole pixel data");
    pixels.truncate(info.buffer_size());
    (info.width, info.height, pixels)
}

#[test]
fn export_draws_without_a_display() {
    let folder = folder();
    let output = longview(
        folder.path(),
        &["export", "-o", "a.png", "--size", "800x500", "--scale", "1.5", "--select", "treaty"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let (width, height, pixels) = decode(&folder.path().join("a.png"));
    assert_eq!((width, height), (1200, 750));
    let paper = [0xfb, 0xfa, 0xf7];
    assert_eq!(pixels[..3], paper);
    let inked = pixels.chunks_exact(3).filter(|pixel| *pixel != paper).count();
    assert!(inked > 20_000, "{inked} pixels are drawn on");

    let dark = longview(folder.path(), &["export", "-o", "b.png", "--size", "800x500", "--theme", "dark"]);
    assert_eq!(dark.status.code(), Some(0));
    assert_eq!(decode(&folder.path().join("b.png")).2[..3], [0x16, 0x18, 0x1d]);
}

#[test]
fn the_ending_says_the_format() {
    let folder = folder();
    for (name, begins) in [("a.PNG", &b"\x89PNG"[..]), ("a.svg", b"<svg xmlns="), ("a.pdf", b"%PDF-1.5")] {
        let output = longview(folder.path(), &["export", "-o", name, "--size", "800x600"]);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{name}");
        let file = std::fs::read(folder.path().join(name)).expect("the file");
        assert!(file.starts_with(begins), "{name}");
    }
}

#[test]
fn a_picture_goes_to_standard_output() {
    let folder = folder();
    for (format, begins) in [("png", &b"\x89PNG"[..]), ("svg", b"<svg xmlns="), ("pdf", b"%PDF-1.5")] {
        let name = format!("a.{format}");
        let piped = longview(folder.path(), &["export", "-o", "-", "--format", format]);
        assert_eq!((piped.status.code(), text(&piped.stderr)), (Some(0), String::new()), "{format}");
        assert!(piped.stdout.starts_with(begins), "{format}");
        assert_eq!(longview(folder.path(), &["export", "-o", &name]).status.code(), Some(0));
        assert_eq!(piped.stdout, std::fs::read(folder.path().join(name)).expect("a file"), "{format}: the same bytes");
    }
    assert!(!folder.path().join("-").exists());
    // Not even where the shell has opened the document for it.
    #[cfg(unix)]
    {
        let path = folder.path().join("doc.ron");
        std::fs::write(&path, Example::Report.text()).expect("a document");
        let document = std::fs::OpenOptions::new().append(true).open(&path).expect("the document");
        let mut command = command(folder.path(), &["export", "doc.ron", "-o", "-", "--format", "svg"]);
        let refused = command.stdout(document).output().expect("the program runs");
        assert_eq!(refused.status.code(), Some(1));
        assert!(text(&refused.stderr).contains("that is the file of the document"), "{}", text(&refused.stderr));
        assert_eq!(std::fs::read_to_string(&path).expect("the document"), Example::Report.text());
    }
}

#[test]
fn a_script_that_the_carried_fonts_lack_is_told() {
    let folder = folder();
    let document = r#"(title: "조약", lanes: [(id: "a", title: "a")], events: [])"#;
    std::fs::write(folder.path().join("timeline.ron"), document).expect("a document");
    let output = longview(folder.path(), &["export", "-o", "a.svg"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    // A font of this system sets it, or none does.
    let is_told = |line: &str| line.starts_with("longview: warning: ") && line.contains('약') && line.contains('조');
    assert!(said.lines().any(is_told), "{said}");
}

#[test]
fn the_document_is_never_written_over() {
    const DOCUMENT: &str = r#"(title: "Mine", lanes: [(id: "a", title: "a")], events: [])"#;
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("doc.svg"), DOCUMENT).expect("a document");
    std::fs::create_dir(at("sub")).expect("a folder");
    std::fs::hard_link(at("doc.svg"), at("hard.png")).expect("a hard link");
    let mut outputs = vec!["doc.svg".to_owned(), "./doc.svg".to_owned(), "sub/../doc.svg".to_owned()];
    outputs.extend(["hard.png".to_owned(), at("doc.svg").display().to_string()]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("doc.svg", at("link.pdf")).expect("a link");
        std::os::unix::fs::symlink("link.pdf", at("outer.png")).expect("a link");
        std::os::unix::fs::symlink(".", at("here")).expect("a link");
        outputs.extend(["link.pdf".to_owned(), "outer.png".to_owned(), "here/doc.svg".to_owned()]);
    }
    // A file system that ignores case has one file for both names.
    if at("DOC.SVG").exists() {
        outputs.push("DOC.SVG".to_owned());
    }
    for output in &outputs {
        let refused = longview(folder.path(), &["export", "doc.svg", "-o", output]);
        assert_eq!(refused.status.code(), Some(1), "{output}");
        let says = format!("longview: cannot write {output}: that is the file of the document (doc.svg)");
        assert!(text(&refused.stderr).starts_with(&says), "{}", text(&refused.stderr));
        assert_eq!(std::fs::read_to_string(at("doc.svg")).expect("the document"), DOCUMENT, "{output}");
    }
    // The same of a document that nobody named, and of one that is redirected to standard input.
    std::fs::hard_link(at("doc.svg"), at("timeline.ron")).expect("a hard link");
    let refused = longview(folder.path(), &["export", "-o", "hard.png"]);
    assert!(text(&refused.stderr).contains("(timeline.ron)"), "{}", text(&refused.stderr));
    #[cfg(unix)]
    {
        let input = std::fs::File::open(at("doc.svg")).expect("the document");
        let mut command = command(folder.path(), &["export", "-", "-o", "doc.svg"]);
        let refused = command.stdin(input).output().expect("the program runs");
        assert_eq!(refused.status.code(), Some(1));
        assert!(text(&refused.stderr).contains("(standard input)"), "{}", text(&refused.stderr));
    }
    assert_eq!(std::fs::read_to_string(at("doc.svg")).expect("the document"), DOCUMENT);
    // What only lies beside it is replaced as ever, and so is what a link elsewhere leads to.
    std::fs::write(at("other.svg"), "old").expect("a file");
    assert_eq!(longview(folder.path(), &["export", "doc.svg", "-o", "other.svg"]).status.code(), Some(0));
    assert!(std::fs::read_to_string(at("other.svg")).expect("a picture").starts_with("<svg"));
}

#[test]
fn from_and_to_choose_the_span() {
    let folder = folder();
    let draw = |name: &str, more: &[&str]| {
        let mut arguments = vec!["export", "-o", name, "--size", "800x500", "--scale", "1"];
        arguments.extend(more);
        assert_eq!(longview(folder.path(), &arguments).status.code(), Some(0));
        std::fs::read(folder.path().join(name)).expect("a picture")
    };
    let all = draw("all.png", &[]);
    assert_ne!(all, draw("part.png", &["--from", "1990", "--to", "2020"]));
    assert_eq!(all, draw("again.png", &[]), "the same input gives the same bytes");
}

#[test]
fn groups_are_folded_by_their_ids() {
    let folder = folder();
    let document = r#"(title: "T", lanes: [(id: "out", title: "Outer"), (id: "in", title: "Inner", parent: "out"),
        (id: "x", title: "Other")], events: [(id: "e", lane: "in", title: "Event", date: "1900"),
        (id: "f", lane: "x", title: "Else", date: "1950")])"#;
    std::fs::write(folder.path().join("timeline.ron"), document).expect("writable");
    let names = |arguments: &[&str]| {
        let drawn = longview(folder.path(), &[&["export", "-o", "-", "--format", "svg"], arguments].concat());
        assert!(drawn.status.success(), "{}", text(&drawn.stderr));
        let svg = text(&drawn.stdout);
        ["Outer", "Inner", "Other", "Event"].map(|name| svg.contains(&format!(">{name}<")))
    };
    assert_eq!(names(&[]), [true; 4]);
    assert_eq!(names(&["--fold", "out"]), [true, false, true, true], "what is in it is shown in it");
    let refused = |id: &str| text(&longview(folder.path(), &["export", "-o", "a.svg", "--fold", id]).stderr);
    assert!(refused("outt").contains("there is no lane `outt`; did you mean `out`?"), "{}", refused("outt"));
    assert!(refused("x").contains("no lane is in the lane `x`"), "{}", refused("x"));
}

#[test]
fn even_time_is_chosen_by_a_flag_or_by_the_document() {
    let folder = folder();
    let mut dates: Vec<String> = (1900..1910).chain(1990..2000).map(|year| year.to_string()).collect();
    dates.extend((10..28).map(|day| format!("1905-03-{day}")));
    let linear = dated(&dates.iter().map(String::as_str).collect::<Vec<_>>());
    let svg = |document: &str, flags: &[&str]| {
        std::fs::write(folder.path().join("timeline.ron"), document).expect("a document");
        let arguments = [&["export", "-o", "-", "--format", "svg"], flags].concat();
        let output = longview(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert!(!svg(&linear, &[]).contains("not to scale"));
    let even = svg(&linear, &["--even"]);
    for words in [">not to scale<", ">March 1905<", " years<"] {
        assert!(even.contains(words), "{words} is not in the picture");
    }
    let asking = linear.replacen('(', "(axis: Even, ", 1);
    assert_eq!(svg(&asking, &[]), even, "the document asks for the same");
    assert_eq!(svg(&asking, &["--even"]), even);
    assert!(svg(&linear, &["--even", "--from", "1904", "--to", "1995"]).contains("not to scale"));
}

#[test]
fn a_png_holds_words_that_stand_for_it() {
    let folder = folder();
    let output = longview(folder.path(), &["export", "-o", "a.png"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let file = std::fs::File::open(folder.path().join("a.png")).expect("the picture");
    let reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("a PNG");
    let texts = &reader.info().utf8_text;
    let words = texts.iter().find(|text| text.keyword == "Description").and_then(|text| text.get_text().ok());
    let words = words.expect("a description");
    assert!(words.starts_with("Timeline: ") && words.contains("1965: Treaty on Basic Relations"), "{words}");
}

#[test]
fn verbose_tells_what_each_stage_cost() {
    let folder = folder();
    let output = longview(folder.path(), &["export", "-o", "a.png", "-v"]);
    let said = text(&output.stderr);
    for stage in ["read", "parse", "resolve", "index", "layout", "paint", "raster", "write"] {
        assert!(said.lines().any(|line| line.starts_with(stage) && line.ends_with("ms")), "{stage} is not in {said}");
    }
}

#[test]
fn a_filter_says_what_it_shows() {
    let folder = folder();
    let output = longview(folder.path(), &["export", "-o", "a.svg", "--filter", "@=Economy after:2000"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).expect("the picture");
    assert!(svg.contains("Shown: 2 of 7 events: lane Economy, after 2000"), "the picture says it");
    assert!(!svg.contains("Treaty on Basic Relations"), "what is filtered out is not in it");
    let output = longview(folder.path(), &["export", "-o", "a.csv", "--filter", "-#trade"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let table = std::fs::read_to_string(folder.path().join("a.csv")).expect("the table");
    assert!(table.contains("treaty") && !table.contains("trade-2014"), "{table}");
    let output = longview(folder.path(), &["export", "-o", "b.svg", "--filter", "before:Febuary"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}
