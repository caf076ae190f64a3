//! What a version of a plan says, as people hand it in 方案内容.

use ::commission::draw::Draw;
use ::commission::event::Trigger;
use ::commission::exit::AfterExit;
use ::commission::plan::{Component, Holdback, Method, Payable, Plan, PlanVersion, Release};
use ::commission::schedule::{Ladder, Section};
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
    #[schema(value_type = Option<OfferHoldback>)]
    pub holdback: Option<Holdback>,
    /// No more than this in a window.
    #[serde(default)]
    #[schema(value_type = Option<crate::http::Money>)]
    pub cap: Option<Fen>,
    /// No less than this in a window: `recoverable` an advance that comes out of later earnings,
    /// else a guarantee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<OfferDraw>)]
    pub draw: Option<Draw>,
}

/// What a plan promises at least, as it travels.
#[derive(Serialize, ToSchema)]
struct OfferDraw {
    /// Above 0, at most the cap.
    amount: crate::http::Money,
    /// Whether it is taken from later earnings above it.
    recoverable: bool,
}

/// What is kept back for a time, as it travels.
#[derive(Serialize, ToSchema)]
struct OfferHoldback {
    /// In basis points of each line.
    share: i64,
    /// Why; people read this on their statement.
    reason: String,
    release: OfferRelease,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only describes what the engine writes and reads")]
enum OfferRelease {
    /// This many days after the line was earned.
    AfterDays(u32),
    /// With the contract's end; a year after the line when it has none.
    ContractEnd,
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
    /// Bands in per cent of a quota.
    Quota(OfferQuota),
    /// Whole-amount sections that may leave gaps.
    Sections(Vec<OfferSection>),
    /// This much for a whole contract.
    Fixed(crate::http::Money),
    /// The rate a decision table says for each deal; its id.
    ByTable(String),
}

#[derive(Serialize, ToSchema)]
struct OfferQuota {
    quota: crate::http::Money,
    steps: Vec<OfferQuotaStep>,
}

#[derive(Serialize, ToSchema)]
struct OfferQuotaStep {
    /// In basis points of the quota; the first is 0, and they may lie above 10,000.
    attained: i64,
    /// In basis points.
    rate: i64,
    /// `excess`, `whole`
    reach: String,
}

#[derive(Serialize, ToSchema)]
struct OfferSection {
    from: crate::http::Money,
    to: crate::http::Money,
    /// In basis points of the whole amount.
    rate: i64,
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
            floor: self.draw,
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
        for (at, component) in self.components.iter().enumerate() {
            let place = format!("/offer/components/{at}/name");
            crate::bounds::length(&place, "计提项名称", &component.name, crate::bounds::SHORT)?;
        }
        if let Some(held) = &self.holdback {
            let place = "/offer/holdback/reason";
            crate::bounds::length(place, "暂扣原因", &held.reason, crate::bounds::REASON)?;
        }
        self.bounds()?;
        let valid = Period { from, until: None };
        let plan = plan_of(head, vec![self.version(1, valid)]);
        plan.check().map_err(|refusal| {
            let place = match refusal.code.as_ref() {
                "commission.holdback_out_of_range" => "/offer/holdback/share",
                "commission.cap_below_floor" => "/offer/cap",
                "commission.floor_without_window" => "/offer/draw",
                _ => "/offer/components",
            };
            let zh = refusal.message.clone();
            refusal.at(place, zh)
        })
    }

    /// Whether quotas that people have of their own still fit.
    ///
    /// # Errors
    /// What [`::commission::schedule::Ladder::of_quota`] refuses.
    pub(crate) fn check_quotas(&self, own: &[Fen]) -> Result<(), Refusal> {
        for component in &self.components {
            let Method::Quota(quota) = &component.method else {
                continue;
            };
            for one in own {
                quota.instead(*one).map_err(|refusal| {
                    let zh = format!("按已单独设定的目标 {one} 元：{}", refusal.message);
                    let en = format!("With the quota {one}, set apart: {}", refusal.message_en);
                    refusal.at("/offer/components", (zh, en))
                })?;
            }
        }
        Ok(())
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
            Method::Ladder(ladder) => rates(ladder),
            Method::Quota(quota) => rates(quota.ladder()),
            Method::Sections(sections) => Vec::<Section>::from(sections.clone())
                .iter()
                .all(|section| (0..=WHOLE).contains(&section.rate.0)),
            Method::Fixed(whole) => *whole >= Fen::ZERO,
            // What a table says is looked at where it is named; see `tables::check`.
            Method::ByTable(_) => true,
        };
        self.days()?;
        let wrong = |place: String| {
            let zh = "比例须在 0 到 100% 之间，金额不得为负";
            let en = "rates lie between 0 and 100 %, and no amount is below 0";
            Err(Refusal::invalid("commission.rate_out_of_range", zh, en).at(&place, zh))
        };
        if self.cap.is_some_and(|cap| cap < Fen::ZERO) {
            return wrong("/offer/cap".to_owned());
        }
        if self.draw.is_some_and(|draw| draw.amount <= Fen::ZERO) {
            return wrong("/offer/draw".to_owned());
        }
        match self.components.iter().position(|one| !fits(one)) {
            Some(at) => wrong(format!("/offer/components/{at}/method")),
            None => Ok(()),
        }
    }
}

fn rates(ladder: &Ladder) -> bool {
    let bands = ladder.bands().iter();
    bands
        .map(|band| band.rate.0)
        .all(|rate| (0..=WHOLE).contains(&rate))
}

/// A plan with these versions.
pub(crate) fn plan_of(head: &PlanHead, versions: Vec<PlanVersion>) -> Plan {
    Plan {
        id: head.id,
        name: head.name.clone(),
        window: head.adds_up,
        change_inside: head.change_inside,
        overlay: head.overlay.clone(),
        versions,
    }
}

/// `commission_plan/cpl_…`
pub(crate) fn subject(plan: CommissionPlanId) -> String {
    format!("commission_plan/{plan}")
}
