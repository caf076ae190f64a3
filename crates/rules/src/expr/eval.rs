//! Calculates a result exactly 计算.

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, ToPrimitive as _, Zero};
use rust_decimal::Decimal;

use super::{Expr, Mode, Op};
use crate::bounds;
use crate::value::Value;

/// A fraction; every step is checked.
type Fraction = Ratio<i128>;

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// An operand is null.
    Null,
    /// Division by zero.
    DivisionByZero,
    /// More digits than can be held exactly.
    TooLarge,
    /// An exponent that is no small whole number.
    Exponent,
    /// No decimal of at most 28 digits; `round` is missing.
    NotRounded,
    /// Arithmetic with what is no number.
    NotANumber,
}

impl Undefined {
    /// In Chinese and English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Undefined::Null => ("用到的条件没有值", "an input it needs has no value"),
            Undefined::DivisionByZero => ("除数为零", "division by zero"),
            Undefined::TooLarge => ("数字过大，无法精确计算", "too large to calculate exactly"),
            Undefined::Exponent => (
                "指数须为较小的整数",
                "the exponent must be a small whole number",
            ),
            Undefined::NotRounded => (
                "结果除不尽，须写明舍入",
                "the result does not come out even",
            ),
            Undefined::NotANumber => (
                "不是数字，不能计算",
                "what is no number cannot be calculated",
            ),
        }
    }
}

impl Expr {
    /// The result for these inputs.
    ///
    /// # Errors
    /// Why there is none.
    pub fn eval(&self, inputs: &[Value]) -> Result<Value, Undefined> {
        match self {
            Expr::Constant(value) => Ok(value.clone()),
            Expr::Input(n) => Ok(inputs.get(*n).cloned().unwrap_or(Value::Null)),
            _ => decimal(self.fraction(inputs)?).map(Value::Number),
        }
    }

    fn fraction(&self, inputs: &[Value]) -> Result<Fraction, Undefined> {
        match self {
            Expr::Constant(value) => number(value),
            Expr::Input(n) => inputs.get(*n).map_or(Err(Undefined::Null), number),
            Expr::Negate(inner) => {
                let zero = Fraction::zero();
                zero.checked_sub(&inner.fraction(inputs)?)
                    .ok_or(Undefined::TooLarge)
            }
            Expr::Binary(op, left, right) => {
                calculate(*op, left.fraction(inputs)?, right.fraction(inputs)?)
            }
            Expr::Round(inner, places, mode) => {
                held(rounded(inner.fraction(inputs)?, *places, *mode))
            }
        }
    }
}

fn number(value: &Value) -> Result<Fraction, Undefined> {
    match value {
        Value::Number(number) => {
            let number = number.normalize();
            let unit = 10_i128
                .checked_pow(number.scale())
                .ok_or(Undefined::TooLarge)?;
            Ok(Fraction::new(number.mantissa(), unit))
        }
        Value::Null => Err(Undefined::Null),
        _ => Err(Undefined::NotANumber),
    }
}

fn calculate(op: Op, left: Fraction, right: Fraction) -> Result<Fraction, Undefined> {
    let result = match op {
        Op::Add => left.checked_add(&right),
        Op::Subtract => left.checked_sub(&right),
        Op::Multiply => left.checked_mul(&right),
        Op::Divide if right.is_zero() => return Err(Undefined::DivisionByZero),
        Op::Divide => left.checked_div(&right),
        Op::Power => return power(left, right),
    };
    held(result)
}

/// The smallest number has no positive sister, so nothing is calculated on with it.
fn held(result: Option<Fraction>) -> Result<Fraction, Undefined> {
    result
        .filter(|it| *it.numer() != i128::MIN)
        .ok_or(Undefined::TooLarge)
}

fn power(base: Fraction, exponent: Fraction) -> Result<Fraction, Undefined> {
    let whole = exponent
        .is_integer()
        .then(|| exponent.numer().to_i64())
        .flatten();
    let Some(times) = whole.filter(|it| it.abs() <= bounds::EXPONENT) else {
        return Err(Undefined::Exponent);
    };
    let one = Fraction::from_integer(1);
    let mut result = one;
    for _ in 0..times.abs() {
        result = held(result.checked_mul(&base))?;
    }
    if times >= 0 {
        return Ok(result);
    }
    if result.is_zero() {
        return Err(Undefined::DivisionByZero);
    }
    held(one.checked_div(&result))
}

/// Rounds the exact fraction once.
fn rounded(exact: Fraction, places: u32, mode: Mode) -> Option<Fraction> {
    let unit = 10_i128.checked_pow(places)?;
    let scaled = exact.checked_mul(&Fraction::from_integer(unit))?;
    // INVARIANT: the denominator of a reduced fraction is positive.
    let (over, under) = (*scaled.numer(), *scaled.denom());
    let (toward_zero, rest) = (over / under, (over % under).unsigned_abs());
    let left = under.unsigned_abs() - rest;
    let away = match mode {
        Mode::Down => false,
        Mode::HalfUp => rest >= left,
        Mode::HalfEven => rest > left || (rest == left && toward_zero % 2 != 0),
    };
    let step = if away { over.signum() } else { 0 };
    Some(Fraction::new(toward_zero.checked_add(step)?, unit))
}

/// The fraction as a decimal, when it is one.
fn decimal(exact: Fraction) -> Result<Decimal, Undefined> {
    let (over, under) = (*exact.numer(), *exact.denom());
    let mut unit = 1_i128;
    for places in 0..=28 {
        if unit % under == 0 {
            let mantissa = over.checked_mul(unit / under).ok_or(Undefined::TooLarge)?;
            return Decimal::try_from_i128_with_scale(mantissa, places)
                .map(|number| number.normalize())
                .map_err(|_| Undefined::TooLarge);
        }
        unit = unit.checked_mul(10).ok_or(Undefined::NotRounded)?;
    }
    Err(Undefined::NotRounded)
}
