//! Circles of imports, between files and between folders.
//!
//! The files and folders in a folder are the nodes of a graph. A node leads to another where anything in it refers to
//! something that anything in the other defines. A `pub use` hands on and defines nothing, so it leads nowhere, and who
//! uses what it hands on refers to where that is defined. Every circle of files is a circle in one of these graphs: the
//! one of the innermost folder around them.

use std::collections::{BTreeMap, BTreeSet};

use crate::program::{Program, Target};
use crate::references::{Reference, What};

/// Files and folders of one folder that lead to each other.
#[derive(Debug, PartialEq, Eq)]
pub struct Circle {
    /// The folder, with a slash at its end.
    pub folder: String,
    /// The files and folders, as they are called in the folder.
    pub nodes: Vec<String>,
    /// A reference for each edge between them, as "state.rs -> command.rs (src/app/state.rs:12)".
    pub edges: Vec<String>,
}

/// The edges of a folder's graph: from node, to node, and file and line of the first reference.
type Graph = BTreeMap<(String, String), (String, usize)>;

/// All circles, by folder.
pub fn circles(program: &Program, references: &[Reference]) -> Vec<Circle> {
    let mut graphs: BTreeMap<String, Graph> = BTreeMap::new();
    for reference in references {
        let (What::Path { target, is_reexport: false } | What::Glob(target)) = &reference.what else { continue };
        let (Target::Module(module) | Target::Item { module, .. }) = target else { continue };
        let from = &program.files[reference.file].path;
        let to = &program.files[program.modules[*module].file].path;
        if let Some((folder, from_node, to_node)) = apart(from, to) {
            let graph = graphs.entry(folder).or_default();
            graph.entry((from_node, to_node)).or_insert_with(|| (from.clone(), reference.line));
        }
    }
    graphs.iter().flat_map(|(folder, graph)| circles_of(folder, graph)).collect()
}

/// The innermost folder around two files, and the file or folder in it that holds each. `None` if that is one and the same.
fn apart(from: &str, to: &str) -> Option<(String, String, String)> {
    let shared: Vec<&str> = from.split('/').zip(to.split('/')).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
    let node = |path: &str| path.split('/').nth(shared.len()).map(str::to_owned);
    let folder = shared.join("/") + "/";
    Some((folder, node(from)?, node(to)?))
}

fn circles_of(folder: &str, graph: &Graph) -> Vec<Circle> {
    let nodes: BTreeSet<&String> = graph.keys().flat_map(|(from, to)| [from, to]).collect();
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        nodes.iter().map(|node| (*node, reachable(node, graph))).collect();
    let leads = |from: &String, to: &String| reached.get(from).is_some_and(|all| all.contains(to));
    let mut done: BTreeSet<&String> = BTreeSet::new();
    let mut found = Vec::new();
    for node in nodes {
        if done.contains(node) || !leads(node, node) {
            continue;
        }
        // Nodes that lead to this one and are led to by it, itself included.
        let together: Vec<&String> =
            reached.keys().copied().filter(|other| leads(node, other) && leads(other, node)).collect();
        done.extend(&together);
        let within = |from: &String, to: &String| together.contains(&from) && together.contains(&to);
        let edges = graph.iter().filter(|((from, to), _)| within(from, to));
        found.push(Circle {
            folder: folder.to_owned(),
            nodes: together.iter().map(|node| (*node).clone()).collect(),
            edges: edges.map(|((from, to), (file, line))| format!("{from} -> {to} ({file}:{line})")).collect(),
        });
    }
    found
}

/// The nodes that a node leads to by one edge or more.
fn reachable<'a>(node: &String, graph: &'a Graph) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut next = vec![node];
    while let Some(node) = next.pop() {
        for (_, to) in graph.keys().filter(|(from, _)| from == node) {
            if reached.insert(to) {
                next.push(to);
            }
        }
    }
    reached
}
