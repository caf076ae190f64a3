//! What of somebody's commission is open when he leaves, and what was settled 离职提成.
//!
//! The cut-off date of the departure divides: what he earned up to it is owed as it stands. What
//! came in after it, and what is still to come in, is what the four decisions are about; the latter
//! is reckoned as if it came in on the cut-off date. A contract of which terms of a handover leave
//! him less is among them with what he would have without these, see [`passed_on`]; what they leave
//! him is reckoned on their first day where that lies after the cut-off. What was earned before the
//! first month that was opened is settled elsewhere, and named so that nobody forgets it.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::booking::{SettledRow, Settlement};
use ::commission::calculate::{Books, calculate};
use ::commission::event::{Contract, Event, Record, Trigger};
use ::commission::exit::{ByTerms, Decision, Exit, LONGEST_TAIL_MONTHS, OpenLine};
use ::commission::line::Line;
use ::commission::period::Stage;
use ::commission::plan::Plan;
use kernel::{ContractId, CustomerId, Day, DepartureId, EmployeeId, Fen, Moment, PlanId};
use spine::{Failure, Fault, Reader};

use super::credits;
use super::ledger;
use super::month::Month;
use super::passed_on::{PassedOn, passed_on};
use super::paying::{Payments, Standing};
use super::store::{self, Booked, Lacks};
use crate::customer::store::stretches;
use crate::receivable::store::{earning, holder};

/// Months that payment on collection runs when nothing else was agreed.
const TAIL_MONTHS: i32 = 12;

/// An open contract of a leaver.
#[derive(Clone, Debug)]
pub(crate) struct OpenItem {
    pub(crate) deal: ContractId,
    pub(crate) customer: CustomerId,
    pub(crate) signed_on: Day,
    /// Earned up to the cut-off since commission is settled here, closed months among it.
    pub(crate) earned: Fen,
    /// Of that, what was not paid: from the first month whose payment was recorded on by what was
    /// recorded, before that by what closed months hold.
    pub(crate) owed: Fen,
    /// What was earned after the cut-off, or would be by what is still to come in; of what was
    /// passed on, what he would have without the handover.
    pub(crate) to_come: Fen,
    /// The same by the terms of a handover, where these leave him less.
    pub(crate) left: Fen,
    /// Set where terms of a handover ever leave him less of it.
    pub(crate) passed_on: Option<PassedOn>,
    /// What has not come in of the contract.
    pub(crate) uncollected: Fen,
    /// What we would do.
    pub(crate) suggested: Decision,
}

impl OpenItem {
    /// As the engine knows it.
    pub(crate) fn line(&self) -> OpenLine {
        OpenLine {
            contract: self.deal,
            owed: self.owed,
            to_come: self.to_come,
            passed_on: self.by_terms(),
        }
    }

    /// What terms of a handover leave him of it, where they ever leave him less.
    pub(crate) fn by_terms(&self) -> Option<ByTerms> {
        let by = self.passed_on.as_ref()?;
        Some(ByTerms {
            plan: by.plan,
            leaves: by.part.then_some(self.left),
        })
    }
}

/// Everything that is open for somebody at a cut-off.
#[derive(Debug, Default)]
pub(crate) struct Open {
    /// Contract by contract.
    pub(crate) items: Vec<OpenItem>,
    /// Earned before the first month that was opened, and so not settled here.
    pub(crate) before_books: Fen,
    /// That month.
    pub(crate) first_month: Option<Month>,
}

/// Every contract that is open for this person, who first gave notice on the one day, at the
/// cut-off on the other, and what is not settled here.
///
/// # Errors
/// What the engine refuses.
pub(crate) async fn open_of(
    books: &mut Reader<'_>,
    who: EmployeeId,
    (noticed, cut_off): (Day, Day),
) -> Result<Open, Failure> {
    let customers = concerned(books, who).await?;
    if customers.is_empty() {
        return Ok(Open::default());
    }
    let facts = ledger::facts_ahead(books, &customers, cut_off).await?;
    if facts.plans.is_empty() {
        return Ok(Open::default());
    }
    let periods = store::periods(books).await?;
    let since = store::paid_since(books).await?;
    let paid = store::paid_sums(books, who, since).await?;
    let first_month = periods.first().map(|period| period.month);
    let days = (noticed, cut_off);
    Ok(reckon(facts, (who, days), first_month, &paid)?)
}

/// Customers that changed hands on terms by which somebody shares the team's part.
async fn pooled(books: &mut Reader<'_>, who: EmployeeId) -> Result<Vec<CustomerId>, Fault> {
    let mut terms = store::terms(books, ledger::EVER).await?;
    terms.retain(|one| {
        let pool = one.agreement.pool.as_ref();
        pool.is_some_and(|pool| {
            pool.members
                .parts()
                .iter()
                .any(|(member, _)| *member == who)
        })
    });
    let plans: BTreeSet<PlanId> = terms.iter().map(|one| one.plan).collect();
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let moved = stretches::moved_by(books, &plans).await?.into_iter();
    let ours = |(plan, customer): &(PlanId, CustomerId)| {
        let mut of_plan = terms.iter().filter(|one| one.plan == *plan);
        of_plan.any(|one| one.customer.is_none_or(|own| own == *customer))
    };
    Ok(moved.filter(ours).map(|(_, customer)| customer).collect())
}

/// Customers of whose deals somebody may be paid: those he ever owned or had a contract of, those
/// whose deals he is credited with, those in whose team's part he shares, and, where a table
/// credits helpers, those he ever helped with.
pub(crate) async fn concerned(
    books: &mut Reader<'_>,
    who: EmployeeId,
) -> Result<Vec<CustomerId>, Fault> {
    let owned = stretches::ever_of(books, who).await?;
    let rows = store::credits(books, ledger::EVER).await?.into_iter();
    let credited = rows.filter(|row| credits::named(&row.team).contains(&who));
    let deals: Vec<ContractId> = credited.map(|row| row.deal).collect();
    let credited = earning::customers_of(books, &deals).await?;
    let by_table = store::crediting(books)
        .await?
        .iter()
        .any(|row| row.table.is_some());
    let helped = match by_table {
        true => stretches::ever_helped(books, who).await?,
        false => Vec::new(),
    };
    let pooled = pooled(books, who).await?;
    let held = holder::ever_held(books, who).await?;
    let all = owned
        .into_iter()
        .chain(held)
        .chain(credited.into_values())
        .chain(helped)
        .chain(pooled);
    let all: BTreeSet<CustomerId> = all.collect();
    Ok(all.into_iter().collect())
}

/// What one person's lines come to.
#[derive(Default)]
struct Sums {
    /// Earned up to the cut-off, and what came or is to come after it, by contract.
    by_deal: BTreeMap<ContractId, (Fen, Fen)>,
    before_books: Fen,
}

impl Sums {
    /// What was earned of a contract, and what is to come.
    fn of(&self, contract: ContractId) -> (Fen, Fen) {
        self.by_deal.get(&contract).copied().unwrap_or_default()
    }

    /// Adds what really happened.
    fn happened(&mut self, line: &Line, cut_off: Day, begins: Option<Day>) {
        let (earned, to_come) = self.by_deal.entry(line.key.contract).or_default();
        if line.earned_on > cut_off {
            *to_come = *to_come + line.commission;
        } else if begins.is_none_or(|begins| line.earned_on >= begins) {
            *earned = *earned + line.commission;
        } else {
            self.before_books = self.before_books + line.commission;
        }
    }

    /// Adds what would be earned by what did not happen yet.
    fn imagined(&mut self, line: &Line) {
        let (_, to_come) = self.by_deal.entry(line.key.contract).or_default();
        *to_come = *to_come + line.commission;
    }
}

/// What his lines come to; what is still to come in stands among the events, and is taken away.
fn summed(
    facts: &mut Books,
    (who, cut_off): (EmployeeId, Day),
    begins: Option<Day>,
) -> Result<Sums, kernel::Refusal> {
    let mut sums = Sums::default();
    let his = |line: &&Line| line.key.payee == who;
    if facts.events.iter().any(|event| imagined(&event.record)) {
        let lines = calculate(facts)?.lines;
        let ahead = lines.iter().filter(his);
        for line in ahead.filter(|line| imagined(&line.key.record)) {
            sums.imagined(line);
        }
    }
    // What is imagined on the cut-off day fills the bands of a ladder before what really came in
    // later; what came in is paid as if nothing else were to come, as its statement says.
    facts.events.retain(|event| !imagined(&event.record));
    for line in calculate(facts)?.lines.iter().filter(his) {
        sums.happened(line, cut_off, begins);
    }
    Ok(sums)
}

/// The same without the books; what is still to come in stands among the events. Nothing is settled
/// here of the time before the first month.
fn reckon(
    mut facts: Books,
    (who, (noticed, cut_off)): (EmployeeId, (Day, Day)),
    first_month: Option<Month>,
    paid: &BTreeMap<ContractId, Fen>,
) -> Result<Open, kernel::Refusal> {
    // Nothing is decided yet; what others do with it after the cut-off ends nothing of his.
    facts.exits.retain(|exit| exit.employee != who);
    facts.exits.extend(exits(vec![(who, cut_off)], &[]));
    let ahead = facts.events.iter().filter(|event| imagined(&event.record));
    let uncollected: BTreeMap<ContractId, Fen> =
        ahead.map(|event| (event.contract, event.amount)).collect();
    let begins = first_month.map(|month| month.days().from);
    let (mut passed, kept) = match passed_on(&facts, who, (noticed, cut_off)) {
        None => (BTreeMap::new(), Sums::default()),
        Some((passed, mut kept)) => (passed, summed(&mut kept, (who, cut_off), begins)?),
    };
    for event in facts.events.iter_mut().filter(|one| imagined(&one.record)) {
        let by_terms = passed.get(&event.contract);
        event.on = by_terms.map_or(event.on, |by| by.first);
    }
    let sums = summed(&mut facts, (who, cut_off), begins)?;
    let mut items = Vec::new();
    for contract in &facts.contracts {
        let (earned, left) = sums.of(contract.id);
        // What he would have beyond what he earned, had he kept it: never less than what is left
        // him, though a ladder may fall as it rises.
        let passed_on = passed.remove(&contract.id).and_then(|by| {
            let (had, ahead) = kept.of(contract.id);
            let beyond = had + ahead - earned;
            // What came in meanwhile took nothing where he is paid for something else.
            let takes = !by.meanwhile || beyond > left;
            (beyond > Fen::ZERO && takes).then_some((by, beyond.max(left)))
        });
        if !sums.by_deal.contains_key(&contract.id) && passed_on.is_none() {
            continue;
        }
        let to_come = passed_on.as_ref().map_or(left, |(_, beyond)| *beyond);
        let owed = earned - paid.get(&contract.id).copied().unwrap_or_default();
        if owed == Fen::ZERO && to_come == Fen::ZERO {
            continue;
        }
        items.push(OpenItem {
            deal: contract.id,
            customer: contract.customer,
            signed_on: contract.signed_on,
            earned,
            owed,
            to_come,
            left,
            uncollected: uncollected.get(&contract.id).copied().unwrap_or_default(),
            suggested: match passed_on {
                // As it comes in he would get less, and nobody has seen his signature yet.
                Some(_) => Decision::PayInFull,
                None => suggestion(to_come, cut_off, contract.ends_on),
            },
            passed_on: passed_on.map(|(by, _)| by),
        });
    }
    Ok(Open {
        items,
        before_books: sums.before_books,
        first_month,
    })
}

/// Nothing to come: paid with the last wages. Else as it comes in, a year or to the contract's end,
/// told each quarter: it takes nothing from anybody and needs no paper.
fn suggestion(to_come: Fen, cut_off: Day, ends_on: Option<Day>) -> Decision {
    if to_come == Fen::ZERO {
        return Decision::PayInFull;
    }
    let year = cut_off.plus_months(TAIL_MONTHS);
    let longest = cut_off.plus_months(LONGEST_TAIL_MONTHS);
    Decision::OnCollection {
        until: ends_on.map_or(year, |end| end.max(year).min(longest)),
        statement_months: 3,
        consent: None,
    }
}

/// How the records begin that stand for what did not happen yet; those of the books begin
/// otherwise.
const TO_COME: &str = "to_come/";

/// Whether a record stands for something that did not happen yet.
pub(super) fn imagined(record: &Record) -> bool {
    record.0.starts_with(TO_COME)
}

/// What did not happen yet to the deals that were signed up to the cut-off, as if it happened then.
pub(super) fn still_to_come(
    (plans, contracts, events): (&[Plan], &[Contract], &[Event]),
    cut_off: Day,
) -> Vec<Event> {
    let triggers: BTreeSet<Trigger> = plans
        .iter()
        .flat_map(|plan| plan.versions.iter().map(|version| version.trigger))
        .collect();
    let mut happened: BTreeMap<(Trigger, ContractId), Fen> = BTreeMap::new();
    // What went back does not come again.
    for event in events.iter().filter(|event| event.takes_back.is_none()) {
        let sum = happened.entry((event.trigger, event.contract)).or_default();
        *sum = *sum + event.amount;
    }
    let mut ahead = Vec::new();
    let signed = contracts.iter().filter(|one| one.signed_on <= cut_off);
    for contract in signed {
        for trigger in &triggers {
            let so_far = happened.get(&(*trigger, contract.id)).copied();
            let rest = contract.gross - so_far.unwrap_or_default();
            if rest > Fen::ZERO {
                ahead.push(Event {
                    record: Record(format!("{TO_COME}{}/{trigger:?}", contract.id)),
                    trigger: *trigger,
                    on: cut_off,
                    contract: contract.id,
                    amount: rest,
                    takes_back: None,
                });
            }
        }
    }
    ahead
}

/// What is still missing before a contract counts as decided. "As it comes in" was no decision to
/// pay less: where a handover left him less since, another one is asked for.
pub(crate) fn lacks(item: &OpenItem, words: &[store::ExitWord]) -> Option<Lacks> {
    let decided = store::decided(words, item.deal).and_then(|word| word.decision.as_ref());
    let void = decided.is_some_and(|decision| item.line().stands(decision).is_err());
    store::lacks(words, item.deal).or(void.then_some(Lacks::Decision))
}

/// The contracts of which something is missing, and what.
pub(crate) fn lacking(items: &[OpenItem], words: &[store::ExitWord]) -> Vec<(ContractId, Lacks)> {
    let lack = |item: &OpenItem| Some((item.deal, lacks(item, words)?));
    items.iter().filter_map(lack).collect()
}

/// People who have left, as the engine knows them: with what was decided, where it was settled.
pub(crate) fn exits(left: Vec<(EmployeeId, Day)>, settled: &[SettledRow]) -> Vec<Exit> {
    let mut exits: BTreeMap<EmployeeId, Exit> = BTreeMap::new();
    for row in settled {
        let exit = exits.entry(row.payee).or_insert(Exit {
            employee: row.payee,
            left_on: row.cut_off,
            decisions: BTreeMap::new(),
        });
        // Whoever left twice: what was settled the first time stays settled.
        exit.left_on = exit.left_on.min(row.cut_off);
        exit.decisions.insert(row.deal, row.decision.clone());
    }
    for (employee, left_on) in left {
        exits.entry(employee).or_insert(Exit {
            employee,
            left_on,
            decisions: BTreeMap::new(),
        });
    }
    exits.into_values().collect()
}

/// What was settled at exits by a moment, and what of it the months that were closed by then have
/// booked.
pub(crate) async fn settlements(
    books: &mut Reader<'_>,
    by: Moment,
) -> Result<Vec<Settlement>, Fault> {
    let booked = store::settlements_booked(books, by).await?;
    let rows = store::settled(books, by).await?.into_iter();
    Ok(rows
        .map(|settled| {
            let key = store::named(&("exit", settled.departure, Some(settled.deal)));
            Settlement {
                booked: booked.get(&key).copied().unwrap_or_default(),
                settled,
            }
        })
        .collect())
}

/// What came in for a leaver after the cut-off, month by month: his supplementary settlements.
pub(crate) async fn supplements(
    books: &mut Reader<'_>,
    departure: DepartureId,
    who: EmployeeId,
) -> Result<Vec<(Booked, bool, Standing)>, Failure> {
    let rows = store::settled(books, ledger::EVER).await?;
    let mine: Vec<&SettledRow> = rows
        .iter()
        .filter(|row| row.departure == departure)
        .collect();
    let Some(cut_off) = mine.first().map(|row| row.cut_off) else {
        return Ok(Vec::new());
    };
    let closed: BTreeSet<Month> = store::periods(books)
        .await?
        .into_iter()
        .filter(|period| period.stage == Stage::Closed)
        .map(|period| period.month)
        .collect();
    let lines = store::lines_after(books, who, cut_off).await?;
    let listed: BTreeSet<ContractId> = mine.iter().map(|row| row.deal).collect();
    let late = lines.into_iter().filter(|line| {
        line.commission != Fen::ZERO && line.deal.is_some_and(|deal| listed.contains(&deal))
    });
    let payments = Payments::to(books, who).await?;
    let today = books.today();
    Ok(late
        .map(|line| {
            let closed = closed.contains(&line.month);
            let pay = payments.of(&line, closed, today);
            (line, closed, pay)
        })
        .collect())
}

/// What is still owed to somebody of closed months, and what of it is kept back until a later day.
pub(crate) async fn still_owed(
    books: &mut Reader<'_>,
    who: EmployeeId,
) -> Result<(Fen, Fen), Failure> {
    let payments = Payments::to(books, who).await?;
    let closed: BTreeSet<Month> = store::periods(books)
        .await?
        .into_iter()
        .filter(|period| period.stage == Stage::Closed)
        .map(|period| period.month)
        .collect();
    let today = books.today();
    let lines = store::lines_of_payee(books, who).await?;
    let each = lines
        .iter()
        .filter(|line| closed.contains(&line.month))
        .map(|line| payments.of(line, true, today));
    Ok(each.fold((Fen::ZERO, Fen::ZERO), |(owed, withheld), pay| {
        (owed + pay.owed, withheld + pay.withheld)
    }))
}

/// The day by which a leaver who is paid on collection must be told what came in (law.md §1.7): so
/// many months after his last statement, or after the cut-off where he had none yet. Nothing once
/// all tails have ended.
pub(crate) fn statement_due(rows: &[&SettledRow], last: Option<Day>, today: Day) -> Option<Day> {
    let due = rows.iter().filter_map(|row| match row.decision {
        Decision::OnCollection {
            until,
            statement_months,
            ..
        } if today <= until => {
            let from = last
                .filter(|day| *day >= row.cut_off)
                .unwrap_or(row.cut_off);
            Some(from.plus_months(i32::from(statement_months)))
        }
        _ => None,
    });
    due.min()
}

#[cfg(test)]
mod tests {
    use ::commission::exit::Consent;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn row(decision: Decision) -> SettledRow {
        SettledRow {
            departure: DepartureId::mint(Moment(1), [1; 10]),
            deal: ContractId::mint(Moment(1), [2; 10]),
            payee: EmployeeId::mint(Moment(1), [3; 10]),
            cut_off: day("2026-12-22"),
            customer: CustomerId::mint(Moment(1), [4; 10]),
            decision,
            earned: Fen::ZERO,
            owed: Fen::ZERO,
            to_come: Fen::ZERO,
            now: Fen::ZERO,
            later: Fen::ZERO,
        }
    }

    #[test]
    fn as_it_comes_in_is_no_decision_where_less_would_come() {
        let deal = ContractId::mint(Moment(1), [2; 10]);
        let item = |passed_on| OpenItem {
            deal,
            customer: CustomerId::mint(Moment(1), [4; 10]),
            signed_on: day("2026-11-22"),
            earned: Fen::ZERO,
            owed: Fen::ZERO,
            to_come: Fen(100_000),
            left: Fen(10),
            passed_on,
            uncollected: Fen(1_000_000),
            suggested: Decision::PayInFull,
        };
        let word = |decision| store::ExitWord {
            deal,
            said: store::ExitSaid::Decided,
            decision: Some(decision),
            reason: String::new(),
            owed: Fen::ZERO,
            to_come: Fen(100_000),
            by: String::new(),
            at: Moment(1),
        };
        let comes_in = |signed: Option<u8>| Decision::OnCollection {
            until: day("2027-12-31"),
            statement_months: 3,
            consent: signed.map(|plan| Consent {
                plan: PlanId::mint(Moment(1), [plan; 10]),
                paper: Record("三方过渡期提成协议".to_owned()),
            }),
        };
        let passed_on = |part| PassedOn {
            plan: Some(PlanId::mint(Moment(1), [5; 10])),
            to: EmployeeId::mint(Moment(1), [3; 10]),
            terms: kernel::Reason::new("terms", "条款", "terms"),
            first: day("2026-12-22"),
            part,
            meanwhile: false,
        };
        let void = Some(Lacks::Decision);
        for (part, decision, lack) in [
            (None, comes_in(None), None),
            (Some(false), comes_in(None), void),
            (Some(false), comes_in(Some(5)), void),
            (Some(false), Decision::PayInFull, None),
            (Some(true), comes_in(None), void),
            (Some(true), comes_in(Some(5)), None),
            // He signed the terms of another plan.
            (Some(true), comes_in(Some(6)), void),
            (Some(true), Decision::PayInFull, None),
        ] {
            let told = format!("{part:?} {decision:?}");
            let found = lacks(&item(part.map(passed_on)), &[word(decision)]);
            assert_eq!(found, lack, "{told}");
        }
    }

    /// | last statement | today | to be told by |
    const CASES: [(Option<&str>, &str, Option<&str>); 4] = [
        (None, "2027-01-05", Some("2027-03-22")),
        // One from before he left tells nothing of what came in since.
        (Some("2026-12-01"), "2027-01-05", Some("2027-03-22")),
        (Some("2027-03-10"), "2027-03-15", Some("2027-06-10")),
        (Some("2027-09-10"), "2028-01-01", None),
    ];

    #[test]
    fn who_is_paid_on_collection_is_told_each_quarter() {
        let tail = row(Decision::OnCollection {
            until: day("2027-12-31"),
            statement_months: 3,
            consent: None,
        });
        let settled = row(Decision::PayInFull);
        for (last, today, due) in CASES {
            let told = statement_due(&[&settled, &tail], last.map(day), day(today));
            assert_eq!(told, due.map(day), "{last:?} {today}");
        }
        assert_eq!(statement_due(&[&settled], None, day("2027-01-05")), None);
    }
}
