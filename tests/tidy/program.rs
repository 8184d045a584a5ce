//! The sources of the crate as syntax trees, and the tree of their modules.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Ident, Item, Meta, UseTree, Visibility};

/// The libraries, each by the name that others reach it by and the file of its root.
const LIBRARIES: &[(&str, &str)] =
    &[("longview_model", "model/src/lib.rs"), ("longview_picture", "picture/src/lib.rs"), ("longview", "src/lib.rs")];
/// The program, which is a crate of its own.
const PROGRAM: &str = "src/main.rs";

/// A source file.
pub struct File {
    /// Path below the repository, with slashes: `src/app/mod.rs`.
    pub path: String,
    /// Number of lines, comments and tests included.
    pub lines: usize,
    pub syntax: syn::File,
    /// Whether the file is compiled for tests only.
    pub is_test: bool,
    /// The module that the file is.
    pub module: usize,
}

/// What a name in a module means.
#[derive(Clone, Debug)]
pub enum Definition {
    /// A module, by its number.
    Module(usize),
    /// Another path: a `use` declaration or a type alias.
    Alias(Written),
    /// A function, type, constant, trait, static or macro of this module.
    Item,
}

/// A path as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Whether the path begins with `::`.
    pub is_global: bool,
    pub segments: Vec<String>,
}

/// Names and what they mean. A name may mean several things: a module and a function, say.
pub type Names = BTreeMap<String, Vec<Definition>>;

/// A module, inline or with a file of its own.
#[derive(Debug, Default)]
pub struct Module {
    pub file: usize,
    pub parent: Option<usize>,
    /// The path from the root of the crate: `["app", "state"]`.
    pub path: Vec<String>,
    pub names: Names,
    /// `use path::*` declarations.
    pub globs: Vec<Written>,
}

/// All sources of the crate.
#[derive(Default)]
pub struct Program {
    pub files: Vec<File>,
    pub modules: Vec<Module>,
    /// Crates that paths may begin with.
    pub crates: BTreeSet<String>,
    /// The root modules of the libraries.
    libraries: BTreeMap<&'static str, usize>,
}

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// To a module of this crate itself.
    Module(usize),
    /// To an item in a module, or to something inside of that item, such as a variant.
    Item { module: usize, path: Vec<String> },
    /// To another crate.
    Outside(Vec<String>),
}

impl Program {
    /// Parses sources, each a path below the repository and its text.
    ///
    /// # Errors
    /// What cannot be parsed, and files that no `mod` declaration reaches.
    pub fn parse(texts: &BTreeMap<String, String>, crates: BTreeSet<String>) -> Result<Self, String> {
        let mut program = Self { crates, ..Self::default() };
        for (name, root) in LIBRARIES.iter().filter(|(_, root)| texts.contains_key(*root)) {
            let module = program.add_file(texts, root, None, Vec::new(), false)?;
            program.libraries.insert(name, module);
        }
        if texts.contains_key(PROGRAM) {
            program.add_file(texts, PROGRAM, None, Vec::new(), false)?;
        }
        let reached: BTreeSet<&str> = program.files.iter().map(|file| file.path.as_str()).collect();
        let lost: Vec<&str> = texts.keys().map(String::as_str).filter(|path| !reached.contains(path)).collect();
        if lost.is_empty() { Ok(program) } else { Err(format!("no `mod` declaration leads to {}", lost.join(", "))) }
    }

    fn add_file(
        &mut self,
        texts: &BTreeMap<String, String>,
        path: &str,
        parent: Option<usize>,
        module_path: Vec<String>,
        is_test: bool,
    ) -> Result<usize, String> {
        let text = texts.get(path).ok_or_else(|| format!("there is no {path}"))?;
        let syntax = syn::parse_file(text).map_err(|error| {
            let at = error.span().start();
            format!("{path}:{}:{}: {error}", at.line, at.column + 1)
        })?;
        let file = self.files.len();
        let module = self.modules.len();
        let items = syntax.items.clone();
        let is_test = is_test || syntax.attrs.iter().any(is_for_tests);
        self.files.push(File { path: path.to_owned(), lines: text.lines().count(), syntax, is_test, module });
        self.modules.push(Module { file, parent, path: module_path, ..Module::default() });
        // `src/app/mod.rs` and `src/lib.rs` have their modules beside them, `src/app/state.rs` in `src/app/state/`.
        let folder = match path.strip_suffix(".rs").unwrap_or(path).rsplit_once('/') {
            Some((folder, "mod" | "lib" | "main")) => folder.to_owned(),
            _ => path.strip_suffix(".rs").unwrap_or(path).to_owned(),
        };
        self.add_items(texts, module, &items, &folder, is_test)?;
        Ok(module)
    }

    fn add_items(
        &mut self,
        texts: &BTreeMap<String, String>,
        module: usize,
        items: &[Item],
        folder: &str,
        is_test: bool,
    ) -> Result<(), String> {
        for item in items {
            let Item::Mod(declared) = item else {
                let Some(this) = self.modules.get_mut(module) else { continue };
                declare(item, &mut this.names, &mut this.globs);
                continue;
            };
            let name = declared.ident.to_string();
            let Module { file, path, .. } = &self.modules[module];
            let (file, path) = (*file, [path.as_slice(), std::slice::from_ref(&name)].concat());
            let is_test = is_test || declared.attrs.iter().any(is_for_tests);
            if declared.attrs.iter().any(|attribute| attribute.path().is_ident("path")) {
                let file = &self.files[file].path;
                return Err(format!("{file}: `mod {name}` has a #[path]: give the file the name of its module"));
            }
            let inner = format!("{folder}/{name}");
            let child = if let Some((_, items)) = &declared.content {
                let child = self.modules.len();
                self.modules.push(Module { file, parent: Some(module), path, ..Module::default() });
                self.add_items(texts, child, items, &inner, is_test)?;
                child
            } else {
                let beside = format!("{inner}.rs");
                let within = format!("{inner}/mod.rs");
                let file = if texts.contains_key(&beside) { beside } else { within };
                self.add_file(texts, &file, Some(module), path, is_test)?
            };
            self.modules[module].names.entry(name).or_default().push(Definition::Module(child));
        }
        Ok(())
    }

    /// Where a path leads that is written in a module, below block scopes with names of their own. Empty where it begins
    /// with something that is neither in scope nor a crate: a generic parameter, a local variable or a name of the prelude.
    pub fn resolve(&self, module: usize, blocks: &[Names], written: &Written) -> Vec<Target> {
        let mut found = Vec::new();
        self.resolve_within(module, blocks, written, 0, &mut found);
        found.sort();
        found.dedup();
        found
    }

    fn resolve_within(
        &self,
        module: usize,
        blocks: &[Names],
        written: &Written,
        depth: usize,
        found: &mut Vec<Target>,
    ) {
        /// Imports that lead to each other.
        const DEEPEST: usize = 24;
        let Some((first, rest)) = written.segments.split_first() else { return };
        if depth > DEEPEST {
            return;
        }
        let is_crate = self.crates.contains(first.as_str());
        if written.is_global {
            if is_crate {
                found.push(Target::Outside(written.segments.clone()));
            }
            return;
        }
        match first.as_str() {
            "Self" => {}
            "crate" | "$crate" => self.follow(self.root_of(module), rest, depth, found),
            "self" => self.follow(module, rest, depth, found),
            "super" => {
                if let Some(parent) = self.modules[module].parent {
                    self.follow_supers(parent, rest, depth, found);
                }
            }
            library if self.libraries.contains_key(library) => {
                self.follow(self.libraries[library], rest, depth, found);
            }
            name => {
                let before = found.len();
                let in_block = blocks.iter().rev().find_map(|names| names.get(name));
                if let Some(definitions) = in_block {
                    let outer = blocks.get(..blocks.len().saturating_sub(1)).unwrap_or_default();
                    self.follow_definitions(module, outer, definitions, &written.segments, depth, found);
                } else {
                    self.follow(module, &written.segments, depth, found);
                }
                if found.len() == before && is_crate {
                    found.push(Target::Outside(written.segments.clone()));
                }
            }
        }
    }

    fn follow_supers(&self, module: usize, rest: &[String], depth: usize, found: &mut Vec<Target>) {
        match (rest.split_first(), self.modules[module].parent) {
            (Some((first, rest)), Some(parent)) if first == "super" => self.follow_supers(parent, rest, depth, found),
            (Some((first, rest)), _) if first == "self" => self.follow(module, rest, depth, found),
            _ => self.follow(module, rest, depth, found),
        }
    }

    /// Looks `segments` up from the names of a module.
    fn follow(&self, module: usize, segments: &[String], depth: usize, found: &mut Vec<Target>) {
        let Some(first) = segments.first() else {
            found.push(Target::Module(module));
            return;
        };
        let Module { names, globs, .. } = &self.modules[module];
        if let Some(definitions) = names.get(first) {
            self.follow_definitions(module, &[], definitions, segments, depth, found);
            return;
        }
        for glob in globs {
            let mut opened = Vec::new();
            self.resolve_within(module, &[], glob, depth + 1, &mut opened);
            for target in opened {
                if let Target::Module(opened) = target
                    && depth < 8
                {
                    self.follow(opened, segments, depth + 8, found);
                }
            }
        }
    }

    fn follow_definitions(
        &self,
        module: usize,
        blocks: &[Names],
        definitions: &[Definition],
        segments: &[String],
        depth: usize,
        found: &mut Vec<Target>,
    ) {
        let rest = segments.get(1..).unwrap_or_default();
        for definition in definitions {
            match definition {
                Definition::Module(child) => self.follow(*child, rest, depth, found),
                Definition::Item => found.push(Target::Item { module, path: segments.to_vec() }),
                // `use chart::chart;` beside a module `chart`: the first name is not the imported one.
                Definition::Alias(written) if !written.is_global && written.segments.first() == segments.first() => {
                    let inner = [written.segments.get(1..).unwrap_or_default(), rest].concat();
                    let mut is_module = false;
                    for other in definitions {
                        if let Definition::Module(child) = other {
                            is_module = true;
                            self.follow(*child, &inner, depth + 1, found);
                        }
                    }
                    let is_crate = written.segments.first().is_some_and(|first| self.crates.contains(first));
                    if !is_module && is_crate {
                        found.push(Target::Outside([written.segments.as_slice(), rest].concat()));
                    }
                }
                Definition::Alias(written) => {
                    let segments = [written.segments.as_slice(), rest].concat();
                    let written = Written { is_global: written.is_global, segments };
                    self.resolve_within(module, blocks, &written, depth + 1, found);
                }
            }
        }
    }

    fn root_of(&self, module: usize) -> usize {
        self.modules[module].parent.map_or(module, |parent| self.root_of(parent))
    }
}

/// Adds what an item gives a name to.
pub fn declare(item: &Item, names: &mut Names, globs: &mut Vec<Written>) {
    let mut name = |ident: &Ident, definition: Definition| {
        names.entry(ident.to_string()).or_default().push(definition);
    };
    match item {
        Item::Const(item) => name(&item.ident, Definition::Item),
        Item::Enum(item) => name(&item.ident, Definition::Item),
        Item::Fn(item) => name(&item.sig.ident, Definition::Item),
        Item::Static(item) => name(&item.ident, Definition::Item),
        Item::Struct(item) => name(&item.ident, Definition::Item),
        Item::Trait(item) => name(&item.ident, Definition::Item),
        Item::Union(item) => name(&item.ident, Definition::Item),
        Item::Macro(item) => {
            if let Some(ident) = &item.ident {
                name(ident, Definition::Item);
            }
        }
        Item::Type(item) => match &*item.ty {
            syn::Type::Path(path) if path.qself.is_none() => name(&item.ident, Definition::Alias(written(&path.path))),
            _ => name(&item.ident, Definition::Item),
        },
        Item::Use(item) => {
            for used in used(item) {
                match used.name {
                    Some(as_name) if as_name != "_" => {
                        names.entry(as_name).or_default().push(Definition::Alias(used.path));
                    }
                    Some(_) => {}
                    None => globs.push(used.path),
                }
            }
        }
        _ => {}
    }
}

/// One path of a `use` declaration.
#[derive(Clone, Debug)]
pub struct Used {
    pub path: Written,
    /// The name that it gets; `None` for `*`.
    pub name: Option<String>,
    pub line: usize,
}

/// The paths of a `use` declaration.
pub fn used(item: &syn::ItemUse) -> Vec<Used> {
    fn walk(tree: &UseTree, before: &[String], is_global: bool, all: &mut Vec<Used>) {
        let joined = |ident: &Ident| [before, &[ident.to_string()]].concat();
        let mut add = |segments: Vec<String>, name: Option<String>, ident: Option<&Ident>| {
            let line = ident.map_or(0, |ident| ident.span().start().line);
            all.push(Used { path: Written { is_global, segments }, name, line });
        };
        match tree {
            UseTree::Path(path) => walk(&path.tree, &joined(&path.ident), is_global, all),
            UseTree::Name(named) if named.ident == "self" => {
                add(before.to_vec(), before.last().cloned(), Some(&named.ident));
            }
            UseTree::Name(named) => add(joined(&named.ident), Some(named.ident.to_string()), Some(&named.ident)),
            UseTree::Rename(renamed) => {
                let segments = if renamed.ident == "self" { before.to_vec() } else { joined(&renamed.ident) };
                add(segments, Some(renamed.rename.to_string()), Some(&renamed.ident));
            }
            UseTree::Glob(glob) => {
                let line = glob.star_token.spans[0].start().line;
                all.push(Used { path: Written { is_global, segments: before.to_vec() }, name: None, line });
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| walk(tree, before, is_global, all)),
        }
    }
    let mut all = Vec::new();
    walk(&item.tree, &[], item.leading_colon.is_some(), &mut all);
    all
}

/// The names of a path, without generic arguments.
pub fn written(path: &syn::Path) -> Written {
    Written {
        is_global: path.leading_colon.is_some(),
        segments: path.segments.iter().map(|segment| segment.ident.to_string()).collect(),
    }
}

/// Whether a visibility exports.
pub fn is_exported(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}

/// Whether an attribute keeps what it is on out of everything but tests: `#[test]` or a `#[cfg]` that needs `test`.
pub fn is_for_tests(attribute: &Attribute) -> bool {
    if attribute.path().is_ident("test") {
        return true;
    }
    let Meta::List(list) = &attribute.meta else { return false };
    list.path.is_ident("cfg") && list.parse_args::<Meta>().is_ok_and(|condition| needs_test(&condition))
}

fn needs_test(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::NameValue(_) => false,
        Meta::List(list) => {
            let parser = syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated;
            let Ok(parts) = list.parse_args_with(parser) else { return false };
            if list.path.is_ident("all") {
                parts.iter().any(needs_test)
            } else {
                list.path.is_ident("any") && !parts.is_empty() && parts.iter().all(needs_test)
            }
        }
    }
}
