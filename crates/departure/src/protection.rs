//! Who may not be dismissed for now 特殊保护期.
//!
//! 劳动合同法 art. 42 forbids ending the contract by art. 40 and 41; art. 45 puts expiry off until
//! the status is over. Art. 36, 37, 38 and 39 stay open.

use kernel::{Day, Reason, Refusal};
use serde::{Deserialize, Serialize};

use crate::kind::{DepartureKind, ProtectionEffect};

/// Years of unbroken service and years to retirement in art. 42(5).
const LONG_SERVICE_MONTHS: i32 = 15 * 12;
const NEAR_RETIREMENT_MONTHS: i32 = 5 * 12;

/// A status that protects (劳动合同法 art. 42).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// 职业病检查、诊断或医学观察期间 42(1).
    OccupationalDiseaseCheck,
    /// 因工丧失或部分丧失劳动能力 42(2).
    WorkInjury,
    /// 医疗期内 42(3).
    MedicalPeriod,
    /// 孕期、产期、哺乳期 42(4).
    Maternity,
    /// 连续工作满十五年且距法定退休年龄不足五年 42(5).
    NearRetirement,
    /// 法律、行政法规规定的其他情形 42(6).
    OtherByLaw,
}

impl Protection {
    /// The reason in words.
    #[must_use]
    pub fn reason(self) -> Reason {
        let (code, zh, en) = match self {
            Self::OccupationalDiseaseCheck => (
                "protection.occupational_disease",
                "离岗前职业健康检查未做，或疑似职业病在诊断、观察期（第四十二条第一项）",
                "An occupational-disease check is pending (art. 42(1)).",
            ),
            Self::WorkInjury => (
                "protection.work_injury",
                "因工负伤或患职业病并确认丧失、部分丧失劳动能力（第四十二条第二项）",
                "Work injury with lost capacity (art. 42(2)).",
            ),
            Self::MedicalPeriod => (
                "protection.medical",
                "患病或非因工负伤，在规定的医疗期内（第四十二条第三项）",
                "In the medical period (art. 42(3)).",
            ),
            Self::Maternity => (
                "protection.maternity",
                "女职工在孕期、产期、哺乳期（第四十二条第四项）",
                "Pregnancy, maternity or nursing (art. 42(4)).",
            ),
            Self::NearRetirement => (
                "protection.near_retirement",
                "在本单位连续工作满十五年，且距法定退休年龄不足五年（第四十二条第五项）",
                "15 years' unbroken service and less than 5 to retirement (art. 42(5)).",
            ),
            Self::OtherByLaw => (
                "protection.other",
                "法律、行政法规规定的其他情形（第四十二条第六项）",
                "Another case named by law (art. 42(6)).",
            ),
        };
        Reason::new(code, zh, en)
    }
}

/// What is known about the person on the day in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtectionFacts {
    /// The day employment is to end.
    pub on: Day,
    /// Begin of unbroken service with this employer.
    pub serving_since: Day,
    /// The statutory retirement day, where known (an explicit figure: it depends on the post).
    pub retires_on: Option<Day>,
    /// Whether a check is missing or a diagnosis is pending.
    pub occupational_check_pending: bool,
    /// Whether a lost capacity from a work injury was confirmed.
    pub work_injury: bool,
    /// Last day of the medical period.
    pub medical_until: Option<Day>,
    /// Last day of pregnancy, maternity and nursing.
    pub maternity_until: Option<Day>,
    /// Whether another law protects.
    pub other_by_law: bool,
}

/// Every status that protects the person on that day.
#[must_use]
pub fn protections(facts: &ProtectionFacts) -> Vec<Protection> {
    let runs = |until: Option<Day>| until.is_some_and(|until| facts.on <= until);
    // 以上 includes the number, 不足 excludes it (民法典 art. 1259): day 15 years counts, exactly five
    // years to go does not.
    let long_service =
        facts.on.plus_days(1) >= facts.serving_since.plus_months(LONG_SERVICE_MONTHS);
    let near_retirement = facts
        .retires_on
        .is_some_and(|day| facts.on.plus_months(NEAR_RETIREMENT_MONTHS) > day && facts.on < day);
    [
        (
            facts.occupational_check_pending,
            Protection::OccupationalDiseaseCheck,
        ),
        (facts.work_injury, Protection::WorkInjury),
        (runs(facts.medical_until), Protection::MedicalPeriod),
        (runs(facts.maternity_until), Protection::Maternity),
        (long_service && near_retirement, Protection::NearRetirement),
        (facts.other_by_law, Protection::OtherByLaw),
    ]
    .into_iter()
    .filter_map(|(holds, protection)| holds.then_some(protection))
    .collect()
}

/// Whether this way of leaving is open to the employer.
///
/// # Errors
/// `departure.protected` (art. 42) or `departure.expiry_postponed` (art. 45), each naming every
/// status found.
pub fn may_end(kind: DepartureKind, found: &[Protection]) -> Result<(), Refusal> {
    let effect = kind.rule().protection;
    if found.is_empty() || effect == ProtectionEffect::None {
        return Ok(());
    }
    let reasons: Vec<Reason> = found.iter().map(|protection| protection.reason()).collect();
    let zh: Vec<&str> = reasons.iter().map(|reason| reason.zh.as_ref()).collect();
    let en: Vec<&str> = reasons.iter().map(|reason| reason.en.as_ref()).collect();
    let (zh, en) = (zh.join("；"), en.join(" "));
    let label = kind.rule().zh;
    Err(if effect == ProtectionEffect::Blocks {
        Refusal::conflict(
            "departure.protected",
            format!("员工受劳动合同法第四十二条保护，不能以「{label}」解除：{zh}"),
            format!("Protected by LCL 42: {en}"),
        )
        .remedy((
            "可以协商解除，或待保护情形消失后再办理",
            "A termination can be agreed, or wait until the protection is over",
        ))
    } else {
        Refusal::conflict(
            "departure.expiry_postponed",
            format!("劳动合同应续延至保护情形消失时终止（劳动合同法第四十五条）：{zh}"),
            format!("The end is put off until the status is over (LCL 45): {en}"),
        )
        .remedy((
            "请把终止日改为保护情形消失之日；因工丧失部分劳动能力的，按工伤保险规定办理",
            "Move the end to the day the protection is over; for a partial loss of working \
             capacity by work injury the rules of work injury insurance apply",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn nobody_special() -> ProtectionFacts {
        ProtectionFacts {
            on: day("2026-06-30"),
            serving_since: day("2020-01-01"),
            retires_on: Some(day("2050-01-01")),
            occupational_check_pending: false,
            work_injury: false,
            medical_until: None,
            maternity_until: None,
            other_by_law: false,
        }
    }

    #[test]
    fn near_retirement_needs_both_figures() {
        for (since, retires, protected) in [
            ("2011-07-01", "2031-06-29", true), // exactly 15 years on the last day, under 5 to go
            ("2011-07-02", "2031-06-29", false), // one day short of 15 years
            ("2011-07-01", "2031-06-30", false), // exactly five years are not 不足五年
            ("2000-01-01", "2026-06-30", false), // already of age: the contract ends by art. 44(2)
        ] {
            let facts = ProtectionFacts {
                serving_since: day(since),
                retires_on: Some(day(retires)),
                ..nobody_special()
            };
            let expected = protected.then_some(Protection::NearRetirement);
            assert_eq!(
                protections(&facts),
                Vec::from_iter(expected),
                "{since} {retires}"
            );
        }
    }

    #[test]
    fn a_status_ends_with_its_last_day() {
        let until = |text| ProtectionFacts {
            maternity_until: Some(day(text)),
            ..nobody_special()
        };
        assert_eq!(protections(&until("2026-06-30")), [Protection::Maternity]);
        assert_eq!(protections(&until("2026-06-29")), []);
    }

    #[test]
    fn protects_against_articles_40_and_41_and_puts_expiry_off() {
        let found = [Protection::Maternity, Protection::MedicalPeriod];
        for (kind, code) in [
            (DepartureKind::NoFaultDismissal, Some("departure.protected")),
            (DepartureKind::Layoff, Some("departure.protected")),
            (
                DepartureKind::ExpiryByEmployer,
                Some("departure.expiry_postponed"),
            ),
            (DepartureKind::Misconduct, None),
            (DepartureKind::MutualByEmployer, None),
            (DepartureKind::Resignation, None),
        ] {
            let answer = may_end(kind, &found).err();
            assert_eq!(answer.as_ref().map(|r| r.code.as_str()), code, "{kind:?}");
            if let Some(refusal) = answer {
                assert!(refusal.message.contains("孕期") && refusal.message.contains("医疗期"));
            }
            assert_eq!(may_end(kind, &[]), Ok(()));
        }
    }
}
