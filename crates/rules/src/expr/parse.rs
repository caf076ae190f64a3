//! Words to a result 结果解析.

use super::{Expr, Mode, Op};
use crate::bounds;
use crate::cell::lex::{Commas, Sign, Token, not_a_day, words};
use crate::problem::Flaw;
use crate::value::Value;

impl Expr {
    /// Reads a result; `keys` are the names of the inputs, in their order. What kind of column it
    /// is for is asked by [`Expr::fit`].
    ///
    /// # Errors
    /// Names the characters that are wrong and how to write them.
    pub fn read(text: &str, keys: &[String]) -> Result<Expr, Flaw> {
        let mut longest = keys.to_vec();
        longest.sort_by_key(|key| std::cmp::Reverse(key.chars().count()));
        let tokens = words(text, Commas::Standard, &longest)?;
        let mut parser = Parser {
            tokens: &tokens,
            at: 0,
            depth: 0,
            keys,
        };
        let expr = parser.sum()?;
        match tokens.get(parser.at) {
            None => Ok(expr),
            Some(token) => Err(unexpected().on(token.at)),
        }
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    keys: &'a [String],
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

    fn here(&self, flaw: Flaw) -> Flaw {
        let last = self.at.min(self.tokens.len()).saturating_sub(1);
        match self.tokens.get(last) {
            Some(token) => flaw.on(token.at),
            None => flaw,
        }
    }

    fn sum(&mut self) -> Result<Expr, Flaw> {
        self.depth += 1;
        if self.depth > bounds::NESTING {
            return Err(self.here(Flaw::of(
                "too_deep",
                (
                    format!("括号套得太深，最多 {} 层", bounds::NESTING),
                    format!("brackets within brackets, at most {} deep", bounds::NESTING),
                ),
                ("请拆成几列", "split it into several columns"),
            )));
        }
        let mut left = self.product()?;
        loop {
            let op = match self.peek() {
                Some(Sign::Plus) => Op::Add,
                Some(Sign::Minus) => Op::Subtract,
                _ => break,
            };
            self.at += 1;
            left = Expr::Binary(op, Box::new(left), Box::new(self.product()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn product(&mut self) -> Result<Expr, Flaw> {
        let mut left = self.power()?;
        loop {
            let op = match self.peek() {
                Some(Sign::Star) => Op::Multiply,
                Some(Sign::Slash) => Op::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Expr::Binary(op, Box::new(left), Box::new(self.power()?));
        }
    }

    fn power(&mut self) -> Result<Expr, Flaw> {
        let (start, negative) = (self.at, self.peek() == Some(&Sign::Minus));
        let base = self.sign()?;
        if self.peek() != Some(&Sign::Power) {
            return Ok(base);
        }
        self.at += 1;
        let exponent = self.sign()?;
        let chained = self.peek() == Some(&Sign::Power);
        if negative || chained {
            let from = self.tokens.get(start).map_or(0, |token| token.at.0);
            let to = self
                .tokens
                .get(self.at - 1)
                .map_or(from, |token| token.at.1);
            return Err(Flaw::of(
                "power_ambiguous",
                ("乘方的先后有歧义", "the order of powers is ambiguous"),
                ("请加括号，例如 (-2) ** 2", "use brackets, as in (-2) ** 2"),
            )
            .on((from, to)));
        }
        Ok(Expr::Binary(Op::Power, Box::new(base), Box::new(exponent)))
    }

    fn sign(&mut self) -> Result<Expr, Flaw> {
        if self.peek() != Some(&Sign::Minus) {
            return self.atom();
        }
        self.at += 1;
        Ok(match self.atom()? {
            Expr::Constant(Value::Number(number)) => {
                Expr::Constant(Value::Number((-number).normalize()))
            }
            other => Expr::Negate(Box::new(other)),
        })
    }

    fn atom(&mut self) -> Result<Expr, Flaw> {
        let value = match self.take() {
            Some(Sign::Number(value) | Sign::Percent(value)) => value,
            Some(Sign::Day(day)) => Value::Day(day),
            Some(Sign::Text(text)) => Value::Text(text),
            Some(Sign::Open('(')) => {
                let inner = self.sum()?;
                return self.close().map(|()| inner);
            }
            Some(Sign::Word(word)) => return self.word(word),
            _ => return Err(self.here(unexpected())),
        };
        Ok(Expr::Constant(value))
    }

    fn close(&mut self) -> Result<(), Flaw> {
        match self.take() {
            Some(Sign::Close(')')) => Ok(()),
            _ => Err(self.here(Flaw::of(
                "unclosed",
                ("括号没有配对", "a bracket is not closed"),
                ("请补上右括号", "close the bracket"),
            ))),
        }
    }

    fn word(&mut self, word: String) -> Result<Expr, Flaw> {
        if let Some(n) = self.keys.iter().position(|key| *key == word) {
            return Ok(Expr::Input(n));
        }
        let opened = self.peek() == Some(&Sign::Open('('));
        Ok(match word.as_str() {
            "true" => Expr::Constant(Value::Bool(true)),
            "false" => Expr::Constant(Value::Bool(false)),
            "null" => Expr::Constant(Value::Null),
            "round" if opened => return self.round(),
            "date" if opened => {
                self.at += 1;
                let day = match (self.take(), self.take()) {
                    (Some(Sign::Text(text)), Some(Sign::Close(')'))) => text.parse().ok(),
                    _ => None,
                };
                Expr::Constant(Value::Day(day.ok_or_else(|| self.here(not_a_day()))?))
            }
            // A bare word is the code of a choice; the kind of the column decides.
            _ if self.tokens.len() == 1 => Expr::Constant(Value::Text(word)),
            _ => {
                let shown: String = word.chars().take(bounds::KEY).collect();
                return Err(self.here(Flaw::of(
                    "no_such_input",
                    (
                        format!("没有名为「{shown}」的条件列"),
                        format!("no input is called “{shown}”"),
                    ),
                    (
                        format!("可用的名字：{}；文字请加双引号", self.keys.join("、")),
                        format!("names: {}; put texts in quotes", self.keys.join(", ")),
                    ),
                )));
            }
        })
    }

    fn round(&mut self) -> Result<Expr, Flaw> {
        self.at += 1;
        let inner = self.sum()?;
        let first = self.take();
        let places = match self.take() {
            Some(Sign::Number(Value::Number(number))) => u32::try_from(number).ok(),
            _ => None,
        };
        let second = self.take();
        let mode = match self.take() {
            Some(Sign::Word(word)) => [Mode::HalfUp, Mode::HalfEven, Mode::Down]
                .into_iter()
                .find(|it| it.word() == word),
            _ => None,
        };
        let closed = self.take() == Some(Sign::Close(')'));
        let commas = first == Some(Sign::Comma) && second == Some(Sign::Comma);
        match (places.filter(|it| *it <= bounds::PLACES), mode) {
            (Some(places), Some(mode)) if commas && closed => {
                Ok(Expr::Round(Box::new(inner), places, mode))
            }
            _ => Err(self.here(Flaw::of(
                "round_broken",
                (
                    "round 要写明小数位数和舍入方式",
                    "round needs the number of places and the way of rounding",
                ),
                (
                    "例如 round(金额 * 0.035, 2, half_up)；方式为 half_up、half_even 或 down",
                    "for example round(amount * 0.035, 2, half_up); half_up, half_even or down",
                ),
            ))),
        }
    }
}

fn unexpected() -> Flaw {
    Flaw::of(
        "not_a_result",
        (
            "这里看不懂，应是一个值或算式",
            "not understood; a value or a calculation belongs here",
        ),
        (
            "例如 0.05、\"同意\"、round(金额 * 0.035, 2, half_up)",
            "for example 0.05, \"yes\", round(amount * 0.035, 2, half_up)",
        ),
    )
}
