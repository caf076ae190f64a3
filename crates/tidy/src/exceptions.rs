//! What the house lives with for a reason 例外清单.

use serde::Deserialize;

use crate::Violation;

/// One line of `exceptions.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The rule it excuses from.
    pub rule: String,
    /// The file it excuses.
    pub place: String,
    /// Only violations that speak of one of these; empty: all of that rule in that file.
    #[serde(default)]
    pub only: Vec<String>,
    /// Why.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// Reads `exceptions.toml`.
///
/// # Errors
/// When it is not what it should be, or an exception has no reason.
pub fn read(text: &str) -> Result<Vec<Exception>, String> {
    let listed: Listed = toml::from_str(text).map_err(|error| error.to_string())?;
    match listed
        .exception
        .iter()
        .find(|one| one.reason.trim().is_empty())
    {
        Some(bare) => Err(format!(
            "{} in {} is excused without a reason",
            bare.rule, bare.place
        )),
        None => Ok(listed.exception),
    }
}

impl Exception {
    fn excuses(&self, found: &Violation) -> bool {
        let spoken_of = |word: &String| found.what.contains(&format!("`{word}`"));
        self.rule == found.rule
            && self.place == found.place
            && (self.only.is_empty() || self.only.iter().any(spoken_of))
    }

    /// What of it excuses nothing any more: each word of `only`, or the whole.
    fn idle(&self, found: &[Violation]) -> Vec<String> {
        if self.only.is_empty() {
            let used = found.iter().any(|one| self.excuses(one));
            return if used {
                Vec::new()
            } else {
                vec![self.place.clone()]
            };
        }
        let idle = |word: &&String| {
            let one = Exception {
                only: vec![(*word).clone()],
                ..self.clone()
            };
            !found.iter().any(|violation| one.excuses(violation))
        };
        self.only
            .iter()
            .filter(idle)
            .map(|word| format!("{} `{word}`", self.place))
            .collect()
    }
}

/// What is left of `found` after the exceptions, and the exceptions among `rules` that are idle.
#[must_use]
pub fn sift(found: &[Violation], listed: &[Exception], rules: &[&str]) -> Vec<String> {
    let excused = |violation: &&Violation| listed.iter().any(|one| one.excuses(violation));
    let left = found
        .iter()
        .filter(|violation| !excused(violation))
        .map(ToString::to_string);
    let of_these = listed
        .iter()
        .filter(|one| rules.contains(&one.rule.as_str()));
    let idle = of_these.flat_map(|one| {
        let idle = one.idle(found).into_iter();
        idle.map(|place| {
            format!(
                "{place}: excused in exceptions.toml for nothing [{}]",
                one.rule
            )
        })
    });
    left.chain(idle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str = r#"
        [[exception]]
        rule = "table_read"
        place = "a.rs"
        only = ["people_employee", "job"]
        reason = "one answer needs both"
    "#;

    #[test]
    fn excuses_what_it_names_and_nothing_else() {
        let listed = read(LISTED).unwrap();
        let found = [
            Violation::new("table_read", "a.rs", "`people_employee` belongs to people"),
            Violation::new("table_read", "a.rs", "`customer` belongs to customer"),
            Violation::new("table_read", "b.rs", "`job` belongs to spine"),
        ];
        let left = sift(&found, &listed, &["table_read"]);
        assert_eq!(left.len(), 3, "{left:?}");
        assert!(left[0].starts_with("a.rs: `customer`"));
        assert!(left[1].starts_with("b.rs: `job`"));
        assert!(left[2].contains("a.rs `job`: excused in exceptions.toml for nothing"));
    }

    #[test]
    fn wants_a_reason() {
        assert!(read(&LISTED.replace("one answer needs both", " ")).is_err());
        assert!(read(&LISTED.replace("reason", "because")).is_err());
    }
}
