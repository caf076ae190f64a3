//! An import is taken back 撤销导入.

use std::sync::Arc;

use access::Need;
use intake::RecordKind;
use kernel::{ImportId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Bulk, Failure, Reader, Record, Writer};

use crate::import::plan::Items;
use crate::import::store::{self, Batch, BatchState, Change, Later, Resting, Rests};
use crate::permissions;

/// Takes a committed batch back, as far as nothing else has come to rest on it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Undo {
    /// Which batch.
    pub batch: ImportId,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    batch: Batch,
    later: Vec<Later>,
    in_the_way: Vec<Resting>,
    changes: Vec<Change>,
    items: Arc<Items>,
}

/// A record is given back to the batch before only from the last one that spoke of it, if only to
/// say that it is still the same: or that batch would go on claiming what is gone.
fn must_be_last(later: &[Later]) -> Result<(), Refusal> {
    let Some(last) = later.first() else {
        return Ok(());
    };
    let named = |one: &Later| {
        let on = one.on.map(|on| format!("（{on}）")).unwrap_or_default();
        let how = if one.unchanged {
            "也含有本批的"
        } else {
            "又更新或对应了本批的"
        };
        let same = if one.unchanged {
            "（内容相同）"
        } else {
            ""
        };
        format!(
            "「{}」{on}{how} {} 条记录{same}，如{}",
            one.title, one.records, one.one
        )
    };
    let zh: Vec<String> = later.iter().map(named).collect();
    Err(Refusal::conflict(
        "import.later_batch",
        format!("不能撤销：之后的导入{}", zh.join("；")),
        format!("the later import {} speaks of the same records", last.id),
    )
    .remedy((
        format!("请先撤销之后的导入「{}」，再撤销本批", last.title),
        format!(
            "Undo the later import “{}” first, then this one",
            last.title
        ),
    )))
}

/// Nothing rests on the batch. What refers to a record was mostly written by a change of it, which
/// is not told beside.
fn must_be_free(resting: &[Resting]) -> Result<(), Refusal> {
    let mut told: Vec<&Resting> = Vec::new();
    for one in resting {
        let known = told.iter().any(|other| other.is_beside(one));
        if !(known && matches!(one.what, Rests::Changed)) {
            told.push(one);
        }
    }
    if told.is_empty() {
        return Ok(());
    }
    let more = if told.len() > 20 { " 等" } else { "" };
    let first: Vec<String> = told.iter().take(20).map(|one| one.words()).collect();
    let mut zh = "请先处理这些记录，或在客户、合同等页面上逐条更正".to_owned();
    let mut en = "Deal with these records first, or correct one by one on the pages of customers, \
                  contracts and so on"
        .to_owned();
    if told.iter().any(|one| matches!(one.what, Rests::Earned(_))) {
        zh.push_str("；已计入提成的用退款、坏账登记更正");
        en.push_str("; correct what counted for commission by a refund or bad debt");
    }
    if told.iter().any(|one| one.kind == RecordKind::Employee) {
        zh.push_str("；历史不能抹去，归属、回款责任等记录中有其名字的员工，请登记离职");
        en.push_str(
            "; history is not erased, so for employees whose names it holds as owners or \
             responsible persons, file a departure",
        );
    }
    Err(Refusal::conflict(
        "import.in_use",
        format!("不能撤销：{}{more}", first.join("；")),
        format!("{} records of the batch are in use", told.len()),
    )
    .remedy((zh, en)))
}

impl Act for Undo {
    const NAME: &'static str = "import.undo";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let mut in_the_way = store::in_the_way(books, self.batch).await?;
        in_the_way.extend(store::earned_by(books, self.batch).await?);
        in_the_way.extend(store::changed_since(books, self.batch).await?);
        Ok(Facts {
            batch: super::batch(books, self.batch).await?,
            later: store::later(books, self.batch).await?,
            in_the_way,
            changes: store::changes(books, self.batch).await?,
            items: Arc::new(Items {
                touched: store::touched(books, self.batch).await?,
                undone: true,
            }),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::IMPORT_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        super::must_be(&facts.batch, BatchState::Committed)?;
        must_be_last(&facts.later)?;
        let mut resting = facts.in_the_way.clone();
        let touched = facts.changes.iter().filter(|change| !change.untouched);
        resting.extend(touched.map(|change| Resting {
            kind: change.kind,
            key: change.key.clone(),
            what: Rests::Changed,
        }));
        must_be_free(&resting)
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let by = &self.recorded_by;
        store::restore(books, &facts.batch.system, &facts.changes, by).await?;
        let id = self.batch.to_string();
        let suffix = format!("~{}", &id[id.len().saturating_sub(6)..]);
        store::take_back(books, self.batch, &suffix, by).await?;
        Ok(store::set_state(books, self.batch, BatchState::Undone).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (title, records) = (&facts.batch.title, facts.items.touched.len());
        Record::of(
            format!("import/{}", self.batch),
            format!("撤销导入「{title}」，涉及 {records} 条记录"),
            format!("Undid the import {title}: {records} records"),
        )
        .bulk(Bulk::of(Arc::clone(&facts.items) as Arc<_>))
    }
}
