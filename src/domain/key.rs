//! Keys of records: short, of characters that nobody takes for one another, and the same on every machine.

/// The digits of a key: no i, l, o, u.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn digit(bits: u64) -> char {
    DIGITS[bits as usize & 31] as char
}

/// A number in so many digits, the lowest bits first.
pub fn spelled(bits: u64, digits: usize) -> String {
    (0..digits).map(|at| digit(bits >> (at * 5))).collect()
}

/// The second of the day and chance, so that keys sort by time.
pub fn timed(second: u32, chance: u32) -> String {
    let bits = u64::from(second & 0xf_ffff) << 15 | u64::from(chance & 0x7fff);
    (0..7).rev().map(|at| digit(bits >> (at * 5))).collect()
}

/// The second of the day that a key begins with; what is no digit counts for 0.
pub fn second_of(key: &[u8]) -> u32 {
    let value = |byte: &u8| DIGITS.iter().position(|digit| digit == byte).unwrap_or(0) as u32;
    key.iter().take(4).fold(0, |sum, byte| sum * 32 + value(byte))
}

/// Bytes folded into a number (FNV-1a).
pub fn hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
