//! Commission plans: versioned, dated, made of components 提成方案

use std::collections::BTreeSet;

use kernel::{Bps, CommissionPlanId, ContractId, Day, Fen, Period, Refusal};
use serde::{Deserialize, Serialize};

use crate::draw::Draw;
use crate::event::{Contract, Record, Trigger};
use crate::exit::AfterExit;
use crate::schedule::{Ladder, Quota, Sections};
use crate::window::Window;

/// A plan. What it says on a day stands in its versions; nothing is edited, versions follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Which.
    pub id: CommissionPlanId,
    /// As people call it.
    pub name: String,
    /// Over which days credit adds up.
    pub window: Window,
    /// What a change inside such a window does.
    pub change_inside: ChangeInside,
    /// Which place it pays: `None` the deal itself, else the overlay of this name.
    pub overlay: Option<String>,
    /// In order of time.
    pub versions: Vec<PlanVersion>,
}

/// What happens when the version, or the plan of a person, changes inside a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeInside {
    /// 下一周期生效: the window ends as it began; the first day of the window decides.
    NextWindow,
    /// 即日生效、累计延续: the trigger's day decides, and what was credited before still counts.
    CarriesOn,
    /// 即日生效、重新累计: the trigger's day decides, and each version counts from zero.
    StartsAfresh,
}

/// What a plan says for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanVersion {
    /// 1, 2, 3, …
    pub version: u32,
    /// When it is in force.
    pub valid: Period,
    /// What it waits for.
    pub trigger: Trigger,
    /// What it pays, each by itself.
    pub components: Vec<Component>,
    /// When a line that is earned falls due.
    pub payable: Payable,
    /// What is kept back for a time.
    pub holdback: Option<Holdback>,
    /// No more than this in a window.
    pub cap: Option<Fen>,
    /// No less than this in a window, as a guarantee or as an advance; see [`crate::draw`].
    pub floor: Option<Draw>,
    /// What it says about people who leave.
    pub after_exit: AfterExit,
}

/// One way in which a version pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Stable through the versions: running credit is kept under this name.
    pub name: String,
    /// For which deals.
    pub condition: Condition,
    /// Of what.
    pub base: Base,
    /// How much.
    pub method: Method,
    /// The row of a decision table that says so, when one does.
    pub decided_by: Option<RuleRow>,
}

/// A row of a published decision table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    /// Name of the table.
    pub table: String,
    /// Its version.
    pub version: u32,
    /// The row, counted from 1; 0 is the default row.
    pub row: u32,
    /// The facts it was asked with, in words; empty where nobody wrote them down.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub asked: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub asked_en: String,
}

/// What a decision table says of one event of one contract. The engine asks no table: whoever
/// brings the facts brings the answers, so that a statement can be worked out again without them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The table, as the component names it.
    pub table: String,
    /// The event.
    pub record: Record,
    /// Of which contract.
    pub contract: ContractId,
    /// What it says.
    pub ruling: Ruling,
}

/// The answer of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// This rate, by this row.
    Rate {
        /// How much.
        rate: Bps,
        /// Why.
        row: RuleRow,
    },
    /// No rate for these facts, and why.
    Silent {
        /// Name of the table.
        table: String,
        /// Its version.
        version: u32,
        /// Why, in Chinese.
        zh: String,
        /// Why, in English.
        en: String,
    },
    /// No version is in force on the day of the event.
    NotInForce {
        /// Name of the table.
        table: String,
    },
}

/// For which deals a component pays; `None` and `Any` ask nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// One of these products.
    pub products: Option<BTreeSet<String>>,
    /// One of these industries.
    pub industries: Option<BTreeSet<String>>,
    /// New or old customers only.
    pub customers: Customers,
}

/// New or old customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Customers {
    /// 不限
    #[default]
    Any,
    /// 新客户
    New,
    /// 老客户
    Old,
}

/// What a rate is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// 金额
    Gross,
    /// 毛利: the contract's margin, pro rata to what was signed, delivered, invoiced or received.
    Margin,
}

/// How much a component pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// 固定比例, 超额累进, 全额累进: all of them are bands over the running credit.
    Ladder(Ladder),
    /// 目标与加速: bands in per cent of a quota.
    Quota(Quota),
    /// 区间全额: whole-amount sections that may leave gaps.
    Sections(Sections),
    /// 固定金额: this much for a whole contract, pro rata to the part of it that happened.
    Fixed(Fen),
    /// 查表: the rate a decision table says for each deal; see [`Decided`].
    ByTable(String),
}

/// When a line falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payable {
    /// The day it is earned.
    AtOnce,
    /// This many days after it was earned.
    AfterDays(u32),
    /// This day of the month after it was earned (29 to 31: at the latest the month's last day).
    NextMonthOn(u8),
}

impl Payable {
    /// When a line earned on this day falls due.
    #[must_use]
    pub fn due(self, earned_on: Day) -> Day {
        match self {
            Payable::AtOnce => earned_on,
            Payable::AfterDays(days) => earned_on.plus_days(i64::from(days)),
            Payable::NextMonthOn(day) => {
                let first = Window::Month.start(earned_on).plus_months(1);
                let wanted = first.plus_days(i64::from(day.max(1)) - 1);
                wanted.min(first.plus_months(1).plus_days(-1))
            }
        }
    }
}

/// A part that is kept back. It stays wages (law.md §1.7): it is released, or decided at an exit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holdback {
    /// How much of each line.
    pub share: Bps,
    /// Why; people read this on their statement.
    pub reason: String,
    /// When it is released.
    pub release: Release,
}

/// When a part kept back is released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// This many days after the line was earned.
    AfterDays(u32),
    /// With the contract's end; when it has none, a year after the line was earned.
    ContractEnd,
}

impl Release {
    /// The day of release.
    #[must_use]
    pub fn day(self, earned_on: Day, contract: &Contract) -> Day {
        match self {
            Release::AfterDays(days) => earned_on.plus_days(i64::from(days)),
            Release::ContractEnd => {
                let end = contract
                    .ends_on
                    .unwrap_or_else(|| earned_on.plus_months(12));
                end.max(earned_on)
            }
        }
    }
}

impl Plan {
    /// Whether the plan may be used.
    ///
    /// # Errors
    /// `commission.plan_versions_overlap`, `commission.plan_empty`, `commission.component_twice`.
    ///
    /// `commission.holdback_out_of_range`, `commission.cap_below_floor`, what
    /// [`AfterExit::check`] refuses; `commission.floor_without_window` for a floor of single deals.
    pub fn check(&self) -> Result<(), Refusal> {
        for version in &self.versions {
            version.check()?;
            if version.floor.is_some() && self.window == Window::Each {
                return Err(Refusal::invalid(
                    "commission.floor_without_window",
                    "每笔单独计算的方案没有周期，不能设保底或预支",
                    "a plan that looks at each deal by itself has no window to guarantee",
                )
                .remedy((
                    "请按月、按季或按年累计，或去掉保底",
                    "Accumulate by month, quarter or year, or leave out the guarantee",
                )));
            }
        }
        let in_order = |pair: &[PlanVersion]| {
            let (old, new) = (&pair[0], &pair[1]);
            !old.valid.overlaps(&new.valid)
                && old.valid.from < new.valid.from
                && old.version < new.version
        };
        if self.versions.windows(2).all(in_order) {
            return Ok(());
        }
        Err(Refusal::conflict(
            "commission.plan_versions_overlap",
            format!("方案「{}」的版本时间重叠或顺序颠倒", self.name),
            format!("versions of plan {} overlap or are out of order", self.name),
        )
        .remedy((
            "请先为前一版本设定截止日",
            "Give the version before it a last day first",
        )))
    }

    /// The version in force on a day.
    #[must_use]
    pub fn version_on(&self, day: Day) -> Option<&PlanVersion> {
        self.versions
            .iter()
            .find(|version| version.valid.contains(day))
    }

    /// The day that decides which version and which assignment count for an event of this day.
    #[must_use]
    pub fn reference_day(&self, event_on: Day) -> Day {
        match self.change_inside {
            ChangeInside::NextWindow => self.window.start(event_on),
            ChangeInside::CarriesOn | ChangeInside::StartsAfresh => event_on,
        }
    }

    /// The version that counts for an event of this day. A plan that began inside the window has
    /// no version on its first day; then the one of the day itself counts.
    #[must_use]
    pub fn version_for(&self, event_on: Day) -> Option<&PlanVersion> {
        let first = self.version_on(self.reference_day(event_on));
        first.or_else(|| self.version_on(event_on))
    }
}

impl PlanVersion {
    fn check(&self) -> Result<(), Refusal> {
        self.after_exit.check()?;
        if self.components.is_empty() {
            return Err(Refusal::invalid(
                "commission.plan_empty",
                format!("第 {} 版没有任何计提项", self.version),
                format!("version {} has no component", self.version),
            )
            .remedy(("请至少添加一个计提项", "Add at least one component")));
        }
        let names: BTreeSet<_> = self.components.iter().map(|c| &c.name).collect();
        if names.len() < self.components.len() {
            return Err(Refusal::invalid(
                "commission.component_twice",
                format!("第 {} 版中有两个计提项同名", self.version),
                format!("two components of version {} share a name", self.version),
            )
            .remedy(("请改名", "Choose another name")));
        }
        if self
            .holdback
            .as_ref()
            .is_some_and(|h| !(1..=10_000).contains(&h.share.0))
        {
            return Err(Refusal::invalid(
                "commission.holdback_out_of_range",
                "预留比例须大于 0 且不超过 100%",
                "a holdback is above 0 and at most 100 %",
            ));
        }
        if self
            .cap
            .zip(self.floor)
            .is_some_and(|(cap, floor)| cap < floor.amount)
        {
            return Err(Refusal::invalid(
                "commission.cap_below_floor",
                "封顶额低于保底额",
                "the cap lies below the floor",
            ));
        }
        Ok(())
    }
}
