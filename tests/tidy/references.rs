//! What each source refers to: every path of its code, every method called, and every way to the state.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item};

use crate::program::{self, Definition, Names, Program, Target, Written};

/// Something that a source refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The number of the file.
    pub file: usize,
    pub line: usize,
    pub what: What,
}

/// What is referred to, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A path. A re-export is one that a `pub use` hands on.
    Path { target: Target, is_reexport: bool },
    /// All that a module has: `use path::*`.
    Glob(Target),
    /// A method that is called by its name.
    Method(String),
    /// A type `&mut State`.
    StateBorrow,
    /// A method of `State` with `&mut self`.
    StateMethod(String),
    /// A part of the state that is assigned to, borrowed mutably, or changed by a method of this name.
    StateWrite(String),
    /// A function of so many lines.
    Function { name: String, lines: usize },
    /// A macro that takes code from where this cannot follow.
    Include,
}

/// All references of all files, tests left out, in the order of the files and lines.
pub fn references(program: &Program) -> Vec<Reference> {
    let mut all = Vec::new();
    for (number, file) in program.files.iter().enumerate().filter(|(_, file)| !file.is_test) {
        let mut visitor = Visitor { program, file: number, module: file.module, blocks: Vec::new(), found: Vec::new() };
        visitor.visit_file(&file.syntax);
        visitor.found.sort_by_key(|reference| reference.line);
        visitor.found.dedup();
        all.append(&mut visitor.found);
    }
    all
}

struct Visitor<'a> {
    program: &'a Program,
    file: usize,
    module: usize,
    /// Names of the blocks around, outermost first.
    blocks: Vec<Names>,
    found: Vec<Reference>,
}

impl Visitor<'_> {
    fn add(&mut self, line: usize, what: What) {
        self.found.push(Reference { file: self.file, line, what });
    }

    fn resolve(&self, written: &Written) -> Vec<Target> {
        self.program.resolve(self.module, &self.blocks, written)
    }

    fn add_path(&mut self, written: &Written, line: usize) {
        // A single name that no item has is a local variable, also if a crate is called so.
        let is_single = written.segments.len() == 1;
        for target in self.resolve(written) {
            let is_crate = matches!(&target, Target::Outside(path) if path.len() == 1);
            if !(is_single && is_crate) {
                self.add(line, What::Path { target, is_reexport: false });
            }
        }
    }

    /// Whether a type is the state of the application.
    fn is_state(&self, ty: &syn::Type) -> bool {
        let syn::Type::Path(path) = ty else { return false };
        let is_state = |target: &Target| match target {
            Target::Item { module, path } => {
                let within = &self.program.modules[*module].path;
                path.as_slice() == ["State"] && within.first().is_some_and(|room| room == "app")
            }
            _ => false,
        };
        self.resolve(&program::written(&path.path)).iter().any(is_state)
    }

    /// Paths and methods in tokens that are not parsed: the arguments of a macro, or its definition.
    fn scan(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let is_punct = |at: usize, c: char| matches!(trees.get(at), Some(TokenTree::Punct(p)) if p.as_char() == c);
        let is_colons = |at: usize| is_punct(at, ':') && is_punct(at + 1, ':');
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            match tree {
                TokenTree::Group(group) => self.scan(group.stream()),
                TokenTree::Ident(ident) if ident == "use" => {
                    let end = (at..trees.len()).find(|end| is_punct(*end, ';')).unwrap_or(trees.len() - 1);
                    let declaration: TokenStream = trees.get(at..=end).unwrap_or_default().iter().cloned().collect();
                    if let Ok(item) = syn::parse2::<syn::ItemUse>(declaration) {
                        self.visit_item_use(&item);
                        at = end;
                    }
                }
                TokenTree::Ident(ident) => {
                    let line = ident.span().start().line;
                    let mut segments = vec![ident.to_string()];
                    let is_global = at >= 2 && is_colons(at - 2);
                    let is_method = at >= 1 && is_punct(at - 1, '.');
                    while is_colons(at + 1)
                        && let Some(TokenTree::Ident(next)) = trees.get(at + 3)
                    {
                        segments.push(next.to_string());
                        at += 3;
                    }
                    let is_call = matches!(trees.get(at + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
                    if is_method && is_call {
                        self.add(line, What::Method(segments.join("::")));
                    } else if segments.len() > 1 {
                        self.add_path(&Written { is_global, segments }, line);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// An expression that is written to, if it is a part of the state.
    fn add_write(&mut self, target: &Expr, how: &str) {
        if is_of_state(target) {
            self.add(target.span().start().line, What::StateWrite(how.to_owned()));
        }
    }

    fn add_function(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let start = signature.fn_token.span.start().line;
        let lines = body.span().end().line - start + 1;
        self.add(start, What::Function { name: signature.ident.to_string(), lines });
    }
}

/// Whether an expression leads through something called `state`: `self.state.view`, `state.notices[0]`.
fn is_of_state(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => path.path.is_ident("state"),
        Expr::Field(field) => {
            matches!(&field.member, syn::Member::Named(name) if name == "state") || is_of_state(&field.base)
        }
        Expr::Index(index) => is_of_state(&index.expr),
        Expr::Paren(inner) => is_of_state(&inner.expr),
        Expr::Unary(inner) => is_of_state(&inner.expr),
        _ => false,
    }
}

/// Methods of the standard library that change what they are called on.
const CHANGING: [&str; 24] = [
    "append",
    "as_mut",
    "clear",
    "clone_from",
    "drain",
    "entry",
    "extend",
    "get_mut",
    "get_or_insert",
    "get_or_insert_with",
    "insert",
    "iter_mut",
    "last_mut",
    "pop",
    "push",
    "push_str",
    "remove",
    "replace",
    "retain",
    "sort",
    "swap",
    "take",
    "take_if",
    "truncate",
];

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !attributes(item).iter().any(program::is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let Some((_, items)) = &item.content else { return };
        let names = &self.program.modules[self.module].names;
        let child = names.get(&item.ident.to_string()).into_iter().flatten().find_map(|definition| match definition {
            Definition::Module(child) if self.program.modules[*child].file == self.file => Some(*child),
            _ => None,
        });
        let outer = (self.module, std::mem::take(&mut self.blocks));
        self.module = child.unwrap_or(self.module);
        for item in items {
            self.visit_item(item);
        }
        (self.module, self.blocks) = outer;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_reexport = program::is_exported(&item.vis);
        for used in program::used(item) {
            for target in self.resolve(&used.path) {
                let what = if used.name.is_none() { What::Glob(target) } else { What::Path { target, is_reexport } };
                self.add(used.line, what);
            }
        }
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let target = Target::Outside(vec![item.ident.to_string()]);
        self.add(item.ident.span().start().line, What::Path { target, is_reexport: false });
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {
        // The path in `pub(super)` says who may use it.
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        let (mut names, mut globs) = (Names::new(), Vec::new());
        for statement in &block.stmts {
            if let syn::Stmt::Item(item) = statement {
                program::declare(item, &mut names, &mut globs);
            }
        }
        self.blocks.push(names);
        visit::visit_block(self, block);
        self.blocks.pop();
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add_path(&program::written(path), path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let syn::Meta::List(list) = &attribute.meta
            && list.path.is_ident("derive")
        {
            self.scan(list.tokens.clone());
        }
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.visit_path(&called.path);
        if called.path.segments.last().is_some_and(|last| last.ident == "include") {
            self.add(called.path.span().start().line, What::Include);
        }
        match called.parse_body_with(Punctuated::<Expr, syn::Token![,]>::parse_terminated) {
            Ok(arguments) => {
                // The arguments do not live as long as the file.
                let mut inner = Visitor {
                    program: self.program,
                    file: self.file,
                    module: self.module,
                    blocks: self.blocks.clone(),
                    found: Vec::new(),
                };
                for argument in &arguments {
                    inner.visit_expr(argument);
                }
                self.found.append(&mut inner.found);
            }
            Err(_) => self.scan(called.tokens.clone()),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        if CHANGING.contains(&name.as_str()) || name == "apply" {
            self.add_write(&call.receiver, &format!(".{name}()"));
        }
        self.add(call.method.span().start().line, What::Method(name));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, assigned: &'ast syn::ExprAssign) {
        match &*assigned.left {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|part| self.add_write(part, "=")),
            left => self.add_write(left, "="),
        }
        visit::visit_expr_assign(self, assigned);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        use syn::BinOp;
        if matches!(
            binary.op,
            BinOp::AddAssign(_)
                | BinOp::SubAssign(_)
                | BinOp::MulAssign(_)
                | BinOp::DivAssign(_)
                | BinOp::RemAssign(_)
                | BinOp::BitXorAssign(_)
                | BinOp::BitAndAssign(_)
                | BinOp::BitOrAssign(_)
                | BinOp::ShlAssign(_)
                | BinOp::ShrAssign(_)
        ) {
            self.add_write(&binary.left, "an assignment");
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, borrowed: &'ast syn::ExprReference) {
        if borrowed.mutability.is_some() {
            self.add_write(&borrowed.expr, "&mut");
        }
        visit::visit_expr_reference(self, borrowed);
    }

    fn visit_type_reference(&mut self, borrowed: &'ast syn::TypeReference) {
        if borrowed.mutability.is_some() && self.is_state(&borrowed.elem) {
            self.add(borrowed.span().start().line, What::StateBorrow);
        }
        visit::visit_type_reference(self, borrowed);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if self.is_state(&item.self_ty) {
            for part in &item.items {
                if let syn::ImplItem::Fn(method) = part
                    && let Some(receiver) = method.sig.receiver()
                    && receiver.reference.is_some()
                    && receiver.mutability.is_some()
                {
                    let line = method.sig.ident.span().start().line;
                    self.add(line, What::StateMethod(method.sig.ident.to_string()));
                }
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add_function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !item.attrs.iter().any(program::is_for_tests) {
            self.add_function(&item.sig, &item.block);
            visit::visit_impl_item_fn(self, item);
        }
    }
}
