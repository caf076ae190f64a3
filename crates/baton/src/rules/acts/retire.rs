//! A table is in force no more from a day on 停用决策表.

use access::Need;
use kernel::{Day, Moment, Refusal, RuleTableId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::bounds;
use crate::commission::tables::{Asker, Askers};
use crate::permissions;
use crate::rules::store::{self, Head, Version};
use crate::rules::subject;

/// Ends the version in force. A later version may begin again; nothing that was decided changes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Retire {
    /// Which table.
    pub table: RuleTableId,
    /// The first day on which it is in force no more.
    pub ends_on: Day,
    /// Why, 2..=200 characters.
    pub why: String,
    /// Who ends it, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    head: Head,
    last: Option<Version>,
    /// What asks it on that day or later.
    used_by: Vec<Asker>,
    at: Moment,
}

impl Act for Retire {
    const NAME: &'static str = "rules.retire";
    type Facts = Facts;
    type Outcome = u32;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let heads = store::heads(books).await?;
        let head = heads.into_iter().find(|head| head.id == self.table);
        let askers = Askers::read(books).await?;
        Ok(Facts {
            head: head.ok_or_else(|| Denied::absent("decision_table"))?,
            last: store::versions(books, Some(self.table)).await?.pop(),
            used_by: askers.of(self.table, Some(self.ends_on)),
            at: books.at(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::RULES_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<u32, Refusal> {
        bounds::length("/why", "停用原因", &self.why, bounds::REASON)?;
        let last = facts.last.as_ref().filter(|last| last.body.is_some());
        let Some(last) = last else {
            let zh = format!("决策表「{}」没有生效的版本，无可停用", facts.head.name);
            return Err(Refusal::conflict(
                "rules.nothing_in_force",
                zh,
                "no version is in force that could end",
            ));
        };
        if self.ends_on <= last.valid_from {
            let zh = format!(
                "第 {} 版自 {} 起生效，须在其后停用",
                last.version, last.valid_from
            );
            let en = format!("version {} counts from {}", last.version, last.valid_from);
            let refusal = Refusal::conflict("rules.version_not_later", zh.clone(), en);
            return Err(refusal
                .remedy(("请改用更晚的日期", "Choose a later day"))
                .at("/ends_on", zh));
        }
        if let Some(asker) = facts.used_by.first() {
            let ((who, who_en), (what, what_en)) = (asker.words(), asker.purpose().words());
            let zh = format!("{who}在 {} 以后仍从这张表取{what}", self.ends_on);
            let en = format!("{who_en} takes {what_en} from it after that day");
            return Err(Refusal::conflict("rules.in_use", zh, en).remedy((
                "请先让它不再使用这张表，再停用",
                "Let that use the table no more first, then retire it",
            )));
        }
        Ok(last.version)
    }

    async fn write(
        &self,
        facts: &Facts,
        version: &u32,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let row = Version {
            table: self.table,
            seq: facts.last.as_ref().map_or(1, |last| last.seq + 1),
            version: *version,
            valid_from: self.ends_on,
            body: None,
            digest: String::new(),
            note: self.why.trim().to_owned(),
            drafted_by: self.by.clone(),
            published_by: self.by.clone(),
            published_at: facts.at,
        };
        Ok(store::add_version(books, &row).await?)
    }

    fn record(&self, facts: &Facts, version: &u32) -> Record {
        let (name, day) = (&facts.head.name, self.ends_on);
        Record::of(
            subject(self.table),
            format!("决策表「{name}」第 {version} 版自 {day} 起停用"),
            format!("Version {version} of the decision table {name} ends on {day}"),
        )
        .detail(serde_json::json!({
            "version": version,
            "effective_on": day,
            "reason": self.why.trim(),
        }))
    }
}
