//! Somebody writes at a table 保存决策表草稿.

use ::rules::table::Table;
use access::Need;
use kernel::{Moment, Refusal, RuleTableId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::bounds;
use crate::permissions;
use crate::rules::store::{self, Draft, Head};
use crate::rules::{subject, table_of};

/// Most bytes of a table as JSON: far more than 500 rows that people can read.
const MOST_BYTES: usize = 400_000;

/// Keeps what was written, finished or not. It decides nothing until somebody else publishes it.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveDraft {
    /// The table; none for a new one.
    pub table: Option<RuleTableId>,
    /// The revision that was edited; none when there was no draft.
    pub based_on: Option<i64>,
    /// The table as it was typed.
    pub body: Json,
    /// Who wrote it, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    head: Option<Head>,
    fresh: RuleTableId,
    draft: Option<Draft>,
    names: Vec<Head>,
    at: Moment,
}

/// What was kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct Saved {
    /// The table.
    pub id: RuleTableId,
    /// The revision of its draft.
    pub revision: i64,
}

impl SaveDraft {
    fn named(&self, facts: &Facts) -> Result<(Head, Table), Refusal> {
        let table = table_of(&self.body)?;
        let name = table.title.zh.trim().to_owned();
        let id = facts.head.as_ref().map_or(facts.fresh, |head| head.id);
        Ok((Head { id, name }, table))
    }
}

impl Act for SaveDraft {
    const NAME: &'static str = "rules.save_draft";
    type Facts = Facts;
    type Outcome = Saved;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let names = store::heads(books).await?;
        let (head, draft) = match self.table {
            None => (None, None),
            Some(id) => {
                let head = names.iter().find(|head| head.id == id).cloned();
                let head = head.ok_or_else(|| Denied::absent("decision_table"))?;
                (Some(head), store::drafts(books, Some(id)).await?.pop())
            }
        };
        Ok(Facts {
            head,
            fresh: RuleTableId::mint(books.at(), books.dice()),
            draft,
            names,
            at: books.at(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::RULES_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Saved, Refusal> {
        let (head, _) = self.named(facts)?;
        bounds::length("/table/title/zh", "表名", &head.name, bounds::SHORT)?;
        if self.body.to_string().len() > MOST_BYTES {
            let zh = "这张表太大了";
            let refusal = Refusal::invalid("rules.too_large", zh, "the table is too large");
            return Err(refusal
                .remedy(("请拆成几张表", "Split it into several tables"))
                .at("/table", zh));
        }
        let taken = |one: &Head| one.name == head.name && one.id != head.id;
        if facts.names.iter().any(taken) {
            let zh = format!("决策表「{}」已存在", head.name);
            let refusal = Refusal::conflict("rules.name_taken", zh.clone(), "the name is taken");
            return Err(refusal
                .remedy((
                    "请改名，或编辑已有的那张表",
                    "Choose another name, or edit the table that exists",
                ))
                .at("/table/title/zh", zh));
        }
        let now = facts.draft.as_ref().map(|draft| draft.revision);
        if now != self.based_on {
            return Err(Refusal::conflict(
                "rules.draft_moved",
                "这份草稿在您编辑期间已被他人改动",
                "somebody else changed the draft meanwhile",
            )
            .remedy((
                "请刷新页面，在最新的草稿上重新修改",
                "Reload and make the change in the newest draft",
            )));
        }
        Ok(Saved {
            id: head.id,
            revision: now.unwrap_or(0) + 1,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        done: &Saved,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let (head, body) = self.named(facts)?;
        match &facts.head {
            None => store::add(books, &head).await?,
            Some(known) if known.name != head.name => store::rename(books, &head).await?,
            Some(_) => {}
        }
        let draft = Draft {
            table: done.id,
            revision: done.revision,
            body,
            saved_by: self.by.clone(),
            saved_at: facts.at,
        };
        Ok(store::save(books, &draft, facts.draft.is_none()).await?)
    }

    fn record(&self, facts: &Facts, done: &Saved) -> Record {
        let Ok((head, table)) = self.named(facts) else {
            return Record::of(subject(done.id), "保存决策表草稿", "Saved a draft");
        };
        let (name, rows) = (head.name, table.rows.len());
        Record::of(
            subject(done.id),
            format!("保存决策表「{name}」的草稿，共 {rows} 行"),
            format!("Saved a draft of the decision table {name}, {rows} rows"),
        )
        .detail(serde_json::json!({
            "revision": done.revision,
            "table": serde_json::to_string(&table).unwrap_or_default(),
        }))
    }
}
