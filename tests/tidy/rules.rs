//! What the tables of [`super::rooms`] mean for each reference.

use crate::circles::{Circle, circles};
use crate::program::{Program, Target};
use crate::references::{Reference, What, references};
use crate::rooms::{ANYWHERE, APPLIES, Exemption, ROOMS, STATE};

/// A file is looked at for a seam from so many lines on, and a function.
pub const MOST_LINES: usize = 600;
pub const MOST_FUNCTION_LINES: usize = 60;

/// A place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The file, or the folder of a circle.
    pub path: String,
    /// 0 for a file or folder as a whole.
    pub line: usize,
    /// What is used, done or too long; exemptions name it.
    pub item: String,
    /// What the rule is, and what to do.
    pub advice: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { path, line, item, advice } = self;
        if *line == 0 { write!(f, "{path}: {item}: {advice}") } else { write!(f, "{path}:{line}: {item}: {advice}") }
    }
}

/// All violations of the rules, exempted ones included.
pub fn violations(program: &Program) -> Vec<Violation> {
    let references = references(program);
    let mut found: Vec<Violation> = Vec::new();
    for violation in references.iter().filter_map(|reference| violation(program, reference)) {
        // The first of its kind in a file is enough.
        if !found.iter().any(|other| other.path == violation.path && other.item == violation.item) {
            found.push(violation);
        }
    }
    found.extend(circles(program, &references).into_iter().map(circle));
    for file in program.files.iter().filter(|file| file.lines > MOST_LINES) {
        found.push(Violation {
            path: file.path.clone(),
            line: 0,
            item: format!("{} lines", file.lines),
            advice: format!("a file has at most {MOST_LINES}: look for a seam"),
        });
    }
    found
}

/// Those that no exemption covers, and exemptions that cover none.
pub fn unexpected<'a>(
    violations: &'a [Violation],
    exemptions: &'a [Exemption],
) -> (Vec<&'a Violation>, Vec<&'a Exemption>) {
    let covers = |exemption: &Exemption, violation: &Violation| {
        let is_item = match (exemption.item.strip_prefix(CIRCLE), violation.item.strip_prefix(CIRCLE)) {
            // A circle that has become smaller.
            (Some(exempt), Some(found)) => found.split(", ").all(|node| exempt.split(", ").any(|other| other == node)),
            _ => is_below(&violation.item, exemption.item),
        };
        exemption.path == violation.path && is_item
    };
    let is_exempt = |violation: &&Violation| !exemptions.iter().any(|exemption| covers(exemption, violation));
    let is_idle = |exemption: &&Exemption| !violations.iter().any(|violation| covers(exemption, violation));
    (violations.iter().filter(is_exempt).collect(), exemptions.iter().filter(is_idle).collect())
}

/// Methods of the standard library that ask the file system, and those that read the fonts of the system.
const FILE_METHODS: &[&str] = &[
    "canonicalize",
    "exists",
    "is_dir",
    "is_file",
    "is_symlink",
    "metadata",
    "read_dir",
    "read_link",
    "symlink_metadata",
    "try_exists",
];
const FONT_METHODS: &[&str] = &["load_font_file", "load_fonts_dir", "load_fonts_from_paths", "load_system_fonts"];

/// Methods of `Color32` that make another colour.
const COLOR_METHODS: &[&str] =
    &["additive", "gamma_multiply", "gamma_multiply_u8", "lerp_to_gamma", "linear_multiply", "to_opaque"];

/// Colours that are none: nothing at all, and that of what is around.
const NO_COLORS: &[&str] = &["ecolor::Color32::PLACEHOLDER", "ecolor::Color32::TRANSPARENT"];

fn violation(program: &Program, reference: &Reference) -> Option<Violation> {
    let path = &program.files[reference.file].path;
    let broken =
        |item: String, advice: String| Some(Violation { path: path.clone(), line: reference.line, item, advice });
    match &reference.what {
        What::Glob(Target::Outside(outside)) if is_around_allowed(path, &canonical(outside)) => {
            let advice = "not all that it has may be used here; name what is".to_owned();
            broken(format!("{}::*", canonical(outside)), advice)
        }
        What::Path { target, .. } | What::Glob(target) => match target {
            Target::Outside(outside) => {
                let outside = canonical(outside);
                let advice = refused(path, &outside)?;
                // Of a crate that is not used at all, its name is enough.
                let crate_name = outside.split("::").next().unwrap_or_default();
                let item = if is_unknown(path, crate_name) { crate_name.to_owned() } else { outside };
                broken(item, advice)
            }
            Target::Module(module) | Target::Item { module, .. } => {
                let to = part(&program.files[program.modules[*module].file].path);
                let from = part(path);
                if from == to || rooms(path).any(|room| room.parts.contains(&to)) {
                    return None;
                }
                let advice = format!(
                    "{from} may not use {to}; take what is needed as an argument, or move it to where both may use it"
                );
                broken(to.to_owned(), advice)
            }
        },
        What::Method(name) => {
            let item = format!(".{name}()");
            if allows(path, &item) {
                return None;
            }
            if FILE_METHODS.contains(&name.as_str()) && !allows(path, "std::fs") {
                return broken(item, FILES.to_owned());
            }
            if FONT_METHODS.contains(&name.as_str()) {
                return broken(item, FONTS.to_owned());
            }
            if COLOR_METHODS.contains(&name.as_str()) && !allows(path, "ecolor") {
                return broken(item, COLORS.to_owned());
            }
            None
        }
        What::StateBorrow if !is_in(path, &["src/app/state.rs", "src/app/state/"]) => {
            broken("&mut State".to_owned(), format!("{STATE_RULE}; take `&State` and push a message"))
        }
        What::StateMethod(name) if !is_in(path, STATE) => broken(
            format!("State::{name}"),
            format!("{STATE_RULE}; a method that changes it is in one of the files of `rooms::STATE`"),
        ),
        What::StateWrite(how) if how == ".apply()" && is_in(path, APPLIES) => None,
        What::StateWrite(how) if path.starts_with("src/app/") && !is_in(path, STATE) => {
            broken(format!("state {how}"), format!("{STATE_RULE}; push a message"))
        }
        What::Function { name, lines } if *lines > MOST_FUNCTION_LINES => broken(
            format!("fn {name}"),
            format!("it has {lines} lines; a function has at most {MOST_FUNCTION_LINES}: split it"),
        ),
        What::Include => {
            broken("include!".to_owned(), "code that is included cannot be read here; make a module of it".to_owned())
        }
        _ => None,
    }
}

const FILES: &str = "only `main`, the runtime of `app` and the writer of `export` touch the file system; ask for it with an \
                     `Effect`, or take what was read as an argument";
const FONTS: &str = "only `export::fonts` loads fonts of the system; take what it found as an argument";
const COLORS: &str = "only `paint/theme.rs` makes colours; give `Theme` a field or a method for it";
const STATE_RULE: &str = "only `State::apply` changes the state";

/// Why a file may not use something of another crate; `None` if it may.
fn refused(path: &str, outside: &str) -> Option<String> {
    let is_color = outside.starts_with("ecolor::Color32::");
    if is_color && !NO_COLORS.contains(&outside) && !allows(path, "ecolor") {
        return Some(COLORS.to_owned());
    }
    let is_file_method = outside.strip_prefix("std::path::Path::").or(outside.strip_prefix("std::path::PathBuf::"));
    if is_file_method.is_some_and(|method| FILE_METHODS.contains(&method)) && !allows(path, "std::fs") {
        return Some(FILES.to_owned());
    }
    let is_allowed = ANYWHERE.iter().any(|allowed| is_below(outside, allowed)) || allows(path, outside);
    if is_allowed || is_around_allowed(path, outside) {
        return None;
    }
    let is_clock = ["std::time::Instant", "std::time::SystemTime"].iter().any(|clock| is_below(outside, clock));
    let first = outside.split("::").next().unwrap_or_default();
    Some(if is_below(outside, "std::fs") || outside == "tempfile" {
        FILES.to_owned()
    } else if is_clock {
        "a pure function knows no clock; take the time as an argument".to_owned()
    } else if first == "ecolor" {
        COLORS.to_owned()
    } else if matches!(first, "egui" | "eframe") {
        format!("{} may use values of emath and `Color32` at most; what needs egui is in `app`", part(path))
    } else if first == "std" {
        format!(
            "{} computes and nothing else; side effects are in `main`, the runtime of `app` and the writer",
            part(path)
        )
    } else {
        format!(
            "{} does not use the crate {first}; add it to `rooms::ROOMS` if the part is the place for it",
            part(path)
        )
    })
}

/// Whether a crate that has nothing to do with the language or egui is not used by a part at all.
fn is_unknown(path: &str, crate_name: &str) -> bool {
    let is_special = matches!(crate_name, "std" | "egui" | "eframe" | "emath" | "ecolor");
    !is_special && !allows(path, crate_name) && !is_around_allowed(path, crate_name)
}

/// Whether a path is another or below it.
fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_in(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| path == *place || (place.ends_with('/') && path.starts_with(place)))
}

fn rooms(path: &str) -> impl Iterator<Item = &'static crate::rooms::Room> {
    ROOMS.iter().filter(move |room| is_in(path, &[room.path]))
}

/// Whether a file may use a path of another crate and all that is below it.
fn allows(path: &str, outside: &str) -> bool {
    rooms(path).any(|room| room.outside.iter().any(|allowed| is_below(outside, allowed)))
}

/// Whether a path is a module around something that a file may use. By itself it does nothing, and the paths that begin with
/// its name are looked at by themselves.
fn is_around_allowed(path: &str, outside: &str) -> bool {
    let is_around = |allowed: &&str| is_below(allowed, outside);
    ANYWHERE.iter().any(is_around) || rooms(path).any(|room| room.outside.iter().any(is_around))
}

/// The part of a package that a file belongs to: the folder or the file right below its `src/`.
fn part(path: &str) -> &str {
    let below = path.split_once("src/").map_or(path, |(_, below)| below);
    let first = below.split('/').next().unwrap_or_default();
    first.strip_suffix(".rs").unwrap_or(first)
}

/// A path of another crate by the name of where it is defined, as far as egui hands on what is emath's or ecolor's.
pub fn canonical(path: &[String]) -> String {
    const EMATH: &[&str] = &[
        "Align",
        "Align2",
        "GuiRounding",
        "NumExt",
        "Pos2",
        "Rangef",
        "Rect",
        "Rot2",
        "TSTransform",
        "Vec2",
        "Vec2b",
        "lerp",
        "pos2",
        "remap",
        "remap_clamp",
        "vec2",
    ];
    const ECOLOR: &[&str] = &["Color32", "Hsva", "Rgba", "color_hex", "hex_color"];
    let mut names: Vec<&str> = path.iter().map(String::as_str).collect();
    loop {
        names = match names.as_slice() {
            ["eframe" | "egui", "egui", rest @ ..] | ["egui", "epaint", rest @ ..] | ["epaint", rest @ ..] => {
                [&["egui"], rest].concat()
            }
            ["egui", rest @ ..] if matches!(rest, ["emath" | "ecolor", ..]) => rest.to_vec(),
            ["egui", rest @ ..] if rest.first().is_some_and(|name| EMATH.contains(name)) => [&["emath"], rest].concat(),
            ["egui", rest @ ..] if rest.first().is_some_and(|name| ECOLOR.contains(name)) => {
                [&["ecolor"], rest].concat()
            }
            ["core" | "alloc", rest @ ..] => [&["std"], rest].concat(),
            _ => return names.join("::"),
        };
    }
}

/// What the item of a circle begins with; its files and folders follow.
const CIRCLE: &str = "circle of ";

fn circle(circle: Circle) -> Violation {
    let Circle { folder, nodes, edges } = circle;
    let advice = format!(
        "they lead to each other; move what several of them need to a file of its own:\n  {}",
        edges.join("\n  ")
    );
    Violation { path: folder, line: 0, item: format!("{CIRCLE}{}", nodes.join(", ")), advice }
}
