//! A draft is put in force from a day on 发布决策表.

use ::rules::publish::publish;
use access::Need;
use kernel::{Day, Moment, Period, Refusal, RuleTableId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::bounds;
use crate::commission::acts::reaches_no_closed_month;
use crate::commission::month::Month;
use crate::commission::store as commission;
use crate::commission::tables::{self, Asker, Askers};
use crate::permissions;
use crate::rules::store::{self, Draft, Version};
use crate::rules::subject;

/// Puts the draft in force when every cell is understood, nothing is forgotten or said twice where
/// the policy forbids it, and every example comes out. The version before ends that day.
#[derive(Debug, Serialize, Deserialize)]
pub struct Publish {
    /// Which table.
    pub table: RuleTableId,
    /// The revision of the draft that was looked at.
    pub revision: i64,
    /// From when on; after the day from which the version before counts.
    pub valid_from: Day,
    /// What changed and why, 2..=200 characters.
    pub note: String,
    /// Who puts it in force, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    draft: Draft,
    last: Option<Version>,
    version: u32,
    /// What asks it, and for what.
    used_by: Vec<Asker>,
    /// The last month of commission that is closed.
    closed: Option<Month>,
    at: Moment,
}

/// What was put in force.
#[derive(Debug, Serialize, Deserialize)]
pub struct InForce {
    /// Its number.
    pub version: u32,
    /// SHA-256 of the table.
    pub digest: String,
}

impl Publish {
    fn proved(&self, facts: &Facts) -> Result<::rules::publish::Published, Refusal> {
        let days = Period {
            from: self.valid_from,
            until: None,
        };
        publish(&facts.draft.body, facts.version, days)
    }
}

impl Act for Publish {
    const NAME: &'static str = "rules.publish";
    type Facts = Facts;
    type Outcome = InForce;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let draft = store::drafts(books, Some(self.table)).await?.pop();
        let rows = store::versions(books, Some(self.table)).await?;
        let askers = Askers::read(books).await?;
        let newest = rows.iter().map(|row| row.version).max().unwrap_or(0);
        Ok(Facts {
            draft: draft.ok_or_else(|| Denied::absent("decision_table"))?,
            version: newest + 1,
            last: rows.into_iter().next_back(),
            used_by: askers.of(self.table, None),
            closed: commission::last_closed(books).await?,
            at: books.at(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::RULES_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<InForce, Refusal> {
        if facts.draft.revision != self.revision {
            return Err(Refusal::conflict(
                "rules.draft_moved",
                "这份草稿在您查看之后已被改动",
                "the draft was changed since you looked at it",
            )
            .remedy((
                "请刷新页面，看过最新的草稿再发布",
                "Reload and look at the newest draft before you publish",
            )));
        }
        if facts.draft.saved_by == self.by {
            return Err(Refusal::conflict(
                "rules.own_draft",
                "不能发布自己起草的决策表",
                "who wrote the draft does not put it in force",
            )
            .remedy((
                "请由另一位有权编辑决策表的同事核对并发布",
                "Let another colleague who may edit decision tables check and publish it",
            )));
        }
        bounds::length("/note", "变更说明", &self.note, bounds::REASON)?;
        if let Some(last) = facts.last.as_ref()
            && self.valid_from <= last.valid_from
        {
            let zh = format!(
                "上一次变更自 {} 起生效，新版本须在其后生效",
                last.valid_from
            );
            let en = format!("the last change counts from {}", last.valid_from);
            let refusal = Refusal::conflict("rules.version_not_later", zh.clone(), en);
            return Err(refusal
                .remedy((
                    "请改用更晚的生效日；已生效的版本不改动",
                    "Choose a later day; a version in force is not changed",
                ))
                .at("/valid_from", zh));
        }
        if !facts.used_by.is_empty() {
            reaches_no_closed_month("/valid_from", self.valid_from, facts.closed)?;
        }
        let proved = self.proved(facts)?;
        for asker in &facts.used_by {
            let ((who, who_en), (what, what_en)) = (asker.words(), asker.purpose().words());
            tables::fits(proved.table(), asker.purpose()).map_err(|refusal| {
                let remedy = (
                    format!("{who}从这张表取{what}。{}", refusal.remedy),
                    format!(
                        "This table gives {what_en} to {who_en}. {}",
                        refusal.remedy_en
                    ),
                );
                refusal.remedy(remedy)
            })?;
        }
        Ok(InForce {
            version: facts.version,
            digest: proved.digest().to_owned(),
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        done: &InForce,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        // In its one way of writing: what is kept is what was proved.
        let body = self.proved(facts)?.table().clone();
        let row = Version {
            table: self.table,
            seq: facts.last.as_ref().map_or(1, |last| last.seq + 1),
            version: done.version,
            valid_from: self.valid_from,
            body: Some(body),
            digest: done.digest.clone(),
            note: self.note.trim().to_owned(),
            drafted_by: facts.draft.saved_by.clone(),
            published_by: self.by.clone(),
            published_at: facts.at,
        };
        store::add_version(books, &row).await?;
        Ok(store::drop_draft(books, self.table).await?)
    }

    fn record(&self, facts: &Facts, done: &InForce) -> Record {
        let (name, number, from) = (&facts.draft.body.title.zh, done.version, self.valid_from);
        Record::of(
            subject(self.table),
            format!("发布决策表「{name}」第 {number} 版，自 {from} 起生效"),
            format!("Published version {number} of the decision table {name}, from {from}"),
        )
        .detail(serde_json::json!({
            "version": number,
            "effective_on": from,
            "digest": done.digest,
            "note": self.note.trim(),
            "drafted_by": facts.draft.saved_by,
            "table": serde_json::to_string(&facts.draft.body).unwrap_or_default(),
        }))
    }
}
