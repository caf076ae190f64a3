//! The kinds of documents 文书种类.

use serde::{Deserialize, Serialize};

use crate::manifest::Manifest;

/// What a document is issued about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// 离职
    Departure,
    /// 一个月的提成 of one person
    Month,
    /// 交接方案中的一户客户
    Customer,
    /// 交接方案中的一位接收人
    Receiver,
    /// 交接方案
    Plan,
}

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
    /// 客户交接确认书: what of one customer goes to whom, signed by giver, receiver and supervisor.
    CustomerHandover,
    /// 致客户告知函: who speaks for the company from now on, and that its account is the same.
    CustomerLetter,
    /// 应收账款交接确认书: the invoices that one receiver takes over, for inside.
    ReceivableConfirmation,
    /// 往来款项对账函: what a customer owes, and that it is asked for (民法典 art. 195).
    ReceivableStatement,
    /// 过渡期提成协议: between the company, who gives and who receives.
    TransitionCommission,
    /// 协商解除劳动合同协议书: 劳动合同法 art. 36.
    MutualTermination,
    /// 解除（终止）劳动合同通知书: 劳动合同法 art. 39 to 41, 44.
    TerminationNotice,
    /// 经济补偿（赔偿金）核算单: 劳动合同法 art. 38, 46(1), 87, where no other paper reckons what is due.
    CompensationReckoning,
    /// 履行竞业限制通知书: 劳动合同法 art. 23, 24.
    NoncompeteNotice,
    /// 解除竞业限制通知书: 法释〔2020〕26号 art. 39.
    NoncompeteRelease,
    /// 保密承诺书, with what was returned, cleared or destroyed.
    Confidentiality,
    /// 客户调整协商协议书: of somebody who stays; 劳动合同法 art. 35.
    ReassignmentAgreement,
}

/// A kind with what belongs to it.
struct Known {
    kind: Kind,
    word: &'static str,
    about: About,
    manifest: &'static str,
    template: &'static str,
}

macro_rules! known {
    ($($kind:ident, $word:literal, $about:ident;)*) => {
        [$(Known {
            kind: Kind::$kind,
            word: $word,
            about: About::$about,
            manifest: include_str!(concat!("../templates/", $word, ".toml")),
            template: include_str!(concat!("../templates/", $word, ".typ")),
        },)*]
    };
}

// INVARIANT: row `n` is about the kind with discriminant `n`; the compiler checks it.
const KNOWN: [Known; 16] = known! {
    LeavingCertificate, "leaving_certificate", Departure;
    ResignationNotice, "resignation_notice", Departure;
    HandoverList, "handover_list", Departure;
    CommissionStatement, "commission_statement", Month;
    CustomerHandover, "customer_handover", Customer;
    CustomerLetter, "customer_letter", Customer;
    ReceivableConfirmation, "receivable_confirmation", Receiver;
    ReceivableStatement, "receivable_statement", Customer;
    TransitionCommission, "transition_commission", Receiver;
    MutualTermination, "mutual_termination", Departure;
    TerminationNotice, "termination_notice", Departure;
    CompensationReckoning, "compensation_reckoning", Departure;
    NoncompeteNotice, "noncompete_notice", Departure;
    NoncompeteRelease, "noncompete_release", Departure;
    Confidentiality, "confidentiality", Departure;
    ReassignmentAgreement, "reassignment_agreement", Plan;
};

const _: () = {
    let mut row = 0;
    while row < KNOWN.len() {
        assert!(KNOWN[row].kind as usize == row);
        row += 1;
    }
};

impl Kind {
    /// All of them, in the order of screens.
    pub const ALL: [Kind; KNOWN.len()] = {
        let mut all = [Kind::LeavingCertificate; KNOWN.len()];
        let mut row = 0;
        while row < KNOWN.len() {
            all[row] = KNOWN[row].kind;
            row += 1;
        }
        all
    };

    fn known(self) -> &'static Known {
        &KNOWN[self as usize]
    }

    /// What it is issued about.
    #[must_use]
    pub fn about(self) -> About {
        self.known().about
    }

    /// Those that are issued about this.
    pub fn issued_about(about: About) -> impl Iterator<Item = Kind> {
        Kind::ALL
            .into_iter()
            .filter(move |kind| kind.about() == about)
    }

    /// `leaving_certificate`; the same word in the books, in addresses and in file names.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.known().word
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
        self.known().manifest
    }

    pub(crate) fn shipped_text(self) -> &'static str {
        self.known().template
    }
}
