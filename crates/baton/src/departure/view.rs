//! What the browser sees of departures 离职视图.

use std::collections::BTreeMap;

use ::departure::clocks::Clocks;
use ::departure::gates::{Gate, GateState};
use ::departure::kind::{CompensationRule, DepartureKind, ProtectionEffect, RULES};
use ::departure::may_wait::{Due, ExitDuty};
use ::departure::notice::file_transfer_by;
use ::departure::state::Stage;
use kernel::{Day, DepartureId, EmployeeId, Moment, PlanId, Reason};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::reckoning::Reckoning;
use super::store::{BoardLine, Departure, StepLine};
use crate::approval::{StepAhead, StepNow};
use crate::handover::store::{PlanHead, PlanState};
use crate::people::PersonName;

/// Missing things that a gate names; the rest is counted.
const NAMED_MISSING: usize = 50;

/// A reason in both languages.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct WhyView {
    code: String,
    zh: String,
    en: String,
}

pub(super) fn why(reasons: &[Reason]) -> Vec<WhyView> {
    let view = |reason: &Reason| WhyView {
        code: reason.code.to_string(),
        zh: reason.zh.to_string(),
        en: reason.en.to_string(),
    };
    reasons.iter().map(view).collect()
}

/// How employment ends and what the law attaches to it.
#[derive(Serialize, ToSchema)]
pub(crate) struct KindView {
    #[schema(value_type = String)]
    key: DepartureKind,
    zh: &'static str,
    en: &'static str,
    /// Articles.
    basis: &'static str,
    /// `employee`, `employer`, `law`
    #[schema(value_type = String)]
    starter: ::departure::kind::Starter,
    /// Whether economic compensation can be due.
    #[schema(value_type = String)]
    compensation: ::departure::kind::CompensationRule,
    /// The notice before the last day: `local` asks for the city's days,
    /// `thirty_days_or_one_month_pay` knows pay instead.
    #[schema(value_type = String)]
    notice: ::departure::kind::NoticeRule,
    /// Whether the union must be told first.
    union_first: bool,
    /// Whether a status may forbid or postpone it, so that it must be checked before.
    asks_protection: bool,
    note_zh: &'static str,
    note_en: &'static str,
}

impl KindView {
    pub(crate) fn of(kind: DepartureKind) -> KindView {
        let rule = kind.rule();
        KindView {
            key: kind,
            zh: rule.zh,
            en: rule.en,
            basis: rule.basis,
            starter: rule.starter,
            compensation: rule.compensation,
            notice: rule.notice,
            union_first: rule.union_first,
            asks_protection: rule.protection != ProtectionEffect::None,
            note_zh: rule.note_zh,
            note_en: rule.note_en,
        }
    }

    /// Every kind, in the order of the table.
    pub(crate) fn all() -> Vec<KindView> {
        RULES.iter().map(|rule| KindView::of(rule.kind)).collect()
    }
}

/// The three dates.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClocksView {
    /// 劳动关系终止日
    #[schema(value_type = String, format = Date)]
    pub(crate) employment_ends_on: Day,
    /// 最后工作日
    #[schema(value_type = String, format = Date)]
    pub(crate) last_working_day: Day,
    /// 提成截止日
    #[schema(value_type = String, format = Date)]
    pub(crate) commission_cutoff_on: Day,
}

impl From<Clocks> for ClocksView {
    fn from(clocks: Clocks) -> ClocksView {
        ClocksView {
            employment_ends_on: clocks.employment_ends,
            last_working_day: clocks.last_working_day,
            commission_cutoff_on: clocks.commission_cut_off,
        }
    }
}

impl From<ClocksView> for Clocks {
    fn from(view: ClocksView) -> Clocks {
        Clocks {
            employment_ends: view.employment_ends_on,
            last_working_day: view.last_working_day,
            commission_cut_off: view.commission_cutoff_on,
        }
    }
}

/// The dates with their reasons.
#[derive(Serialize, ToSchema)]
pub(crate) struct DatesView {
    notice_days: u16,
    #[schema(value_type = String, format = Date)]
    received_on: Day,
    /// The earliest day one side can bring about alone.
    #[schema(value_type = String, format = Date)]
    earliest_on: Day,
    clocks: ClocksView,
    /// 档案和社保关系最迟转出日
    #[schema(value_type = String, format = Date)]
    file_transfer_by: Day,
    /// Whether the calendar of holidays was complete.
    certain: bool,
    agreed: bool,
    /// How the day was reckoned.
    reasons: Vec<WhyView>,
    /// What follows from each date.
    follows: Vec<WhyView>,
    /// Statuses found that protect from dismissal.
    protections: Vec<WhyView>,
}

impl From<&Reckoning> for DatesView {
    fn from(reckoning: &Reckoning) -> DatesView {
        let answer = &reckoning.answer;
        let found: Vec<Reason> = reckoning
            .protections
            .iter()
            .map(|one| one.reason())
            .collect();
        DatesView {
            notice_days: answer.notice_days,
            received_on: reckoning.notice.received_on,
            earliest_on: answer.earliest,
            clocks: reckoning.clocks.into(),
            file_transfer_by: file_transfer_by(reckoning.clocks.employment_ends),
            certain: answer.certain,
            agreed: reckoning.notice.agreed.is_some(),
            reasons: why(&answer.reasons),
            follows: why(&reckoning.clock_reasons),
            protections: why(&found),
        }
    }
}

/// One thing that is missing.
#[derive(Serialize, ToSchema)]
pub(crate) struct MissingView {
    id: String,
    zh: String,
    en: String,
}

/// One gate as it stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct GateView {
    #[schema(value_type = String)]
    key: ::departure::gates::GateKey,
    zh: String,
    en: String,
    /// `green`, `red`, `waived`
    #[schema(value_type = String)]
    state: GateState,
    /// How many things are missing.
    missing_count: usize,
    /// The first of them.
    missing: Vec<MissingView>,
    /// What the law says about waiting for it.
    legal_note: String,
    legal_note_en: String,
    may_be_waived: bool,
    waived_because: Option<String>,
}

impl GateView {
    /// How it stands. What is missing is named to whoever may see such things.
    pub(crate) fn of(gate: Gate, named: bool) -> GateView {
        let missing_count = gate.missing.len();
        let most = if named { NAMED_MISSING } else { 0 };
        let named = gate.missing.into_iter().take(most);
        GateView {
            key: gate.key,
            zh: gate.title,
            en: gate.title_en,
            state: gate.state,
            missing_count,
            missing: named
                .map(|one| MissingView {
                    id: one.id,
                    zh: one.zh,
                    en: one.en,
                })
                .collect(),
            legal_note: gate.legal_note,
            legal_note_en: gate.legal_note_en,
            may_be_waived: gate.key.may_be_waived(),
            waived_because: gate.waiver.map(|waiver| waiver.reason),
        }
    }
}

/// What the company owes at the end, and whether it may wait for the handover.
#[derive(Serialize, ToSchema)]
pub(crate) struct DutyView {
    #[schema(value_type = String)]
    key: ExitDuty,
    zh: &'static str,
    en: &'static str,
    basis: &'static str,
    may_wait: bool,
    /// The last day, where it does not depend on the handover.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Day>,
}

impl DutyView {
    /// Those of a way of leaving: who resigns is paid no compensation (劳动合同法 art. 46).
    pub(crate) fn all(kind: DepartureKind, employment_ends: Day) -> Vec<DutyView> {
        let view = |duty: ExitDuty| {
            let (zh, en, basis) = duty.words();
            let due_on = match duty.due() {
                Due::AtTheEnd => Some(employment_ends),
                Due::WithinDays(days) => Some(employment_ends.plus_days(i64::from(days))),
                Due::OnHandover => None,
            };
            DutyView {
                key: duty,
                zh,
                en,
                basis,
                may_wait: duty.may_wait(),
                due_on,
            }
        };
        let compensated = kind.rule().compensation != CompensationRule::None;
        ExitDuty::ALL
            .into_iter()
            .filter(|duty| compensated || *duty != ExitDuty::EconomicCompensation)
            .map(view)
            .collect()
    }
}

/// One thing that happened.
#[derive(Serialize, ToSchema)]
#[schema(as = DepartureStep)]
pub(crate) struct StepView {
    n: i64,
    /// `filed`, `acknowledged`, `agreed`, `dates`, `check`, `waiver`, `stage`, `access_ended`,
    /// `withdrawn`, `called_off`, `closed`
    kind: String,
    /// Which check or gate.
    what: String,
    #[schema(value_type = String)]
    at: Moment,
    by: Option<PersonName>,
}

impl StepView {
    pub(crate) fn of(line: &StepLine, names: &BTreeMap<EmployeeId, (String, String)>) -> StepView {
        StepView {
            n: line.seq,
            kind: line.kind.clone(),
            what: line.what.clone(),
            at: line.at,
            by: line
                .recorded_by
                .parse()
                .ok()
                .and_then(|id| PersonName::among(names, Some(id))),
        }
    }
}

/// A plan of the departure.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanRef {
    #[schema(value_type = String)]
    id: PlanId,
    number: String,
    state: PlanState,
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    /// Whether it gives back what another plan moved.
    reverses: bool,
}

impl From<&PlanHead> for PlanRef {
    fn from(head: &PlanHead) -> PlanRef {
        PlanRef {
            id: head.id,
            number: head.number.clone(),
            state: head.state,
            effective_on: head.effective_on,
            reverses: head.reverses.is_some(),
        }
    }
}

/// The stage with its name.
#[derive(Serialize, ToSchema)]
pub(crate) struct StageView {
    /// `filed`, `acknowledged`, `handing_over`, `settling`, `closed`, `withdrawn`
    #[schema(value_type = String)]
    key: Stage,
    zh: &'static str,
    en: &'static str,
}

impl From<Stage> for StageView {
    fn from(stage: Stage) -> StageView {
        let (zh, en) = stage.words();
        StageView { key: stage, zh, en }
    }
}

/// What the offices see before filing.
#[derive(Serialize, ToSchema)]
pub(crate) struct PreviewView {
    pub(crate) kind: KindView,
    pub(crate) dates: DatesView,
    /// Years whose holidays are not entered though days and tasks are reckoned in them.
    pub(crate) unknown_years: Vec<i16>,
    /// What the process will ask of the offices.
    pub(crate) tasks: Vec<StepAhead>,
    pub(crate) duties: Vec<DutyView>,
}

/// A departure in the board.
#[derive(Serialize, ToSchema)]
pub(crate) struct BoardItem {
    #[schema(value_type = String)]
    pub(crate) id: DepartureId,
    number: String,
    employee: PersonName,
    department: String,
    kind_zh: &'static str,
    kind_en: &'static str,
    stage: StageView,
    #[schema(value_type = String, format = Date)]
    filed_on: Day,
    clocks: ClocksView,
    /// Customers that are still the leaver's.
    customers_left: i64,
    #[schema(value_type = String)]
    pub(crate) opened_at: Moment,
    #[schema(value_type = Option<String>)]
    closed_at: Option<Moment>,
}

impl From<BoardLine> for BoardItem {
    fn from(line: BoardLine) -> BoardItem {
        let rule = line.kind.rule();
        BoardItem {
            id: line.id,
            number: line.number,
            employee: PersonName::of(line.employee),
            department: line.department,
            kind_zh: rule.zh,
            kind_en: rule.en,
            stage: line.stage.into(),
            filed_on: line.filed_on,
            clocks: line.clocks.into(),
            customers_left: line.customers_left,
            opened_at: line.opened_at,
            closed_at: line.closed_at,
        }
    }
}

/// Everything about a departure.
#[derive(Serialize, ToSchema)]
pub(crate) struct DepartureView {
    #[schema(value_type = String)]
    pub(crate) id: DepartureId,
    pub(crate) number: String,
    pub(crate) employee: PersonName,
    pub(crate) department: String,
    pub(crate) kind: KindView,
    pub(crate) stage: StageView,
    #[schema(value_type = String, format = Date)]
    pub(crate) filed_on: Day,
    pub(crate) filed_by: Option<PersonName>,
    /// In own words; only for the person and whoever runs departures.
    pub(crate) reason: Option<String>,
    pub(crate) agreed_early: bool,
    /// Whether it is one for both sides: a dismissal was served, an agreement reached; what the
    /// employee or the law brings about always is.
    pub(crate) declared: bool,
    pub(crate) dates: DatesView,
    /// Years whose holidays are not entered though days and tasks are reckoned in them; none once
    /// it is over.
    pub(crate) unknown_years: Vec<i16>,
    /// The process: who has to do what until when, and what is done.
    pub(crate) tasks: Vec<StepNow>,
    pub(crate) gates: Vec<GateView>,
    /// What may wait for the handover and what may not.
    pub(crate) duties: Vec<DutyView>,
    pub(crate) plans: Vec<PlanRef>,
    pub(crate) steps: Vec<StepView>,
    /// Its history: `GET /api/v1/evidence?subject=…`.
    pub(crate) subject: String,
    #[schema(value_type = Option<String>)]
    pub(crate) case_id: Option<kernel::CaseId>,
    #[schema(value_type = Option<String>)]
    pub(crate) closed_at: Option<Moment>,
}

/// Everybody the steps of a departure speak of.
pub(super) fn people_of(departure: &Departure, steps: &[StepLine]) -> Vec<EmployeeId> {
    let ids = steps
        .iter()
        .map(|step| &step.recorded_by)
        .chain([&departure.filed_by]);
    ids.filter_map(|id| id.parse().ok())
        .chain([departure.employee])
        .collect()
}
