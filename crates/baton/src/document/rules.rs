//! When a document may be issued 出具条件.

use ::departure::kind::DepartureKind;
use ::departure::state::Stage;
use ::document::Kind;
use kernel::{Day, Refusal};

use crate::departure::store::Departure;

/// Whether this document fits the departure on this day.
///
/// # Errors `document.departure_withdrawn`, `document.too_early` (the certificate states that
/// employment has ended: 劳动合同法 art. 50 has it issued at that moment, not before),
/// `document.not_a_resignation`.
pub(super) fn fits(kind: Kind, departure: &Departure, today: Day) -> Result<(), Refusal> {
    match kind {
        Kind::LeavingCertificate => certificate(departure, today),
        Kind::ResignationNotice if !departure.kind.is_employees_own_act() => {
            let zh = format!("本次离职是「{}」，不是员工辞职", departure.kind.rule().zh);
            let en = "This departure is not the employee's own notice";
            Err(Refusal::conflict("document.not_a_resignation", zh, en)
                .remedy("辞职通知只用于辞职和被迫辞职"))
        }
        Kind::ResignationNotice | Kind::HandoverList => Ok(()),
        Kind::CommissionStatement => Err(elsewhere(kind)),
    }
}

/// A document that is not about a departure.
pub(super) fn elsewhere(kind: Kind) -> Refusal {
    let zh = format!("「{}」不是离职文书，不能在离职中出具", kind.manifest().zh);
    Refusal::invalid("document.not_of_a_departure", zh, "not about a departure")
        .remedy("提成单在关账后由本人或财务在提成单页面生成")
}

fn certificate(departure: &Departure, today: Day) -> Result<(), Refusal> {
    if departure.stage == Stage::Withdrawn {
        return Err(Refusal::conflict(
            "document.departure_withdrawn",
            "该离职已撤回，劳动关系存续，不能出具离职证明",
            "The departure was taken back; employment goes on",
        ));
    }
    let ends = departure.clocks.employment_ends;
    if today < ends {
        return Err(Refusal::conflict(
            "document.too_early",
            format!("劳动关系至 {ends} 才终止，离职证明应在该日出具"),
            format!("Employment ends on {ends}; the certificate is issued on that day"),
        )
        .remedy(format!(
            "请在 {ends} 当日出具（劳动合同法第五十条）；此前可以预览"
        )));
    }
    Ok(())
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
        .remedy("如需补发或更正，请填写原因，另出一份")
        .at("/because", "请填写补发或更正的原因")),
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
