//! Characters to words, for conditions and results alike 词法.

use kernel::Day;

use crate::bounds;
use crate::problem::Flaw;
use crate::value::{Value, is_plain};

/// One word of a cell and where it stands, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub is: Sign,
    pub at: (usize, usize),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `-`
    Minus,
    Plus,
    Star,
    /// `**`
    Power,
    Slash,
    Comma,
    /// `(`, `[`
    Open(char),
    /// `)`, `]`
    Close(char),
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    Unequal,
    /// `..`
    To,
    /// A plain decimal without sign.
    Number(Value),
    /// A number with `%` behind it, already divided by a hundred.
    Percent(Value),
    Day(Day),
    Text(String),
    Word(String),
}

/// How a comma between digits is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commas {
    /// `1,234` is refused: a person may have meant one number.
    Doubted,
    /// `1,234` is two numbers, as the standard says; for files written by programs.
    Standard,
}

/// A full-width sign as its narrow sister.
fn narrow(c: char) -> char {
    match c {
        '，' | '、' => ',',
        '≥' | '≤' | '≠' => c,
        '“' | '”' | '「' | '」' | '＂' => '"',
        '—' | '–' | '−' => '-',
        '×' => '*',
        '÷' => '/',
        '【' => '[',
        '】' => ']',
        '\u{3000}' | '\u{a0}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// What belongs to a name: letters of any script, digits, `_`.
pub(crate) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub(crate) struct Lexer<'a> {
    /// The text as written; texts in quotes keep their full-width signs.
    raw: Vec<char>,
    chars: Vec<char>,
    at: usize,
    commas: Commas,
    /// Names that are one word though they may hold spaces and points: keys of inputs, longest
    /// first.
    names: &'a [String],
}

/// Cuts a cell into words.
///
/// # Errors
/// Too long a cell, an unknown sign, a broken number, text or date.
pub(crate) fn words(text: &str, commas: Commas, names: &[String]) -> Result<Vec<Token>, Flaw> {
    let raw: Vec<char> = text.chars().collect();
    if raw.len() > bounds::CELL {
        return Err(Flaw::of(
            "cell_too_long",
            (
                format!("单元格有 {} 个字，最多 {} 个", raw.len(), bounds::CELL),
                format!(
                    "the cell has {} characters, at most {}",
                    raw.len(),
                    bounds::CELL
                ),
            ),
            ("请拆成几行", "split it into several rows"),
        ));
    }
    let chars = raw.iter().map(|c| narrow(*c)).collect();
    let mut lexer = Lexer {
        raw,
        chars,
        at: 0,
        commas,
        names,
    };
    let mut found: Vec<Token> = Vec::new();
    while let Some(token) = lexer.next()? {
        found.push(token);
    }
    Ok(found)
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Result<Option<Token>, Flaw> {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let start = self.at;
        let Some(first) = self.peek(0) else {
            return Ok(None);
        };
        let is = if let Some(name) = self.name() {
            Sign::Word(name)
        } else if first == '"' {
            self.quoted()?
        } else if first == '@' {
            self.at_literal()?
        } else if first.is_ascii_digit()
            || (first == '.' && self.peek(1).is_some_and(|c| c.is_ascii_digit()))
        {
            self.number()?
        } else if is_name(first) {
            while self.peek(0).is_some_and(is_name) {
                self.at += 1;
            }
            Sign::Word(self.chars[start..self.at].iter().collect())
        } else {
            self.sign(first)?
        };
        Ok(Some(Token {
            is,
            at: (start, self.at),
        }))
    }

    /// The longest known name that stands here and does not go on.
    fn name(&mut self) -> Option<String> {
        let rest = &self.chars[self.at..];
        let stands = |name: &&String| {
            let mut length = 0;
            let same = name.chars().all(|c| {
                length += 1;
                rest.get(length - 1) == Some(&narrow(c))
            });
            let ends = rest.get(length).is_none_or(|c| !is_name(*c));
            same && ends
        };
        let name = self.names.iter().find(stands)?.clone();
        self.at += name.chars().count();
        Some(name)
    }

    fn sign(&mut self, first: char) -> Result<Sign, Flaw> {
        let (is, length) = match (first, self.peek(1)) {
            ('<', Some('=')) => (Sign::LessEqual, 2),
            ('>', Some('=')) => (Sign::GreaterEqual, 2),
            ('!', Some('=')) => (Sign::Unequal, 2),
            ('.', Some('.')) => (Sign::To, 2),
            ('*', Some('*')) => (Sign::Power, 2),
            ('≤', _) => (Sign::LessEqual, 1),
            ('≥', _) => (Sign::GreaterEqual, 1),
            ('≠', _) => (Sign::Unequal, 1),
            ('<', _) => (Sign::Less, 1),
            ('>', _) => (Sign::Greater, 1),
            ('=', _) => (Sign::Equal, 1),
            ('-', _) => (Sign::Minus, 1),
            ('+', _) => (Sign::Plus, 1),
            ('*', _) => (Sign::Star, 1),
            ('/', _) => (Sign::Slash, 1),
            (',', _) => (Sign::Comma, 1),
            ('(' | '[', _) => (Sign::Open(first), 1),
            (')' | ']', _) => (Sign::Close(first), 1),
            _ => {
                let shown = first.escape_debug();
                return Err(Flaw::of(
                    "unknown_sign",
                    (
                        format!("不认识符号「{shown}」"),
                        format!("unknown sign “{shown}”"),
                    ),
                    (
                        "条件只用 < <= > >= [a..b] not(…) 和逗号；文字请加英文双引号",
                        "use < <= > >= [a..b] not(…) and commas; put texts in double quotes",
                    ),
                )
                .on((self.at, self.at + 1)));
            }
        };
        self.at += length;
        Ok(is)
    }

    /// A text opened by `"` ends with `"` and may hold `“` and `”`; one opened by a Chinese mark
    /// ends with any of them.
    fn quoted(&mut self) -> Result<Sign, Flaw> {
        let start = self.at;
        let straight = self.raw.get(start) == Some(&'"');
        let mut text = String::new();
        self.at += 1;
        loop {
            let raw = self.raw.get(self.at).copied();
            let closes = if straight {
                raw == Some('"')
            } else {
                self.peek(0) == Some('"')
            };
            match (raw, self.raw.get(self.at + 1).copied()) {
                _ if closes => break,
                (Some('\\'), Some(next @ ('"' | '\\'))) => {
                    text.push(next);
                    self.at += 2;
                }
                (Some(other), _) => {
                    text.push(other);
                    self.at += 1;
                }
                (None, _) => {
                    return Err(Flaw::of(
                        "open_quote",
                        ("引号没有配对", "the quotation mark is not closed"),
                        (
                            "请在文字后面补上双引号",
                            "close it with a double quotation mark",
                        ),
                    )
                    .on((start, self.at)));
                }
            }
        }
        self.at += 1;
        if text.chars().count() > bounds::LITERAL || !is_plain(&text) {
            return Err(Flaw::of(
                "text_unfit",
                (
                    "文本过长或含有不可见字符",
                    "the text is too long or has invisible characters",
                ),
                (
                    format!("最多 {} 个字，去掉换行等字符", bounds::LITERAL),
                    format!("at most {} characters, no line breaks", bounds::LITERAL),
                ),
            )
            .on((start, self.at)));
        }
        Ok(Sign::Text(text))
    }

    /// `@"2026-01-01"`, the short date literal of DMN 1.3.
    fn at_literal(&mut self) -> Result<Sign, Flaw> {
        let start = self.at;
        self.at += 1;
        let text = match self.peek(0) {
            Some('"') => self.quoted()?,
            _ => Sign::Text(String::new()),
        };
        let day = match text {
            Sign::Text(text) => text.parse().ok(),
            _ => None,
        };
        day.map(Sign::Day)
            .ok_or_else(|| not_a_day().on((start, self.at)))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek(0).is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Sign, Flaw> {
        let start = self.at;
        if self.looks_like_a_day() {
            let text: String = self.chars[start..start + 10].iter().collect();
            self.at += 10;
            let day = text.parse().map(Sign::Day);
            return day.map_err(|_| not_a_day().on((start, self.at)));
        }
        let whole = self.digits();
        let leading_zero = whole > 1 && self.chars[start] == '0';
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            self.digits();
        }
        let here = (start, self.at);
        let text: String = self.chars[start..self.at].iter().collect();
        if leading_zero || (self.commas == Commas::Doubted && self.grouped()) {
            return Err(Flaw::of(
                "digit_groups",
                (
                    format!("「{text}」处的数字有歧义：是千分位，还是两个数"),
                    format!("the number at “{text}” is ambiguous: digit groups or two numbers"),
                ),
                (
                    "不要写千分位逗号；确是两个数时，在逗号后加空格",
                    "leave out digit group commas; for two numbers put a space after the comma",
                ),
            )
            .on(here));
        }
        let Some(number) = Value::number(&text) else {
            return Err(Flaw::of(
                "too_large",
                (
                    format!("「{text}」位数过多"),
                    format!("“{text}” has too many digits"),
                ),
                ("最多 28 位数字", "at most 28 digits"),
            )
            .on(here));
        };
        if self.peek(0) == Some('%') {
            self.at += 1;
            let Value::Number(number) = number else {
                return Ok(Sign::Percent(number));
            };
            let hundredth = rust_decimal::Decimal::new(1, 2);
            let part = number.checked_mul(hundredth).unwrap_or(number);
            return Ok(Sign::Percent(Value::Number(part.normalize())));
        }
        Ok(Sign::Number(number))
    }

    /// Digits, a comma at once, exactly three digits: `50,000`.
    fn grouped(&self) -> bool {
        let three = (1..=3).all(|n| self.peek(n).is_some_and(|c| c.is_ascii_digit()));
        self.peek(0) == Some(',') && three && !self.peek(4).is_some_and(|c| c.is_ascii_digit())
    }

    /// `2026-01-01` without quotes: no number is written so.
    fn looks_like_a_day(&self) -> bool {
        let dash = |n: usize| n == 4 || n == 7;
        let shaped = (0..10).all(|n| {
            let wanted = |c: char| {
                if dash(n) {
                    c == '-'
                } else {
                    c.is_ascii_digit()
                }
            };
            self.peek(n).is_some_and(wanted)
        });
        shaped && !self.peek(10).is_some_and(|c| is_name(c) || c == '-')
    }
}

pub(crate) fn not_a_day() -> Flaw {
    Flaw::of(
        "not_a_day",
        ("这不是日期", "this is no date"),
        ("请写成 date(\"2026-01-01\")", "write date(\"2026-01-01\")"),
    )
}
