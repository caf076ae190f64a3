//! Words to tests 条件解析.

use super::lex::{Commas, Sign, Token, not_a_day, words};
use super::{Cell, Test};
use crate::bounds;
use crate::kind::Kind;
use crate::problem::Flaw;
use crate::value::Value;

impl Cell {
    /// Reads a cell of a column of this kind. An empty cell is `-`.
    ///
    /// # Errors
    /// Names the characters that are wrong and how to write them.
    pub fn read(text: &str, kind: &Kind, commas: Commas) -> Result<Cell, Flaw> {
        let tokens = words(text, commas, &[])?;
        let mut parser = Parser {
            tokens: &tokens,
            at: 0,
            kind,
        };
        match tokens.as_slice() {
            []
            | [
                Token {
                    is: Sign::Minus, ..
                },
            ] => Ok(Cell::Any),
            [
                Token {
                    is: Sign::Word(not),
                    ..
                },
                Token {
                    is: Sign::Open('('),
                    ..
                },
                ..,
            ] if not == "not" => {
                parser.at = 2;
                let tests = parser.tests()?;
                match parser.take() {
                    Some(Sign::Close(')')) => {}
                    _ => return Err(parser.here(unclosed())),
                }
                parser.done().map(|()| Cell::NoneOf(tests))
            }
            _ => {
                let tests = parser.tests()?;
                parser.done().map(|()| Cell::OneOf(tests))
            }
        }
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    kind: &'a Kind,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Sign> {
        self.tokens.get(self.at).map(|token| &token.is)
    }

    fn take(&mut self) -> Option<Sign> {
        let sign = self.peek().cloned();
        self.at += 1;
        sign
    }

    /// Marks the word that was taken last.
    fn here(&self, flaw: Flaw) -> Flaw {
        let last = self.at.min(self.tokens.len()).saturating_sub(1);
        match self.tokens.get(last) {
            Some(token) => flaw.on(token.at),
            None => flaw,
        }
    }

    fn done(&self) -> Result<(), Flaw> {
        match self.tokens.get(self.at) {
            None => Ok(()),
            Some(token) => Err(unexpected(self.kind).on(token.at)),
        }
    }

    fn tests(&mut self) -> Result<Vec<Test>, Flaw> {
        let mut tests = vec![self.test()?];
        while self.peek() == Some(&Sign::Comma) {
            self.at += 1;
            tests.push(self.test()?);
            if tests.len() > bounds::TESTS {
                return Err(self.here(Flaw::of(
                    "too_many_tests",
                    (
                        format!("一个单元格最多 {} 个条件", bounds::TESTS),
                        format!("a cell has at most {} tests", bounds::TESTS),
                    ),
                    (
                        "请拆成几行，或用 not(…)",
                        "split it into several rows, or use not(…)",
                    ),
                )));
            }
        }
        Ok(tests)
    }

    fn test(&mut self) -> Result<Test, Flaw> {
        let Some(sign) = self.take() else {
            return Err(self.here(unexpected(self.kind)));
        };
        let end = |parser: &mut Self| {
            parser.ordered()?;
            parser.value()
        };
        Ok(match sign {
            Sign::Less => Test::Within {
                low: None,
                high: Some((end(self)?, false)),
            },
            Sign::LessEqual => Test::Within {
                low: None,
                high: Some((end(self)?, true)),
            },
            Sign::Greater => Test::Within {
                low: Some((end(self)?, false)),
                high: None,
            },
            Sign::GreaterEqual => Test::Within {
                low: Some((end(self)?, true)),
                high: None,
            },
            Sign::Equal => Test::Equal(self.value()?),
            Sign::Unequal => Test::Not(self.value()?),
            Sign::Open(bracket) => self.range(bracket == '[')?,
            Sign::Close(']') => self.range(false)?,
            Sign::Word(word) if word == "null" => Test::Null,
            _ => {
                self.at -= 1;
                Test::Equal(self.value()?)
            }
        })
    }

    fn range(&mut self, in_low: bool) -> Result<Test, Flaw> {
        self.ordered()?;
        let start = self.at.saturating_sub(1);
        let low = self.value()?;
        if self.take() != Some(Sign::To) {
            return Err(self.here(Flaw::of(
                "range_broken",
                ("范围要有两端", "a range has two ends"),
                range_remedy(self.kind),
            )));
        }
        let high = self.value()?;
        let in_high = match self.take() {
            Some(Sign::Close(']')) => true,
            Some(Sign::Close(')') | Sign::Open('[')) => false,
            _ => return Err(self.here(unclosed())),
        };
        let backwards = low.order(&high).is_none_or(std::cmp::Ordering::is_gt);
        let empty = low == high && !(in_low && in_high);
        if backwards || empty {
            let from = self.tokens.get(start).map_or(0, |token| token.at.0);
            let to = self
                .tokens
                .get(self.at - 1)
                .map_or(from, |token| token.at.1);
            return Err(Flaw::of(
                "range_empty",
                (
                    "范围里没有任何值：左端应小于右端",
                    "the range is empty: its left end must be below its right end",
                ),
                range_remedy(self.kind),
            )
            .on((from, to)));
        }
        Ok(Test::Within {
            low: Some((low, in_low)),
            high: Some((high, in_high)),
        })
    }

    fn ordered(&self) -> Result<(), Flaw> {
        if self.kind.is_ordered() {
            return Ok(());
        }
        let (zh, en) = self.kind.name();
        let example = self.kind.example();
        Err(self.here(Flaw::of(
            "not_ordered",
            (format!("{zh}没有大小之分"), format!("a {en} has no order")),
            (
                format!("请直接列出：{example}"),
                format!("list them: {example}"),
            ),
        )))
    }

    fn value(&mut self) -> Result<Value, Flaw> {
        let value = match self.take() {
            Some(Sign::Minus) => match self.take() {
                Some(Sign::Number(Value::Number(number))) => Value::Number((-number).normalize()),
                Some(Sign::Percent(Value::Number(number))) if *self.kind == Kind::Rate => {
                    Value::Number((-number).normalize())
                }
                _ => return Err(self.here(unexpected(self.kind))),
            },
            Some(Sign::Number(value)) => value,
            Some(Sign::Percent(value)) if *self.kind == Kind::Rate => value,
            Some(Sign::Day(day)) => Value::Day(day),
            Some(Sign::Text(text)) => Value::Text(text),
            Some(Sign::Word(word)) => return self.word(word),
            _ => return Err(self.here(unexpected(self.kind))),
        };
        self.kind.admit(value).map_err(|flaw| self.here(flaw))
    }

    fn word(&mut self, word: String) -> Result<Value, Flaw> {
        let value = match (word.as_str(), self.peek()) {
            ("true", _) => Value::Bool(true),
            ("false", _) => Value::Bool(false),
            ("date", Some(Sign::Open('('))) => {
                self.at += 1;
                let day = match (self.take(), self.take()) {
                    (Some(Sign::Text(text)), Some(Sign::Close(')'))) => text.parse().ok(),
                    _ => None,
                };
                Value::Day(day.ok_or_else(|| self.here(not_a_day()))?)
            }
            _ if matches!(self.kind, Kind::Enum { .. }) => Value::Text(word),
            _ => return Err(self.here(unexpected(self.kind))),
        };
        self.kind.admit(value).map_err(|flaw| self.here(flaw))
    }
}

fn unclosed() -> Flaw {
    Flaw::of(
        "unclosed",
        ("括号没有配对", "a bracket is not closed"),
        ("请补上右括号", "close the bracket"),
    )
}

fn unexpected(kind: &Kind) -> Flaw {
    let ((zh, en), example) = (kind.name(), kind.example());
    Flaw::of(
        "not_a_test",
        (
            format!("这里看不懂，应是{zh}的条件"),
            format!("not understood; a test of a {en} belongs here"),
        ),
        (
            format!("可以写 - 或 {example}；几个值用逗号隔开"),
            format!("write - or {example}; several values are parted by commas"),
        ),
    )
}

fn range_remedy(kind: &Kind) -> (String, String) {
    let example = match kind {
        Kind::Date => "[date(\"2026-01-01\")..date(\"2026-12-31\")]",
        Kind::Text => "[\"a\"..\"f\")",
        Kind::Rate => "[0.01..0.05)",
        _ => "[100..200)",
    };
    (format!("例如 {example}"), format!("for example {example}"))
}
