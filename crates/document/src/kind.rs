//! The kinds of documents 文书种类.

use serde::{Deserialize, Serialize};

use crate::manifest::Manifest;

/// A kind of document. Each has a manifest and a template in `templates/`, named by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 解除（终止）劳动合同证明: 劳动合同法 art. 50, 实施条例 art. 24.
    LeavingCertificate,
    /// 辞职通知书: 劳动合同法 art. 37, 38.
    ResignationNotice,
    /// 工作交接清单
    HandoverList,
    /// 提成单: one person's commission of a closed month; 工资支付暂行规定 art. 6 has a pay slip given
    /// each time.
    CommissionStatement,
}

impl Kind {
    /// All of them, in the order of screens.
    pub const ALL: [Kind; 4] = [
        Kind::LeavingCertificate,
        Kind::ResignationNotice,
        Kind::HandoverList,
        Kind::CommissionStatement,
    ];

    /// Those that are issued about a departure.
    pub const OF_DEPARTURES: [Kind; 3] = [
        Kind::LeavingCertificate,
        Kind::ResignationNotice,
        Kind::HandoverList,
    ];

    /// `leaving_certificate`; the same word in the books, in addresses and in file names.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::LeavingCertificate => "leaving_certificate",
            Kind::ResignationNotice => "resignation_notice",
            Kind::HandoverList => "handover_list",
            Kind::CommissionStatement => "commission_statement",
        }
    }

    /// The kind behind a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What it may say.
    #[must_use]
    pub fn manifest(self) -> &'static Manifest {
        Manifest::of(self)
    }

    pub(crate) fn manifest_text(self) -> &'static str {
        match self {
            Kind::LeavingCertificate => include_str!("../templates/leaving_certificate.toml"),
            Kind::ResignationNotice => include_str!("../templates/resignation_notice.toml"),
            Kind::HandoverList => include_str!("../templates/handover_list.toml"),
            Kind::CommissionStatement => include_str!("../templates/commission_statement.toml"),
        }
    }

    pub(crate) fn shipped_text(self) -> &'static str {
        match self {
            Kind::LeavingCertificate => include_str!("../templates/leaving_certificate.typ"),
            Kind::ResignationNotice => include_str!("../templates/resignation_notice.typ"),
            Kind::HandoverList => include_str!("../templates/handover_list.typ"),
            Kind::CommissionStatement => include_str!("../templates/commission_statement.typ"),
        }
    }
}
