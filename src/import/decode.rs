//! Bytes to text.
//!
//! The encoding is never guessed: a byte order mark decides, then strict UTF-8, then GB18030 if it reads without an error and
//! the file does not begin as UTF-8.
//! A file that none of them reads is refused with the place of its first bad byte.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The largest file that is read, in bytes.
pub const LIMIT: usize = 16 * 1024 * 1024;

/// How the bytes were read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Charset {
    Utf8,
    /// UTF-8 behind a byte order mark.
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Gb18030,
}

impl Charset {
    /// The name as programs write it.
    pub fn name(self) -> &'static str {
        match self {
            Charset::Utf8 => "UTF-8",
            Charset::Utf8Bom => "UTF-8 (BOM)",
            Charset::Utf16Le => "UTF-16LE",
            Charset::Utf16Be => "UTF-16BE",
            Charset::Gb18030 => "GB18030",
        }
    }
}

/// A file's text, with `\n` line ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    pub text: String,
    pub charset: Charset,
    /// Line ends were `\r\n` and have been read as `\n`.
    pub crlf: bool,
}

/// Why the bytes are not a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DecodeError {
    TooLarge {
        size: usize,
        limit: usize,
    },
    /// The first byte that cannot be read: its offset from 0, line and column from 1; the column counts characters.
    BadByte {
        charset: Charset,
        offset: usize,
        line: usize,
        column: usize,
    },
}

/// Reads a file's bytes as text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if bytes.len() > LIMIT {
        return Err(DecodeError::TooLarge { size: bytes.len(), limit: LIMIT });
    }
    let (text, charset) = match Encoding::for_bom(bytes) {
        Some((encoding, skip)) => {
            let charset = match encoding {
                e if e == UTF_16LE => Charset::Utf16Le,
                e if e == UTF_16BE => Charset::Utf16Be,
                _ => Charset::Utf8Bom,
            };
            let text = whole(encoding, &bytes[skip..]).ok_or_else(|| bad_byte(encoding, charset, bytes, skip))?;
            (text, charset)
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_string(), Charset::Utf8),
            Err(error) => match whole(GB18030, bytes).filter(|_| !is_broken_utf8(&bytes[..error.valid_up_to()])) {
                Some(text) => (text, Charset::Gb18030),
                None => return Err(bad_byte(UTF_8, Charset::Utf8, bytes, 0)),
            },
        },
    };
    let crlf = text.contains("\r\n");
    let text = if crlf { text.replace("\r\n", "\n") } else { text };
    Ok(Decoded { text, charset, crlf })
}

/// Bytes of GB18030 do not begin with this many characters of UTF-8: such a file is UTF-8 with a fault, and reading it
/// otherwise would give a page of nonsense.
const UTF8_BEYOND_DOUBT: usize = 16;

fn is_broken_utf8(valid: &[u8]) -> bool {
    let text = std::str::from_utf8(valid).unwrap_or("");
    text.chars().filter(|c| !c.is_ascii()).take(UTF8_BEYOND_DOUBT).count() == UTF8_BEYOND_DOUBT
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// Finds the first byte that cannot be read: the end of the longest beginning that can.
fn bad_byte(encoding: &'static Encoding, charset: Charset, bytes: &[u8], skip: usize) -> DecodeError {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let body = &bytes[skip..];
    let mut text = String::with_capacity(body.len() * 3 + 16);
    let (result, read) = decoder.decode_to_string_without_replacement(body, &mut text, true);
    let back = match result {
        encoding_rs::DecoderResult::Malformed(bad, after) => usize::from(bad) + usize::from(after),
        encoding_rs::DecoderResult::InputEmpty | encoding_rs::DecoderResult::OutputFull => 0,
    };
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    DecodeError::BadByte { charset, offset: skip + read.saturating_sub(back), line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_is_read_and_named() {
        let text = "清远市\n科普";
        let utf16 = |big: bool| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let cases = [
            (text.as_bytes().to_vec(), Charset::Utf8),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Charset::Utf8Bom),
            (utf16(false), Charset::Utf16Le),
            (utf16(true), Charset::Utf16Be),
            (GB18030.encode(text).0.into_owned(), Charset::Gb18030),
        ];
        for (bytes, charset) in cases {
            assert_eq!(decode(&bytes), Ok(Decoded { text: text.to_string(), charset, crlf: false }));
        }
    }

    #[test]
    fn line_ends_of_windows_are_noted() {
        let decoded = decode("一\r\n二\r\n".as_bytes()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.crlf), ("一\n二\n", true));
    }

    #[test]
    fn the_first_bad_byte_has_its_place() {
        let bytes = [("一\n二").as_bytes(), &[0xff, 0xff]].concat();
        let place = DecodeError::BadByte { charset: Charset::Utf8, offset: 7, line: 2, column: 2 };
        assert_eq!(decode(&bytes), Err(place));
    }

    #[test]
    fn a_utf8_file_cut_inside_a_character_is_not_taken_for_gb18030() {
        let text = "清远市全民科学素质行动规划纲要实施方案和通知";
        let bytes = &text.as_bytes()[..text.len() - 1];
        let found = decode(bytes);
        assert!(matches!(found, Err(DecodeError::BadByte { offset: 63, line: 1, column: 22, .. })), "{found:?}");
    }

    #[test]
    fn a_file_past_the_limit_is_refused() {
        let bytes = vec![b'a'; LIMIT + 1];
        assert_eq!(decode(&bytes), Err(DecodeError::TooLarge { size: LIMIT + 1, limit: LIMIT }));
    }
}
