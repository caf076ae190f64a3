//! What a column holds: money, rates, days, choices 类型.

use kernel::Day;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::bounds;
use crate::problem::Flaw;
use crate::value::{Value, is_plain};

/// The type of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// 金额: 元 with two places; up to what `i64` 分 hold.
    Money,
    /// 比例: up to six places, `0.035` is 3.5 %; up to 1,000,000.
    Rate,
    /// 整数: up to 10^15.
    Int,
    /// 天数: whole days, up to 10^15.
    Days,
    /// 数值: up to twelve places and 15 digits before the point; what DMN calls `number`.
    Number,
    /// 日期
    Date,
    /// 是否
    Bool,
    /// 选项: one of a closed list.
    Enum {
        /// The list, in order of priority.
        choices: Vec<Choice>,
    },
    /// 文本: any text up to 250 characters; ordered by code points.
    Text,
}

/// One value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What stands in facts and cells.
    pub code: String,
    /// What people read, in Chinese; empty means the code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zh: String,
    /// What people read, in English; empty means the code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Choice {
    /// A choice that is read as it is written.
    #[must_use]
    pub fn plain(code: &str) -> Choice {
        Choice {
            code: code.to_owned(),
            zh: String::new(),
            en: String::new(),
        }
    }
}

impl Kind {
    /// An enumeration whose codes speak for themselves.
    #[must_use]
    pub fn of_choices(codes: &[&str]) -> Kind {
        Kind::Enum {
            choices: codes.iter().map(|code| Choice::plain(code)).collect(),
        }
    }

    /// Decimal places of its values; nothing when they are no numbers.
    #[must_use]
    pub fn places(&self) -> Option<u32> {
        match self {
            Kind::Money => Some(2),
            Kind::Rate => Some(6),
            Kind::Int | Kind::Days => Some(0),
            Kind::Number => Some(12),
            Kind::Date | Kind::Bool | Kind::Enum { .. } | Kind::Text => None,
        }
    }

    /// Whether `<` and ranges have a meaning.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        !matches!(self, Kind::Bool | Kind::Enum { .. })
    }

    /// The name, in Chinese and English.
    #[must_use]
    pub fn name(&self) -> (&'static str, &'static str) {
        match self {
            Kind::Money => ("金额", "money"),
            Kind::Rate => ("比例", "rate"),
            Kind::Int => ("整数", "whole number"),
            Kind::Days => ("天数", "days"),
            Kind::Number => ("数值", "number"),
            Kind::Date => ("日期", "date"),
            Kind::Bool => ("是否", "yes or no"),
            Kind::Enum { .. } => ("选项", "choice"),
            Kind::Text => ("文本", "text"),
        }
    }

    /// How a value of this kind is written, for remedies.
    #[must_use]
    pub fn example(&self) -> String {
        match self {
            Kind::Money => "50000.00".to_owned(),
            Kind::Rate => "0.035".to_owned(),
            Kind::Int => "3".to_owned(),
            Kind::Days => "30".to_owned(),
            Kind::Number => "1.5".to_owned(),
            Kind::Date => "date(\"2026-01-01\")".to_owned(),
            Kind::Bool => "true".to_owned(),
            Kind::Enum { choices } => {
                let some = choices.iter().take(6).map(|it| format!("\"{}\"", it.code));
                some.collect::<Vec<_>>().join(", ")
            }
            Kind::Text => "\"华东\"".to_owned(),
        }
    }

    /// The largest magnitude, in units of its last place.
    pub(crate) fn limit(&self) -> i128 {
        match self {
            Kind::Money => i128::from(i64::MAX),
            Kind::Rate => 1_000_000_000_000,
            Kind::Int | Kind::Days => 1_000_000_000_000_000,
            _ => 1_000_000_000_000_000_000_000_000_000,
        }
    }

    /// Takes a value that is of this kind, or says why it is not.
    ///
    /// # Errors
    /// Wrong sort, too many places, out of range, no choice of the list, text too long.
    pub fn admit(&self, value: Value) -> Result<Value, Flaw> {
        let wrong = |value: &Value| {
            let (zh, en) = self.name();
            let seen = shortened(&value.literal());
            Flaw::of(
                "wrong_kind",
                (format!("{seen} 不是{zh}"), format!("{seen} is no {en}")),
                (
                    format!("请写成 {}", self.example()),
                    format!("write {}", self.example()),
                ),
            )
        };
        match (self, &value) {
            (_, Value::Null) => Ok(value),
            (Kind::Date, Value::Day(_)) | (Kind::Bool, Value::Bool(_)) => Ok(value),
            (Kind::Enum { choices }, Value::Text(text)) => {
                if choices.iter().any(|choice| choice.code == *text) {
                    return Ok(value);
                }
                Err(Flaw {
                    code: "no_such_choice",
                    ..wrong(&value)
                })
            }
            (Kind::Text, Value::Text(text)) => {
                if text.chars().count() <= bounds::TEXT && is_plain(text) {
                    return Ok(value);
                }
                Err(Flaw::of(
                    "text_unfit",
                    (
                        "文本过长或含有不可见字符",
                        "the text is too long or has invisible characters",
                    ),
                    (
                        format!("最多 {} 个字，去掉换行等字符", bounds::TEXT),
                        format!("at most {} characters, no line breaks", bounds::TEXT),
                    ),
                ))
            }
            (kind, Value::Number(number)) if kind.places().is_some() => kind
                .fits(*number)
                .map(|()| Value::Number(number.normalize())),
            _ => Err(wrong(&value)),
        }
    }

    fn fits(&self, number: Decimal) -> Result<(), Flaw> {
        let (zh, en) = self.name();
        let places = self.places().unwrap_or(0);
        if number.normalize().scale() > places {
            return Err(Flaw::of(
                "too_fine",
                (
                    format!("{number} 的小数超过{zh}的 {places} 位"),
                    format!("{number} has more than the {places} places of {en}"),
                ),
                (
                    format!("请保留 {places} 位小数"),
                    format!("keep {places} decimal places"),
                ),
            ));
        }
        match ordinal_of(number, places) {
            Some(ordinal) if ordinal.abs() <= self.limit() => Ok(()),
            _ => Err(Flaw::of(
                "too_large",
                (
                    format!("{number} 超出{zh}的范围"),
                    format!("{number} is out of range of {en}"),
                ),
                (
                    "请检查是否多写了几位",
                    "check whether there are digits too many",
                ),
            )),
        }
    }

    /// Where the value stands in the order of its kind; nothing for null, text, or what is not of
    /// this kind.
    pub(crate) fn ordinal(&self, value: &Value) -> Option<i128> {
        match (self, value) {
            (Kind::Date, Value::Day(day)) => Some(i128::from(epoch()?.days_until(*day))),
            (Kind::Bool, Value::Bool(yes)) => Some(i128::from(*yes)),
            (Kind::Enum { choices }, Value::Text(text)) => {
                let at = choices.iter().position(|choice| choice.code == *text)?;
                i128::try_from(at).ok()
            }
            (kind, Value::Number(number)) => ordinal_of(*number, kind.places()?),
            _ => None,
        }
    }

    /// The value that stands there.
    pub(crate) fn value_at(&self, ordinal: i128) -> Value {
        match self {
            Kind::Date => {
                let days = i64::try_from(ordinal).unwrap_or(i64::MAX);
                epoch().map_or(Value::Null, |epoch| Value::Day(epoch.plus_days(days)))
            }
            Kind::Bool => Value::Bool(ordinal != 0),
            Kind::Enum { choices } => {
                let choice = usize::try_from(ordinal).ok().and_then(|at| choices.get(at));
                choice.map_or(Value::Null, |choice| Value::Text(choice.code.clone()))
            }
            Kind::Text => Value::Null,
            _ => {
                let places = self.places().unwrap_or(0);
                let number = Decimal::try_from_i128_with_scale(ordinal, places).unwrap_or_default();
                Value::Number(number.normalize())
            }
        }
    }

    /// First and last ordinal there is.
    pub(crate) fn ends(&self) -> (i128, i128) {
        match self {
            Kind::Bool => (0, 1),
            Kind::Enum { choices } => (
                0,
                i128::try_from(choices.len()).unwrap_or(0).saturating_sub(1),
            ),
            // Years 0000 to 9999: what an ISO date of ten characters can say.
            Kind::Date => (-719_528, 2_932_896),
            _ => (-self.limit(), self.limit()),
        }
    }

    /// Reads a fact. Money, rates and numbers come as strings, so that no float touches them.
    ///
    /// # Errors
    /// What is not of this kind.
    pub fn read(&self, json: &Json) -> Result<Value, Flaw> {
        let value = match (self, json) {
            (_, Json::Null) => Some(Value::Null),
            (Kind::Bool, Json::Bool(yes)) => Some(Value::Bool(*yes)),
            (Kind::Date, Json::String(text)) => text.parse().ok().map(Value::Day),
            (Kind::Enum { .. } | Kind::Text, Json::String(text)) => Some(Value::Text(text.clone())),
            (Kind::Int | Kind::Days, Json::Number(number)) => {
                number.as_i64().map(|it| Value::Number(it.into()))
            }
            (kind, Json::String(text)) if kind.places().is_some() => Value::number(text),
            _ => None,
        };
        let value = value.ok_or_else(|| {
            let ((zh, en), seen) = (self.name(), shortened(&json.to_string()));
            let plain = self.json_example();
            Flaw::of(
                "wrong_kind",
                (format!("{seen} 不是{zh}"), format!("{seen} is no {en}")),
                (format!("请写成 {plain}"), format!("write {plain}")),
            )
        })?;
        self.admit(value)
    }

    fn json_example(&self) -> String {
        match self {
            Kind::Money | Kind::Rate | Kind::Number => format!("\"{}\"", self.example()),
            Kind::Date => "\"2026-01-01\"".to_owned(),
            _ => self.example(),
        }
    }

    /// Writes a value as [`Kind::read`] reads it. Money has always two places.
    #[must_use]
    pub fn write(&self, value: &Value) -> Json {
        match (self, value) {
            (_, Value::Null) => Json::Null,
            (Kind::Money, Value::Number(number)) => Json::String(two_places(*number)),
            (Kind::Int | Kind::Days, Value::Number(number)) => {
                i64::try_from(*number).map_or_else(|_| Json::String(number.to_string()), Json::from)
            }
            (_, Value::Number(number)) => Json::String(number.normalize().to_string()),
            (_, Value::Day(day)) => Json::String(day.to_string()),
            (_, Value::Bool(yes)) => Json::Bool(*yes),
            (_, Value::Text(text)) => Json::String(text.clone()),
        }
    }
}

fn epoch() -> Option<Day> {
    Day::of(1970, 1, 1)
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// `1234.5` as `1234.50`.
pub(crate) fn two_places(number: Decimal) -> String {
    let mut number = number.normalize();
    if number.scale() < 2 {
        number.rescale(2);
    }
    number.to_string()
}

/// The number in units of its `places`th place; nothing when it is finer.
pub(crate) fn ordinal_of(number: Decimal, places: u32) -> Option<i128> {
    let (mantissa, scale) = (number.mantissa(), number.scale());
    if scale <= places {
        return mantissa.checked_mul(10_i128.checked_pow(places - scale)?);
    }
    let unit = 10_i128.checked_pow(scale - places)?;
    (mantissa % unit == 0).then(|| mantissa / unit)
}
