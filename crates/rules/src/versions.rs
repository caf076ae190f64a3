//! Which version holds on a day 版本与生效日.

use kernel::{Day, Refusal};

use crate::publish::Published;

/// The versions of one table. On each day at most one holds.
#[derive(Clone, Debug, Default)]
pub struct Versions(Vec<Published>);

impl Versions {
    /// None yet.
    #[must_use]
    pub fn new() -> Versions {
        Versions::default()
    }

    /// Adds a version.
    ///
    /// # Errors
    /// Another key, a number that is not above all others, days that another version holds for.
    pub fn add(&mut self, next: Published) -> Result<(), Refusal> {
        for known in &self.0 {
            if known.table().key != next.table().key {
                return Err(Refusal::invalid(
                    "rules.other_table",
                    format!(
                        "「{}」不是「{}」的版本",
                        next.table().key,
                        known.table().key
                    ),
                    format!(
                        "“{}” is no version of “{}”",
                        next.table().key,
                        known.table().key
                    ),
                ));
            }
            if known.version() >= next.version() {
                return Err(Refusal::conflict(
                    "rules.version_taken",
                    format!("版本号 {} 不大于已有的 {}", next.version(), known.version()),
                    format!(
                        "version {} is not above {}",
                        next.version(),
                        known.version()
                    ),
                )
                .remedy(("请用更大的版本号", "Use a higher version number")));
            }
            if known.valid().overlaps(&next.valid()) {
                let end = known
                    .valid()
                    .until
                    .map_or("以后".to_owned(), |it| format!("{it} 前"));
                return Err(Refusal::conflict(
                    "rules.days_taken",
                    format!(
                        "版本 {} 已在 {} 至{end}生效",
                        known.version(),
                        known.valid().from
                    ),
                    format!(
                        "version {} holds from {} already",
                        known.version(),
                        known.valid().from
                    ),
                )
                .remedy((
                    "请先让旧版本在新版本的生效日失效",
                    "Let the former version end on the day the new one begins",
                )));
            }
        }
        self.0.push(next);
        self.0.sort_by_key(|it| it.valid().from);
        Ok(())
    }

    /// The version in force on the business date (of the contract, the receipt, the handover), not
    /// on the day somebody asks.
    ///
    /// # Errors
    /// No version holds for that day.
    pub fn in_force(&self, as_of: Day) -> Result<&Published, Refusal> {
        self.0
            .iter()
            .find(|it| it.valid().contains(as_of))
            .ok_or_else(|| {
                let key = self.0.first().map_or("", |it| it.table().title.zh.as_str());
                Refusal::conflict(
                    "rules.none_in_force",
                    format!("决策表「{key}」在 {as_of} 没有生效的版本"),
                    format!("no version of the decision table is in force on {as_of}"),
                )
                .remedy((
                    "请发布一个涵盖该日的版本",
                    "Publish a version that covers this day",
                ))
            })
    }

    /// All versions, by their first day.
    pub fn iter(&self) -> impl Iterator<Item = &Published> {
        self.0.iter()
    }
}
