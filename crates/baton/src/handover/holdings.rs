//! What a person holds that finds a new holder when he leaves 名下事项.

use std::collections::{BTreeMap, BTreeSet};

use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use ::handover::plan::HandoverPlan;
use kernel::{CustomerId, Day, EmployeeId, Fen};
use serde::{Deserialize, Serialize};
use spine::{Fault, Query, Reader, Row, Select, Value, binds};

use crate::departure::acts::record_check::OpenOfCustomer;
use crate::people::store as people;
use crate::receivable::store::running::{push_running, running};

/// Kinds that follow their customer when the same person holds both, unless they are apart.
pub(crate) const FOLLOWERS: [HoldingKind; 5] = [
    HoldingKind::ReceivableResponsibility,
    HoldingKind::Contract,
    HoldingKind::OrderInProgress,
    HoldingKind::Opportunity,
    HoldingKind::FollowUpDuty,
];

/// How one kind is found: what of it is open and points to the person `$1`. Copies that he has not
/// read are no work, and what he is asked in a case about himself is his own to say.
const SOURCES: [(HoldingKind, Select); 13] = [
    (
        HoldingKind::CustomerOwnership,
        Select::new(
            "SELECT c.id AS thing_id, c.name AS label, c.id AS customer_id, c.region AS region, \
             c.industry AS industry, CAST(0 AS BIGINT) AS amount, CAST(NULL AS TEXT) AS due_on \
             FROM customer c WHERE c.owner_id = $1",
        ),
    ),
    (
        HoldingKind::ReceivableResponsibility,
        Select::new(
            "SELECT i.id AS thing_id, i.number AS label, i.customer_id AS customer_id, \
             c.region AS region, c.industry AS industry, i.amount - i.cleared AS amount, \
             i.due_on AS due_on FROM receivable_invoice i JOIN customer c ON c.id = i.customer_id \
             WHERE i.responsible_id = $1 AND i.cleared < i.amount",
        ),
    ),
    (
        HoldingKind::Contract,
        Select::new(concat!(
            "SELECT i.id AS thing_id, i.number || ' ' || i.title AS label, \
             i.customer_id AS customer_id, \
             c.region AS region, c.industry AS industry, i.amount AS amount, \
             CAST(NULL AS TEXT) AS due_on FROM receivable_contract i \
             JOIN customer c ON c.id = i.customer_id WHERE i.owner_id = $1 AND ",
            running!("i.ends_on", "$2"),
        )),
    ),
    (
        HoldingKind::OrderInProgress,
        Select::new(
            "SELECT i.id AS thing_id, i.number AS label, i.customer_id AS customer_id, \
             c.region AS region, c.industry AS industry, i.amount AS amount, \
             CAST(NULL AS TEXT) AS due_on FROM receivable_order i \
             JOIN customer c ON c.id = i.customer_id WHERE i.owner_id = $1 AND i.state = 'open'",
        ),
    ),
    (
        HoldingKind::Opportunity,
        Select::new(
            "SELECT o.id AS thing_id, o.title AS label, o.customer_id AS customer_id, \
             c.region AS region, c.industry AS industry, \
             CAST(coalesce(o.amount, 0) AS BIGINT) AS amount, CAST(NULL AS TEXT) AS due_on \
             FROM customer_opportunity o LEFT JOIN customer c ON c.id = o.customer_id \
             WHERE o.owner_id = $1 AND o.closed_on IS NULL",
        ),
    ),
    (
        HoldingKind::FollowUpDuty,
        Select::new(
            "SELECT f.id AS thing_id, c.name AS label, f.customer_id AS customer_id, \
             c.region AS region, c.industry AS industry, CAST(0 AS BIGINT) AS amount, \
             CAST(NULL AS TEXT) AS due_on FROM customer_follow_up f \
             JOIN customer c ON c.id = f.customer_id WHERE f.duty_id = $1",
        ),
    ),
    (
        HoldingKind::CollaboratorSeat,
        Select::new(
            "SELECT c.id AS thing_id, c.name AS label, c.id AS customer_id, c.region AS region, \
             c.industry AS industry, CAST(0 AS BIGINT) AS amount, CAST(NULL AS TEXT) AS due_on \
             FROM customer_seat s JOIN customer c ON c.id = s.customer_id WHERE s.employee_id = $1",
        ),
    ),
    (
        HoldingKind::PendingApproval,
        Select::new(
            "SELECT t.case_id || '/' || CAST(t.item AS TEXT) AS thing_id, \
             p.title || '：' || t.title AS label, \
             CAST(NULL AS TEXT) AS customer_id, CAST(NULL AS TEXT) AS region, \
             CAST(NULL AS TEXT) AS industry, CAST(0 AS BIGINT) AS amount, \
             CAST(NULL AS TEXT) AS due_on FROM approval_task t \
             JOIN approval_case p ON p.id = t.case_id \
             WHERE t.owner_id = $1 AND t.state IN ('open', 'waiting') AND t.kind = 'approve' \
             AND (p.about_id IS NULL OR p.about_id <> t.owner_id)",
        ),
    ),
    (
        HoldingKind::PendingTask,
        Select::new(
            "SELECT t.case_id || '/' || CAST(t.item AS TEXT) AS thing_id, \
             p.title || '：' || t.title AS label, \
             CAST(NULL AS TEXT) AS customer_id, CAST(NULL AS TEXT) AS region, \
             CAST(NULL AS TEXT) AS industry, CAST(0 AS BIGINT) AS amount, \
             CAST(NULL AS TEXT) AS due_on FROM approval_task t \
             JOIN approval_case p ON p.id = t.case_id \
             WHERE t.owner_id = $1 AND t.state IN ('open', 'waiting') \
             AND t.kind NOT IN ('approve', 'cc') \
             AND (p.about_id IS NULL OR p.about_id <> t.owner_id)",
        ),
    ),
    (
        HoldingKind::InitiatedCase,
        Select::new(
            "SELECT p.id AS thing_id, p.title AS label, CAST(NULL AS TEXT) AS customer_id, \
             CAST(NULL AS TEXT) AS region, CAST(NULL AS TEXT) AS industry, \
             CAST(0 AS BIGINT) AS amount, CAST(NULL AS TEXT) AS due_on FROM approval_case p \
             WHERE p.initiator_id = $1 AND p.closed_at IS NULL \
             AND (p.about_id IS NULL OR p.about_id <> p.initiator_id)",
        ),
    ),
    (
        HoldingKind::FlowSeat,
        Select::new(
            "SELECT f.key AS thing_id, f.title AS label, CAST(NULL AS TEXT) AS customer_id, \
             CAST(NULL AS TEXT) AS region, CAST(NULL AS TEXT) AS industry, \
             CAST(0 AS BIGINT) AS amount, CAST(NULL AS TEXT) AS due_on FROM approval_flow f \
             WHERE f.body LIKE '%' || $1 || '%' AND f.version = \
             (SELECT max(g.version) FROM approval_flow g WHERE g.key = f.key)",
        ),
    ),
    (
        HoldingKind::LineManagerRole,
        Select::new(
            "SELECT e.id AS thing_id, e.name AS label, CAST(NULL AS TEXT) AS customer_id, \
             CAST(NULL AS TEXT) AS region, CAST(NULL AS TEXT) AS industry, \
             CAST(0 AS BIGINT) AS amount, CAST(NULL AS TEXT) AS due_on FROM people_employee e \
             WHERE e.line_manager_id = $1 AND e.state <> 'left'",
        ),
    ),
    (
        HoldingKind::DepartmentHeadRole,
        Select::new(
            "SELECT d.id AS thing_id, d.name AS label, CAST(NULL AS TEXT) AS customer_id, \
             CAST(NULL AS TEXT) AS region, CAST(NULL AS TEXT) AS industry, \
             CAST(0 AS BIGINT) AS amount, CAST(NULL AS TEXT) AS due_on FROM people_head h \
             JOIN people_department d ON d.id = h.department_id \
             WHERE h.employee_id = $1 AND d.closed_on IS NULL",
        ),
    ),
];

/// Kinds that can be found at all; stand-ins come from the people slice.
#[must_use]
pub fn found_kinds() -> Vec<HoldingKind> {
    SOURCES
        .iter()
        .map(|(kind, _)| *kind)
        .chain([HoldingKind::StandIn])
        .collect()
}

/// What is bound in a source: the person, and where the day says what is open, the day.
fn asked(kind: HoldingKind, person: EmployeeId, today: Day) -> Vec<Value> {
    match kind {
        HoldingKind::Contract => binds![person, today],
        _ => binds![person],
    }
}

/// Everything that points to the person and is open.
pub(crate) async fn all(books: &mut Reader<'_>, person: EmployeeId) -> Result<Vec<Holding>, Fault> {
    of_kinds(books, person, &HoldingKind::ALL).await
}

/// What these people hold of the kinds that the plan lists, but for customers.
pub(crate) async fn beside_customers(
    books: &mut Reader<'_>,
    plan: &HandoverPlan,
    people: &[EmployeeId],
) -> Result<Vec<Holding>, Fault> {
    let lines = plan.items().iter();
    let mut kinds: Vec<HoldingKind> = lines.map(|line| line.holding.key.kind).collect();
    kinds.retain(|kind| *kind != HoldingKind::CustomerOwnership);
    kinds.sort_unstable();
    kinds.dedup();
    let mut held = Vec::new();
    if !kinds.is_empty() {
        for person in people {
            held.extend(of_kinds(books, *person, &kinds).await?);
        }
    }
    Ok(held)
}

/// What of these kinds points to the person and is open.
pub(crate) async fn of_kinds(
    books: &mut Reader<'_>,
    person: EmployeeId,
    kinds: &[HoldingKind],
) -> Result<Vec<Holding>, Fault> {
    let today = books.today();
    let mut found = Vec::new();
    for (kind, select) in &SOURCES {
        if !kinds.contains(kind) {
            continue;
        }
        for row in books.all(select, asked(*kind, person, today)).await? {
            found.push(holding(&row, *kind, person, today)?);
        }
    }
    if kinds.contains(&HoldingKind::StandIn) {
        for line in people::stand_ins_of(books, person, today).await? {
            let subject = line.stand_in.id.to_string();
            let (absent, deputy) = (&line.absent.1, &line.deputy.1);
            found.push(Holding {
                key: HoldingKey {
                    kind: HoldingKind::StandIn,
                    subject,
                },
                title: format!("{deputy}代理{absent}"),
                holder: person,
                customer: None,
                region: None,
                industry: None,
                amount: Fen::ZERO,
                overdue: Fen::ZERO,
            });
        }
    }
    Ok(found)
}

/// What follows a customer, found without its words: what it is and whose. Between the two stand
/// the people, behind the second what is open.
const FOLLOWING: [(HoldingKind, &str, &str); 5] = [
    (
        HoldingKind::ReceivableResponsibility,
        "SELECT id, customer_id FROM receivable_invoice WHERE responsible_id IN ",
        " AND cleared < amount",
    ),
    (
        HoldingKind::Contract,
        "SELECT id, customer_id FROM receivable_contract WHERE owner_id IN ",
        "",
    ),
    (
        HoldingKind::OrderInProgress,
        "SELECT id, customer_id FROM receivable_order WHERE owner_id IN ",
        " AND state = 'open'",
    ),
    (
        HoldingKind::Opportunity,
        "SELECT id, customer_id FROM customer_opportunity WHERE owner_id IN ",
        " AND closed_on IS NULL AND customer_id IS NOT NULL",
    ),
    (
        HoldingKind::FollowUpDuty,
        "SELECT id, customer_id FROM customer_follow_up WHERE duty_id IN ",
        "",
    ),
];

/// What these people hold of these customers that would follow them.
pub(crate) async fn following(
    books: &mut Reader<'_>,
    people: &[EmployeeId],
    customers: &BTreeSet<CustomerId>,
) -> Result<Vec<HoldingKey>, Fault> {
    let (mut found, today) = (Vec::new(), books.today());
    for (kind, whose, open) in FOLLOWING {
        let mut query = Query::new(whose);
        query.bind_list(people).push(open);
        if kind == HoldingKind::Contract {
            query.push(" AND ");
            push_running(&mut query, "ends_on", today);
        }
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            if customers.contains(&row.get("customer_id")?) {
                let subject = row.get("id")?;
                found.push(HoldingKey { kind, subject });
            }
        }
    }
    Ok(found)
}

/// Which of what follows a customer the person has any of, open and with whatever customer.
pub(crate) async fn followers_of(
    books: &mut Reader<'_>,
    person: EmployeeId,
) -> Result<BTreeSet<HoldingKind>, Fault> {
    let mut query = Query::new("SELECT ");
    let today = books.today();
    for (n, (kind, whose, open)) in FOLLOWING.into_iter().enumerate() {
        query.push(if n == 0 { "" } else { " UNION ALL SELECT " });
        query.bind(i64::try_from(n).unwrap_or(i64::MAX));
        query.push(" AS n WHERE EXISTS (").push(whose);
        query.bind_list([person]).push(open);
        if kind == HoldingKind::Contract {
            query.push(" AND ");
            push_running(&mut query, "ends_on", today);
        }
        query.push(")");
    }
    let (select, values) = query.select();
    let mut kinds = BTreeSet::new();
    for row in books.all(&select, values).await? {
        let n: i64 = row.get("n")?;
        let place = usize::try_from(n).ok();
        kinds.extend(place.and_then(|n| FOLLOWING.get(n)).map(|(kind, ..)| *kind));
    }
    Ok(kinds)
}

/// Whether anything of this kind points to the person and is open; the first one found will do.
pub(crate) async fn any(
    books: &mut Reader<'_>,
    person: EmployeeId,
    kind: HoldingKind,
) -> Result<bool, Fault> {
    let today = books.today();
    for (_, select) in SOURCES.iter().filter(|(found, _)| *found == kind) {
        let values = asked(kind, person, today);
        if books.first(select, values).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holding(row: &Row, kind: HoldingKind, holder: EmployeeId, today: Day) -> Result<Holding, Fault> {
    let amount: Fen = row.get("amount")?;
    let due: Option<Day> = row.get("due_on")?;
    let overdue = due.is_some_and(|due| due < today);
    Ok(Holding {
        key: HoldingKey {
            kind,
            subject: row.get("thing_id")?,
        },
        title: row.get("label")?,
        holder,
        customer: row.get("customer_id")?,
        region: row.get("region")?,
        industry: row.get("industry")?,
        amount,
        overdue: if overdue { amount } else { Fen::ZERO },
    })
}

/// How much of one kind hangs on a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hang {
    /// Things.
    pub count: i64,
    /// Their amounts.
    pub amount: Fen,
    /// What of that is overdue.
    pub overdue: Fen,
}

/// What hangs on one customer, by kind.
pub type Hangs = BTreeMap<HoldingKind, Hang>;

const SUMS: [(HoldingKind, Select); 5] = [
    (
        HoldingKind::ReceivableResponsibility,
        Select::new(
            "SELECT customer_id, count(*) AS n, CAST(sum(amount - cleared) AS BIGINT) AS amount, \
             CAST(sum(CASE WHEN due_on < $1 THEN amount - cleared ELSE 0 END) AS BIGINT) \
             AS overdue \
             FROM receivable_invoice WHERE responsible_id = $2 AND cleared < amount \
             GROUP BY customer_id",
        ),
    ),
    (
        HoldingKind::Contract,
        Select::new(concat!(
            "SELECT customer_id, count(*) AS n, CAST(sum(amount) AS BIGINT) AS amount, \
             CAST(0 AS BIGINT) AS overdue FROM receivable_contract WHERE owner_id = $1 AND ",
            running!("ends_on", "$2"),
            " GROUP BY customer_id",
        )),
    ),
    (
        HoldingKind::OrderInProgress,
        Select::new(
            "SELECT customer_id, count(*) AS n, CAST(sum(amount) AS BIGINT) AS amount, \
             CAST(0 AS BIGINT) AS overdue \
             FROM receivable_order WHERE owner_id = $1 AND state = 'open' GROUP BY customer_id",
        ),
    ),
    (
        HoldingKind::Opportunity,
        Select::new(
            "SELECT customer_id, count(*) AS n, \
             CAST(coalesce(sum(amount), 0) AS BIGINT) AS amount, \
             CAST(0 AS BIGINT) AS overdue \
             FROM customer_opportunity WHERE owner_id = $1 AND closed_on IS NULL \
             AND customer_id IS NOT NULL GROUP BY customer_id",
        ),
    ),
    (
        HoldingKind::FollowUpDuty,
        Select::new(
            "SELECT customer_id, count(*) AS n, CAST(0 AS BIGINT) AS amount, \
             CAST(0 AS BIGINT) AS overdue \
             FROM customer_follow_up WHERE duty_id = $1 GROUP BY customer_id",
        ),
    ),
];

/// What the person holds of each customer, whoever owns the customer.
pub(crate) async fn per_customer(
    books: &mut Reader<'_>,
    person: EmployeeId,
) -> Result<BTreeMap<CustomerId, Hangs>, Fault> {
    let today = books.today();
    let mut hangs: BTreeMap<CustomerId, Hangs> = BTreeMap::new();
    for (kind, select) in &SUMS {
        let values = match *kind {
            HoldingKind::ReceivableResponsibility => binds![today, person],
            other => asked(other, person, today),
        };
        for row in books.all(select, values).await? {
            let hang = Hang {
                count: row.get("n")?,
                amount: row.get("amount")?,
                overdue: row.get("overdue")?,
            };
            hangs
                .entry(row.get("customer_id")?)
                .or_default()
                .insert(*kind, hang);
        }
    }
    Ok(hangs)
}

/// What is open with each customer whose money the person must chase.
pub(crate) async fn open_by_customer(
    books: &mut Reader<'_>,
    person: EmployeeId,
) -> Result<Vec<OpenOfCustomer>, Fault> {
    let today = books.today();
    let (_, select) = &SUMS[0];
    let rows = books.all(select, binds![today, person]).await?;
    let line = |row: &Row| {
        Ok(OpenOfCustomer {
            customer: row.get("customer_id")?,
            invoices: row.get("n")?,
            open: row.get("amount")?,
            overdue: row.get("overdue")?,
        })
    };
    rows.iter().map(line).collect()
}
