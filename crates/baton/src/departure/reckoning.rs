//! The dates of a departure with their reasons 日期核算.

use ::departure::clocks::{self, Clocks};
use ::departure::kind::{DepartureKind, ProtectionEffect, Starter};
use ::departure::notice::{self, AgreedLastDay, NoticeAnswer, NoticeFacts, OffDays, takes_effect};
use ::departure::protection::{self, Protection, ProtectionFacts};
use access::Permission;
use kernel::{Day, Reason, Refusal, Words, WorkCalendar};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::people::store::Employee;
use crate::permissions;

/// Whoever ends employment later than in so many months files it when the day is nearer.
const MONTHS_AHEAD: i32 = 24;

/// What is known about a status that protects from dismissal (劳动合同法 art. 42).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Protected {
    /// The statutory retirement day, where known.
    #[schema(value_type = Option<String>, format = Date)]
    pub retires_on: Option<Day>,
    /// 职业病检查未做或在诊断期
    #[serde(default)]
    pub occupational_check_pending: bool,
    /// 因工负伤并确认丧失或部分丧失劳动能力
    #[serde(default)]
    pub work_injury: bool,
    /// Last day of the medical period.
    #[schema(value_type = Option<String>, format = Date)]
    pub medical_until: Option<Day>,
    /// Last day of pregnancy, maternity and nursing.
    #[schema(value_type = Option<String>, format = Date)]
    pub maternity_until: Option<Day>,
    /// 法律、行政法规规定的其他情形
    #[serde(default)]
    pub other_by_law: bool,
}

/// What somebody who files says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// How employment ends.
    pub kind: DepartureKind,
    /// The day the notice reached the other side.
    pub received_on: Day,
    /// The last day of employment that is asked for.
    pub wished_on: Option<Day>,
    /// What both sides agreed.
    pub agreed: Option<AgreedLastDay>,
    /// The last day at work, when it lies before the end of employment.
    pub last_working_day: Option<Day>,
    /// The last day whose deals give credit, when it is another one.
    pub commission_cutoff_on: Option<Day>,
    /// A month's wage instead of 30 days' notice (art. 40).
    pub pay_in_lieu: bool,
    /// Days of notice the city asks for at expiry.
    pub local_notice_days: u16,
    /// The check of protected status; needed where such a status forbids or postpones the end.
    pub protected: Option<Protected>,
}

impl Wish {
    /// What whoever files must hold: the day on which credit ends is the company's to set.
    pub(crate) fn permission(&self) -> Permission {
        if one_may_file(self.kind) && self.commission_cutoff_on.is_none() {
            permissions::DEPARTURE_FILE
        } else {
            permissions::DEPARTURE_RUN
        }
    }
}

/// The dates that follow, and why; kept with the departure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    /// What was asked of the engine.
    pub notice: NoticeFacts,
    /// What it answered.
    pub answer: NoticeAnswer,
    /// The three dates.
    pub clocks: Clocks,
    /// What follows from each of the three.
    pub clock_reasons: Vec<Reason>,
    /// Every status found that protects on the last day.
    pub protections: Vec<Protection>,
}

impl Reckoning {
    /// The years between notice and end in which only weekends counted, since their holidays are
    /// not entered.
    pub(crate) fn unknown_years(&self, calendar: &WorkCalendar) -> Vec<i16> {
        calendar.unknown_years(self.notice.received_on, self.clocks.employment_ends)
    }
}

/// Reckons the dates.
///
/// # Errors
/// Those of the engine and of [`within_bounds`]; `departure.received_in_future`,
/// `departure.no_pay_in_lieu`, `departure.no_contract_end`, `departure.needs_day` where the law
/// fixes no day and none was given, `departure.protection_unchecked`.
pub(crate) fn reckon(
    wish: &Wish,
    person: &Employee,
    calendar: &WorkCalendar,
    today: Day,
) -> Result<Reckoning, Refusal> {
    if wish.received_on > today {
        let zh = "收到通知的日期不能晚于今天";
        let en = "A notice is not received on a day that lies ahead";
        return Err(Refusal::invalid("departure.received_in_future", zh, en)
            .remedy((
                "请填写实际收到的日期",
                "Give the day on which it was received in fact",
            ))
            .at("/received_on", zh));
    }
    fits_kind(wish, person)?;
    // Who works on after his contract ended may be told so any day (法释〔2020〕26号 art. 34).
    let contract_until = person.contract_until;
    let contract_until = contract_until.filter(|until| *until >= wish.received_on);
    let notice = NoticeFacts {
        kind: wish.kind,
        received_on: wish.received_on,
        probation_until: person.probation_until,
        contract_until: contract_until.filter(|_| wish.kind.is_expiry()),
        wished: wish.wished_on,
        agreed: wish.agreed,
        pay_in_lieu: wish.pay_in_lieu,
        local_notice_days: wish.local_notice_days,
    };
    needs_a_day(wish, &notice)?;
    let answer = takes_effect(&notice, OffDays::default(), calendar)?;
    let end = answer.last_day;
    let clocks = Clocks {
        employment_ends: end,
        last_working_day: wish.last_working_day.unwrap_or(end),
        commission_cut_off: wish.commission_cutoff_on.unwrap_or(end),
    };
    let clock_reasons = check(&clocks, &answer, person)?;
    within_bounds(&notice, &clocks, person.hired_on, today)?;
    let protections = protections(wish, person, end)?;
    Ok(Reckoning {
        notice,
        answer,
        clocks,
        clock_reasons,
        protections,
    })
}

/// Refuses what this way of leaving does not know: a month's wage instead of notice outside
/// art. 40, the expiry of a contract that has no last day.
fn fits_kind(wish: &Wish, person: &Employee) -> Result<(), Refusal> {
    let rule = wish.kind.rule();
    if wish.pay_in_lieu && !wish.kind.may_pay_in_lieu() {
        let zh = format!("「{}」不能以代通知金代替通知", rule.zh);
        let en = "Pay instead of notice is for art. 40 only";
        return Err(Refusal::invalid("departure.no_pay_in_lieu", zh.clone(), en)
            .remedy((
                "请取消代通知金；它只适用于非过失性辞退（劳动合同法第四十条）",
                "Leave out pay in lieu of notice; it is for dismissals without fault only (Labour \
                 Contract Law, article 40)",
            ))
            .at("/pay_in_lieu", zh));
    }
    if wish.kind.is_expiry() && person.contract_until.is_none() {
        let who = person.called();
        let zh = format!("{who}没有登记劳动合同的终止日，不能按合同到期离职");
        let en = "No last day of a contract is on file, so nothing expires";
        return Err(Refusal::conflict("departure.no_contract_end", zh, en)
            .remedy((
                "固定期限合同请先在员工档案登记合同期限；\
                 无固定期限合同不会到期，请改选其他离职类型",
                "Record the term of a fixed-term contract with the employee first; an open-ended \
                 contract does not expire, so choose another way of leaving",
            ))
            .at(
                "/kind",
                (
                    "没有登记劳动合同的终止日",
                    "No end of the employment contract is on record",
                ),
            ));
    }
    Ok(())
}

/// Checks the three dates and explains what follows from them, also for whoever works on after his
/// contract ended.
///
/// # Errors
/// Those of the engine.
pub(crate) fn check(
    clocks: &Clocks,
    answer: &NoticeAnswer,
    person: &Employee,
) -> Result<Vec<Reason>, Refusal> {
    let mut reasons = clocks::check(clocks, answer)?;
    let end = clocks.employment_ends;
    reasons.extend(person.contract_until.filter(|until| *until < end).map(|until| {
        Reason::new(
            "clocks.contract_over",
            format!(
                "劳动合同至 {until} 到期，早于终止日 {end}：其后继续工作而未续签的，按原条件履行，\
                 形成事实劳动关系（法释〔2020〕26号第三十四条），应补签书面合同"
            ),
            format!(
                "The contract ends on {until}, before employment does on {end}: whoever works on \
                 without a new one is employed in fact, on the old terms (Fa Shi [2020] 26, art. \
                 34), and a written contract must be signed."
            ),
        )
    }));
    Ok(reasons)
}

/// An end by agreement, by the contract or by law is on a day that somebody must name.
fn needs_a_day(wish: &Wish, notice: &NoticeFacts) -> Result<(), Refusal> {
    let named = wish.wished_on.is_some() || wish.agreed.is_some();
    let named = named || notice.expires_on().is_some();
    let fixed_by_notice = !matches!(wish.kind.rule().notice, ::departure::kind::NoticeRule::None);
    if named || fixed_by_notice {
        return Ok(());
    }
    let zh = "该离职类型没有通知期，请填写约定或法定的最后一日";
    Err(
        Refusal::invalid("departure.needs_day", zh, "this kind needs a last day")
            .remedy((
                "请填写双方约定的日期，或合同、法律规定的日期",
                "Give the day that was agreed, or the day by contract or law",
            ))
            .at("/wished_on", zh),
    )
}

/// Refuses days that cannot be meant: before the person was hired, at work for the last time before
/// the notice arrived, in years.
///
/// # Errors
/// `departure.before_hired`, `departure.works_before_notice`, `departure.ends_too_late`,
/// `departure.death_ahead`; `departure.probation_over` as the engine says it.
pub(crate) fn within_bounds(
    notice: &NoticeFacts,
    clocks: &Clocks,
    hired_on: Day,
    today: Day,
) -> Result<(), Refusal> {
    let Clocks {
        employment_ends: end,
        last_working_day: last,
        ..
    } = *clocks;
    after_hiring(notice, clocks, hired_on)?;
    let received = notice.received_on;
    // Of what is a fact one often hears after the last day at work.
    if last < received && !notice.kind.is_a_fact() {
        let zh = format!("最后工作日 {last} 早于收到通知的 {received}");
        let en = format!("The last working day {last} lies before the notice of {received}.");
        return Err(Refusal::invalid("departure.works_before_notice", zh, en)
            .remedy((
                "请填写收到通知当日或以后的日期；此前已不到岗的，请按请假或考勤记录",
                "Give the day the notice was received, or a later one; absence before that is \
                 leave or attendance",
            ))
            .at("/last_working_day", Words::not_before(received)));
    }
    let latest = today.plus_months(MONTHS_AHEAD);
    if end > latest {
        let zh = format!("劳动关系终止日 {end} 在两年以后");
        let en = format!("Employment would end on {end}, later than {latest}.");
        return Err(Refusal::invalid("departure.ends_too_late", zh, en)
            .remedy((
                "请核对年份；确在两年以后的，请临近时再提交",
                "Check the year; if it is more than two years away, file it nearer the day",
            ))
            .at("/employment_ends", Words::not_after(latest)));
    }
    if notice.kind == DepartureKind::Death && end > today {
        let zh = format!("死亡是已发生的事实，终止日 {end} 不能晚于今天");
        let en = format!("A death is a fact; {end} has not come.");
        return Err(Refusal::invalid("departure.death_ahead", zh, en)
            .remedy((
                "请填写死亡证明上的日期",
                "Give the day of the death certificate",
            ))
            .at("/wished_on", ("不能晚于今天", "It may not be after today")));
    }
    notice::ends_in_time(notice, end)
}

/// Nothing of it lies before the person was hired.
fn after_hiring(notice: &NoticeFacts, clocks: &Clocks, hired_on: Day) -> Result<(), Refusal> {
    for (day, zh, en, pointer) in [
        (
            notice.received_on,
            "收到通知的日期",
            "notice",
            "/received_on",
        ),
        (
            clocks.employment_ends,
            "劳动关系终止日",
            "end of employment",
            "/employment_ends",
        ),
        (
            clocks.last_working_day,
            "最后工作日",
            "last working day",
            "/last_working_day",
        ),
        (
            clocks.commission_cut_off,
            "提成截止日",
            "commission cut-off",
            "/commission_cutoff_on",
        ),
    ] {
        if day < hired_on {
            let zh = format!("{zh} {day} 早于入职日 {hired_on}");
            let en = format!("The {en} of {day} lies before the hiring on {hired_on}.");
            return Err(Refusal::invalid("departure.before_hired", zh, en)
                .remedy((
                    "请核对日期；入职日有误的，请先更正员工档案",
                    "Check the date; correct the employee’s first day before, if that is wrong",
                ))
                .at(pointer, Words::not_before(hired_on)));
        }
    }
    Ok(())
}

fn protections(wish: &Wish, person: &Employee, end: Day) -> Result<Vec<Protection>, Refusal> {
    let matters = wish.kind.rule().protection != ProtectionEffect::None;
    let Some(known) = wish.protected else {
        if matters {
            let zh = "单位解除或终止前须先核查员工是否处于特殊保护期";
            return Err(Refusal::invalid(
                "departure.protection_unchecked",
                zh,
                "protected status must be checked first (LCL 42)",
            )
            .remedy((
                "请由法务或人事核查后填写核查结果",
                "Let legal counsel or HR examine it and give the result",
            ))
            .at("/protected", zh));
        }
        return Ok(Vec::new());
    };
    let found = protection::protections(&ProtectionFacts {
        on: end,
        serving_since: person.hired_on,
        retires_on: known.retires_on,
        occupational_check_pending: known.occupational_check_pending,
        work_injury: known.work_injury,
        medical_until: known.medical_until,
        maternity_until: known.maternity_until,
        other_by_law: known.other_by_law,
    });
    protection::may_end(wish.kind, &found)?;
    Ok(found)
}

/// Whether the person may file this kind for himself; the others are the company's to file.
#[must_use]
pub(crate) fn one_may_file(kind: DepartureKind) -> bool {
    kind.rule().starter == Starter::Employee
}
