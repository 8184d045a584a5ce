//! The parts of dictionaries and lists. Each kind is read in one place, which keeps the program small.

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Text};

#[inline(never)]
fn object<'a>(of: &Dict<'a>, key: &str) -> Option<Object<'a>> {
    of.get::<Object<'a>>(key.as_bytes())
}

pub(super) fn dict<'a>(of: &Dict<'a>, key: &str) -> Option<Dict<'a>> {
    object(of, key)?.into_dict()
}

pub(super) fn array<'a>(of: &Dict<'a>, key: &str) -> Option<Array<'a>> {
    object(of, key)?.into_array()
}

pub(super) fn name<'a>(of: &Dict<'a>, key: &str) -> Option<Name<'a>> {
    object(of, key)?.into_name()
}

pub(super) fn stream<'a>(of: &Dict<'a>, key: &str) -> Option<Stream<'a>> {
    object(of, key)?.into_stream()
}

pub(super) fn text<'a>(of: &Dict<'a>, key: &str) -> Option<Text<'a>> {
    object(of, key)?.into_string()
}

pub(super) fn number(of: &Dict<'_>, key: &str) -> Option<Number> {
    object(of, key)?.into_number()
}

/// Returns the items of a list.
#[inline(never)]
pub(super) fn items<'a>(of: &Array<'a>) -> Vec<Object<'a>> {
    of.iter::<Object<'a>>().collect()
}

/// Returns the numbers of a list.
pub(super) fn numbers(of: &Array<'_>) -> Vec<f32> {
    items(of).into_iter().filter_map(|item| item.into_number().map(|number| number.as_f32())).collect()
}
