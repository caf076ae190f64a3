//! Whether a result fits its column, told before anything is calculated 结果检查.

use rust_decimal::prelude::ToPrimitive;

use super::{Expr, Op};
use crate::kind::Kind;
use crate::problem::Flaw;
use crate::value::Value;

impl Expr {
    /// Makes a result of this kind of column, or says what is wrong. A calculation must be
    /// provably no finer than its column: whoever multiplies money with a rate writes `round`.
    ///
    /// # Errors
    /// Wrong kind, a bare word that is no choice, a missing `round`, null.
    pub fn fit(self, kind: &Kind, inputs: &[Kind]) -> Result<Expr, Flaw> {
        match self {
            Expr::Constant(Value::Null) => Err(Flaw::of(
                "null_result",
                ("结果不能为空", "a result cannot be null"),
                (
                    format!("请写成 {}", kind.example()),
                    format!("write {}", kind.example()),
                ),
            )),
            Expr::Constant(value) => kind.admit(value).map(Expr::Constant),
            Expr::Input(n) if kind.places().is_none() => same_kind(n, kind, inputs),
            expr => expr.fit_number(kind, inputs),
        }
    }

    fn fit_number(self, kind: &Kind, inputs: &[Kind]) -> Result<Expr, Flaw> {
        let Some(places) = kind.places() else {
            let (zh, en) = kind.name();
            return Err(Flaw::of(
                "wrong_kind",
                (
                    format!("{zh}不能用算式"),
                    format!("a {en} cannot be calculated"),
                ),
                (
                    format!("请写成 {}", kind.example()),
                    format!("write {}", kind.example()),
                ),
            ));
        };
        let finest = self.finest(inputs)?;
        if finest.is_some_and(|finest| finest <= places) {
            return Ok(self);
        }
        let seen = match finest {
            Some(finest) => (format!("{finest} 位"), format!("{finest}")),
            None => ("无限多位".to_owned(), "endlessly many".to_owned()),
        };
        let ((zh, en), seen_en) = (kind.name(), seen.1);
        Err(Flaw::of(
            "needs_round",
            (
                format!("结果可能有 {}小数，{zh}只有 {places} 位", seen.0),
                format!("the result may have {seen_en} decimal places, {en} has {places}"),
            ),
            (
                format!("请写明舍入：round(…, {places}, half_up)"),
                format!("say how to round: round(…, {places}, half_up)"),
            ),
        ))
    }

    /// The most decimal places the result can have; nothing when there is no limit.
    fn finest(&self, inputs: &[Kind]) -> Result<Option<u32>, Flaw> {
        Ok(match self {
            Expr::Constant(Value::Number(number)) => Some(number.normalize().scale()),
            Expr::Constant(value) => return Err(no_number(&value.literal())),
            Expr::Input(n) => {
                let kind = inputs.get(*n);
                match kind.and_then(Kind::places) {
                    Some(places) => Some(places),
                    None => return Err(no_number(kind.map_or("?", |kind| kind.name().0))),
                }
            }
            Expr::Negate(inner) => inner.finest(inputs)?,
            Expr::Round(inner, places, _) => {
                inner.finest(inputs)?;
                Some(*places)
            }
            Expr::Binary(op, left, right) => {
                let sides = (left.finest(inputs)?, right.finest(inputs)?);
                match (op, sides) {
                    (Op::Add | Op::Subtract, (Some(a), Some(b))) => Some(a.max(b)),
                    (Op::Multiply, (Some(a), Some(b))) => a.checked_add(b),
                    (Op::Power, (Some(a), _)) => whole(right).and_then(|n| a.checked_mul(n)),
                    _ => None,
                }
            }
        })
    }
}

/// A whole exponent that stands there and is not negative.
fn whole(exponent: &Expr) -> Option<u32> {
    match exponent.constant()? {
        Value::Number(number) if number.is_integer() => number.to_u32(),
        _ => None,
    }
}

fn no_number(what: &str) -> Flaw {
    Flaw::of(
        "not_a_number",
        (
            format!("{what} 不是数字，不能计算"),
            format!("{what} is no number"),
        ),
        (
            "算式里只用数字类的条件列",
            "calculate with numeric inputs only",
        ),
    )
}

fn same_kind(n: usize, kind: &Kind, inputs: &[Kind]) -> Result<Expr, Flaw> {
    let fits = match (inputs.get(n), kind) {
        (Some(Kind::Enum { choices: from }), Kind::Enum { choices: to }) => from
            .iter()
            .all(|choice| to.iter().any(|other| other.code == choice.code)),
        (Some(Kind::Enum { .. }), Kind::Text) => true,
        (Some(from), to) => from == to,
        (None, _) => false,
    };
    if fits {
        return Ok(Expr::Input(n));
    }
    let (zh, en) = kind.name();
    Err(Flaw::of(
        "wrong_kind",
        (
            format!("这一条件列不是{zh}"),
            format!("that input is no {en}"),
        ),
        (
            format!("请写成 {}", kind.example()),
            format!("write {}", kind.example()),
        ),
    ))
}
