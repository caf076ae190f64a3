//! What must happen before someone's last day? Gates before closing 离职关卡.
//!
//! A red gate keeps the departure open. It never keeps employment from ending on its day, and it
//! may delay only what [`ExitDuty::may_wait`] allows: economic compensation, and only by gates that
//! are the leaver's own handover.

use kernel::{EmployeeId, Refusal};
use serde::{Deserialize, Serialize};

use crate::gate_facts::{
    AssetFact, AssetState, CommissionFact, CommissionLack, DocumentFact, GateFacts, HeldThing,
    Holder, Waiver,
};
use crate::may_wait::ExitDuty;

/// The gates, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateKey {
    /// 客户均有负责人
    Customers,
    /// 应收均有责任人
    Receivables,
    /// 在办事项已移交
    PendingWork,
    /// 资产已归还或已约定赔偿
    Assets,
    /// 账号已关闭
    Accounts,
    /// 文书已出具
    Documents,
    /// 提成均有处理决定
    Commission,
}

/// Whether one may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateState {
    /// Nothing is missing.
    Green,
    /// Something is missing.
    Red,
    /// Something is missing and somebody answered for it.
    Waived,
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Id or name of the thing.
    pub id: String,
    /// What is missing, in Chinese.
    pub zh: String,
    /// What is missing, in English.
    pub en: String,
}

/// One gate as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Which.
    pub key: GateKey,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// Whether one may pass.
    pub state: GateState,
    /// What is missing; empty when green.
    pub missing: Vec<Missing>,
    /// What the law says about waiting for it, in Chinese.
    pub legal_note: String,
    /// The same in English.
    pub legal_note_en: String,
    /// What may be held back while it is red; nothing else may.
    pub may_hold: Vec<ExitDuty>,
    /// The waiver that holds.
    pub waiver: Option<Waiver>,
}

impl GateKey {
    /// All gates, in the order of the screen.
    pub const ALL: [GateKey; 7] = [
        Self::Customers,
        Self::Receivables,
        Self::PendingWork,
        Self::Assets,
        Self::Accounts,
        Self::Documents,
        Self::Commission,
    ];

    /// Chinese and English title.
    #[must_use]
    pub fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Customers => ("客户均有负责人", "Every customer has an owner"),
            Self::Receivables => (
                "应收均有责任人",
                "Every receivable has a responsible person",
            ),
            Self::PendingWork => ("在办事项已移交", "All pending work is moved"),
            Self::Assets => (
                "资产已归还或已约定赔偿",
                "Assets are returned or their cost agreed",
            ),
            Self::Accounts => ("账号已关闭", "Accounts are closed"),
            Self::Documents => ("文书已出具", "Documents are issued"),
            Self::Commission => ("未结提成均有决定", "Every open commission is decided"),
        }
    }

    /// Whether somebody may answer for it while it is red. Customers and receivables can always be
    /// given to the department head, the papers are the law's demand (劳动合同法 art. 50, 89), and
    /// commission is wages: whatever is open must be decided (工资支付暂行规定 art. 9).
    #[must_use]
    pub fn may_be_waived(self) -> bool {
        matches!(self, Self::PendingWork | Self::Assets | Self::Accounts)
    }

    /// What may be held back while it is red: N while the leaver's own handover is not done.
    /// Closing accounts, issuing papers and deciding on pay are the company's work and hold back
    /// nothing.
    #[must_use]
    pub fn may_hold(self) -> Vec<ExitDuty> {
        match self {
            Self::Accounts | Self::Documents | Self::Commission => Vec::new(),
            Self::Customers | Self::Receivables | Self::PendingWork | Self::Assets => ExitDuty::ALL
                .into_iter()
                .filter(|duty| duty.may_wait())
                .collect(),
        }
    }

    /// What the law says about waiting for it, in Chinese and English.
    fn legal_note(self) -> (&'static str, &'static str) {
        match self {
            Self::Customers | Self::Receivables | Self::PendingWork => (
                "属员工应办理的工作交接：办结前可暂缓支付经济补偿（如有）；工资（含已得提成）、年休假工资、\
                 离职证明不得因此拖延（劳动合同法第五十条）",
                "The employee owes the handover: compensation, if any, may wait; wages with earned \
                 commission, leave pay and the certificate may not (LCL art. 50).",
            ),
            Self::Assets => (
                "未归还可暂缓支付经济补偿（如有）并另行主张赔偿；从工资扣除须有约定，每月不超过当月工资的 20%，\
                 且余额不低于最低工资（工资支付暂行规定第十六条）",
                "Until it is returned compensation, if any, may wait and damages be claimed; a \
                 deduction needs an agreement, at most 20 % of the month’s wage, and leaves the \
                 minimum wage (Provisions on Wage Payment art. 16).",
            ),
            Self::Accounts => (
                "关闭账号是单位的工作，不得因此暂缓任何支付或证明",
                "Closing accounts is the company’s work; nothing may wait for it.",
            ),
            Self::Documents => (
                "离职证明须在解除或终止时出具，十五日内转移档案和社保关系（劳动合同法第五十条），\
                 不得等待交接，也不能豁免",
                "The certificate is due when employment ends, files and social insurance within \
                 fifteen days (LCL art. 50); neither may wait nor be waived.",
            ),
            Self::Commission => (
                "提成属于工资：已得的须在终止时一次付清，未到账的须逐笔决定，不得因离职丧失，\
                 也不能豁免（工资支付暂行规定第九条）",
                "Commission is wages: what is earned is paid at the end, what is still to come is \
                 decided one by one; leaving forfeits nothing, and it cannot be waived (Provisions \
                 on Wage Payment art. 9).",
            ),
        }
    }
}

/// How every gate stands. Employment ends on its day whatever they show.
#[must_use]
pub fn gates(facts: &GateFacts) -> Vec<Gate> {
    GateKey::ALL
        .into_iter()
        .map(|key| {
            let missing = missing(key, facts);
            let waiver = facts
                .waivers
                .iter()
                .find(|waiver| waiver.gate == key && may_waive(waiver, facts.leaver).is_ok())
                .filter(|_| !missing.is_empty())
                .cloned();
            let state = match (missing.is_empty(), &waiver) {
                (true, _) => GateState::Green,
                (false, Some(_)) => GateState::Waived,
                (false, None) => GateState::Red,
            };
            let (title, title_en) = key.title();
            let (legal_note, legal_note_en) = key.legal_note();
            Gate {
                key,
                title: title.to_owned(),
                title_en: title_en.to_owned(),
                state,
                missing,
                legal_note: legal_note.to_owned(),
                legal_note_en: legal_note_en.to_owned(),
                may_hold: key.may_hold(),
                waiver,
            }
        })
        .collect()
}

/// Whether the departure may be closed: every gate is there and none is red.
///
/// # Errors
/// `departure.gates_red` naming each gate in the way and how much it misses.
pub fn may_close(gates: &[Gate]) -> Result<(), Refusal> {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    for key in GateKey::ALL {
        let gate = gates.iter().find(|gate| gate.key == key);
        if gate.is_some_and(|gate| gate.state != GateState::Red) {
            continue;
        }
        let count = gate.map_or(0, |gate| gate.missing.len());
        let (title, title_en) = key.title();
        // Which contracts is what finance asks first; the rest is one look at the page away.
        let named = gate.filter(|_| key == GateKey::Commission);
        let first = named.and_then(|gate| gate.missing.first());
        let (zh_first, en_first) = first.map_or_else(Default::default, |one| {
            let one_en = one.en.trim_end_matches('.');
            (format!("：{}", one.zh), format!(": {one_en}"))
        });
        zh.push(format!("「{title}」未通过（{count} 项）{zh_first}"));
        en.push(format!("not passed: “{title_en}” ({count}){en_first}"));
    }
    if zh.is_empty() {
        return Ok(());
    }
    Err(Refusal::conflict(
        "departure.gates_red",
        format!("离职流程还不能办结：{}", zh.join("、")),
        format!("The departure cannot be closed yet: {}.", en.join("; ")),
    )
    .remedy((
        "请逐项补齐；工资、年休假工资和离职证明不必等待，应按期办理",
        "Complete them one by one; wages, pay for annual leave and the leaving certificate do not \
         wait for it and keep their days",
    )))
}

/// Whether this waiver may be given.
///
/// # Errors
/// `departure.gate_not_waivable`, `departure.waiver_by_leaver`, `departure.waiver_without_reason`.
pub fn may_waive(waiver: &Waiver, leaver: EmployeeId) -> Result<(), Refusal> {
    let (title, title_en) = waiver.gate.title();
    if !waiver.gate.may_be_waived() {
        return Err(Refusal::invalid(
            "departure.gate_not_waivable",
            format!("「{title}」不能豁免"),
            format!("'{title_en}' cannot be waived."),
        )
        .remedy((
            "客户和应收可以先指定给部门负责人；文书须依法出具；提成须逐笔决定",
            "Customers and receivables can go to the head of the department first; documents are \
             issued by law; commission is decided one by one",
        )));
    }
    if waiver.by == leaver {
        return Err(Refusal::invalid(
            "departure.waiver_by_leaver",
            "不能由离职员工本人豁免",
            "The leaver cannot waive a gate of their own.",
        )
        .remedy(("请由上级或人力资源办理", "Let a superior or HR do it")));
    }
    if waiver.reason.trim().is_empty() {
        return Err(Refusal::invalid(
            "departure.waiver_without_reason",
            "豁免须写明理由",
            "A waiver needs a reason.",
        )
        .at(
            "/reason",
            ("请填写豁免理由", "Give the reason of the waiver"),
        ));
    }
    Ok(())
}

fn missing(key: GateKey, facts: &GateFacts) -> Vec<Missing> {
    match key {
        GateKey::Customers => held(&facts.customers, true),
        GateKey::Receivables => held(&facts.receivables, false),
        GateKey::PendingWork => held(&facts.pending_work, true),
        GateKey::Assets => facts.assets.iter().filter_map(asset_out).collect(),
        GateKey::Accounts => facts
            .accounts
            .iter()
            .filter(|account| account.closed_at.is_none())
            .map(|account| Missing {
                id: account.system.clone(),
                zh: format!("「{}」账号未关闭", account.system),
                en: format!("The account in {} is open.", account.system),
            })
            .collect(),
        GateKey::Documents => documents(&facts.documents),
        GateKey::Commission => facts.commission.iter().map(commission_open).collect(),
    }
}

fn commission_open(one: &CommissionFact) -> Missing {
    let (zh, en) = match one.lacks {
        CommissionLack::Decision => ("没有处理决定", "it has no decision"),
        CommissionLack::Void => (
            "：移交使原决定不再适用，请重新决定",
            "its handover voids the decision; decide anew",
        ),
        CommissionLack::Answer => ("本人有异议，尚未答复", "the leaver objects and waits"),
        CommissionLack::SecondPerson => ("尚未经第二人复核", "a second person has not checked it"),
    };
    Missing {
        id: one.id.clone(),
        zh: format!("「{}」的提成{zh}", one.title),
        en: format!("Commission of {}: {en}.", one.title),
    }
}

/// Without a single paper listed the certificate is missing: it is always due.
fn documents(listed: &[DocumentFact]) -> Vec<Missing> {
    let none_listed = Missing {
        id: "leaving_certificate".to_owned(),
        zh: "尚未列出应出具的文书，至少应有离职证明".to_owned(),
        en: "No document is listed; the leaving certificate is always due.".to_owned(),
    };
    let open = listed.iter().filter(|paper| paper.issued_on.is_none());
    let open = open.map(|paper| Missing {
        id: paper.title.clone(),
        zh: format!("《{}》未出具", paper.title),
        en: format!("{} is not issued.", paper.title_en),
    });
    listed
        .is_empty()
        .then_some(none_listed)
        .into_iter()
        .chain(open)
        .collect()
}

fn asset_out(asset: &AssetFact) -> Option<Missing> {
    matches!(asset.state, AssetState::Out).then(|| Missing {
        id: asset.id.clone(),
        zh: format!("「{}」未归还，也未约定赔偿金额", asset.title),
        en: format!(
            "{} is neither returned nor its cost agreed.",
            asset.title_en
        ),
    })
}

fn held(things: &[HeldThing], pool_is_a_place: bool) -> Vec<Missing> {
    things
        .iter()
        .filter_map(|thing| {
            let (zh, en) = match thing.holder {
                Holder::Person { staying: true, .. } => return None,
                Holder::Pool if pool_is_a_place => return None,
                Holder::Person { staying: false, .. } => {
                    ("接替人也在离职", "its new holder is leaving too")
                }
                Holder::Pool => ("不能放入公海，须有责任人", "a pool cannot answer for it"),
                Holder::Leaver => ("仍在离职员工名下", "still with the leaver"),
                Holder::Nobody => ("无人负责", "nobody holds it"),
            };
            let (money, money_en) = thing.open.map_or_else(Default::default, |open| {
                (
                    format!("（未收 {open} 元）"),
                    format!(" ({open} not received)"),
                )
            });
            Some(Missing {
                id: thing.id.clone(),
                zh: format!("「{}」{money}{zh}", thing.title),
                en: format!("{}{money_en}: {en}.", thing.title),
            })
        })
        .collect()
}
