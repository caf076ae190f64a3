//! Tables made ready to decide 生效的决策表.

use std::collections::{BTreeMap, BTreeSet};

use ::rules::index::Index;
use ::rules::publish::{Published, publish};
use kernel::{Day, Period, RuleTableId};
use spine::{Fault, Reader};

use super::store::{self, Version};

/// The days each row is in force for; the rows are those of one table, in order.
pub(crate) fn days(rows: &[&Version]) -> Vec<Period> {
    let each = rows.iter().enumerate();
    each.map(|(at, row)| Period {
        from: row.valid_from,
        until: rows.get(at + 1).map(|next| next.valid_from),
    })
    .collect()
}

/// A table with its versions.
pub(crate) struct Ready {
    /// What it is called now.
    pub(crate) name: String,
    /// In order of their days.
    pub(crate) versions: Vec<Published>,
}

/// What speaks for a table on a day.
#[derive(Clone, Copy)]
pub(crate) enum Voice<'a> {
    /// A version that is in force.
    Live(&'a Published),
    /// A draft that only shows what it would say.
    Ghost(&'a Index),
}

impl Voice<'_> {
    /// The table as it decides.
    pub(crate) fn index(&self) -> &Index {
        match self {
            Voice::Live(version) => version.index(),
            Voice::Ghost(index) => index,
        }
    }

    /// Its number; 0 of a draft.
    pub(crate) fn version(&self) -> u32 {
        match self {
            Voice::Live(version) => version.version(),
            Voice::Ghost(_) => 0,
        }
    }
}

impl Ready {
    /// The version in force on a day.
    pub(crate) fn on(&self, day: Day) -> Option<&Published> {
        let mut versions = self.versions.iter();
        versions.find(|version| version.valid().contains(day))
    }

    /// Whether some version is in force on every day from this one on.
    pub(crate) fn covers_from(&self, day: Day) -> bool {
        let mut next = Some(day);
        while let Some(day) = next {
            match self.on(day) {
                Some(version) => next = version.valid().until,
                None => return false,
            }
        }
        true
    }
}

/// All tables by their ids.
pub(crate) type Tables = BTreeMap<RuleTableId, Ready>;

/// These tables, made ready; what is not there is left out.
pub(crate) async fn tables(
    books: &mut Reader<'_>,
    wanted: &BTreeSet<RuleTableId>,
) -> Result<Tables, Fault> {
    let mut tables = Tables::new();
    if wanted.is_empty() {
        return Ok(tables);
    }
    let heads = store::heads(books).await?;
    for head in heads.into_iter().filter(|head| wanted.contains(&head.id)) {
        let rows = store::versions(books, Some(head.id)).await?;
        let rows: Vec<&Version> = rows.iter().collect();
        let mut versions = Vec::new();
        for (row, days) in rows.iter().zip(days(&rows)) {
            let Some(body) = &row.body else { continue };
            // What was published passed every check then; the books hold it unchanged.
            let broken = |_| Fault::new(format!("version {} of {}", row.version, head.id));
            versions.push(publish(body, row.version, days).map_err(broken)?);
        }
        let name = head.name;
        tables.insert(head.id, Ready { name, versions });
    }
    Ok(tables)
}
