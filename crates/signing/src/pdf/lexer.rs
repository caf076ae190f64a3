//! Reads one value from bytes.

use super::limits;
use super::object::{Dict, Id, Object};
use crate::trouble::{Outcome, unreadable};

/// A place in the bytes.
pub(crate) struct Lexer<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

fn syntax() -> kernel::Refusal {
    unreadable("语法错误", "syntax error")
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { bytes, at }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Spaces and comments.
    pub(crate) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self
                    .peek()
                    .is_some_and(|byte| byte != b'\n' && byte != b'\r')
                {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// Takes this word if it is next.
    pub(crate) fn take(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return false;
        }
        let regular = |byte: u8| !is_space(byte) && !is_delimiter(byte);
        let ends = word.last().is_none_or(|last| !regular(*last))
            || rest.get(word.len()).is_none_or(|next| !regular(*next));
        if ends {
            self.at += word.len();
        }
        ends
    }

    /// A number without sign or fraction.
    pub(crate) fn whole(&mut self) -> Outcome<u64> {
        self.skip_space();
        let from = self.at;
        let mut value: u64 = 0;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            value = value
                .checked_mul(10)
                .and_then(|value| value.checked_add(u64::from(digit - b'0')))
                .ok_or_else(syntax)?;
            self.at += 1;
        }
        if self.at == from {
            Err(syntax())
        } else {
            Ok(value)
        }
    }

    pub(crate) fn value(&mut self, depth: usize) -> Outcome<Object> {
        if depth > limits::DEPTH {
            return Err(unreadable("嵌套过深", "nested too deeply"));
        }
        self.skip_space();
        match self.peek().ok_or_else(syntax)? {
            b'/' => self.name().map(Object::Name),
            b'(' => self.literal().map(Object::Text),
            b'[' => self.array(depth),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.dict(depth).map(Object::Dict)
            }
            b'<' => self.hexadecimal().map(Object::Text),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            _ if self.take(b"true") => Ok(Object::Bool(true)),
            _ if self.take(b"false") => Ok(Object::Bool(false)),
            _ if self.take(b"null") => Ok(Object::Null),
            _ => Err(syntax()),
        }
    }

    fn number(&mut self) -> Outcome<Object> {
        let from = self.at;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'))
        {
            self.at += 1;
        }
        let word = &self.bytes[from..self.at];
        let text = std::str::from_utf8(word).map_err(|_| syntax())?;
        if text.contains('.') {
            let digits = text.trim_start_matches(['+', '-']);
            let plain = digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
            let good = plain && digits.matches('.').count() == 1 && digits.len() > 1;
            return if good {
                Ok(Object::Real(word.to_vec()))
            } else {
                Err(syntax())
            };
        }
        let value: i64 = text.parse().map_err(|_| syntax())?;
        Ok(self.reference(value).unwrap_or(Object::Int(value)))
    }

    /// `12 0 R`, when that is what follows a whole number.
    fn reference(&mut self, number: i64) -> Option<Object> {
        let number = u32::try_from(number).ok()?;
        let mut ahead = Lexer::new(self.bytes, self.at);
        let generation = u16::try_from(ahead.whole().ok()?).ok()?;
        if !ahead.take(b"R") {
            return None;
        }
        self.at = ahead.at;
        Some(Object::Ref(Id { number, generation }))
    }

    fn name(&mut self) -> Outcome<Vec<u8>> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self
            .peek()
            .filter(|byte| !is_space(*byte) && !is_delimiter(*byte))
        {
            self.at += 1;
            if byte != b'#' {
                name.push(byte);
                continue;
            }
            let digits = self.bytes.get(self.at..self.at + 2).ok_or_else(syntax)?;
            let text = std::str::from_utf8(digits).map_err(|_| syntax())?;
            name.push(u8::from_str_radix(text, 16).map_err(|_| syntax())?);
            self.at += 2;
        }
        Ok(name)
    }

    fn array(&mut self, depth: usize) -> Outcome<Object> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.skip_space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Object::Array(values));
            }
            values.push(self.value(depth + 1)?);
        }
    }

    pub(crate) fn dict(&mut self, depth: usize) -> Outcome<Dict> {
        self.skip_space();
        if !self
            .bytes
            .get(self.at..)
            .unwrap_or_default()
            .starts_with(b"<<")
        {
            return Err(syntax());
        }
        self.at += 2;
        let mut dict = Dict::default();
        loop {
            self.skip_space();
            match self.peek().ok_or_else(syntax)? {
                b'>' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Ok(dict);
                }
                b'/' => {
                    let key = self.name()?;
                    let value = self.value(depth + 1)?;
                    // Readers differ on which of two equal keys counts.
                    if dict.0.insert(key, value).is_some() {
                        return Err(unreadable("字典键重复", "a key twice in a dictionary"));
                    }
                }
                _ => return Err(syntax()),
            }
        }
    }

    fn hexadecimal(&mut self) -> Outcome<Vec<u8>> {
        self.at += 1;
        let mut digits = Vec::new();
        loop {
            let byte = self.peek().ok_or_else(syntax)?;
            self.at += 1;
            match char::from(byte).to_digit(16) {
                Some(digit) => digits.push(u8::try_from(digit).map_err(|_| syntax())?),
                None if byte == b'>' => break,
                None if is_space(byte) => {}
                None => return Err(syntax()),
            }
        }
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        Ok(digits
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect())
    }

    fn literal(&mut self) -> Outcome<Vec<u8>> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1_usize;
        loop {
            let byte = self.peek().ok_or_else(syntax)?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    self.escape(&mut text)?;
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                return Ok(text);
            }
            text.push(byte);
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Outcome<()> {
        let byte = self.peek().ok_or_else(syntax)?;
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|next| (b'0'..=b'7').contains(next))
                    else {
                        break;
                    };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                // The standard says to ignore high-order overflow.
                text.push((value & 0xff) as u8);
            }
            other => text.push(other),
        }
        Ok(())
    }
}
