//! When a document may be issued 出具条件.

use ::departure::kind::{DepartureKind, Starter};
use ::departure::state::Stage;
use ::document::{About, Content, Kind, Value, Wrong};
use kernel::{Day, Refusal};

use super::about::{Moving, Source};
use crate::bounds;
use crate::departure::store::{Departure, Found};
use crate::handover::store::PlanState;

/// Whether this document fits what it is about, today.
///
/// # Errors `document.departure_withdrawn`, `document.too_early` (the certificate states that
/// employment has ended: 劳动合同法 art. 50 has it issued at that moment, not before),
/// `document.not_declared`, `document.not_approved_yet`, `document.reckoned_elsewhere`,
/// `document.not_a_resignation`; of a plan `document.plan_not_agreed`, `document.customer_gone`,
/// `document.no_receiver`.
pub(super) fn fits(kind: Kind, source: &Source) -> Result<(), Refusal> {
    if kind.about() != source.about.word() {
        return Err(elsewhere(kind));
    }
    match (&source.moving, &source.departure) {
        (Some(moving), _) => of_plan(kind, moving, source),
        (None, Some(found)) => of_departure(kind, found, source),
        (None, None) => Err(elsewhere(kind)),
    }
}

/// The same for documents about parts of a plan, as far as the plan itself says.
///
/// # Errors
/// `document.plan_not_agreed`.
pub(super) fn fits_plan(kind: Kind, source: &Source) -> Result<(), Refusal> {
    match &source.moving {
        Some(moving) => agreed(kind, moving, source),
        None => Err(elsewhere(kind)),
    }
}

fn of_departure(kind: Kind, found: &Found, source: &Source) -> Result<(), Refusal> {
    let (departure, today) = (&found.departure, source.today);
    match kind {
        Kind::LeavingCertificate => certificate(found, today),
        Kind::ResignationNotice if !departure.kind.is_employees_own_act() => {
            let zh = format!("本次离职是「{}」，不是员工辞职", departure.kind.rule().zh);
            let en = "This departure is not the employee's own notice";
            Err(
                Refusal::conflict("document.not_a_resignation", zh, en).remedy((
                    "辞职通知只用于辞职和被迫辞职",
                    "A notice of resignation is for resignations and forced resignations only",
                )),
            )
        }
        Kind::MutualTermination => mutual(departure),
        Kind::TerminationNotice => employers_notice(departure, source),
        Kind::CompensationReckoning => reckoning(departure),
        Kind::NoncompeteNotice | Kind::NoncompeteRelease | Kind::Confidentiality => {
            goes_on(kind, departure)
        }
        _ => Ok(()),
    }
}

fn mutual(departure: &Departure) -> Result<(), Refusal> {
    let agreed = [
        DepartureKind::MutualByEmployer,
        DepartureKind::MutualByEmployee,
    ];
    if !agreed.contains(&departure.kind) {
        let zh = format!("本次离职是「{}」，不是协商解除", departure.kind.rule().zh);
        let en = "This departure is not by mutual agreement";
        return Err(Refusal::conflict("document.not_mutual", zh, en).remedy((
            "协商一致的，请撤回本次离职，按「协商解除」重新登记，写明由谁提出",
            "Where both sides agree, withdraw this departure and file it as mutual \
             termination, saying who proposed it",
        )));
    }
    goes_on(Kind::MutualTermination, departure)
}

/// Who is told that it ends: not whoever ends it himself or agreed to it.
fn employers_notice(departure: &Departure, source: &Source) -> Result<(), Refusal> {
    let rule = departure.kind.rule();
    let tells = match departure.kind {
        DepartureKind::MutualByEmployer
        | DepartureKind::UnlawfulDismissal
        | DepartureKind::Death => false,
        _ => rule.starter != Starter::Employee,
    };
    if !tells {
        let zh = format!("本次离职是「{}」，不由单位通知解除或终止", rule.zh);
        let en = "This departure is not one that the employer gives notice of";
        let refused = Refusal::conflict("document.not_employers_act", zh, en);
        return Err(refused.remedy(if reckons_apart(departure.kind) {
            (
                "应付的经济补偿或赔偿金，请出具经济补偿（赔偿金）核算单",
                "For the compensation that is due issue the reckoning of compensation",
            )
        } else {
            (
                "单位依法单方解除或劳动合同终止的，才出具解除（终止）通知书",
                "A notice of termination is for a dismissal or a contract that expires",
            )
        }));
    }
    if rule.union_first && source.union_on.is_none() {
        let zh = "单位单方解除劳动合同，应当事先将理由通知工会";
        return Err(Refusal::conflict(
            "document.union_first",
            zh,
            "The union must be told the reason first (LCL 43)",
        )
        .remedy((
            "请先在离职中登记「通知工会」，再出具通知书（劳动合同法第四十三条）",
            "Record the notice to the union in the departure first, then issue the notice of \
             termination (Labour Contract Law, article 43)",
        )));
    }
    goes_on(Kind::TerminationNotice, departure)?;
    if !source.may_be_served {
        let zh = "解除通知书须在法务核查、通知工会、人事负责人和总经理审批之后出具";
        return Err(Refusal::conflict(
            "document.not_approved_yet",
            zh,
            "The dismissal is not approved yet",
        )
        .remedy((
            "请在离职流程中查看进行到哪一步；审批完成以前可以预览",
            "See in the case of the departure how far it is; a preview is possible until the \
             approval is complete",
        )));
    }
    Ok(())
}

/// Whether what is due stands on a paper of its own: neither an agreement nor a notice of the
/// employer carries it (劳动合同法 art. 38, 87).
pub(super) fn reckons_apart(kind: DepartureKind) -> bool {
    matches!(
        kind,
        DepartureKind::ResignationForCause | DepartureKind::UnlawfulDismissal
    )
}

fn reckoning(departure: &Departure) -> Result<(), Refusal> {
    if reckons_apart(departure.kind) {
        return goes_on(Kind::CompensationReckoning, departure);
    }
    Err(reckoned_elsewhere(departure.kind))
}

/// What is due here, if anything, stands on another paper.
pub(super) fn reckoned_elsewhere(kind: DepartureKind) -> Refusal {
    use ::departure::kind::CompensationRule;
    let rule = kind.rule();
    let zh = format!("本次离职是「{}」，不单独出具核算单", rule.zh);
    let en = "What is due here is not reckoned on a paper of its own";
    let refused = Refusal::conflict("document.reckoned_elsewhere", zh, en);
    refused.remedy(match (rule.compensation, kind) {
        (CompensationRule::None, _) => (
            "该离职类型依法不产生经济补偿，无须核算",
            "By law this way of leaving gives no compensation; there is nothing to reckon",
        ),
        (_, DepartureKind::MutualByEmployer) => (
            "经济补偿在协商解除协议中核算，请出具该协议",
            "It is reckoned in the agreement of mutual termination; issue that",
        ),
        _ => (
            "经济补偿在解除（终止）通知书中核算，请出具该通知书",
            "It is reckoned in the notice of termination; issue that",
        ),
    })
}

fn goes_on(kind: Kind, departure: &Departure) -> Result<(), Refusal> {
    if departure.stage != Stage::Withdrawn {
        return Ok(());
    }
    Err(Refusal::conflict(
        "document.departure_withdrawn",
        format!("该离职已撤回，劳动关系存续，不能出具{}", kind.manifest().zh),
        "The departure was taken back; employment goes on",
    )
    .remedy((
        "如再次离职，请在新的离职中出具",
        "If there is another departure, issue it there",
    )))
}

fn agreed(kind: Kind, moving: &Moving, source: &Source) -> Result<(), Refusal> {
    let state = moving.plan.state;
    if kind == Kind::ReassignmentAgreement {
        reassignment(moving, source)?;
        // It is signed while the receivers answer: without it the plan should not be approved.
        if state == PlanState::Submitted {
            return Ok(());
        }
    }
    if !matches!(state, PlanState::Approved | PlanState::Executed) {
        let (zh, en) = state.words();
        let refused = Refusal::conflict(
            "document.plan_not_agreed",
            format!(
                "交接方案 {} {zh}，内容还会变动，不能出具",
                moving.plan.number
            ),
            format!(
                "Plan {} is {en}; what it says may still change",
                moving.plan.number
            ),
        );
        return Err(match state {
            PlanState::Cancelled => refused.remedy((
                "已作废的方案不再出具文书，请在新方案中出具",
                "A cancelled plan issues no documents; issue them in the new plan",
            )),
            _ => refused.remedy((
                "请在接替人确认、方案批准后出具；此前可以预览",
                "Issue it after the receivers have confirmed and the plan is approved; a \
                 preview is possible before",
            )),
        });
    }
    Ok(())
}

/// 客户调整 is agreed with somebody who stays, before it takes effect.
fn reassignment(moving: &Moving, source: &Source) -> Result<(), Refusal> {
    let plan = &moving.plan;
    if plan.departure.is_some() {
        let zh = format!("方案 {} 属于一次离职，不是在职期间的客户调整", plan.number);
        let en = "This plan belongs to a departure; nobody who stays gives customers away";
        return Err(
            Refusal::conflict("document.of_a_departure", zh, en).remedy((
                "离职交接请出具客户交接确认书与过渡期提成协议",
                "For a departure issue the customer handover confirmation and the transition \
                 commission agreement",
            )),
        );
    }
    if plan.effective_on < source.today || plan.state == PlanState::Executed {
        let zh = format!("方案已于 {} 生效，协议不能溯及既往", plan.effective_on);
        return Err(Refusal::conflict(
            "document.retroactive",
            zh,
            "The plan is in effect already; an agreement does not reach back",
        )
        .remedy((
            "请在方案执行前协商并出具；已经执行的，请另立方案后协商",
            "Agree and issue it before the plan is executed; where it was executed, draw up \
             another plan first",
        )));
    }
    Ok(())
}

fn of_plan(kind: Kind, moving: &Moving, source: &Source) -> Result<(), Refusal> {
    agreed(kind, moving, source)?;
    if moving.gone {
        let zh = "该客户已不由移交人负责，未随本方案移交";
        return Err(Refusal::conflict(
            "document.customer_gone",
            zh,
            "This customer was no longer the giver's and did not move",
        )
        .remedy((
            "请在实际移交该客户的方案中出具",
            "Issue it in the plan that moves this customer in fact",
        )));
    }
    if kind.about() != About::Plan && moving.receiver.is_none() {
        return Err(no_receiver());
    }
    Ok(())
}

/// Somebody filled in what cannot stand there; every place is named.
pub(super) fn filled_in_wrongly(wrong: &[Wrong]) -> Refusal {
    let first = wrong.first().map_or("", |one| one.zh.as_str());
    let zh = match wrong.len() {
        0 | 1 => first.to_owned(),
        more => format!("{first}（另有 {} 处需要更正）", more - 1),
    };
    let place = |one: &Wrong| format!("{}: {}", bounds::called(&one.pointer), one.en);
    let first_en = wrong.first().map(place).unwrap_or_default();
    let en = match wrong.len() {
        0 | 1 => first_en,
        more => format!("{first_en} ({} more to correct)", more - 1),
    };
    let refused = Refusal::invalid("document.typed", zh, en).remedy((
        "请按提示补全或更正标出的内容后重试",
        "Complete or correct the marked places and try again",
    ));
    wrong.iter().fold(refused, |refused, one| {
        refused.at(
            &format!("/typed{}", one.pointer),
            (one.zh.as_str(), one.en.as_str()),
        )
    })
}

/// Kinds in which no penalty of the employee can be agreed (劳动合同法 art. 25: only for training and
/// the non-compete).
const WITHOUT_PENALTY: [Kind; 6] = [
    Kind::Confidentiality,
    Kind::CustomerHandover,
    Kind::ReceivableConfirmation,
    Kind::ReassignmentAgreement,
    Kind::TransitionCommission,
    Kind::MutualTermination,
];

/// Whether what was filled in names a penalty that the law forbids.
///
/// # Errors
/// `document.penalty`.
pub(super) fn no_penalty(kind: Kind, typed: &Content) -> Result<(), Refusal> {
    if !WITHOUT_PENALTY.contains(&kind) {
        return Ok(());
    }
    let words = ["违约金", "罚款", "押金"];
    for (key, value) in typed {
        let Some(word) = words.iter().find(|word| says(value, word)) else {
            continue;
        };
        let zh = format!("内容中有「{word}」：除服务期与竞业限制外，不得约定由劳动者承担违约金");
        let en = "No penalty of the employee may be agreed here (LCL 25)";
        return Err(Refusal::invalid("document.penalty", zh.clone(), en)
            .remedy((
                "请删去该内容；造成损失的，依法另行主张赔偿（劳动合同法第二十五条、第九十条）",
                "Leave that out; damages are claimed apart, by law (Labour Contract Law, articles \
                 25 and 90)",
            ))
            .at(&format!("/typed/{key}"), zh));
    }
    Ok(())
}

fn says(value: &Value, word: &str) -> bool {
    match value {
        Value::Text(text) => text.contains(word),
        Value::List(rows) => rows
            .0
            .iter()
            .any(|row| row.values().any(|one| says(one, word))),
        _ => false,
    }
}

pub(super) fn no_receiver() -> Refusal {
    let zh = "方案中该客户没有接替人，不存在交接";
    Refusal::conflict("document.no_receiver", zh, "Nobody receives this customer").remedy((
        "请先在方案中为该客户选择接替人",
        "Choose a receiver for this customer in the plan first",
    ))
}

pub(super) fn nothing_owed(who: &str) -> Refusal {
    let zh = format!("{who}名下没有未收款项，无须出具");
    Refusal::conflict("document.nothing_owed", zh, "Nothing is owed there").remedy((
        "请核对发票与回款登记；确无欠款的不出具应收文书",
        "Check invoices and receipts; where nothing is owed, there are no documents of \
         receivables",
    ))
}

pub(super) fn no_customers() -> Refusal {
    let zh = "方案没有移交给该接替人的客户，没有提成可以分配";
    Refusal::conflict(
        "document.no_customers",
        zh,
        "This receiver gets no customers",
    )
    .remedy((
        "过渡期提成协议只与接收客户的人签订",
        "A transition commission agreement is made only with those who receive customers",
    ))
}

pub(super) fn no_terms() -> Refusal {
    let zh = "方案没有约定提成条款";
    Refusal::conflict(
        "document.no_terms",
        zh,
        "The plan has no terms of commission",
    )
    .remedy((
        "请先在方案中约定移交人在过渡期的提成",
        "Agree in the plan first what the giver earns in the transition",
    ))
}

/// A document that is not about this.
pub(super) fn elsewhere(kind: Kind) -> Refusal {
    let place = match kind.about() {
        About::Departure => (
            "请在离职详情页出具",
            "Issue it on the page of the departure",
        ),
        About::Month => (
            "提成单在关账后由本人或财务在提成单页面生成",
            "The payee or finance makes it on the page of the statement when the month is closed",
        ),
        About::Customer => (
            "请在交接方案中选择客户后出具",
            "Choose a customer in the handover plan and issue it there",
        ),
        About::Receiver => (
            "请在交接方案中选择接替人后出具",
            "Choose a receiver in the handover plan and issue it there",
        ),
        About::Plan => ("请在交接方案中出具", "Issue it in the handover plan"),
    };
    let zh = format!("「{}」不在这里出具", kind.manifest().zh);
    Refusal::invalid(
        "document.elsewhere",
        zh,
        "This document is issued elsewhere",
    )
    .remedy(place)
}

fn certificate(found: &Found, today: Day) -> Result<(), Refusal> {
    let departure = &found.departure;
    if departure.stage == Stage::Withdrawn {
        return Err(Refusal::conflict(
            "document.departure_withdrawn",
            "该离职已撤回，劳动关系存续，不能出具离职证明",
            "The departure was taken back; employment goes on",
        ));
    }
    if !found.is_declared() {
        return Err(not_declared(departure.kind));
    }
    let ends = departure.clocks.employment_ends;
    if today < ends {
        return Err(Refusal::conflict(
            "document.too_early",
            format!("劳动关系至 {ends} 才终止，离职证明应在该日出具"),
            format!("Employment ends on {ends}; the certificate is issued on that day"),
        )
        .remedy((
            format!("请在 {ends} 当日出具（劳动合同法第五十条）；此前可以预览"),
            format!(
                "Issue it on {ends} (Labour Contract Law, article 50); a preview is possible before"
            ),
        )));
    }
    Ok(())
}

/// A dismissal that was not served, an agreement that was not reached: nothing has ended.
fn not_declared(kind: DepartureKind) -> Refusal {
    let agreed = matches!(
        kind,
        DepartureKind::MutualByEmployer | DepartureKind::MutualByEmployee
    );
    let (zh, en, remedy) = if agreed {
        (
            "协商解除尚未达成一致，劳动关系没有终止，不能出具离职证明",
            "The agreement was not reached; employment goes on",
            (
                "请在流程中查看还差谁同意；都同意后再出具，此前可以预览",
                "See in the case who has not agreed yet; a preview is possible before all have",
            ),
        )
    } else {
        (
            "解除通知尚未送达，劳动关系没有终止，不能出具离职证明",
            "The notice was not served; employment goes on",
            (
                "请在审批完成后送达，并在离职中登记送达；此前可以预览",
                "Serve it after the approval and record that in the departure; a preview is \
                 possible before",
            ),
        )
    };
    Refusal::conflict("document.not_declared", zh, en).remedy(remedy)
}

/// What issuing it once more needs.
///
/// # Errors
/// `document.issued_already` when it exists and no reason is given.
pub(super) fn once_more(earlier: Option<&str>, because: &str) -> Result<(), Refusal> {
    match earlier {
        Some(number) if because.trim().is_empty() => Err(Refusal::conflict(
            "document.issued_already",
            format!("该文书已经出具（{number}），已出具的文书不会改动"),
            format!("It was issued already as {number}, which never changes"),
        )
        .remedy((
            "如需补发或更正，请填写原因，另出一份",
            "To issue it again or correct it, give the reason for another copy",
        ))
        .at(
            "/because",
            (
                "请填写补发或更正的原因",
                "Give the reason why it is issued again or corrected",
            ),
        )),
        _ => Ok(()),
    }
}

/// 解除 is an act of one or both sides, 终止 is what the law or the end of the term brings (劳动合同法 art.
/// 36–41, 44).
pub(super) fn ending(kind: DepartureKind) -> &'static str {
    match kind {
        DepartureKind::ExpiryByEmployer
        | DepartureKind::ExpiryByEmployee
        | DepartureKind::TaskEnd
        | DepartureKind::Retirement
        | DepartureKind::Death
        | DepartureKind::EmployerClosure => "终止",
        _ => "解除",
    }
}

/// Years and months worked, the last day included: `7年4个月`; days when it is less than a month.
pub(super) fn service(hired_on: Day, ended_on: Day) -> String {
    let after = ended_on.plus_days(1);
    let mut months = 0;
    while hired_on.plus_months(months + 1) <= after && months < 1_200 {
        months += 1;
    }
    match (months / 12, months % 12) {
        (0, 0) => format!("{}天", hired_on.days_until(after).max(0)),
        (0, months) => format!("{months}个月"),
        (years, 0) => format!("{years}年"),
        (years, months) => format!("{years}年{months}个月"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_service_count_the_last_day() {
        for (from, to, said) in [
            ("2019-08-01", "2026-12-22", "7年4个月"),
            ("2019-08-01", "2026-07-31", "7年"),
            ("2026-01-31", "2026-02-27", "1个月"),
            ("2026-01-31", "2026-02-26", "27天"),
            ("2026-03-01", "2026-03-01", "1天"),
            ("2024-02-29", "2025-02-27", "1年"),
            ("2026-03-02", "2026-03-01", "0天"),
        ] {
            let day = |text: &str| text.parse::<Day>().expect(text);
            assert_eq!(service(day(from), day(to)), said, "{from} {to}");
        }
    }

    #[test]
    fn ending_and_ending_are_two_words() {
        assert_eq!(ending(DepartureKind::Resignation), "解除");
        assert_eq!(ending(DepartureKind::MutualByEmployer), "解除");
        assert_eq!(ending(DepartureKind::ExpiryByEmployer), "终止");
        assert_eq!(ending(DepartureKind::Retirement), "终止");
    }
}
