//! What is typed as a change of the document.

use crate::document::{DocPath, PathSegment, Tree, Value};
use crate::edit::Intent;

/// Returns what gives a field of an item a value, or none: the item or list around it is made where it is absent, and
/// removed where nothing is left in it.
pub fn intent(base: &DocPath, tree: &Tree, path: &DocPath, value: Option<Value<'static>>) -> Option<Intent<'static>> {
    let at = |path: &DocPath| base.clone().join(path);
    let (outer, _) = path.split_last()?;
    let name = match path.segments().last() {
        Some(PathSegment::Field(name)) => *name,
        _ => return None,
    };
    let is_inner = matches!(outer.segments().last(), Some(PathSegment::Field(_)));
    let around = if is_inner { tree.at(&outer) } else { Some(tree) };
    match value {
        Some(value) if around.is_some() => Some(Intent::Set { path: at(path), value }),
        Some(value) => Some(Intent::Set { path: at(&outer), value: Value::Item(vec![(name, value)]) }),
        None if tree.at(path).is_none() => None,
        None if is_inner && around.is_some_and(|around| around.len() == 1) => Some(Intent::Unset { path: at(&outer) }),
        None => Some(Intent::Unset { path: at(path) }),
    }
}
