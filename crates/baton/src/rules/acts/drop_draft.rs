//! A draft is thrown away 放弃决策表草稿.

use access::Need;
use kernel::{Moment, Refusal, RuleTableId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::rules::store;
use crate::rules::subject;

/// What is in force stays as it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct DropDraft {
    /// Whose draft.
    pub table: RuleTableId,
}

impl Act for DropDraft {
    const NAME: &'static str = "rules.drop_draft";
    /// Name of the table.
    type Facts = String;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<String, Failure> {
        let drafts = store::drafts(books, Some(self.table)).await?;
        let heads = store::heads(books).await?;
        let head = heads.into_iter().find(|head| head.id == self.table);
        let found = head.filter(|_| !drafts.is_empty());
        let found = found.ok_or_else(|| Denied::absent("decision_table"))?;
        Ok(found.name)
    }

    fn needs(&self, _facts: &String) -> Need {
        Need::on_everything(permissions::RULES_WRITE)
    }

    fn decide(&self, _facts: &String, _at: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, _: &String, (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::drop_draft(books, self.table).await?)
    }

    fn record(&self, name: &String, (): &()) -> Record {
        Record::of(
            subject(self.table),
            format!("放弃决策表「{name}」的草稿"),
            format!("Threw the draft of the decision table {name} away"),
        )
    }
}
