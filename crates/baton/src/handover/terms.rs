//! What the giver still earns from what moves 交接的提成条款.

use ::commission::event::Record;
use ::commission::explain;
use ::commission::split_after_handover::{Covers, Handover, Step, Terms};
use kernel::{Bps, CustomerId, EmployeeId, Refusal, RuleTableId};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::AgreedTerms;

/// Most steps of a protection period, and most pieces of work.
const MOST_PARTS: usize = 20;

/// What a new plan begins with: 70, 50 and 30 per cent of contracts signed before, in the first,
/// second and third thirty days. It is a proposal; whoever draws the plan up changes it, and
/// receivers and superior agree to it with the plan.
#[must_use]
pub(crate) fn proposed() -> Terms {
    let step = |before_day, share| Step {
        before_day,
        share: Bps(share),
    };
    Terms::Protection {
        steps: vec![step(30, 7_000), step(60, 5_000), step(90, 3_000)],
        afterwards: Bps(0),
        covers: Covers::SignedBefore,
    }
}

/// Whether these terms can be agreed on.
///
/// # Errors
/// `commission.terms_broken`.
pub(crate) fn check(terms: &Terms, from: EmployeeId) -> Result<(), Refusal> {
    if let Terms::ByTable { table, steps, .. } = terms {
        return match table.parse::<RuleTableId>() {
            // What a table says is asked on the effective day; nobody writes it down himself.
            Ok(_) if steps.is_empty() => Ok(()),
            _ => Err(no_table()),
        };
    }
    let long = match terms {
        Terms::Protection { steps, .. } => steps.is_empty() || steps.len() > MOST_PARTS,
        Terms::ShareOfWork { pieces } => {
            let nameless = |name: &str| name.trim().is_empty() || name.chars().count() > 50;
            pieces.len() > MOST_PARTS || pieces.iter().any(|piece| nameless(&piece.name))
        }
        Terms::Negotiated { agreement, .. } => {
            let paper = agreement.0.trim().chars().count();
            !(2..=200).contains(&paper)
        }
        _ => false,
    };
    if long {
        let zh = "请填写 1 到 20 级保护期或工作项；协商条款须写明所依据的书面协议";
        return Err(Refusal::invalid(
            "commission.terms_broken",
            zh,
            "1 to 20 steps or pieces of work; what was negotiated names its paper",
        )
        .at("/change/terms", zh));
    }
    let handover = Handover {
        record: Record(String::new()),
        from,
        terms: terms.clone(),
        pool: None,
        decided_by: None,
    };
    handover.check()
}

/// Whether a table says these terms.
pub(crate) fn by_table(terms: &Terms) -> bool {
    matches!(terms, Terms::ByTable { .. })
}

fn no_table() -> Refusal {
    let zh = "请选择一张决策表";
    Refusal::invalid("commission.terms_broken", zh, "a decision table is chosen")
        .at("/change/terms", zh)
}

/// Terms as they travel.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only describes what the engine writes and reads")]
pub(crate) enum HandoverTerms {
    /// 保护期: the giver's share falls with the days since the handover.
    Protection {
        /// Rising days; the first whose day is not reached yet counts.
        steps: Vec<TermsStep>,
        /// What he keeps after the last step, in basis points.
        afterwards: i64,
        /// `all`, `signed_before`
        covers: String,
    },
    /// 至合同结束
    ToContractEnd {
        /// In basis points.
        share: i64,
    },
    /// 按工作量
    ShareOfWork {
        /// Pieces of work; their weights sum to 10,000.
        pieces: Vec<TermsPiece>,
    },
    /// 协商
    Negotiated {
        /// In basis points.
        share: i64,
        /// The last day; for good when none.
        #[schema(format = Date)]
        until: Option<String>,
        /// The signed paper.
        agreement: String,
    },
    /// 查表: as a decision table says for each customer on the effective day.
    ByTable {
        /// Id of the table.
        table: String,
        /// Its name, as the server says it; not sent.
        name: Option<String>,
        /// `all`, `signed_before`
        covers: String,
        /// What it said, once the handover was executed; not sent.
        steps: Option<Vec<serde_json::Value>>,
    },
    /// 全部归接替人
    NothingKept,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TermsStep {
    /// Fewer days than this since the handover.
    before_day: u32,
    /// In basis points.
    share: i64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TermsPiece {
    name: String,
    /// In basis points of the whole work.
    weight: i64,
    /// How much of it was done on the day of the handover, in basis points.
    done: i64,
}

/// What of the customers of a plan the giver still earns.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgreedView {
    /// Absent for all customers of the plan that have no terms of their own.
    #[schema(value_type = Option<String>)]
    pub(crate) customer_id: Option<CustomerId>,
    customer: Option<String>,
    #[schema(value_type = HandoverTerms)]
    terms: Terms,
    /// The same in one sentence.
    zh: String,
    en: String,
}

impl AgreedView {
    pub(crate) fn of(agreed: AgreedTerms, customer: Option<String>) -> AgreedView {
        let said = explain::terms(&agreed.terms);
        AgreedView {
            customer_id: agreed.customer,
            customer,
            zh: said.zh.into_owned(),
            en: said.en.into_owned(),
            terms: agreed.terms,
        }
    }
}
