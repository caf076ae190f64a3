//! What the agreement on commission after a handover says 过渡期提成内容.

use std::collections::BTreeMap;

use ::commission::assignment::PlanBook;
use ::commission::calculate::Books;
use ::commission::split_after_handover::{Agreement, Covers, Pool, TableStep, Terms, work_done};
use ::document::{Content, Value};
use kernel::{Bps, ContractId, CustomerId, Day, EmployeeId, Fen, Refusal};
use spine::{Failure, Reader};

use super::{filled, handed, list, put, put_some, receivable, received};
use crate::commission::{ledger, protection};
use crate::customer::store as customers;
use crate::document::about::Source;
use crate::document::rules;
use crate::handover::store as plans;
use crate::receivable::store::earning::{self, Happening};

const BEFORE: &str = "交接前签订的合同";
const AFTER: &str = "交接后签订的合同";
const ALL: &str = "全部合同（含交接后签订的）";

/// Who gets how much of what in which days, as the plan agreed it, over a snapshot of the deals.
pub(super) async fn agreement(books: &mut Reader<'_>, source: &Source) -> Result<Content, Failure> {
    let (moving, receiver) = received(source)?;
    let ids = receivable::customers_to(books, moving.plan.id, receiver.id).await?;
    if ids.is_empty() {
        return Err(rules::no_customers().into());
    }
    let names = customers::names_of(books, ids.clone()).await?;
    let agreed = plans::terms_of(books, moving.plan.id).await?;
    let agreed: Vec<_> = agreed
        .into_iter()
        .map(|one| (one.customer, one.agreement))
        .collect();
    // A table is asked of the day of the handover; what it says is what is signed.
    let asked = ("plan", moving.plan.effective_on);
    let terms = protection::answered(books, &agreed, &ids, asked)
        .await??
        .terms;
    let mut content = handed(source, moving, receiver);
    let (rows, ends_on) = splits(&terms, &names, &ids, moving.plan.effective_on)?;
    put(&mut content, "splits", list(rows.into_iter()));
    put_some(&mut content, "ends_on", ends_on);
    let citizen = |id: &Option<String>| filled(id.as_ref());
    put_some(
        &mut content,
        "giver_citizen_id",
        citizen(&source.person.citizen_id),
    );
    put_some(
        &mut content,
        "receiver_citizen_id",
        citizen(&receiver.citizen_id),
    );
    put(
        &mut content,
        "leaving",
        Value::Yes(source.departure.is_some()),
    );
    let known = ledger::facts_of(books, &ids).await?.books;
    let on = moving.plan.effective_on;
    put_some(
        &mut content,
        "giver_plans",
        plan_of(&known, source.person.id, on)?,
    );
    put_some(
        &mut content,
        "receiver_plans",
        plan_of(&known, receiver.id, on)?,
    );
    snapshot(books, &mut content, &ids, &names).await?;
    Ok(content)
}

/// The commission plan that counts for somebody on a day, with its version.
fn plan_of(known: &Books, who: EmployeeId, on: Day) -> Result<Option<String>, Refusal> {
    let book = PlanBook::new(&known.plans, &known.assignments, &known.placements)?;
    let chosen = book.choose(who, None, on).chosen;
    Ok(chosen.map(|one| format!("{} 第 {} 版", one.plan.name, one.version.version)))
}

type Names = BTreeMap<String, String>;

/// A row for each window of each terms; every row sums to the whole. The last day of all of them,
/// where all have one.
fn splits(
    terms: &[(Option<CustomerId>, Agreement)],
    names: &Names,
    ids: &[CustomerId],
    from: Day,
) -> Result<(Vec<Content>, Option<Day>), Refusal> {
    let (mut rows, mut ends, mut endless) = (Vec::new(), None, false);
    let mut own: Vec<CustomerId> = Vec::new();
    let mut said: Vec<(String, &Agreement)> = Vec::new();
    for (customer, terms) in terms.iter().filter(|(customer, _)| customer.is_some()) {
        let customer = customer.filter(|customer| ids.contains(customer));
        if let Some(customer) = customer {
            own.push(customer);
            let name = names.get(&customer.to_string()).cloned();
            said.push((name.unwrap_or_default(), terms));
        }
    }
    let rest = ids.iter().any(|id| !own.contains(id));
    if rest {
        let common = terms.iter().find(|(customer, _)| customer.is_none());
        let (_, common) = common.ok_or_else(rules::no_terms)?;
        let who = if own.is_empty() {
            "本协议全部客户"
        } else {
            "其余客户"
        };
        said.insert(0, (who.to_owned(), common));
    }
    for (customer, agreement) in said {
        let team = agreement.pool.as_ref().map_or_else(String::new, team);
        let end = windows(&agreement.terms, from, &mut |event, window, giver| {
            let mut row = Content::new();
            put(&mut row, "customer", customer.as_str());
            put(&mut row, "event", format!("{event}{team}"));
            put(&mut row, "window", window);
            put(&mut row, "giver", percent(giver));
            put(&mut row, "receiver", percent(Bps(10_000 - giver.0)));
            rows.push(row);
        });
        endless |= end.is_none();
        ends = ends.max(end);
    }
    Ok((rows, ends.filter(|_| !endless)))
}

/// What is taken off first, so that the shares of a row are those of the rest.
fn team(pool: &Pool) -> String {
    let (share, count) = (percent(pool.share), pool.members.parts().len());
    let days = pool.before_day.map(|days| format!("{days} 天内"));
    let days = days.unwrap_or_default();
    format!("（{days}团队 {count} 人先得 {share}，以下比例就其余部分计算）")
}

/// Says event, days and the giver's share of each row; gives the last day with a share of his.
fn windows(terms: &Terms, from: Day, say: &mut dyn FnMut(String, String, Bps)) -> Option<Day> {
    let open_end = |since: Day| format!("自 {since} 起");
    match terms {
        Terms::Protection {
            steps,
            afterwards,
            covers,
        } => {
            let event = if *covers == Covers::All { ALL } else { BEFORE };
            let mut begins = from;
            for step in steps {
                let next = from.plus_days(i64::from(step.before_day));
                let days = format!("{begins} 至 {}", next.plus_days(-1));
                say(event.to_owned(), days, step.share);
                begins = next;
            }
            say(event.to_owned(), open_end(begins), *afterwards);
            if *covers == Covers::SignedBefore {
                say(AFTER.to_owned(), open_end(from), Bps(0));
            }
            (afterwards.0 == 0).then(|| begins.plus_days(-1))
        }
        Terms::ToContractEnd { share } => {
            let whole = format!("自 {from} 起至该合同最后一日");
            say(BEFORE.to_owned(), whole, *share);
            say(BEFORE.to_owned(), "该合同最后一日之后".to_owned(), Bps(0));
            say(AFTER.to_owned(), open_end(from), Bps(0));
            None
        }
        Terms::ShareOfWork { pieces } => {
            let done = pieces.iter().map(|piece| {
                let (weight, done) = (percent(piece.weight), percent(piece.done));
                format!("{}占 {weight}，乙方已完成 {done}", piece.name.trim())
            });
            let done = done.collect::<Vec<_>>().join("；");
            let share = work_done(pieces);
            let event = format!("{BEFORE}，按工作量（{done}）");
            say(event, open_end(from), share);
            say(AFTER.to_owned(), open_end(from), Bps(0));
            None
        }
        Terms::Negotiated {
            share,
            until,
            agreement,
        } => {
            let event = format!("{ALL}，依据 {}", agreement.0);
            match until {
                Some(until) => {
                    say(event.clone(), format!("{from} 至 {until}"), *share);
                    say(event, open_end(until.plus_days(1)), Bps(0));
                }
                None => say(event, open_end(from), *share),
            }
            *until
        }
        Terms::ByTable {
            name,
            covers,
            steps,
            ..
        } => by_table((name, *covers), steps, from, say),
        Terms::NothingKept => {
            say(ALL.to_owned(), open_end(from), Bps(0));
            None
        }
    }
}

/// What a decision table says of the day the handover takes effect.
fn by_table(
    (name, covers): (&str, Covers),
    steps: &[TableStep],
    from: Day,
    say: &mut dyn FnMut(String, String, Bps),
) -> Option<Day> {
    let event = if covers == Covers::All { ALL } else { BEFORE };
    let event = format!("{event}，按决策表「{name}」");
    let (mut begins, mut ends) = (from, None);
    for step in steps {
        if step.share.0 > 0 {
            ends = None;
        }
        let Some(before_day) = step.before_day else {
            say(event.clone(), format!("自 {begins} 起"), step.share);
            continue;
        };
        let next = from.plus_days(i64::from(before_day));
        let last = next.plus_days(-1);
        say(event.clone(), format!("{begins} 至 {last}"), step.share);
        if step.share.0 > 0 {
            ends = Some(last);
        }
        begins = next;
    }
    if covers == Covers::SignedBefore {
        say(AFTER.to_owned(), format!("自 {from} 起"), Bps(0));
    }
    ends
}

/// `70%`, `12.5%`.
fn percent(share: Bps) -> String {
    let (whole, part) = (share.0 / 100, share.0 % 100);
    match (part, part % 10) {
        (0, _) => format!("{whole}%"),
        (part, 0) => format!("{whole}.{}%", part / 10),
        (part, _) => format!("{whole}.{part:02}%"),
    }
}

/// What is signed, delivered, invoiced and collected of every deal that is not fully paid.
async fn snapshot(
    books: &mut Reader<'_>,
    content: &mut Content,
    ids: &[CustomerId],
    names: &Names,
) -> Result<(), Failure> {
    let mut families: Vec<(CustomerId, CustomerId)> = Vec::new();
    for id in ids {
        let family = customers::family(books, *id).await?;
        families.extend(family.into_iter().map(|member| (member, *id)));
    }
    let of: BTreeMap<CustomerId, CustomerId> = families.iter().copied().collect();
    let members: Vec<CustomerId> = of.keys().copied().collect();
    let now = books.at();
    let deals = earning::deals(books, Some(&members), now).await?;
    let delivered = sums(books, Happening::Delivered, &members).await?;
    let invoiced = sums(books, Happening::Invoiced, &members).await?;
    let collected = sums(books, Happening::Received, &members).await?;
    let wanted: Vec<ContractId> = deals.iter().map(|deal| deal.id).collect();
    let called = earning::deal_names(books, &wanted).await?;
    let sum = |sums: &BTreeMap<ContractId, Fen>, id| sums.get(&id).copied().unwrap_or_default();
    let mut rows = Vec::new();
    let (mut signed_total, mut collected_total) = (Fen::ZERO, Fen::ZERO);
    let mut bare = names.clone();
    for deal in deals {
        let collected = sum(&collected, deal.id);
        if collected >= deal.amount {
            continue;
        }
        let owner = of.get(&deal.customer).copied().unwrap_or(deal.customer);
        bare.remove(&owner.to_string());
        let customer = names.get(&owner.to_string()).cloned().unwrap_or_default();
        let name = called
            .get(&deal.id)
            .map(|(number, title)| format!("{number} {title}"));
        let name = super::one_line(&name.unwrap_or_default());
        let mut row = Content::new();
        put(&mut row, "customer", customer.as_str());
        put(&mut row, "deal", name.as_str());
        put(&mut row, "signed_on", deal.signed_on);
        put(&mut row, "signed", deal.amount);
        put(&mut row, "delivered", sum(&delivered, deal.id));
        put(&mut row, "invoiced", sum(&invoiced, deal.id));
        put(&mut row, "collected", collected);
        put(&mut row, "balance", deal.amount - collected);
        rows.push(((customer, deal.signed_on, name), row));
        signed_total = signed_total + deal.amount;
        collected_total = collected_total + collected;
    }
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    put(content, "deals", list(rows.into_iter().map(|(_, row)| row)));
    let mut bare: Vec<String> = bare.into_values().collect();
    bare.sort();
    let bare = bare.into_iter().map(|name| {
        let mut row = Content::new();
        put(&mut row, "customer", name);
        row
    });
    put(content, "bare_customers", list(bare));
    put(content, "signed_total", signed_total);
    put(content, "collected_total", collected_total);
    put(content, "balance_total", signed_total - collected_total);
    Ok(())
}

async fn sums(
    books: &mut Reader<'_>,
    kind: Happening,
    members: &[CustomerId],
) -> Result<BTreeMap<ContractId, Fen>, Failure> {
    let mut sums: BTreeMap<ContractId, Fen> = BTreeMap::new();
    let now = books.at();
    for one in earning::happenings(books, kind, Some(members), now).await? {
        let sum = sums.entry(one.deal).or_default();
        *sum = *sum + one.amount;
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use ::commission::plan::RuleRow;
    use ::commission::split_after_handover::{Piece, Step};

    use super::*;

    fn said(terms: &Terms) -> (Vec<(String, String, String)>, Option<Day>) {
        let from = "2026-12-01".parse().expect("a day");
        let mut rows = Vec::new();
        let end = windows(terms, from, &mut |event, window, share| {
            rows.push((event, window, percent(share)));
        });
        (rows, end)
    }

    #[test]
    fn a_table_says_its_shares_and_when_they_end() {
        let step = |before_day, share| TableStep {
            before_day,
            share: Bps(share),
            row: RuleRow {
                table: "保护期".to_owned(),
                version: 1,
                row: 1,
                asked: String::new(),
                asked_en: String::new(),
            },
        };
        let mut terms = Terms::ByTable {
            table: "rtb".to_owned(),
            name: "保护期".to_owned(),
            covers: Covers::All,
            steps: vec![step(Some(30), 7_000), step(None, 0)],
        };
        let (rows, ends) = said(&terms);
        let event = "全部合同（含交接后签订的），按决策表「保护期」";
        let row = |days: &str, share: &str| (event.to_owned(), days.to_owned(), share.to_owned());
        assert_eq!(
            rows,
            [
                row("2026-12-01 至 2026-12-30", "70%"),
                row("自 2026-12-31 起", "0%")
            ]
        );
        assert_eq!(ends, Some("2026-12-30".parse().expect("a day")));
        if let Terms::ByTable { steps, .. } = &mut terms {
            *steps = vec![step(Some(30), 7_000), step(None, 1_000)];
        }
        assert_eq!(said(&terms).1, None, "for good");
    }

    #[test]
    fn windows_touch_each_other_and_name_the_last_day() {
        let step = |before_day, share| Step {
            before_day,
            share: Bps(share),
        };
        let terms = Terms::Protection {
            steps: vec![step(30, 7_000), step(90, 3_250)],
            afterwards: Bps(0),
            covers: Covers::SignedBefore,
        };
        let (rows, end) = said(&terms);
        let days: Vec<(&str, &str)> = rows
            .iter()
            .map(|(_, window, share)| (window.as_str(), share.as_str()))
            .collect();
        assert_eq!(
            days,
            [
                ("2026-12-01 至 2026-12-30", "70%"),
                ("2026-12-31 至 2027-02-28", "32.5%"),
                ("自 2027-03-01 起", "0%"),
                ("自 2026-12-01 起", "0%"),
            ]
        );
        assert_eq!(
            end.map(|day| day.to_string()).as_deref(),
            Some("2027-02-28")
        );
        let kept = Terms::Protection {
            steps: vec![step(30, 7_000)],
            afterwards: Bps(500),
            covers: Covers::All,
        };
        assert_eq!(said(&kept).1, None);
    }

    #[test]
    fn work_is_weighed() {
        let piece = |name: &str, weight, done| Piece {
            name: name.to_owned(),
            weight: Bps(weight),
            done: Bps(done),
        };
        let terms = Terms::ShareOfWork {
            pieces: vec![piece("签约", 6_000, 10_000), piece("回款", 4_000, 2_500)],
        };
        let (rows, _) = said(&terms);
        assert_eq!(rows[0].2, "70%");
        assert!(
            rows[0].0.contains("回款占 40%，乙方已完成 25%"),
            "{}",
            rows[0].0
        );
    }
}
