//! A result in a cell: a value, or exact arithmetic over the inputs 结果单元格.
//!
//! ```text
//! result = literal | sum
//! sum    = product { ("+" | "-") product }
//! product = power { ("*" | "/") power }
//! power  = sign [ "**" sign ]
//! sign   = [ "-" ] ( number | name | "(" sum ")" | "round(" sum "," places "," mode ")" )
//! mode   = "half_up" | "half_even" | "down"
//! ```
//!
//! Numbers are fractions while they are calculated (128 bit over 128 bit), so nothing is rounded
//! but by `round`, once, from the exact value. What would not fit is an error, never a near miss.

mod eval;
mod fit;
mod parse;

use serde::{Deserialize, Serialize};

pub use eval::Undefined;

use crate::value::Value;

/// How a result comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// It stands there.
    Constant(Value),
    /// The value of an input, by its position.
    Input(usize),
    /// `-x`
    Negate(Box<Expr>),
    /// `a + b` and its sisters.
    Binary(Op, Box<Expr>, Box<Expr>),
    /// `round(x, places, mode)`
    Round(Box<Expr>, u32, Mode),
}

/// An operation on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `**`, with a whole exponent
    Power,
}

/// How `round` treats what lies between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 四舍五入: half away from zero.
    HalfUp,
    /// 四舍六入五成双: half to the even neighbour (GB/T 8170).
    HalfEven,
    /// 舍去: toward zero.
    Down,
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Mode::HalfUp => "half_up",
            Mode::HalfEven => "half_even",
            Mode::Down => "down",
        }
    }
}

impl Op {
    fn sign(self) -> &'static str {
        match self {
            Op::Add => "+",
            Op::Subtract => "-",
            Op::Multiply => "*",
            Op::Divide => "/",
            Op::Power => "**",
        }
    }

    fn binds(self) -> u8 {
        match self {
            Op::Add | Op::Subtract => 1,
            Op::Multiply | Op::Divide => 2,
            Op::Power => 3,
        }
    }
}

impl Expr {
    /// The value when it stands there.
    #[must_use]
    pub fn constant(&self) -> Option<&Value> {
        match self {
            Expr::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// The one way to write it; `keys` are the names of the inputs.
    #[must_use]
    pub fn text(&self, keys: &[String]) -> String {
        match self {
            Expr::Constant(value) => value.literal(),
            Expr::Input(n) => keys.get(*n).cloned().unwrap_or_default(),
            Expr::Negate(inner) => format!("-{}", inner.within(5, keys)),
            Expr::Binary(op, left, right) => {
                // To the right of - and /, and left of **, equal strength needs brackets.
                let (l, r) = match op {
                    Op::Power => (5, 4),
                    _ => (op.binds(), op.binds() + 1),
                };
                format!(
                    "{} {} {}",
                    left.within(l, keys),
                    op.sign(),
                    right.within(r, keys)
                )
            }
            Expr::Round(inner, places, mode) => {
                format!("round({}, {places}, {})", inner.text(keys), mode.word())
            }
        }
    }

    fn within(&self, needed: u8, keys: &[String]) -> String {
        let text = self.text(keys);
        if self.binds() < needed {
            format!("({text})")
        } else {
            text
        }
    }

    fn binds(&self) -> u8 {
        match self {
            Expr::Binary(op, ..) => op.binds(),
            Expr::Negate(_) => 4,
            Expr::Constant(Value::Number(number)) if number.is_sign_negative() => 4,
            _ => 5,
        }
    }
}
