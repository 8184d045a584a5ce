//! Files that the program keeps for itself: parts of any bytes, of which one that is not whole is not read.

/// Length of the check at the end of a file, in bytes.
const CHECK: usize = 17;

/// Returns the bytes of a file that begins with a line of its own, and holds these parts.
pub(super) fn encode(magic: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = magic.to_vec();
    for part in parts {
        bytes.extend_from_slice(format!("{}\n", part.len()).as_bytes());
        bytes.extend_from_slice(part);
        bytes.push(b'\n');
    }
    let check = fingerprint(&bytes);
    bytes.extend_from_slice(format!("{check:016x}\n").as_bytes());
    bytes
}

/// Returns the parts of a file. Returns `None` if it begins otherwise, was cut off, or was changed.
pub(super) fn decode<'b>(magic: &[u8], bytes: &'b [u8]) -> Option<Vec<&'b [u8]>> {
    let (kept, check) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
    let mut rest = kept.strip_prefix(magic)?;
    if check != format!("{:016x}\n", fingerprint(kept)).as_bytes() {
        return None;
    }
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let length: usize = str::from_utf8(rest.get(..end)?).ok()?.parse().ok()?;
        parts.push(rest.get(end + 1..end.checked_add(1)?.checked_add(length)?)?);
        rest = rest.get(end + 1 + length..)?.strip_prefix(b"\n")?;
    }
    Some(parts)
}

/// Returns a number that tells texts apart that were not made to be alike: FNV-1a with 64 bits.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
