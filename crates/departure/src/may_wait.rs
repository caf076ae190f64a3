//! What may wait for the handover and what may not 可否等待交接.
//!
//! law: 劳动合同法 art. 50, 工资支付暂行规定 art. 9, 企业职工带薪年休假实施办法 art. 12,
//! 社会保险法 art. 50, 住房公积金管理条例 art. 15. Only economic compensation may wait.

use serde::{Deserialize, Serialize};

/// What the employer owes at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitDuty {
    /// 工资（含已获得的提成）
    Wages,
    /// 未休年休假工资
    LeavePay,
    /// 经济补偿
    EconomicCompensation,
    /// 离职证明
    LeavingCertificate,
    /// 档案与社保关系转移
    FileTransfer,
    /// 失业人员名单报送
    UnemploymentList,
    /// 住房公积金变更
    HousingFund,
}

/// By when a duty is due, whatever the handover does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule", content = "days")]
pub enum Due {
    /// On the day employment ends.
    AtTheEnd,
    /// Within so many days of the end.
    WithinDays(u16),
    /// When the handover is complete.
    OnHandover,
}

impl ExitDuty {
    /// All of them, in the order of the settlement.
    pub const ALL: [ExitDuty; 7] = [
        Self::Wages,
        Self::LeavePay,
        Self::EconomicCompensation,
        Self::LeavingCertificate,
        Self::FileTransfer,
        Self::UnemploymentList,
        Self::HousingFund,
    ];

    /// When it is due.
    #[must_use]
    pub fn due(self) -> Due {
        match self {
            Self::Wages | Self::LeavePay | Self::LeavingCertificate => Due::AtTheEnd,
            Self::FileTransfer | Self::UnemploymentList => Due::WithinDays(15),
            Self::HousingFund => Due::WithinDays(30),
            Self::EconomicCompensation => Due::OnHandover,
        }
    }

    /// Whether it may be held back until the handover is done.
    #[must_use]
    pub fn may_wait(self) -> bool {
        self.due() == Due::OnHandover
    }

    /// Chinese name, English name, article.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Wages => (
                "工资（含已获得的提成）",
                "Wages incl. earned commission",
                "工资支付暂行规定第九条",
            ),
            Self::LeavePay => (
                "未休年休假工资",
                "Unused annual leave pay",
                "企业职工带薪年休假实施办法第十二条",
            ),
            Self::EconomicCompensation => (
                "经济补偿",
                "Economic compensation",
                "劳动合同法第五十条第二款",
            ),
            Self::LeavingCertificate => (
                "离职证明",
                "Leaving certificate",
                "劳动合同法第五十条第一款、第八十九条",
            ),
            Self::FileTransfer => (
                "档案与社保关系转移",
                "File and social insurance transfer",
                "劳动合同法第五十条第一款",
            ),
            Self::UnemploymentList => (
                "失业人员名单报送",
                "Notice to the unemployment insurance",
                "社会保险法第五十条",
            ),
            Self::HousingFund => (
                "住房公积金变更",
                "Housing fund change",
                "住房公积金管理条例第十五条",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_economic_compensation_may_wait() {
        let waiting: Vec<ExitDuty> = ExitDuty::ALL.into_iter().filter(|d| d.may_wait()).collect();
        assert_eq!(waiting, [ExitDuty::EconomicCompensation]);
        assert_eq!(ExitDuty::FileTransfer.due(), Due::WithinDays(15));
        assert_eq!(ExitDuty::HousingFund.due(), Due::WithinDays(30));
    }
}
