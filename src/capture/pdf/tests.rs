//! Small files made by hand.

use std::io::Write as _;

use super::*;

/// A file that is being made.
#[derive(Default)]
struct File {
    objects: Vec<Vec<u8>>,
}

impl File {
    /// Adds an object. Returns its number.
    fn add(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    fn stream(&mut self, dict: &str, data: &[u8]) -> usize {
        let mut object = format!("<< {dict} /Length {} >> stream\n", data.len()).into_bytes();
        object.extend(data);
        object.extend(b"\nendstream");
        self.add(object)
    }

    /// Returns the file with pages that show these contents with a font, and more in its catalog.
    fn pages(mut self, font: usize, contents: &[&str], catalog: &str) -> Vec<u8> {
        let parent = self.objects.len() + 2 * contents.len() + 1;
        let mut kids = Vec::new();
        for content in contents {
            let content = self.stream("", content.as_bytes());
            kids.push(self.add(format!(
                "<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R \
                /Resources << /Font << /F {font} 0 R >> >> >>"
            )));
        }
        let list: Vec<String> = kids.iter().map(|kid| format!("{kid} 0 R")).collect();
        self.add(format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), list.join(" ")));
        let root = self.add(format!("<< /Type /Catalog /Pages {parent} 0 R {catalog} >>"));
        self.bytes(root, "")
    }

    fn bytes(self, root: usize, trailer: &str) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in self.objects.iter().enumerate() {
            places.push(bytes.len());
            bytes.extend(format!("{} 0 obj\n", number + 1).bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
        for place in &places {
            bytes.extend(format!("{place:010} 00000 n \n").bytes());
        }
        let size = places.len() + 1;
        bytes.extend(
            format!("trailer << /Size {size} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF").bytes(),
        );
        bytes
    }
}

fn text_of(bytes: Vec<u8>) -> Result<PdfText, PdfError> {
    read_pdf(bytes, 1 << 20, &|_, _| true)
}

/// Checks the text that a font with an encoding shows.
#[track_caller]
fn check_font(font: &str, shown: &str, expect: &str) {
    let mut file = File::default();
    let font = file.add(format!("<< /Type /Font {font} >>"));
    let read = text_of(file.pages(font, &[&format!("BT /F 12 Tf 50 700 Td {shown} ET")], "")).expect("a text");
    assert_eq!(read.text, expect);
}

#[test]
fn encodings_say_what_bytes_mean() {
    let simple = |encoding: &str| format!("/Subtype /Type1 /BaseFont /Helvetica /Encoding {encoding}");
    check_font(&simple("/WinAnsiEncoding"), r"(In 1965 \223so\224 \226 \200.) Tj", "In 1965 “so” – €.");
    check_font(&simple("/MacRomanEncoding"), r"(A\226o 1965 \322x\323) Tj", "Año 1965 “x”");
    check_font(&simple("/StandardEncoding"), r"(\252x\272 'y' \256) Tj", "“x” ’y’ fi");
    check_font("/Subtype /Type1 /BaseFont /Times", "<31393635> Tj", "1965");
    let differences = "<< /Type /Encoding /Differences [1 /Aacute /f_f_i 65 /uni20AC /emdash /nonsense12] >>";
    check_font(&simple(differences), r"(\001\002\101\102) Tj", "Áffi€—");
    check_font(&simple("/WinAnsiEncoding"), "[(In) -400 (19) 20 (65)] TJ T* 0 -14 Td (it was) Tj", "In 1965\nit was");
}

#[test]
fn composite_fonts_say_what_their_codes_mean() {
    let mut file = File::default();
    let map = b"/CIDInit begincmap 1 begincodespacerange <0000><FFFF> endcodespacerange 2 beginbfrange \
        <0001><0004><0031> <0005><0005>[<D55C>] endbfrange 1 beginbfchar <0009> <00660069> endbfchar endcmap";
    let map = file.stream("", map);
    let inner = file.add("<< /Type /Font /Subtype /CIDFontType2 /DW 500 /W [1 [600 600] 3 4 500] >>");
    let font = file.add(format!(
        "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [{inner} 0 R] /ToUnicode {map} 0 R >>"
    ));
    let shown = "BT /F 10 Tf 50 700 Td <00010002000300040005> Tj 0 -12 Td <00090007> Tj ET";
    let read = text_of(file.pages(font, &[shown], "")).expect("a text");
    assert_eq!((&*read.text, read.unknown), ("1234한\nfi\u{fffd}", 1));
    let mut file = File::default();
    let inner = file.add("<< /Type /Font /Subtype /CIDFontType0 >>");
    let font =
        file.add(format!("<< /Type /Font /Subtype /Type0 /Encoding /UniKS-UCS2-H /DescendantFonts [{inner} 0 R] >>"));
    let read = text_of(file.pages(font, &["BT /F 10 Tf 50 700 Td <003100390036003555D5> Tj ET"], "")).expect("a text");
    assert_eq!(read.text, "1965嗕");
}

#[test]
fn pages_have_labels_and_a_title() {
    let mut file = File::default();
    let font = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    let page = |words: &str| format!("BT /F 12 Tf 50 700 Td ({words}) Tj ET");
    let pages = [page("One in 1901."), page("Two in 1902."), page("Three.")];
    let labels = "/PageLabels << /Nums [0 << /S /r /St 9 >> 2 << /S /D /P (A-) >>] >>";
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let read = text_of(file.pages(font, &pages, labels)).expect("a text");
    assert_eq!(read.text, "One in 1901.\n\u{c}Two in 1902.\n\u{c}Three.");
    assert_eq!(read.pages, ["ix", "x", "A-1"]);
}

#[test]
fn objects_may_be_in_compressed_streams() {
    let deflate = |data: &[u8]| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(data).expect("room");
        encoder.finish().expect("room")
    };
    // The catalog, the pages and the font are in a stream of objects; the content and the cross-references are streams.
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 6 0 R /Resources << /Font << /F 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ];
    let (mut head, mut body) = (String::new(), String::new());
    for (number, object) in objects.iter().enumerate() {
        head.push_str(&[(number + 1).to_string(), body.len().to_string(), String::new()].join(" "));
        body.push_str(&[object, " "].concat());
    }
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let add = |bytes: &mut Vec<u8>, number: usize, dict: &str, data: &[u8]| {
        let place = bytes.len();
        let data = deflate(data);
        let head = format!("{number} 0 obj << {dict} /Filter /FlateDecode /Length {} >> stream\n", data.len());
        bytes.extend(head.bytes());
        bytes.extend(data);
        bytes.extend(b"\nendstream endobj\n");
        place
    };
    let first = format!("/Type /ObjStm /N 4 /First {}", head.len());
    let holder = add(&mut bytes, 5, &first, format!("{head}{body}").as_bytes());
    let content = add(&mut bytes, 6, "", b"BT /F 12 Tf 50 700 Td (In 1965.) Tj ET");
    let mut table = vec![0_u8, 0, 0, 0];
    for number in 0..4 {
        table.extend([2, 0, 5, number]);
    }
    let start = bytes.len();
    for place in [holder, content, start] {
        table.extend([1, (place >> 8) as u8, place as u8, 0]);
    }
    add(&mut bytes, 7, "/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R", &table);
    bytes.extend(format!("startxref\n{start}\n%%EOF").bytes());
    assert_eq!(text_of(bytes).expect("a text").text, "In 1965.");
}

#[test]
fn what_has_no_text_says_why() {
    let mut file = File::default();
    let font = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    assert_eq!(text_of(file.pages(font, &["q 1 0 0 1 0 0 cm Q", ""], "")), Err(PdfError::Scanned(2)));
    assert_eq!(text_of(b"%PDF-1.7\nnothing".to_vec()), Err(PdfError::Broken));
    assert_eq!(text_of(Vec::new()), Err(PdfError::Broken));
    let mut file = File::default();
    file.add("<< /Type /Catalog /Pages 2 0 R >>");
    file.add("<< /Type /Pages /Count 0 /Kids [] >>");
    let key = "00".repeat(32);
    let encrypt = file.add(format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{key}> /U <{key}> >>"));
    let trailer = format!("/Encrypt {encrypt} 0 R /ID [<00> <00>]");
    assert_eq!(text_of(file.bytes(1, &trailer)), Err(PdfError::Encrypted));
}

#[test]
fn a_file_that_grows_without_end_is_not_read() {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 70 << 20]).expect("room");
    let data = encoder.finish().expect("room");
    let mut file = File::default();
    file.add("<< /Type /Catalog /Pages 2 0 R >>");
    file.add("<< /Type /Pages /Count 0 /Kids [] >>");
    file.stream("/Filter /FlateDecode", &data);
    assert_eq!(text_of(file.bytes(1, "")), Err(PdfError::TooLarge));
}

#[test]
fn forms_within_forms_end() {
    let mut file = File::default();
    let font = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    // It shows itself, twice.
    let number = file.objects.len() + 1;
    let resources = format!(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F {font} 0 R >> /XObject << /X {number} 0 R >> >>"
    );
    file.stream(&resources, b"/X Do /X Do BT /F 12 Tf 50 700 Td (In 1965.) Tj ET");
    let page = format!(
        "<< /Type /Page /Parent 4 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /XObject << /X {number} 0 R >> >> >>"
    );
    file.add(page);
    file.add("<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
    file.stream("", b"/X Do");
    let root = file.add("<< /Type /Catalog /Pages 4 0 R >>");
    assert!(text_of(file.bytes(root, "")).expect("a text").text.contains("In 1965."));
}
