//! What must be decided when somebody leaves 离职时的提成
//!
//! At the end of employment wages are settled in one payment; what is not collected yet must be
//! decided line by line (law.md §1.7). Four decisions are possible, a blank is none, and "who
//! leaves gets nothing for what is not collected" is not among them: courts hold it void.

use std::collections::BTreeMap;

use kernel::{Bps, ContractId, Day, EmployeeId, Fen, PlanId, Refusal};
use serde::{Deserialize, Serialize};

use crate::calculate::Payment;
use crate::event::Record;
use crate::line::Line;
use crate::schedule::Exact;

/// What a plan says about people who leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterExit {
    /// 逐笔决定: each open line gets one of the four decisions.
    EachDecided,
    /// 离职即丧失未回款提成: what some companies write, and what is refused.
    ForfeitUncollected,
}

impl AfterExit {
    /// Whether a plan may say so.
    ///
    /// # Errors
    /// `commission.forfeit_refused`.
    pub fn check(self) -> Result<(), Refusal> {
        match self {
            AfterExit::EachDecided => Ok(()),
            AfterExit::ForfeitUncollected => Err(forfeit_refused()),
        }
    }
}

fn forfeit_refused() -> Refusal {
    Refusal::invalid(
        "commission.forfeit_refused",
        "「离职后未回款的提成不再发放」免除用人单位义务、排除劳动者取得报酬的权利，\
         司法实践认定无效（如广州中院展览公司案）",
        "\"who leaves forfeits what is not collected\" takes away earned pay; courts hold it void \
         (e.g. Guangzhou Intermediate Court, exhibition company)",
    )
    .remedy((
        "请改为：当期付清、协商比例一次结清，或随回款支付并定期出具对账单",
        "Pay in full now, settle at an agreed share, or pay on collection with regular statements",
    ))
}

/// The longest tail of payment on collection: what lies further ahead is a slip of the pen.
pub const LONGEST_TAIL_MONTHS: i32 = 120;

/// One of the four decisions about an open line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 当期付清
    PayInFull,
    /// 协商比例，一次结清
    PayShare {
        /// How much of it.
        share: Bps,
        /// The paper signed by the leaver.
        agreement: Record,
    },
    /// 随回款支付，定期对账
    OnCollection {
        /// The last day; what is collected later is the owner's.
        until: Day,
        /// A statement every so many months; at least each quarter.
        statement_months: u8,
        /// His signature under terms of a handover that leave him less; none where none do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<Consent>,
    },
    /// 未成就
    Nothing {
        /// Why.
        reason: NothingReason,
        /// What proves it.
        proof: Option<Record>,
    },
}

impl Decision {
    /// What of an amount that is still to come it pays at once.
    #[must_use]
    pub fn at_once(&self, to_come: Fen) -> Fen {
        match self {
            Decision::PayInFull => to_come,
            Decision::PayShare { share, .. } => Exact::of(to_come, *share).round(),
            Decision::OnCollection { .. } | Decision::Nothing { .. } => Fen::ZERO,
        }
    }
}

/// 本人签字同意交接条款: terms that leave him less, and his signature under them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The plan whose terms he agreed to; those of another one he did not.
    pub plan: PlanId,
    /// The paper that he signed.
    pub paper: Record,
}

/// Why nothing was earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NothingReason {
    /// 合同未成立或已解除
    ContractFell,
    /// 已退货或退款
    Returned,
    /// 书面约定的条件未满足
    ConditionNotMet,
    /// 本人书面同意交接条款: terms of a plan that leave him nothing, and his signature under them;
    /// where they leave a part, that is paid as it comes in, with his [`Consent`].
    TermsAgreed,
    /// 因其离职: refused.
    BecauseHeLeft,
}

/// A line that is open when somebody leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLine {
    /// Of which contract.
    pub contract: ContractId,
    /// Earned, not paid: this is owed in any case (工资支付暂行规定 art. 9).
    pub owed: Fen,
    /// What would be earned by what is still to come in.
    pub to_come: Fen,
    /// Set where terms of a handover that he was not asked about ever leave him less of it:
    /// `to_come` is then what he would have without them.
    #[serde(default)]
    pub passed_on: Option<ByTerms>,
}

/// What terms of a handover leave a leaver of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByTerms {
    /// The plan whose terms they are; none where it changed hands without a plan, or by several:
    /// then there are no terms of one plan that he could sign.
    pub plan: Option<PlanId>,
    /// What would be paid to him if all came in on the cut-off day: terms step by days, so it may
    /// come to less, or to as much as without them. None where no day leaves him anything.
    pub leaves: Option<Fen>,
}

impl OpenLine {
    /// Whether a decision may stand beside what terms of a handover leave him. A term that takes a
    /// person's commission needs his signature, and "as it comes in" is no decision to pay less
    /// (law.md §1.7).
    ///
    /// # Errors
    /// `commission.passed_on` for payment on collection where terms leave nothing to be paid, or
    /// where it changed hands and there are no terms of one plan;
    /// `commission.terms_not_signed` where they leave a part and he did not sign these terms;
    /// `commission.nothing_passed_on` for his consent to terms that leave him nothing where there
    /// are none.
    pub fn stands(&self, decision: &Decision) -> Result<(), Refusal> {
        let terms = self.passed_on.as_ref();
        match decision {
            Decision::OnCollection { consent, .. } => match (terms, consent) {
                (None, _) => Ok(()),
                (Some(ByTerms { plan: None, .. }), _) => Err(by_no_plan("commission.passed_on")),
                (Some(ByTerms { leaves: None, .. }), _) => Err(nothing_would_come()),
                (Some(terms), Some(signed)) if terms.plan == Some(signed.plan) => Ok(()),
                (Some(_), _) => Err(terms_not_signed()),
            },
            Decision::Nothing {
                reason: NothingReason::TermsAgreed,
                ..
            } => match terms {
                Some(ByTerms { plan: None, .. }) => Err(by_no_plan("commission.nothing_passed_on")),
                Some(ByTerms { leaves: None, .. }) => Ok(()),
                Some(_) | None => Err(no_such_terms()),
            },
            _ => Ok(()),
        }
    }

    /// Whether terms are there to which a decision that is being made says he agreed: consent is
    /// not taken down beforehand, since a plan may change until it is carried out. One that was
    /// taken down stands when his terms take nothing any more, for then it takes nothing.
    ///
    /// # Errors
    /// `commission.consent_unasked`.
    pub fn asked(&self, decision: &Decision) -> Result<(), Refusal> {
        match decision {
            Decision::OnCollection {
                consent: Some(_), ..
            } if self.passed_on.is_none() => Err(consent_unasked()),
            _ => Ok(()),
        }
    }

    /// What stays open where it is paid as it comes in.
    fn as_it_comes_in(&self) -> Fen {
        let terms = self.passed_on.as_ref();
        terms.map_or(self.to_come, |terms| terms.leaves.unwrap_or_default())
    }
}

/// The lines that are open when somebody leaves, by contract: what he earned and was not paid,
/// parts held back among it (retentions stay wages, law.md §1.7), and what is to come.
#[must_use]
pub fn open_lines(
    who: EmployeeId,
    lines: &[Line],
    payments: &[Payment],
    to_come: &BTreeMap<ContractId, Fen>,
) -> Vec<OpenLine> {
    let mut owed: BTreeMap<ContractId, Fen> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.key.payee == who) {
        let sum = owed.entry(line.key.contract).or_default();
        *sum = *sum + line.commission;
    }
    for payment in payments.iter().filter(|payment| payment.line.payee == who) {
        let sum = owed.entry(payment.line.contract).or_default();
        *sum = *sum - payment.amount;
    }
    for contract in to_come.keys() {
        owed.entry(*contract).or_default();
    }
    let open = owed.into_iter().map(|(contract, owed)| OpenLine {
        contract,
        owed,
        to_come: to_come.get(&contract).copied().unwrap_or_default(),
        passed_on: None,
    });
    open.filter(|line| line.owed != Fen::ZERO || line.to_come != Fen::ZERO)
        .collect()
}

/// The exit of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// Who.
    pub employee: EmployeeId,
    /// His last day of employment.
    pub left_on: Day,
    /// What was decided, by contract.
    pub decisions: BTreeMap<ContractId, Decision>,
}

/// What is paid for an open line with the last wages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Of which contract.
    pub contract: ContractId,
    /// Paid now.
    pub now: Fen,
    /// Stays open and is paid when collected.
    pub later: Fen,
}

/// Whether an exit may be closed, and what is paid with it.
///
/// # Errors
/// `commission.exit_undecided` naming the contracts without a decision;
/// `commission.forfeit_refused` for "because he left"; `commission.nothing_without_proof`,
/// `commission.statement_too_seldom`, `commission.share_out_of_range`,
/// `commission.tail_before_exit`, `commission.tail_too_long`, and what [`OpenLine::stands`]
/// refuses.
pub fn close(exit: &Exit, open: &[OpenLine]) -> Result<Vec<Settled>, Refusal> {
    let undecided = |line: &&OpenLine| !exit.decisions.contains_key(&line.contract);
    let blanks: Vec<String> = open
        .iter()
        .filter(undecided)
        .map(|line| line.contract.to_string())
        .collect();
    if !blanks.is_empty() {
        let (count, list) = (blanks.len(), blanks.join("、"));
        return Err(Refusal::conflict(
            "commission.exit_undecided",
            format!("还有 {count} 笔未结提成没有处理决定：{list}"),
            format!("{count} open lines have no decision: {list}"),
        )
        .remedy((
            "请逐笔选择：当期付清、协商结清、随回款支付、未成就",
            "Choose for each: pay in full, settle at an agreed share, pay on collection, nothing \
             earned",
        )));
    }
    let mut settled = Vec::with_capacity(open.len());
    for line in open {
        if let Some(decision) = exit.decisions.get(&line.contract) {
            settled.push(settle(exit, line, decision)?);
        }
    }
    Ok(settled)
}

fn settle(exit: &Exit, line: &OpenLine, decision: &Decision) -> Result<Settled, Refusal> {
    let answer = |now, later| Settled {
        contract: line.contract,
        now,
        later,
    };
    line.stands(decision)?;
    match decision {
        Decision::PayInFull => Ok(answer(
            line.owed + decision.at_once(line.to_come),
            Fen::ZERO,
        )),
        // Nothing at all is another decision: it needs a reason, proof and a second person.
        Decision::PayShare { share, .. } if !(1..=10_000).contains(&share.0) => {
            Err(Refusal::invalid(
                "commission.share_out_of_range",
                "协商比例须大于 0、不超过 100%",
                "the agreed share lies above 0 and up to 100 %",
            )
            .remedy((
                "确实不发的，请选择「未成就」，写明理由并附证明",
                "Where nothing is due in fact, choose “Nothing earned”, give the reason and \
                 attach the proof",
            )))
        }
        // What is earned already is owed in full; only what is to come can be settled at a share.
        Decision::PayShare { .. } => Ok(answer(
            line.owed + decision.at_once(line.to_come),
            Fen::ZERO,
        )),
        Decision::OnCollection {
            statement_months, ..
        } if !(1..=3).contains(statement_months) => Err(Refusal::invalid(
            "commission.statement_too_seldom",
            "随回款支付的，须至少每季度出具一次对账单",
            "who is paid on collection gets a statement at least each quarter",
        )
        .remedy((
            "请将对账周期设为 1 至 3 个月",
            "Let statements come every 1 to 3 months",
        ))),
        Decision::OnCollection { until, .. } if *until <= exit.left_on => Err(Refusal::invalid(
            "commission.tail_before_exit",
            "随回款支付的截止日须在离职日之后",
            "the last day of payment on collection lies after the exit",
        )
        .remedy(("请改为离职日以后的日期", "Choose a day after the departure"))),
        Decision::OnCollection { until, .. } if *until > longest_tail(exit) => {
            Err(tail_too_long(longest_tail(exit)))
        }
        Decision::OnCollection { .. } => Ok(answer(line.owed, line.as_it_comes_in())),
        Decision::Nothing {
            reason: NothingReason::BecauseHeLeft,
            ..
        } => Err(forfeit_refused()),
        Decision::Nothing { proof: None, .. } => Err(Refusal::invalid(
            "commission.nothing_without_proof",
            "认定未成就须附证明，举证责任在用人单位（调解仲裁法第 6 条）",
            "\"nothing earned\" needs proof, and the burden is the employer's (Labour Dispute \
             Mediation and Arbitration Law, art. 6)",
        )
        .remedy((
            "请附合同解除、退款或书面条件的记录",
            "Attach the record of the ended contract, of the refund or of the written condition",
        ))),
        Decision::Nothing { .. } => Ok(answer(line.owed, Fen::ZERO)),
    }
}

/// Receivers and superior agreed to the terms, he did not: "as it comes in" would be nothing at
/// all, without a reason, proof or a second person.
fn nothing_would_come() -> Refusal {
    Refusal::invalid(
        "commission.passed_on",
        "交接条款把该合同的提成全部归他人，选择随回款支付，本人一分也得不到",
        "the terms of the handover leave the leaver nothing: as it comes in nothing would be paid",
    )
    .remedy((
        "请选择当期付清，或凭本人签字的协议按比例结清；本人已书面同意该条款的，\
         请选择「未成就」并附其签字的文件",
        "Pay in full now, or settle at a share by an agreement the employee signed; where the \
         employee agreed to the terms in writing, choose “Nothing earned” and attach the signed \
         paper",
    ))
}

/// Without a plan, or by several: nobody can have agreed to terms that are not there, and as it
/// comes in he would be paid less without a word of his.
fn by_no_plan(code: &str) -> Refusal {
    Refusal::invalid(
        code,
        "该合同不是按同一份交接方案移交他人的，没有可供本人签字的提成条款：不能以本人同意条款为由不付，\
         随回款支付也会使本人少得或不得",
        "it changed hands by no one plan, so there are no terms to sign: nothing is agreed to, and \
         as it comes in the leaver would be paid less, or nothing",
    )
    .remedy((
        "请选择当期付清，或凭本人签字的协议按比例结清；合同未成立或已解除、已退货或退款、\
         书面约定的条件未满足的，请选择「未成就」并附证明",
        "Pay in full now, or settle at a share by an agreement the employee signed; where the \
         contract fell, was returned or refunded, or a written condition was not met, choose \
         “Nothing earned” and attach the proof",
    ))
}

/// Less, and nobody asked him: what terms take beyond his signature they do not take.
fn terms_not_signed() -> Refusal {
    Refusal::invalid(
        "commission.terms_not_signed",
        "交接条款只留给本人一部分提成，没有本人签字同意，不能按该条款随回款支付",
        "the terms of the handover leave the leaver a part and were not signed: it is not paid \
         by them as it comes in",
    )
    .remedy((
        "请选择当期付清，或凭本人签字的协议按比例结清；本人已书面同意该交接方案条款的，\
         请附其签字的文件",
        "Pay in full now, or settle at a share by an agreement the employee signed; where the \
         employee agreed to the terms of the plan in writing, attach the signed paper",
    ))
}

fn consent_unasked() -> Refusal {
    Refusal::invalid(
        "commission.consent_unasked",
        "没有交接条款减少该合同的提成，随回款支付不需要本人同意条款",
        "no terms of a handover leave the leaver less of it, so none were agreed to",
    )
    .remedy((
        "交接方案尚未执行的，请在执行后登记本人的同意；所选合同有的没有交接条款的，请分开决定，\
         只对有条款的附其签字的文件",
        "Where the plan was not carried out yet, record the consent after it was; where only some \
         of the contracts have terms of a handover, decide them apart, with the signed paper for \
         these",
    ))
}

fn longest_tail(exit: &Exit) -> Day {
    exit.left_on.plus_months(LONGEST_TAIL_MONTHS)
}

fn tail_too_long(last: Day) -> Refusal {
    Refusal::invalid(
        "commission.tail_too_long",
        format!("随回款支付的截止日最晚为 {last}（提成截止日后十年）"),
        format!("payment on collection ends by {last}, ten years after the cut-off"),
    )
    .remedy(("请核对年份", "Check the year"))
}

fn no_such_terms() -> Refusal {
    Refusal::invalid(
        "commission.nothing_passed_on",
        "没有交接条款把该合同的提成全部归他人，不能以本人同意交接条款为由不付",
        "no terms of a handover leave the leaver nothing of it, so none were agreed to",
    )
    .remedy((
        "条款留给本人一部分的，请选择随回款支付并附其签字的文件；否则请选择其他处理方式",
        "Where the terms leave a part, choose payment as it comes in with the paper that was \
         signed; else choose another way",
    ))
}

/// What becomes of a part of somebody who has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterLeaving {
    /// He has not left yet.
    Here,
    /// He is paid, and must be told what was collected.
    PaidWithStatement,
    /// It was settled for good.
    Settled,
    /// His tail has ended.
    TailOver(Day),
}

impl Exit {
    /// What becomes of his part of an event of this day. Where nothing is decided yet he is paid:
    /// silence takes nothing from anybody.
    #[must_use]
    pub fn on(&self, contract: ContractId, day: Day) -> AfterLeaving {
        if day <= self.left_on {
            return AfterLeaving::Here;
        }
        match self.decisions.get(&contract) {
            Some(Decision::OnCollection { until, .. }) if day > *until => {
                AfterLeaving::TailOver(*until)
            }
            Some(Decision::OnCollection { .. }) | None => AfterLeaving::PaidWithStatement,
            Some(Decision::PayInFull | Decision::PayShare { .. } | Decision::Nothing { .. }) => {
                AfterLeaving::Settled
            }
        }
    }
}

/// A settlement after the final one, because cash came late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// To whom.
    pub employee: EmployeeId,
    /// What it pays.
    pub lines: Vec<Line>,
    /// Their sum.
    pub total: Fen,
}

/// What came in for a leaver after his final settlement of this day; nothing when nothing came.
#[must_use]
pub fn supplement(exit: &Exit, settled_on: Day, lines: &[Line]) -> Option<Supplement> {
    let late = |line: &&Line| line.key.payee == exit.employee && line.earned_on > settled_on;
    let lines: Vec<Line> = lines.iter().filter(late).cloned().collect();
    let total = lines.iter().map(|line| line.commission).sum();
    (!lines.is_empty()).then_some(Supplement {
        employee: exit.employee,
        lines,
        total,
    })
}
