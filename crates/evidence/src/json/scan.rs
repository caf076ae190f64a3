//! Reads canonical JSON in one pass, without building values, for audits of millions of entries.

use super::{DEEPEST, JsonError, is_exact};

/// Whether these bytes are the canonical form of some value, and nothing more.
///
/// # Errors
/// They are not; the error says where.
pub fn check_canonical(bytes: &[u8]) -> Result<(), JsonError> {
    let mut scanner = Scanner::over(bytes)?;
    scanner.value(DEEPEST)?;
    scanner.end()
}

/// Checks that these bytes are a canonical object and shows each of its members, in their order:
/// the name as it stands between its quotation marks and the canonical text of its value.
///
/// # Errors
/// They are not such an object; the error says where.
pub fn members<'a>(
    bytes: &'a [u8],
    mut each: impl FnMut(&'a str, &'a str),
) -> Result<(), JsonError> {
    let mut scanner = Scanner::over(bytes)?;
    scanner.object(DEEPEST, &mut each)?;
    scanner.end()
}

/// The canonical values of an object that has exactly these members, named in canonical order.
pub(crate) fn members_named<'a, const N: usize>(
    bytes: &'a [u8],
    names: &[&str; N],
) -> Result<[&'a str; N], JsonError> {
    let mut scanner = Scanner::over(bytes)?;
    let mut values = [""; N];
    for (n, (name, value)) in names.iter().zip(&mut values).enumerate() {
        scanner.expect(if n == 0 { b'{' } else { b',' })?;
        scanner.expect(b'"')?;
        scanner.word(name).map_err(|_| JsonError::Members)?;
        scanner.expect(b'"')?;
        scanner.expect(b':')?;
        let start = scanner.at;
        scanner.value(DEEPEST - 1)?;
        *value = &scanner.text[start..scanner.at];
    }
    scanner.expect(b'}')?;
    scanner.end()?;
    Ok(values)
}

/// The spelling of a canonical text without its quotation marks; `None` for other values.
pub(crate) fn unquoted(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"')
}

/// The spelling of the first text in a canonical list; `Some(None)` for the empty list, `None` for
/// other values.
pub(crate) fn first_text(list: &str) -> Option<Option<&str>> {
    if list == "[]" {
        return Some(None);
    }
    let mut scanner = Scanner {
        text: list.strip_prefix('[')?,
        at: 0,
    };
    scanner.string().ok().map(Some)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn over(bytes: &'a [u8]) -> Result<Scanner<'a>, JsonError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Scanner { text, at: 0 }),
            Err(error) => Err(JsonError::Spelling {
                at: error.valid_up_to(),
            }),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn wrong<T>(&self) -> Result<T, JsonError> {
        Err(JsonError::Spelling { at: self.at })
    }

    fn end(&self) -> Result<(), JsonError> {
        if self.at == self.text.len() {
            Ok(())
        } else {
            self.wrong()
        }
    }

    /// Steps over `byte` if it stands here.
    fn takes(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.takes(byte) {
            Ok(())
        } else {
            self.wrong()
        }
    }

    fn word(&mut self, word: &str) -> Result<(), JsonError> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            self.wrong()
        }
    }

    fn value(&mut self, depth: usize) -> Result<(), JsonError> {
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => self.object(depth, &mut |_, _| ()),
            Some(b'[') => self.array(depth),
            Some(b'-' | b'0'..=b'9') => self.integer(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            _ => self.word("null"),
        }
    }

    fn array(&mut self, depth: usize) -> Result<(), JsonError> {
        let deeper = depth.checked_sub(1).ok_or(JsonError::Depth)?;
        self.expect(b'[')?;
        if self.takes(b']') {
            return Ok(());
        }
        loop {
            self.value(deeper)?;
            if !self.takes(b',') {
                return self.expect(b']');
            }
        }
    }

    fn object(
        &mut self,
        depth: usize,
        each: &mut dyn FnMut(&'a str, &'a str),
    ) -> Result<(), JsonError> {
        let deeper = depth.checked_sub(1).ok_or(JsonError::Depth)?;
        self.expect(b'{')?;
        if self.takes(b'}') {
            return Ok(());
        }
        let mut previous: Option<&str> = None;
        loop {
            let start = self.at;
            let name = self.string()?;
            if previous.is_some_and(|previous| !comes_before(previous, name)) {
                return Err(JsonError::Spelling { at: start });
            }
            previous = Some(name);
            self.expect(b':')?;
            let start = self.at;
            self.value(deeper)?;
            each(name, &self.text[start..self.at]);
            if !self.takes(b',') {
                return self.expect(b'}');
            }
        }
    }

    /// The text between the quotation marks, escapes and all.
    fn string(&mut self) -> Result<&'a str, JsonError> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            self.at += plain_length(&self.text.as_bytes()[self.at..]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(&self.text[start..self.at - 1]);
                }
                Some(b'\\') => self.escape()?,
                _ => return self.wrong(),
            }
        }
    }

    fn escape(&mut self) -> Result<(), JsonError> {
        let length = match self.text.as_bytes()[self.at + 1..] {
            [b'"' | b'\\' | b'b' | b't' | b'n' | b'f' | b'r', ..] => 2,
            // Those with a short escape must use it, and hexadecimal is lower case.
            [b'u', b'0', b'0', b'0', b'0'..=b'7' | b'b' | b'e' | b'f', ..]
            | [b'u', b'0', b'0', b'1', b'0'..=b'9' | b'a'..=b'f', ..] => 6,
            _ => return self.wrong(),
        };
        self.at += length;
        Ok(())
    }

    fn integer(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        self.takes(b'-');
        let first_digit = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let (text, digits) = (&self.text[start..self.at], &self.text[first_digit..self.at]);
        let spelled_otherwise = digits.is_empty() || (digits.starts_with('0') && text != "0");
        if spelled_otherwise {
            return Err(JsonError::Spelling { at: start });
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Err(JsonError::Number);
        }
        match text.parse() {
            Ok(number) if is_exact(&number) => Ok(()),
            _ => Err(JsonError::Number),
        }
    }
}

/// How many bytes stand before the first quotation mark, backslash or control character.
///
/// Eight at a time: a byte below `n` is one whose top bit is clear and turns up when `n` is taken
/// away. Borrows disturb only the bytes behind a hit, and the first hit is what counts.
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const TOPS: u64 = u64::from_le_bytes([0x80; 8]);
    let below = |word: u64, n: u8| word.wrapping_sub(ONES * u64::from(n)) & !word & TOPS;
    let equal = |word: u64, byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    let (words, rest) = bytes.as_chunks::<8>();
    for (n, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let hits = below(word, 0x20) | equal(word, b'"') | equal(word, b'\\');
        if hits != 0 {
            return n * 8 + hits.trailing_zeros() as usize / 8;
        }
    }
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    bytes.len() - rest.len() + rest.iter().position(ends).unwrap_or(rest.len())
}

/// Order of member names: by UTF-16 code units (RFC 8785 section 3.2.3). Equal names do not come
/// before each other, so a name twice is refused too.
fn comes_before(a: &str, b: &str) -> bool {
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii() && byte != b'\\');
    if is_plain(a) && is_plain(b) {
        return a < b;
    }
    match (unescape(a), unescape(b)) {
        (Some(a), Some(b)) => a.encode_utf16().lt(b.encode_utf16()),
        _ => false,
    }
}

fn unescape(raw: &str) -> Option<String> {
    serde_json::from_str(&format!("\"{raw}\"")).ok()
}
