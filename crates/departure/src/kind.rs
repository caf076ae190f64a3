//! The ways employment ends and what the law attaches to each 离职类型.
//!
//! One table, [`RULES`], from the 劳动合同法 (LCL, 2012 text) and its 实施条例 (Reg., 2008).

use serde::{Deserialize, Serialize};

/// How employment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepartureKind {
    /// 协商解除，用人单位提出
    MutualByEmployer,
    /// 协商解除，劳动者提出
    MutualByEmployee,
    /// 辞职
    Resignation,
    /// 被迫辞职
    ResignationForCause,
    /// 试用期不符合录用条件
    ProbationFailure,
    /// 过失性辞退
    Misconduct,
    /// 非过失性辞退
    NoFaultDismissal,
    /// 裁员
    Layoff,
    /// 合同到期，用人单位不续签
    ExpiryByEmployer,
    /// 合同到期，劳动者不续签
    ExpiryByEmployee,
    /// 工作任务完成
    TaskEnd,
    /// 退休
    Retirement,
    /// 死亡
    Death,
    /// 用人单位终止
    EmployerClosure,
    /// 违法解除
    UnlawfulDismissal,
}

/// Who starts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Starter {
    /// 劳动者
    Employee,
    /// 用人单位
    Employer,
    /// 法定事由 neither side: the law or an event.
    Law,
}

/// The notice to be given before the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeRule {
    /// No period; the sides agree on the day, or the law fixes it.
    None,
    /// 30 days in writing, 3 days in probation (LCL 37).
    ThirtyDaysOrThreeInProbation,
    /// At once, by telling the other side (LCL 38, 39(2)–(6)).
    AtOnce,
    /// At once, but only before probation ends (LCL 39(1)).
    BeforeProbationEnds,
    /// 30 days in writing, or one more month's wage instead (LCL 40).
    ThirtyDaysOrOneMonthPay,
    /// 30 days, no pay instead (LCL 41).
    ThirtyDays,
    /// What the city asks for, a setting (`expire.notice_days`).
    Local,
}

/// What economic compensation is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompensationRule {
    /// Nothing.
    None,
    /// N (LCL 46, 47).
    N,
    /// N, and one month's wage more where no notice was given (LCL 40).
    NPlusOneWithoutNotice,
    /// Twice N as damages instead of N (LCL 87, Reg. 25).
    TwiceN,
}

/// What a protected status (LCL 42) does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtectionEffect {
    /// Nothing: this way of leaving stays open.
    None,
    /// Forbids it (LCL 42).
    Blocks,
    /// Puts the end off until the status is over (LCL 45).
    Postpones,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct KindRule {
    /// The kind the row is about.
    pub kind: DepartureKind,
    /// Chinese name on screens and papers.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// Articles, as cited on papers.
    pub basis: &'static str,
    /// Who starts it.
    pub starter: Starter,
    /// Notice before the last day.
    pub notice: NoticeRule,
    /// Economic compensation.
    pub compensation: CompensationRule,
    /// What a protected status does to it.
    pub protection: ProtectionEffect,
    /// Whether the union must be told the reason before (LCL 43: the employer ends it alone).
    pub union_first: bool,
    /// What people get wrong, in Chinese.
    pub note_zh: &'static str,
    /// The same in English.
    pub note_en: &'static str,
}

impl DepartureKind {
    /// The row of the table for this kind.
    #[must_use]
    pub fn rule(self) -> &'static KindRule {
        &RULES[self as usize]
    }

    /// Whether it ends on a day that is a fact, which no notice moves (LCL 44, Reg. 21, 22).
    #[must_use]
    pub fn is_a_fact(self) -> bool {
        matches!(
            self,
            Self::TaskEnd
                | Self::Retirement
                | Self::Death
                | Self::EmployerClosure
                | Self::UnlawfulDismissal
        )
    }

    /// Whether it is the end of a term that both sides agreed on.
    #[must_use]
    pub fn is_expiry(self) -> bool {
        matches!(self, Self::ExpiryByEmployer | Self::ExpiryByEmployee)
    }

    /// Whether a month's wage may be paid instead of the notice (LCL 40 only).
    #[must_use]
    pub fn may_pay_in_lieu(self) -> bool {
        self.rule().notice == NoticeRule::ThirtyDaysOrOneMonthPay
    }

    /// Whether the employee alone decides it: such a notice can be received, never refused.
    #[must_use]
    pub fn is_employees_own_act(self) -> bool {
        matches!(self, Self::Resignation | Self::ResignationForCause)
    }
}

// INVARIANT: row `n` is about the kind with discriminant `n`; the compiler checks it.
const _: () = {
    let mut row = 0;
    while row < RULES.len() {
        assert!(RULES[row].kind as usize == row);
        row += 1;
    }
};

/// The decision table of the ways to leave.
pub const RULES: [KindRule; 15] = [
    KindRule {
        kind: DepartureKind::MutualByEmployer,
        zh: "协商解除（单位提出）",
        en: "Mutual agreement, proposed by the employer",
        basis: "劳动合同法第三十六条、第四十六条第（二）项",
        starter: Starter::Employer,
        notice: NoticeRule::None,
        compensation: CompensationRule::N,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "由谁提出决定是否支付经济补偿，须写入协议",
        note_en: "Who proposed it decides whether N is due: write it into the agreement.",
    },
    KindRule {
        kind: DepartureKind::MutualByEmployee,
        zh: "协商解除（员工提出）",
        en: "Mutual agreement, proposed by the employee",
        basis: "劳动合同法第三十六条",
        starter: Starter::Employee,
        notice: NoticeRule::None,
        compensation: CompensationRule::None,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "由员工先提出的书面记录须留存",
        note_en: "Keep the written record that the employee proposed it.",
    },
    KindRule {
        kind: DepartureKind::Resignation,
        zh: "辞职",
        en: "Resignation",
        basis: "劳动合同法第三十七条",
        starter: Starter::Employee,
        notice: NoticeRule::ThirtyDaysOrThreeInProbation,
        compensation: CompensationRule::None,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "辞职是通知而非申请，单位只能签收，不能驳回",
        note_en: "A resignation is a notice, not a request: it is received, never refused.",
    },
    KindRule {
        kind: DepartureKind::ResignationForCause,
        zh: "被迫辞职",
        en: "Resignation for cause",
        basis: "劳动合同法第三十八条、第四十六条第（一）项",
        starter: Starter::Employee,
        notice: NoticeRule::AtOnce,
        compensation: CompensationRule::N,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "扣发或迟发提成可能构成未足额支付劳动报酬",
        note_en: "Withheld commission can be wages not paid in full (art. 38(2)).",
    },
    KindRule {
        kind: DepartureKind::ProbationFailure,
        zh: "试用期不符合录用条件",
        en: "Failed probation",
        basis: "劳动合同法第三十九条第（一）项",
        starter: Starter::Employer,
        notice: NoticeRule::BeforeProbationEnds,
        compensation: CompensationRule::None,
        protection: ProtectionEffect::None,
        union_first: true,
        note_zh: "须证明录用条件已事先告知，且在试用期届满前作出",
        note_en: "Prove that the hiring conditions were told, and decide before probation ends.",
    },
    KindRule {
        kind: DepartureKind::Misconduct,
        zh: "过失性辞退",
        en: "Dismissal for misconduct",
        basis: "劳动合同法第三十九条第（二）至（六）项",
        starter: Starter::Employer,
        notice: NoticeRule::AtOnce,
        compensation: CompensationRule::None,
        protection: ProtectionEffect::None,
        union_first: true,
        note_zh: "举证责任在单位，先固定证据、通知工会",
        note_en: "The burden of proof is on the employer: evidence and union notice first.",
    },
    KindRule {
        kind: DepartureKind::NoFaultDismissal,
        zh: "非过失性辞退",
        en: "Dismissal without fault",
        basis: "劳动合同法第四十条、第四十六条第（三）项",
        starter: Starter::Employer,
        notice: NoticeRule::ThirtyDaysOrOneMonthPay,
        compensation: CompensationRule::NPlusOneWithoutNotice,
        protection: ProtectionEffect::Blocks,
        union_first: true,
        note_zh: "代通知金按上一个月工资计算，不是十二个月平均工资",
        note_en: "Pay in lieu is last month's wage (Reg. 20), not the 12-month average.",
    },
    KindRule {
        kind: DepartureKind::Layoff,
        zh: "经济性裁员",
        en: "Layoff",
        basis: "劳动合同法第四十一条、第四十六条第（四）项",
        starter: Starter::Employer,
        notice: NoticeRule::ThirtyDays,
        compensation: CompensationRule::N,
        protection: ProtectionEffect::Blocks,
        union_first: true,
        note_zh: "须提前三十日向工会或全体职工说明，并向劳动行政部门报告",
        note_en: "Explain to union or staff 30 days before and report to the labour authority.",
    },
    KindRule {
        kind: DepartureKind::ExpiryByEmployer,
        zh: "合同到期（单位不续签）",
        en: "Expiry, not renewed by the employer",
        basis: "劳动合同法第四十四条第（一）项、第四十六条第（五）项",
        starter: Starter::Employer,
        notice: NoticeRule::Local,
        compensation: CompensationRule::N,
        protection: ProtectionEffect::Postpones,
        union_first: false,
        note_zh: "已连续订立两次固定期限合同的，不续签可能构成违法终止",
        note_en: "After two fixed terms, not renewing may be unlawful (2N).",
    },
    KindRule {
        kind: DepartureKind::ExpiryByEmployee,
        zh: "合同到期（员工不续签）",
        en: "Expiry, not renewed by the employee",
        basis: "劳动合同法第四十四条第（一）项、第四十六条第（五）项",
        starter: Starter::Employee,
        notice: NoticeRule::None,
        compensation: CompensationRule::None,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "须留存单位以同等或更优条件续签的书面要约",
        note_en: "Keep the written offer on the same or better terms.",
    },
    KindRule {
        kind: DepartureKind::TaskEnd,
        zh: "工作任务完成",
        en: "End of the agreed task",
        basis: "劳动合同法实施条例第二十二条",
        starter: Starter::Law,
        notice: NoticeRule::None,
        compensation: CompensationRule::N,
        protection: ProtectionEffect::Postpones,
        union_first: false,
        note_zh: "以完成一定工作任务为期限的合同，任务完成也须支付经济补偿",
        note_en: "A contract for one task also ends with N.",
    },
    KindRule {
        kind: DepartureKind::Retirement,
        zh: "退休",
        en: "Retirement",
        basis: "劳动合同法第四十四条第（二）项、实施条例第二十一条",
        starter: Starter::Law,
        notice: NoticeRule::None,
        compensation: CompensationRule::None,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "弹性提前退休须提前三个月书面告知单位",
        note_en: "Flexible early retirement is told to the employer three months before.",
    },
    KindRule {
        kind: DepartureKind::Death,
        zh: "死亡",
        en: "Death",
        basis: "劳动合同法第四十四条第（三）项",
        starter: Starter::Law,
        notice: NoticeRule::None,
        compensation: CompensationRule::None,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "工资结清给继承人，另有抚恤等待遇",
        note_en: "Wages go to the heirs; other benefits apply.",
    },
    KindRule {
        kind: DepartureKind::EmployerClosure,
        zh: "用人单位终止",
        en: "Closure of the employer",
        basis: "劳动合同法第四十四条第（四）（五）项、第四十六条第（六）项",
        starter: Starter::Law,
        notice: NoticeRule::None,
        compensation: CompensationRule::N,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "破产、吊销、责令关闭、撤销或提前解散",
        note_en: "Bankruptcy, revoked licence, ordered closure or dissolution.",
    },
    KindRule {
        kind: DepartureKind::UnlawfulDismissal,
        zh: "违法解除或终止",
        en: "Unlawful dismissal",
        basis: "劳动合同法第四十八条、第八十七条",
        starter: Starter::Employer,
        notice: NoticeRule::None,
        compensation: CompensationRule::TwiceN,
        protection: ProtectionEffect::None,
        union_first: false,
        note_zh: "仅用于裁决或和解后如实记录，不能作为计划选用；已付赔偿金的不再付经济补偿",
        note_en: "A finding after a ruling, never a plan; 2N replaces N (Reg. 25).",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// law.md §1.2, column by column: who starts, N, +1, blocked by art. 42.
    #[test]
    fn the_table_says_what_the_law_says() {
        use CompensationRule::{N, NPlusOneWithoutNotice, None as Nothing, TwiceN};
        for (kind, compensation, blocked, union_first) in [
            (DepartureKind::MutualByEmployer, N, false, false),
            (DepartureKind::MutualByEmployee, Nothing, false, false),
            (DepartureKind::Resignation, Nothing, false, false),
            (DepartureKind::ResignationForCause, N, false, false),
            (DepartureKind::ProbationFailure, Nothing, false, true),
            (DepartureKind::Misconduct, Nothing, false, true),
            (
                DepartureKind::NoFaultDismissal,
                NPlusOneWithoutNotice,
                true,
                true,
            ),
            (DepartureKind::Layoff, N, true, true),
            (DepartureKind::ExpiryByEmployer, N, false, false),
            (DepartureKind::ExpiryByEmployee, Nothing, false, false),
            (DepartureKind::TaskEnd, N, false, false),
            (DepartureKind::Retirement, Nothing, false, false),
            (DepartureKind::Death, Nothing, false, false),
            (DepartureKind::EmployerClosure, N, false, false),
            (DepartureKind::UnlawfulDismissal, TwiceN, false, false),
        ] {
            let rule = kind.rule();
            assert_eq!(rule.compensation, compensation, "{kind:?}");
            assert_eq!(
                rule.protection == ProtectionEffect::Blocks,
                blocked,
                "{kind:?}"
            );
            assert_eq!(rule.union_first, union_first, "{kind:?}");
        }
    }

    #[test]
    fn every_label_is_unique() {
        let zh: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.zh).collect();
        let en: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.en).collect();
        assert_eq!((zh.len(), en.len()), (RULES.len(), RULES.len()));
    }
}
