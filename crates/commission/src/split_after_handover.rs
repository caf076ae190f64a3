//! How is commission split after a handover? 交接后的提成分配
//!
//! A customer's ownership is a row of [`Stretch`]es. A stretch that came by a handover carries its
//! terms: who had the customer before, and what he still gets. An event is measured **on its own
//! date**: a contract signed before the handover, delivered between and collected after falls
//! under the rules of three different days.
//!
//! - The newest stretch in force that covers the contract decides. Its predecessor is protected,
//!   nobody before him: a second handover inside the window ends the first window, but for people
//!   who had left by then. Nor does an owner who had left lose his part of what was signed by then
//!   when somebody gets the customer without a handover from him ([`crate::leavers`]).
//! - A handover of part of the contracts leaves the others where they were, and a later handover of
//!   the customer leaves those alone that somebody else has: they move by a stretch of their own.
//! - What was earned before the effective date is never looked at again: see [`untouchable`].
//! - Shares sum to the whole. The odd fen goes to the larger remainder, at a tie to the earlier
//!   owner; for two this is `old = round(amount × share)`, half away from zero, `new = rest`.

use std::collections::BTreeSet;

use kernel::{Bps, ContractId, CustomerId, Day, EmployeeId, Fen, Refusal, allocate};
use serde::{Deserialize, Serialize};

use crate::event::{Contract, Record};
use crate::line::Line;
use crate::plan::RuleRow;
use crate::shares::{PersonShares, WHOLE};

/// Ownership of a customer, or of some of its contracts, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Whose customer.
    pub customer: CustomerId,
    /// 1, 2, 3, … for each customer; of two from the same day the later counts.
    pub seq: u32,
    /// The first day.
    pub effective_on: Day,
    /// Who owns from then on.
    pub owner: EmployeeId,
    /// Only these contracts; `None` the customer with all of them.
    pub contracts: Option<BTreeSet<ContractId>>,
    /// Contracts of the customer that do not come with it, since they were handed over by
    /// themselves and somebody else has them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub except: BTreeSet<ContractId>,
    /// Set when it came by a handover.
    pub handover: Option<Handover>,
}

/// What a handover says about commission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The plan or paper on which it was agreed.
    pub record: Record,
    /// Who had it before.
    pub from: EmployeeId,
    /// What he still gets.
    pub terms: Terms,
    /// A part for the team that helps, taken off before the two share.
    pub pool: Option<Pool>,
    /// The row of a decision table that gave the terms, when one did.
    pub decided_by: Option<RuleRow>,
    /// The day of the handover, where a merge gave the customer to somebody else later and the
    /// terms go on; none where the stretch began with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
}

/// A part for the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// How much of the whole.
    pub share: Bps,
    /// Who shares it.
    pub members: PersonShares,
    /// On fewer days than this since the handover; for good when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_day: Option<u32>,
}

/// What is agreed about the commission of a handover: what the previous owner still gets, and what
/// the team gets beside the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// What the previous owner still gets.
    pub terms: Terms,
    /// What is taken off for the team before the two share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
}

impl From<Terms> for Agreement {
    fn from(terms: Terms) -> Agreement {
        Agreement { terms, pool: None }
    }
}

/// What the previous owner still gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// 保护期: his share falls with the days since the handover.
    Protection {
        /// Rising days; the first whose day is not reached yet counts.
        steps: Vec<Step>,
        /// What he keeps after the last step.
        afterwards: Bps,
        /// Of which contracts.
        covers: Covers,
    },
    /// 至合同结束: this much of contracts signed before the handover, to their last day.
    ToContractEnd {
        /// His share.
        share: Bps,
    },
    /// 按工作量: of contracts signed before the handover, by who did the work.
    ShareOfWork {
        /// Pieces of work; their weights sum to the whole.
        pieces: Vec<Piece>,
    },
    /// 协商: this much until this day, as the three agreed.
    Negotiated {
        /// His share.
        share: Bps,
        /// The last day; for good when none.
        until: Option<Day>,
        /// The signed paper.
        agreement: Record,
    },
    /// 查表: as a decision table says for this customer. The table is asked once, on the day the
    /// handover takes effect; what it said stands from then on.
    ByTable {
        /// Id of the table.
        table: String,
        /// Name of the table, as it was called then.
        #[serde(default)]
        name: String,
        /// Of which contracts.
        covers: Covers,
        /// What it said, by rising days; empty until it was asked.
        #[serde(default)]
        steps: Vec<TableStep>,
    },
    /// 全部归接替人
    NothingKept,
}

/// What a table said for some days after a handover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableStep {
    /// Fewer days than this since the handover; none in the last step, which has no end.
    pub before_day: Option<u32>,
    /// What he gets then.
    pub share: Bps,
    /// The row that said so.
    pub row: RuleRow,
}

/// A step of a protection period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Fewer days than this since the handover.
    pub before_day: u32,
    /// What he gets then.
    pub share: Bps,
}

/// Of which contracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Covers {
    /// 全部: also of contracts the successor signs.
    All,
    /// 交接前签订: only of contracts signed before the handover.
    SignedBefore,
}

/// A piece of the work on a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Found, negotiated, signed, delivered, collected, served.
    pub name: String,
    /// How much of the whole work it is.
    pub weight: Bps,
    /// How much of it the previous owner had done on the day of the handover.
    pub done: Bps,
}

/// Which clause of the terms gave a share; the reason on the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clause {
    /// A step of the protection period.
    WithinDays {
        /// Fewer days than this.
        before_day: u32,
    },
    /// The protection period is over.
    Over {
        /// After this many days.
        after: u32,
    },
    /// The contract runs.
    ContractRuns,
    /// The contract has ended.
    ContractEnded {
        /// Its last day.
        on: Day,
    },
    /// Signed after the handover; the terms are for earlier ones.
    SignedAfter,
    /// By work done.
    Work,
    /// As agreed.
    Agreed,
    /// What was agreed has run out.
    AgreementOver {
        /// Its last day.
        on: Day,
    },
    /// Nothing was kept.
    NothingKept,
}

/// How a whole was split under the terms of a handover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// The handover.
    pub record: Record,
    /// Previous owner.
    pub from: EmployeeId,
    /// New owner.
    pub successor: EmployeeId,
    /// From when on.
    pub effective_on: Day,
    /// Days from then to the event.
    pub days: i64,
    /// What decided.
    pub clause: Clause,
    /// The row of a decision table behind the terms.
    pub decided_by: Option<RuleRow>,
    /// What was taken off for the team before the two shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Bps>,
    /// 单独交接: only this contract and perhaps some others changed hands, not the customer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub apart: bool,
    /// 合并: the successor has the customer by a merge, after the handover.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub merged: bool,
    /// 离职者的份额继续: the successor has it by a later handover, which ended nothing of what is
    /// split here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
    /// What goes on for people who have left, by earlier handovers, and was taken off before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leavers: Option<Bps>,
}

/// 离职者的负责人份额继续: the customer of an owner who has left became somebody else's without a
/// handover from him, and of what was signed by his last day he keeps the owner's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stays {
    /// Who has left.
    pub leaver: EmployeeId,
    /// His last day.
    pub left_on: Day,
    /// Who has the customer now.
    pub owner: EmployeeId,
}

/// Whose part it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 现负责人
    Owner,
    /// 原负责人
    Previous,
    /// 团队
    Pool,
}

/// One part of the whole; parts with nothing in them are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whose.
    pub side: Side,
    /// Who.
    pub payee: EmployeeId,
    /// Basis points of the whole, times 10,000 when the pool is shared out: only for ratios.
    pub weight: i64,
}

/// The stretch that counts for this contract on this day.
#[must_use]
pub fn stretch_on<'a>(
    stretches: impl IntoIterator<Item = &'a Stretch>,
    contract: ContractId,
    on: Day,
) -> Option<&'a Stretch> {
    let begun = stretches.into_iter().filter(|s| s.effective_on <= on);
    let covering = begun.filter(|s| s.covers(contract));
    covering.max_by_key(|s| (s.effective_on, s.seq))
}

impl Stretch {
    /// Whether this contract, if it is one of the customer's, belongs to it.
    #[must_use]
    pub fn covers(&self, contract: ContractId) -> bool {
        let listed = self.contracts.as_ref();
        listed.is_none_or(|list| list.contains(&contract)) && !self.except.contains(&contract)
    }
}

/// Splits the owner's seat on the day of an event.
#[must_use]
pub fn split(stretch: &Stretch, contract: &Contract, on: Day) -> (Vec<Part>, Option<Split>) {
    let owner = |weight| Part {
        side: Side::Owner,
        payee: stretch.owner,
        weight,
    };
    let Some(handover) = &stretch.handover else {
        return (vec![owner(WHOLE * WHOLE)], None);
    };
    let since = handover.since.unwrap_or(stretch.effective_on);
    let days = since.days_until(on);
    let (share, clause) = kept(&handover.terms, since, contract, on);
    let said = match (&handover.terms, &clause) {
        (Terms::ByTable { .. }, Clause::SignedAfter) => None,
        (Terms::ByTable { steps, .. }, _) => step_on(steps, days).map(|step| &step.row),
        _ => handover.decided_by.as_ref(),
    };
    let pool = handover.pool.as_ref().filter(|pool| pool.counts(days));
    let pooled = pool.map_or(0, |pool| pool.share.0);
    let rest = WHOLE - pooled;
    let split = Split {
        record: handover.record.clone(),
        from: handover.from,
        successor: stretch.owner,
        effective_on: since,
        days,
        clause,
        decided_by: said.cloned(),
        pool: pool.map(|pool| pool.share),
        apart: stretch.contracts.is_some(),
        merged: handover.since.is_some(),
        goes_on: false,
        leavers: None,
    };
    // INVARIANT: the earlier owner stands first, so that a tie for the odd fen is his.
    let mut parts = vec![
        Part {
            side: Side::Previous,
            payee: handover.from,
            weight: rest * share.0,
        },
        owner(rest * (WHOLE - share.0)),
    ];
    for (member, member_share) in pool.into_iter().flat_map(|pool| pool.members.parts()) {
        parts.push(Part {
            side: Side::Pool,
            payee: *member,
            weight: pooled * member_share.0,
        });
    }
    parts.retain(|part| part.weight > 0);
    (parts, Some(split))
}

/// The share the previous owner keeps, and the clause that says so.
fn kept(terms: &Terms, effective_on: Day, contract: &Contract, on: Day) -> (Bps, Clause) {
    let days = effective_on.days_until(on);
    let signed_before = contract.signed_on < effective_on;
    match terms {
        Terms::NothingKept => (Bps(0), Clause::NothingKept),
        Terms::Negotiated { until, .. } if until.is_some_and(|last| on > last) => (
            Bps(0),
            Clause::AgreementOver {
                on: until.unwrap_or(on),
            },
        ),
        Terms::Negotiated { share, .. } => (*share, Clause::Agreed),
        Terms::ToContractEnd { .. } | Terms::ShareOfWork { .. } if !signed_before => {
            (Bps(0), Clause::SignedAfter)
        }
        Terms::ToContractEnd { share } => match contract.ends_on {
            Some(last) if on > last => (Bps(0), Clause::ContractEnded { on: last }),
            _ => (*share, Clause::ContractRuns),
        },
        Terms::ShareOfWork { pieces } => (work_done(pieces), Clause::Work),
        Terms::Protection {
            covers: Covers::SignedBefore,
            ..
        }
        | Terms::ByTable {
            covers: Covers::SignedBefore,
            ..
        } if !signed_before => (Bps(0), Clause::SignedAfter),
        // INVARIANT: `Handover::check` lets no table through that was not asked.
        Terms::ByTable { steps, .. } => match step_on(steps, days) {
            Some(step) => {
                let clause = match step.before_day {
                    Some(before_day) => Clause::WithinDays { before_day },
                    None => Clause::Over {
                        after: last_day(steps),
                    },
                };
                (step.share, clause)
            }
            None => (Bps(0), Clause::NothingKept),
        },
        Terms::Protection {
            steps, afterwards, ..
        } => match steps.iter().find(|step| days < i64::from(step.before_day)) {
            Some(Step { before_day, share }) => {
                let before_day = *before_day;
                (*share, Clause::WithinDays { before_day })
            }
            None => {
                let after = steps.last().map_or(0, |step| step.before_day);
                (*afterwards, Clause::Over { after })
            }
        },
    }
}

impl Pool {
    /// Whether it is taken off so many days after the handover.
    #[must_use]
    pub fn counts(&self, days: i64) -> bool {
        self.before_day.is_none_or(|day| days < i64::from(day))
    }
}

/// What a table said for this day after the handover.
fn step_on(steps: &[TableStep], days: i64) -> Option<&TableStep> {
    let reached = |step: &&TableStep| step.before_day.is_none_or(|day| days < i64::from(day));
    steps.iter().find(reached)
}

/// The day from which on the last step counts.
fn last_day(steps: &[TableStep]) -> u32 {
    steps
        .iter()
        .filter_map(|step| step.before_day)
        .max()
        .unwrap_or(0)
}

/// Work done before the handover, in whole basis points: each half rounds up, so to the leaver.
#[must_use]
pub fn work_done(pieces: &[Piece]) -> Bps {
    let done: i64 = pieces
        .iter()
        .map(|piece| piece.weight.0 * piece.done.0)
        .sum();
    Bps((2 * done + WHOLE) / (2 * WHOLE))
}

/// Divides an amount among the parts.
#[must_use]
pub fn divide(amount: Fen, parts: &[Part]) -> Vec<Fen> {
    let weights: Vec<i64> = parts.iter().map(|part| part.weight).collect();
    allocate(amount, &weights)
}

impl Handover {
    /// Whether the terms may be agreed on.
    ///
    /// # Errors
    /// `commission.terms_broken` naming what is wrong: a share outside 0 to 10,000, steps whose
    /// days do not rise, pieces of work that are not the whole.
    pub fn check(&self) -> Result<(), Refusal> {
        let broken = |zh: &str, en: &str| {
            let refusal = Refusal::invalid("commission.terms_broken", zh, en);
            Err(refusal.remedy((
                "请检查交接的提成条款",
                "Check the commission terms of the handover",
            )))
        };
        let within = |share: &Bps| (0..=WHOLE).contains(&share.0);
        let shares: Vec<Bps> = match &self.terms {
            Terms::Protection {
                steps, afterwards, ..
            } => {
                if steps.windows(2).any(|p| p[0].before_day >= p[1].before_day) {
                    return broken("保护期各级天数须递增", "days of protection steps must rise");
                }
                let of_steps = steps.iter().map(|step| step.share);
                of_steps.chain([*afterwards]).collect()
            }
            Terms::ShareOfWork { pieces } => {
                if pieces.iter().map(|piece| piece.weight.0).sum::<i64>() != WHOLE {
                    return broken(
                        "各项工作权重须合计 100%",
                        "weights of work must sum to 100 %",
                    );
                }
                pieces.iter().flat_map(|p| [p.weight, p.done]).collect()
            }
            Terms::ToContractEnd { share } | Terms::Negotiated { share, .. } => vec![*share],
            Terms::ByTable { steps, .. } => {
                let ends = steps.last().is_some_and(|step| step.before_day.is_none());
                let days = |step: &TableStep| step.before_day.map_or(u64::MAX, u64::from);
                if !ends
                    || steps
                        .windows(2)
                        .any(|pair| days(&pair[0]) >= days(&pair[1]))
                {
                    return broken(
                        "决策表尚未就该客户给出各阶段份额",
                        "the decision table was not asked about this customer yet",
                    );
                }
                steps.iter().map(|step| step.share).collect()
            }
            Terms::NothingKept => Vec::new(),
        };
        if self
            .pool
            .as_ref()
            .is_some_and(|pool| pool.before_day == Some(0))
        {
            return broken("团队份额的天数须大于 0", "the days of the team are above 0");
        }
        let pool = self.pool.as_ref().map(|pool| pool.share);
        if !shares.iter().chain(&pool).all(within) {
            return broken("份额须在 0 到 100% 之间", "shares lie between 0 and 100 %");
        }
        Ok(())
    }
}

/// Money earned before the effective date stays where it is. A handover whose day lies before
/// lines that were earned already is possible only when everybody concerned has signed.
///
/// # Errors
/// `commission.earned_before_handover`, naming the number of lines and their sum.
pub fn untouchable(stretch: &Stretch, earned: &[Line], all_signed: bool) -> Result<(), Refusal> {
    let concerned = earned.iter().filter(|line| {
        line.key.customer == stretch.customer
            && line.earned_on >= stretch.effective_on
            && stretch.covers(line.key.contract)
    });
    let amounts: Vec<Fen> = concerned.map(|line| line.commission).collect();
    if amounts.is_empty() || all_signed {
        return Ok(());
    }
    let (count, sum) = (amounts.len(), amounts.into_iter().sum::<Fen>());
    Err(Refusal::conflict(
        "commission.earned_before_handover",
        format!("生效日之后已有 {count} 笔提成计提，合计 {sum} 元，交接不得追溯已得的提成"),
        format!("{count} lines ({sum}) were earned since that day; earned pay is not moved"),
    )
    .remedy((
        "请将生效日改到最后一笔计提之后，或取得所有相关人的签字",
        "Move the day behind the last accrual, or let everybody concerned sign",
    )))
}
