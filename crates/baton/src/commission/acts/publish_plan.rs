//! A version of a plan is published 发布提成方案.

use ::commission::plan::ChangeInside;
use ::commission::window::Window;
use access::Need;
use kernel::{CommissionPlanId, Day, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::reaches_no_closed_month;
use crate::bounds;
use crate::commission::month::Month;
use crate::commission::offer::{self, Offer};
use crate::commission::store::{self, PlanHead, Version};
use crate::commission::tables;
use crate::permissions;
use crate::rules::ready::{self, Tables};

/// A plan to be begun.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fresh {
    /// 1..=100 characters, unique.
    pub name: String,
    /// Over which days credit adds up.
    pub adds_up: Window,
    /// What a change inside such a window does.
    pub change_inside: ChangeInside,
    /// The overlay it pays, 1..=100 characters; none for the deal itself.
    #[serde(default)]
    pub overlay: Option<String>,
}

/// Publishes the next version of a plan, or the first of a new one. Nothing is edited: what was in
/// force stays as it was, and the version before ends on the day the new one begins.
#[derive(Debug, Serialize, Deserialize)]
pub struct PublishPlan {
    /// The plan; none for a new one.
    pub plan: Option<CommissionPlanId>,
    /// The new one.
    pub fresh: Option<Fresh>,
    /// From when on; after the day from which the version before counts.
    pub valid_from: Day,
    /// What it says.
    pub offer: Offer,
    /// Who publishes it, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    /// The last month that is closed.
    closed: Option<Month>,
    head: PlanHead,
    name_taken: bool,
    last: Option<Version>,
    /// Quotas that somebody has of his own under this plan.
    quotas: Vec<Fen>,
    tables: Tables,
    at: Moment,
}

/// What was published.
#[derive(Debug, Serialize, Deserialize)]
pub struct Published {
    /// The plan.
    pub id: CommissionPlanId,
    /// The version.
    pub version: u32,
}

impl Act for PublishPlan {
    const NAME: &'static str = "commission.publish_plan";
    type Facts = Facts;
    type Outcome = Published;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let (head, name_taken) = match (self.plan, &self.fresh) {
            (Some(id), _) => {
                let found = store::find_plan(books, id).await?;
                let head = found.ok_or_else(|| Denied::absent("commission_plan"))?;
                (head, false)
            }
            (None, fresh) => {
                let fresh = fresh.clone().ok_or_else(nothing_named)?;
                let name = fresh.name.trim().to_owned();
                let taken = store::name_taken(books, &name).await?;
                let head = PlanHead {
                    id: CommissionPlanId::mint(books.at(), books.dice()),
                    name,
                    adds_up: fresh.adds_up,
                    change_inside: fresh.change_inside,
                    overlay: overlay_of(fresh.overlay.as_deref()),
                };
                (head, taken)
            }
        };
        let versions = store::versions(books).await?;
        let last = versions.into_iter().rfind(|one| one.plan == head.id);
        let assigned = store::assigned(books, books.at()).await?;
        let own = assigned.iter().filter(|row| row.plan == Some(head.id));
        Ok(Facts {
            quotas: own.filter_map(|row| row.quota).collect(),
            head,
            name_taken,
            last,
            tables: ready::tables(books, &tables::asked(&self.offer).collect()).await?,
            closed: store::last_closed(books).await?,
            at: books.at(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_PLAN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Published, Refusal> {
        bounds::length("/name", "方案名称", &facts.head.name, bounds::SHORT)?;
        let overlay = facts.head.overlay.as_deref().unwrap_or_default();
        bounds::length("/overlay", "叠加席位", overlay, 0..=100)?;
        if facts.name_taken {
            let zh = format!("提成方案「{}」已存在", facts.head.name);
            return Err(Refusal::conflict(
                "commission.name_taken",
                zh.clone(),
                "the name is taken",
            )
            .remedy((
                "请改名，或在该方案下发布新版本",
                "Choose another name, or publish a new version of that plan",
            ))
            .at("/name", zh));
        }
        self.offer.check(&facts.head, self.valid_from)?;
        tables::check(&self.offer, &facts.tables, self.valid_from)?;
        self.offer.check_quotas(&facts.quotas)?;
        if let Some(last) = &facts.last
            && self.valid_from <= last.valid_from
        {
            let (day, number) = (last.valid_from, last.version);
            let zh = format!("第 {number} 版自 {day} 起生效，新版本须在其后生效");
            return Err(Refusal::conflict(
                "commission.version_not_later",
                zh.clone(),
                format!("version {number} counts from {day}; the next one begins later"),
            )
            .remedy((
                "请改用更晚的生效日；已生效的版本不改动",
                "Choose a later day; a version in force is not changed",
            ))
            .at("/valid_from", zh));
        }
        if facts.last.is_some() {
            reaches_no_closed_month("/valid_from", self.valid_from, facts.closed)?;
        }
        Ok(Published {
            id: facts.head.id,
            version: facts.last.as_ref().map_or(1, |last| last.version + 1),
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        done: &Published,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        if self.plan.is_none() {
            store::add_plan(books, &facts.head).await?;
        }
        let version = Version {
            plan: done.id,
            version: done.version,
            valid_from: self.valid_from,
            offer: self.offer.clone(),
            published_by: self.by.clone(),
            published_at: facts.at,
        };
        Ok(store::add_version(books, &version).await?)
    }

    fn record(&self, facts: &Facts, done: &Published) -> Record {
        let (name, number, from) = (&facts.head.name, done.version, self.valid_from);
        Record::of(
            offer::subject(done.id),
            format!("发布提成方案「{name}」第 {number} 版，自 {from} 起生效"),
            format!("Published version {number} of the commission plan {name}, from {from}"),
        )
        .detail(serde_json::json!({
            "version": number,
            "effective_on": from,
            "offer": serde_json::to_string(&self.offer).unwrap_or_default(),
        }))
    }
}

/// The overlay people named; nothing where they named none.
pub(crate) fn overlay_of(name: Option<&str>) -> Option<String> {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    name.map(str::to_owned)
}

fn nothing_named() -> Refusal {
    let zh = "请填写方案名称";
    Refusal::invalid("request.length", zh, "a new plan has a name").at("/name", zh)
}
