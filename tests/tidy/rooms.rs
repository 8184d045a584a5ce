//! The tables: what each part of the packages may use, and what does not keep to that yet.

/// What a folder or a file may use. A file has what all entries allow whose path it begins with.
pub struct Room {
    /// A folder, with a slash at its end, or a file.
    pub path: &'static str,
    /// Other parts, of the same package or another.
    pub parts: &'static [&'static str],
    /// What it may use of other crates, besides [`ANYWHERE`]: paths, each with all that is below it.
    pub outside: &'static [&'static str],
}

/// Computes and nothing else, so that it may be used anywhere.
pub const ANYWHERE: &[&str] = &[
    "std::any",
    "std::array",
    "std::borrow",
    "std::cell",
    "std::char",
    "std::cmp",
    "std::collections",
    "std::convert",
    "std::error",
    "std::f32",
    "std::f64",
    "std::fmt",
    "std::hash",
    "std::i64",
    "std::iter",
    "std::marker",
    "std::mem",
    "std::num",
    "std::ops",
    "std::panic",
    "std::ptr",
    "std::rc",
    "std::slice",
    "std::str",
    "std::string",
    "std::sync::Arc",
    "std::sync::LazyLock",
    "std::sync::Mutex",
    "std::sync::MutexGuard",
    "std::sync::OnceLock",
    "std::sync::PoisonError",
    "std::sync::atomic",
    "std::time::Duration",
    "thiserror",
];

/// What layout, scene and paint may use of egui: numbers of a plane, and the type of a colour. Paths are given as
/// [`super::rules::canonical`] has them.
const VALUES: &[&str] = &["emath", "ecolor::Color32"];

pub const ROOMS: &[Room] = &[
    Room { path: "model/src/sorting.rs", parts: &[], outside: &[] },
    Room { path: "model/src/date/", parts: &[], outside: &["edtf_core", "flate2", "jiff", "serde"] },
    Room {
        path: "model/src/document/",
        parts: &["progress", "sorting"],
        outside: &["csv", "memchr", "rayon", "ron", "serde", "strsim", "unicode_width"],
    },
    Room { path: "model/src/edit/", parts: &["document", "sorting"], outside: &[] },
    Room { path: "src/capture/", parts: &["date", "import", "progress", "prose", "sorting"], outside: &[] },
    Room {
        path: "src/capture/pdf/",
        parts: &["sorting"],
        // `Pdf::metadata` asks no file system.
        outside: &[
            ".metadata()",
            "flate2",
            "hayro_syntax",
            "memchr",
            "skrifa",
            "std::io::Read",
            "std::io::copy",
            "std::io::sink",
            "unicode_normalization",
        ],
    },
    Room { path: "src/compose/", parts: &["date", "document", "edit"], outside: &[] },
    Room {
        path: "model/src/timeline/",
        parts: &["date", "document", "progress", "sorting"],
        outside: &["rayon", "serde"],
    },
    Room {
        path: "model/src/query/",
        parts: &["date", "document", "progress", "sorting", "timeline"],
        outside: &["memchr", "unicode_normalization"],
    },
    Room {
        path: "src/import/",
        parts: &["date", "document", "interchange", "progress", "prose", "sorting", "timeline"],
        outside: &[
            "biblatex",
            "calamine",
            "csv",
            "jiff",
            "memchr",
            "quick_xml",
            "serde",
            "serde_json",
            "std::io::Cursor",
            "unicode_normalization",
        ],
    },
    Room {
        path: "src/interchange/",
        parts: &["date", "document", "progress", "prose", "query", "sorting", "timeline"],
        outside: &["std::io::Error", "std::io::Result", "std::io::Write"],
    },
    // It reads the parts of an archive that is in memory.
    Room { path: "src/import/table/archive.rs", parts: &[], outside: &["std::io::Read", "zip"] },
    Room { path: "model/src/edit/", parts: &["date", "document", "timeline"], outside: &["ron"] },
    Room {
        path: "picture/src/layout/",
        parts: &["date", "document", "query", "scene", "sorting", "timeline"],
        outside: VALUES,
    },
    Room {
        path: "picture/src/scene/",
        parts: &["timeline"],
        outside: &[
            ".lerp_to_gamma()",
            "ecolor::Color32",
            "emath",
            "flate2",
            "parley",
            "png",
            "skrifa",
            "std::io::Cursor",
            "unicode_bidi",
            "unicode_bidi_mirroring",
            "zune_jpeg",
        ],
    },
    Room {
        path: "picture/src/paint/",
        parts: &["date", "document", "layout", "prose", "query", "scene", "sorting", "timeline"],
        outside: VALUES,
    },
    Room { path: "picture/src/prose/", parts: &["layout", "timeline"], outside: &["pulldown_cmark"] },
    Room { path: "picture/src/paint/theme.rs", parts: &[], outside: &["ecolor"] },
    Room {
        path: "picture/src/export/",
        parts: &["date", "document", "layout", "paint", "progress", "query", "scene", "sorting", "timeline"],
        outside: &[
            "base64",
            "clap",
            "ecolor::Color32",
            "emath",
            "krilla",
            "memchr",
            "png",
            "skera",
            "skrifa",
            "std::path",
            "unicode_bidi",
            "unicode_script",
            "vello_cpu",
        ],
    },
    // `Picture::metadata` asks no file system.
    // The one writer.
    Room {
        path: "picture/src/export/write.rs",
        parts: &[],
        outside: &["std::fs", "std::io", "std::os::fd", "std::os::unix", "tempfile"],
    },
    // What stood in the way of writing.
    Room { path: "picture/src/export/error.rs", parts: &[], outside: &["std::io::Error"] },
    // The fonts of the system, and the folders in which it keeps them.
    Room {
        path: "picture/src/export/fonts/",
        parts: &[],
        outside: &[".load_fonts_from_paths()", ".load_system_fonts()", "parley::fontique"],
    },
    Room {
        path: "picture/src/export/fonts/folders.rs",
        parts: &[],
        outside: &["fontconfig_parser", "std::env", "std::fs::read_dir"],
    },
    // Bands of a picture are drawn on all processors, and written into memory in order.
    Room {
        path: "picture/src/export/raster/",
        parts: &[],
        outside: &["std::io::Write", "std::sync::mpsc", "std::thread::available_parallelism", "std::thread::scope"],
    },
    // An encoder writes into memory.
    Room { path: "picture/src/export/raster.rs", parts: &[], outside: &["std::io::Write", "std::io::Result"] },
    Room {
        path: "src/app/",
        parts: &[
            "capture",
            "compose",
            "crash",
            "date",
            "document",
            "edit",
            "examples",
            "export",
            "import",
            "interchange",
            "layout",
            "lib",
            "open",
            "open_at",
            "paint",
            "progress",
            "prose",
            "query",
            "reopen",
            "scene",
            "sorting",
            "timeline",
        ],
        outside: &["ecolor::Color32", "egui", "emath", "serde", "std::path"],
    },
    Room { path: "src/app/preferences.rs", parts: &[], outside: &["ron"] },
    Room { path: "src/app/session.rs", parts: &[], outside: &["ron"] },
    // The window: what eframe calls.
    Room {
        path: "src/app/window.rs",
        parts: &[],
        outside: &["eframe", "std::io::Write", "std::io::stderr", "std::time::Instant"],
    },
    // Glyphs as egui draws them are pixels of a texture, which are no colours of the theme.
    Room { path: "src/app/canvas/", parts: &[], outside: &["ecolor", "skrifa", "vello_cpu"] },
    Room { path: "src/app/fonts.rs", parts: &[], outside: &["skrifa"] },
    Room { path: "src/app/text/", parts: &[], outside: &["unicode_bidi", "unicode_bidi_mirroring"] },
    Room { path: "src/app/explorer/", parts: &[], outside: &["egui_plot"] },
    // The world outside: files, threads, dialogs, other programs.
    Room { path: "src/app/desktop.rs", parts: &[], outside: &["log", "opener", "rfd", "std::process::Command"] },
    Room {
        path: "src/app/runtime/",
        parts: &["clock", "media"],
        outside: &[
            "notify",
            "std::env",
            "std::ffi::OsString",
            "std::fs",
            "std::io",
            "std::os::unix",
            "std::sync::mpsc",
            "std::thread",
            "tempfile",
        ],
    },
    // The names of the command line are the names under which settings are stored.
    Room { path: "src/app/export_settings.rs", parts: &[], outside: &["clap"] },
    Room {
        path: "src/cli/",
        parts: &["compose", "date", "export", "import", "interchange", "open_at", "timeline"],
        outside: &["clap", "emath", "std::ffi", "std::path"],
    },
    Room {
        path: "src/open_at.rs",
        parts: &["date", "document", "layout", "progress", "query", "timeline"],
        outside: &[],
    },
    Room { path: "src/clock.rs", parts: &["date"], outside: &["std::time::SystemTime", "std::time::UNIX_EPOCH"] },
    Room { path: "src/crash.rs", parts: &[], outside: &["std::env::consts", "std::sync::Once"] },
    // The one reader of pictures.
    Room {
        path: "picture/src/media/",
        parts: &["document", "scene", "timeline"],
        outside: &["std::fs", "std::io", "std::path"],
    },
    // What a long task tells whoever waits, with the clock for it.
    Room { path: "model/src/progress.rs", parts: &[], outside: &["std::time::Instant"] },
    Room { path: "src/examples.rs", parts: &[], outside: &[] },
    Room {
        path: "src/listing.rs",
        parts: &["cli", "date", "document", "interchange", "timeline"],
        outside: &["serde", "serde_json", "unicode_width"],
    },
    Room { path: "model/src/open.rs", parts: &["document", "progress", "timeline"], outside: &[] },
    Room { path: "model/src/reopen.rs", parts: &["document", "edit", "open", "progress", "timeline"], outside: &[] },
    Room { path: "model/src/lib.rs", parts: &["document", "open"], outside: &[] },
    Room {
        path: "picture/src/lib.rs",
        parts: &["date", "document", "open", "progress", "query", "sorting", "timeline"],
        outside: &[],
    },
    // It hands on what the model and the pictures have.
    Room {
        path: "src/lib.rs",
        parts: &[
            "date", "document", "edit", "examples", "export", "import", "layout", "media", "open", "paint", "progress",
            "prose", "query", "reopen", "scene", "sorting", "timeline",
        ],
        outside: &[],
    },
    Room {
        path: "src/main.rs",
        parts: &[
            "app",
            "cli",
            "clock",
            "compose",
            "crash",
            "date",
            "document",
            "examples",
            "export",
            "import",
            "interchange",
            "layout",
            "open_at",
            "lib",
            "open",
            "listing",
            "media",
            "paint",
            "progress",
            "query",
            "timeline",
        ],
        outside: &[
            "emath",
            "log",
            "std::env",
            "std::fs",
            "std::io",
            "std::path",
            "std::process::ExitCode",
            "std::time::Instant",
        ],
    },
];

/// A method that may change the state is in one of these. Panels get no `&mut State`.
pub const STATE: &[&str] = &[
    "src/app/adding.rs",
    "src/app/amending.rs",
    "src/app/apply.rs",
    "src/app/capturing.rs",
    "src/app/coming_back.rs",
    "src/app/documents.rs",
    "src/app/dragging.rs",
    "src/app/dropping.rs",
    "src/app/editing.rs",
    "src/app/exploring.rs",
    "src/app/export_state.rs",
    "src/app/exporting.rs",
    "src/app/exporting_data.rs",
    "src/app/finding.rs",
    "src/app/folding.rs",
    "src/app/forming.rs",
    "src/app/forming_lists.rs",
    "src/app/forming_parts.rs",
    "src/app/going_back.rs",
    "src/app/drafting.rs",
    "src/app/importing.rs",
    "src/app/keeping.rs",
    "src/app/measuring.rs",
    "src/app/merging.rs",
    "src/app/listing.rs",
    "src/app/narrowing.rs",
    "src/app/preferring.rs",
    "src/app/navigation.rs",
    "src/app/reading.rs",
    "src/app/record_panel.rs",
    "src/app/recovery.rs",
    "src/app/resting.rs",
    "src/app/saving.rs",
    "src/app/saying.rs",
    "src/app/selecting.rs",
    "src/app/state.rs",
    "src/app/updating.rs",
    "src/app/watching.rs",
];

/// Where `State::apply` is called: the window.
pub const APPLIES: &[&str] = &["src/app/window.rs"];

/// Something that does not keep to the rules yet: a file or folder, and what it is that it uses, does or has. The list only
/// becomes shorter; an entry that is no longer needed fails the test.
pub struct Exemption {
    pub path: &'static str,
    pub item: &'static str,
}

pub const fn exempt(path: &'static str, item: &'static str) -> Exemption {
    Exemption { path, item }
}

pub const EXEMPTIONS: &[Exemption] = &[
    exempt("src/app/style.rs", ".lerp_to_gamma()"),
    exempt("picture/src/export/raster/mod.rs", "egui"),
    exempt("picture/src/export/outputs.rs", "egui"),
    exempt("picture/src/paint/theme.rs", "egui"),
    exempt("picture/src/paint/eras.rs", ".lerp_to_gamma()"),
    exempt("model/src/date/lexicon.rs", "fn meaning"),
    exempt("picture/src/layout/chart.rs", "fn chart_above"),
    exempt("picture/src/layout/regions.rs", "fn new"),
];
