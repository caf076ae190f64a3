//! What the giver still earns from what moves 交接的提成条款.

use std::collections::BTreeMap;

use ::commission::event::Record;
use ::commission::explain;
use ::commission::shares::{PersonShares, WHOLE};
use ::commission::split_after_handover::{Agreement, Covers, Handover, Pool, Step, Terms};
use kernel::{Bps, CustomerId, EmployeeId, Refusal, RuleTableId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store::AgreedTerms;
use crate::people::PersonName;

/// Most steps of a protection period, and most pieces of work.
const MOST_PARTS: usize = 20;

/// What a new plan begins with: 70, 50 and 30 per cent of contracts signed before, in the first,
/// second and third thirty days; afterwards nothing, or 30 per cent for good where the giver
/// leaves: who leaves does not forfeit what comes in late (law.md §1.7, the Guangzhou case). It is
/// a proposal; whoever draws the plan up changes it, and receivers and superior agree to it.
#[must_use]
pub(crate) fn proposed(leaves: bool) -> Terms {
    let step = |before_day, share| Step {
        before_day,
        share: Bps(share),
    };
    Terms::Protection {
        steps: vec![step(30, 7_000), step(60, 5_000), step(90, 3_000)],
        afterwards: Bps(if leaves { 3_000 } else { 0 }),
        covers: Covers::SignedBefore,
    }
}

/// Most people who share the team's part.
const MOST_MEMBERS: usize = 50;

/// The team's part as people hand it in: taken off before giver and receiver share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamPool {
    /// In basis points of the whole, above 0.
    pub share: i64,
    /// On fewer days than this since the handover; for good when absent.
    #[serde(default)]
    pub before_day: Option<u32>,
    /// Who shares it, at most 50; together 10,000.
    pub members: Vec<TeamMember>,
}

/// Somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamMember {
    /// Who.
    #[schema(value_type = String)]
    pub person: EmployeeId,
    /// In basis points of the team's part.
    pub share: i64,
}

/// The terms with the team's part, where both can be agreed on.
///
/// # Errors
/// `commission.terms_broken`, and what [`PersonShares::new`] refuses.
pub(crate) fn agreed(
    terms: &Terms,
    pool: Option<&TeamPool>,
    from: EmployeeId,
) -> Result<Agreement, Refusal> {
    check(terms, from)?;
    let pool = pool.map(pool_of).transpose()?;
    let terms = terms.clone();
    Ok(Agreement { terms, pool })
}

fn pool_of(wish: &TeamPool) -> Result<Pool, Refusal> {
    let fits = (1..=WHOLE).contains(&wish.share)
        && wish.before_day != Some(0)
        && wish.members.len() <= MOST_MEMBERS;
    if !fits {
        let zh = "团队份额须大于 0 且不超过 100%，天数须大于 0，成员不超过 50 人";
        let en = "the team has above 0 and at most 100 %, days above 0, at most 50 members";
        return Err(Refusal::invalid("commission.terms_broken", zh, en).at("/change/pool", zh));
    }
    let members = wish.members.iter().map(|one| (one.person, Bps(one.share)));
    let members = PersonShares::new(members.collect()).map_err(|refusal| {
        let zh = refusal.message.clone();
        refusal.at("/change/pool/members", zh)
    })?;
    Ok(Pool {
        share: Bps(wish.share),
        members,
        before_day: wish.before_day,
    })
}

/// Whether these terms can be agreed on.
///
/// # Errors
/// `commission.terms_broken`.
fn check(terms: &Terms, from: EmployeeId) -> Result<(), Refusal> {
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
        since: None,
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
    /// What the team gets before the two share.
    pool: Option<AgreedPool>,
    /// The same in one sentence.
    zh: String,
    en: String,
}

/// The team's part as it was agreed on.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgreedPool {
    /// In basis points of the whole.
    share: i64,
    /// On fewer days than this since the handover; for good when absent.
    before_day: Option<u32>,
    members: Vec<AgreedMember>,
}

/// Somebody of the team.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgreedMember {
    person: Option<PersonName>,
    /// In basis points of the team's part.
    share: i64,
}

/// Who is in the pools of these terms.
pub(crate) fn members(agreed: &[AgreedTerms]) -> impl Iterator<Item = EmployeeId> {
    let pools = agreed.iter().filter_map(|one| one.agreement.pool.as_ref());
    pools.flat_map(|pool| pool.members.parts().iter().map(|(who, _)| *who))
}

impl AgreedView {
    pub(crate) fn of(
        agreed: AgreedTerms,
        customer: Option<String>,
        names: &BTreeMap<EmployeeId, (String, String)>,
    ) -> AgreedView {
        let said = explain::agreement(&agreed.agreement);
        let Agreement { terms, pool } = agreed.agreement;
        let pool = pool.map(|pool| AgreedPool {
            share: pool.share.0,
            before_day: pool.before_day,
            members: pool
                .members
                .parts()
                .iter()
                .map(|(who, share)| AgreedMember {
                    person: PersonName::among(names, Some(*who)),
                    share: share.0,
                })
                .collect(),
        });
        AgreedView {
            customer_id: agreed.customer,
            customer,
            zh: said.zh.into_owned(),
            en: said.en.into_owned(),
            terms,
            pool,
        }
    }
}
