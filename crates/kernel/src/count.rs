//! How many things in an English sentence 英文单复数.

use std::fmt::Display;

/// `1 customer`, `12 customers`; `things` is the plural.
#[must_use]
pub fn many(count: &impl Display, things: &str) -> String {
    let count = count.to_string();
    if count != "1" {
        return format!("{count} {things}");
    }
    if things == "people" {
        return "1 person".to_owned();
    }
    match things.strip_suffix("ies") {
        Some(stem) => format!("1 {stem}y"),
        None => format!("1 {}", things.strip_suffix('s').unwrap_or(things)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_no_plural() {
        let said = [
            many(&1, "customers"),
            many(&1, "opportunities"),
            many(&1, "people"),
            many(&0, "working days"),
            many(&12, "people"),
        ];
        let wanted = [
            "1 customer",
            "1 opportunity",
            "1 person",
            "0 working days",
            "12 people",
        ];
        assert_eq!(said, wanted);
    }
}
