//! What a version of a plan says, as people hand it in 方案内容.

use ::commission::event::Trigger;
use ::commission::exit::AfterExit;
use ::commission::plan::{Component, Holdback, Method, Payable, Plan, PlanVersion, Release};
use ::commission::schedule::{Band, Section};
use ::commission::shares::WHOLE;
use kernel::{CommissionPlanId, Day, Fen, Period, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store::PlanHead;

/// Most components of a version, and most bands of a component.
const MOST_PARTS: usize = 50;
/// Most days until something falls due or is released.
const MOST_DAYS: u32 = 1_100;

/// What a version says; which version it is and from when on stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// What it waits for: `signing`, `delivery`, `invoice`, `cash`.
    #[schema(value_type = String)]
    pub trigger: Trigger,
    /// What it pays, each by itself.
    #[schema(value_type = Vec<OfferComponent>)]
    pub components: Vec<Component>,
    /// When a line that is earned falls due.
    #[schema(value_type = OfferPayable)]
    pub payable: Payable,
    /// What is kept back for a time.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub holdback: Option<Holdback>,
    /// No more than this in a window.
    #[serde(default)]
    #[schema(value_type = Option<crate::http::Money>)]
    pub cap: Option<Fen>,
}

/// One way in which a version pays, as it travels.
#[derive(Serialize, ToSchema)]
struct OfferComponent {
    /// Stable through the versions: running credit is kept under this name.
    name: String,
    /// For which deals.
    condition: OfferCondition,
    /// `gross`, `margin`
    base: String,
    method: OfferMethod,
    /// The row of a decision table that says so, when one does.
    decided_by: Option<serde_json::Value>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only describes what the engine writes and reads")]
enum OfferPayable {
    /// The day it is earned.
    AtOnce,
    /// This many days after it was earned.
    AfterDays(u32),
    /// This day of the month after it was earned.
    NextMonthOn(u8),
}

#[derive(Serialize, ToSchema)]
struct OfferCondition {
    products: Option<Vec<String>>,
    industries: Option<Vec<String>>,
    /// `any`, `new`, `old`
    customers: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only describes what the engine writes and reads")]
enum OfferMethod {
    /// Bands over the running credit; one band is a flat rate.
    Ladder(Vec<OfferBand>),
    /// Whole-amount sections that may leave gaps.
    Sections(Vec<serde_json::Value>),
    /// This much for a whole contract.
    Fixed(crate::http::Money),
    /// The rate a decision table says for each deal; its id.
    ByTable(String),
}

#[derive(Serialize, ToSchema)]
struct OfferBand {
    /// Reached when the running amount is this much, or more; the first is 0.
    from: crate::http::Money,
    /// In basis points: 100 are one per cent.
    rate: i64,
    /// `excess`: only what lies above; `whole`: everything from the first fen.
    reach: String,
}

impl Offer {
    /// As the engine knows it.
    #[must_use]
    pub fn version(&self, version: u32, valid: Period) -> PlanVersion {
        PlanVersion {
            version,
            valid,
            trigger: self.trigger,
            components: self.components.clone(),
            payable: self.payable,
            holdback: self.holdback.clone(),
            cap: self.cap,
            // A floor is an advance, and nothing here pays advances yet.
            floor: None,
            after_exit: AfterExit::EachDecided,
        }
    }

    /// Whether it may be published.
    ///
    /// # Errors
    /// `commission.too_many_components`, `commission.rate_too_high`, and what
    /// [`commission::plan::Plan::check`] refuses.
    pub(crate) fn check(&self, head: &PlanHead, from: Day) -> Result<(), Refusal> {
        if self.components.len() > MOST_PARTS {
            let zh = format!("一个版本最多 {MOST_PARTS} 个计提项");
            return Err(
                Refusal::invalid("commission.too_many_components", zh.clone(), "too many")
                    .at("/offer/components", zh),
            );
        }
        for component in &self.components {
            crate::bounds::length(
                "/offer/components",
                "计提项名称",
                &component.name,
                crate::bounds::SHORT,
            )?;
        }
        self.bounds()?;
        let valid = Period { from, until: None };
        plan_of(head, vec![self.version(1, valid)]).check()
    }
}

impl Offer {
    /// What is earned falls due, and what is kept back is released, in a time people live to see.
    fn days(&self) -> Result<(), Refusal> {
        let due = match self.payable {
            Payable::AtOnce => true,
            Payable::AfterDays(days) => days <= MOST_DAYS,
            Payable::NextMonthOn(day) => (1..=31).contains(&day),
        };
        let released = self
            .holdback
            .as_ref()
            .is_none_or(|held| match held.release {
                Release::AfterDays(days) => days <= MOST_DAYS,
                Release::ContractEnd => true,
            });
        if due && released {
            return Ok(());
        }
        let zh = format!("应付日须为次月 1 到 31 日，或计提后 {MOST_DAYS} 天以内");
        let en = format!("day 1 to 31 of the next month, or within {MOST_DAYS} days");
        Err(
            Refusal::invalid("commission.due_out_of_range", zh.clone(), en)
                .at("/offer/payable", zh),
        )
    }

    /// Nobody pays more than the deal, and nobody pays less than nothing.
    fn bounds(&self) -> Result<(), Refusal> {
        let fits = |component: &Component| match &component.method {
            Method::Ladder(ladder) => Vec::<Band>::from(ladder.clone())
                .iter()
                .all(|band| (0..=WHOLE).contains(&band.rate.0)),
            Method::Sections(sections) => Vec::<Section>::from(sections.clone())
                .iter()
                .all(|section| (0..=WHOLE).contains(&section.rate.0)),
            Method::Fixed(whole) => *whole >= Fen::ZERO,
            // What a table says is looked at where it is named; see `tables::check`.
            Method::ByTable(_) => true,
        };
        let cap = self.cap.is_none_or(|cap| cap >= Fen::ZERO);
        self.days()?;
        if cap && self.components.iter().all(fits) {
            return Ok(());
        }
        let zh = "比例须在 0 到 100% 之间，金额不得为负";
        Err(Refusal::invalid(
            "commission.rate_out_of_range",
            zh,
            "rates lie between 0 and 100 %, and no amount is below 0",
        )
        .at("/offer/components", zh))
    }
}

/// A plan with these versions.
pub(crate) fn plan_of(head: &PlanHead, versions: Vec<PlanVersion>) -> Plan {
    Plan {
        id: head.id,
        name: head.name.clone(),
        window: head.adds_up,
        change_inside: head.change_inside,
        overlay: None,
        versions,
    }
}

/// `commission_plan/cpl_…`
pub(crate) fn subject(plan: CommissionPlanId) -> String {
    format!("commission_plan/{plan}")
}
