//! A value that reads well out of many that would do 举例的值.

use crate::axis::Segment;
use crate::kind::Kind;
use crate::value::Value;

/// A value of the segment; nothing when it has none.
pub(crate) fn sample(kind: &Kind, segment: &Segment) -> Option<Value> {
    match segment {
        Segment::Null => Some(Value::Null),
        Segment::Point(value) => Some(value.clone()),
        Segment::Open(low, high) if *kind == Kind::Text => {
            text_between(low.as_ref(), high.as_ref())
        }
        Segment::Open(low, high) => {
            let (first, last) = kind.ends();
            let low = match low {
                Some(value) => kind.ordinal(value)?,
                None => first - 1,
            };
            let high = match high {
                Some(value) => kind.ordinal(value)?,
                None => last + 1,
            };
            if low + 1 >= high {
                return None;
            }
            Some(kind.value_at(roundest(kind, low, high)))
        }
    }
}

/// The roundest number strictly between, not far from the end that is given.
fn roundest(kind: &Kind, low: i128, high: i128) -> i128 {
    let (first, last) = kind.ends();
    if *kind == Kind::Date {
        // The day next to the end that is given; without any, the first of the calendar's years.
        return match (low < first, high > last) {
            (true, true) => 20_454,
            (true, false) => high - 1,
            _ => low + 1,
        };
    }
    let unit = 10_i128.saturating_pow(kind.places().unwrap_or(0));
    let near = |end: i128| end.abs().saturating_mul(2).max(unit.saturating_mul(10));
    let (low, high) = match (low < first, high > last) {
        (true, true) => (-1, unit.saturating_mul(10)),
        (true, false) => (low.max(high - near(high)), high),
        (false, true) => (low, high.min(low + near(low))),
        (false, false) => (low, high),
    };
    let mut step = 1_i128;
    while step <= (high - low).saturating_mul(10) {
        step = step.saturating_mul(10);
    }
    loop {
        let next = (low.div_euclid(step) + 1).saturating_mul(step);
        if next < high || step <= 1 {
            return next.min(high - 1).max(low + 1);
        }
        step /= 10;
    }
}

/// A text strictly between two in the order of code points; texts hold no control characters, so
/// the smallest sign is the space.
fn text_between(low: Option<&Value>, high: Option<&Value>) -> Option<Value> {
    let text = |value: Option<&Value>| match value {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let (low, high) = (text(low), text(high));
    let inside = |candidate: &String| {
        low.as_ref().is_none_or(|low| low < candidate)
            && high.as_ref().is_none_or(|high| candidate < high)
    };
    let stem = low.clone().unwrap_or_default();
    let next = [
        "其他".to_owned(),
        "其它".to_owned(),
        "other".to_owned(),
        "A".to_owned(),
    ];
    let behind = [
        format!("{stem}…"),
        format!("{stem}a"),
        format!("{stem}0"),
        format!("{stem} "),
    ];
    let least = low.is_none().then(String::new);
    next.into_iter()
        .chain(behind)
        .chain(least)
        .find(inside)
        .map(Value::Text)
}
