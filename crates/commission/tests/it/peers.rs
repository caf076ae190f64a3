//! Equal, line for line, to the reference of the peers on 20,000 orders: through the calculation
//! that can do everything, and through the columns. The workload is generated again here, from
//! splitmix64; the expected lines are the reference's own file, checked by its digest.

use std::io::Read;

use commission::assignment::{Assignee, PlanAssignment};
use commission::bulk::{
    self, Lines, NOBODY, Orders, OwnerRow, Owners, Rates, Scatter, Terms, settle,
};
use commission::calculate::{Books, calculate};
use commission::event::{Contract, Event, Team, Trigger};
use commission::line::Seat;
use commission::plan::{Method, Plan};
use commission::schedule::{Band, Ladder, Reach};
use commission::split_after_handover::{Side, Stretch};
use commission::window::Window;
use kernel::{Bps, ContractId, Day, Fen, Moment, Period};
use sha2::{Digest, Sha256};

use crate::world::{cus, day, emp, handed_over, plan, plan_id, protection, rec, version};

const DIGEST: &str = "96553d0341b200bfd3510b80f6556400c460f0a85bcfb51f1506f5c8450e7480";
const DAY0: i64 = 19_723; // 2024-01-01
const FAR: i64 = DAY0 + 36_500;

/// What `commission_gen.py` writes.
pub struct Workload {
    /// order, customer, day, amount
    pub orders: Vec<(i64, i64, i64, i64)>,
    /// customer, seq, rep, previous rep or 0, from, until
    pub owners: Vec<[i64; 6]>,
    /// rep, plan, from, until
    pub rep_plans: Vec<[i64; 4]>,
    /// plan, version, from, until, b1, b2, b3, r0, r1, r2, r3
    pub versions: Vec<[i64; 11]>,
    pub reps: i64,
    pub customers: i64,
}

fn splitmix(stream: u64, index: i64, modulus: i64) -> i64 {
    let seed = 20_240_101_u64;
    let mut x = u64::try_from(index)
        .unwrap()
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = x.wrapping_add(seed.wrapping_mul(0xD1B5_4A32_D192_ED03));
    x = x.wrapping_add(stream.wrapping_mul(0x8CB9_2BA7_2F3D_8DD7));
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^= x >> 31;
    i64::try_from(x % u64::try_from(modulus).unwrap()).unwrap()
}

/// The workload of these sizes.
pub fn workload(orders: i64, customers: i64, reps: i64, moves: i64) -> Workload {
    let order = |i| {
        let amount = 10_000 + splitmix(3, i, 1_000) * splitmix(4, i, 2_500) + splitmix(5, i, 100);
        let sign = if splitmix(6, i, 100) < 3 { -1 } else { 1 };
        (
            i,
            splitmix(1, i, customers) + 1,
            splitmix(2, i, 731) + DAY0,
            sign * amount,
        )
    };
    let first_moves = moves * 4 / 5;
    let stride = (customers / first_moves).max(1);
    let mut owners = Vec::new();
    for c in 1..=customers {
        let moved = (c - 1) % stride == 0 && (c - 1) / stride < first_moves;
        let own0 = splitmix(10, c, reps);
        let d1 = 31 + splitmix(11, c, 600) + DAY0;
        owners.push([c, 0, own0 + 1, 0, DAY0, if moved { d1 } else { FAR }]);
        if !moved {
            continue;
        }
        let twice = (c - 1) / stride < moves - first_moves;
        let own1 = (own0 + 1 + splitmix(12, c, reps - 1)) % reps;
        let d2 = d1 + 1 + splitmix(13, c, 60);
        owners.push([c, 1, own1 + 1, own0 + 1, d1, if twice { d2 } else { FAR }]);
        if twice {
            let own2 = (own1 + 1 + splitmix(14, c, reps - 1)) % reps;
            owners.push([c, 2, own2 + 1, own1 + 1, d2, FAR]);
        }
    }
    let mut rep_plans = Vec::new();
    for rep in 1..=reps {
        let (plan, switched) = ((rep - 1) % 4 + 1, rep % 10 == 0);
        rep_plans.push([rep, plan, DAY0, if switched { DAY0 + 547 } else { FAR }]);
        if switched {
            rep_plans.push([rep, plan % 4 + 1, DAY0 + 547, FAR]);
        }
    }
    let unit = (orders / (reps * 8)).max(1) * 600_000 * 3 / 10;
    let mut versions = Vec::new();
    for plan in 1..=4 {
        for (v, from, until) in [(1, DAY0, DAY0 + 366), (2, DAY0 + 366, FAR)] {
            let b = unit * (8 + plan + v) / 10;
            let rates = [
                137 + 10 * plan,
                211 + 13 * plan - 5 * v,
                333 + 7 * plan,
                455 + 9 * v,
            ];
            let [r0, r1, r2, r3] = rates;
            versions.push([plan, v, from, until, b, 2 * b, 3 * b + 777, r0, r1, r2, r3]);
        }
    }
    let orders = (1..=orders).map(order).collect();
    Workload {
        orders,
        owners,
        rep_plans,
        versions,
        reps,
        customers,
    }
}

fn as_day(number: i64) -> Day {
    day("1970-01-01").plus_days(number)
}

fn period(from: i64, until: i64) -> Period {
    Period {
        from: as_day(from),
        until: Some(as_day(until)),
    }
}

fn ladder(row: &[i64; 11]) -> Ladder {
    let bounds = [0, row[4], row[5], row[6]];
    let band = |(from, rate): (i64, &i64)| Band {
        from: Fen(from),
        rate: Bps(*rate),
        reach: Reach::Excess,
    };
    Ladder::new(bounds.into_iter().zip(&row[7..]).map(band).collect()).unwrap()
}

/// The workload as books: each order is a contract that pays when it is signed.
pub fn as_books(work: &Workload) -> Books {
    let mut books = Books::default();
    for number in 1..=4 {
        let rows = work.versions.iter().filter(|row| row[0] == number);
        let versions = rows.map(|row| {
            let valid = period(row[2], row[3]);
            let method = Method::Ladder(ladder(row));
            version(
                u32::try_from(row[1]).unwrap(),
                valid,
                Trigger::Signing,
                method,
            )
        });
        let versions = versions.collect();
        let template = plan(
            number,
            Window::Quarter,
            Trigger::Signing,
            crate::world::flat(1),
        );
        books.plans.push(Plan {
            versions,
            ..template
        });
    }
    for [rep, plan, from, until] in &work.rep_plans {
        books.assignments.push(PlanAssignment {
            plan: plan_id(*plan),
            to: Assignee::Person(emp(*rep)),
            valid: period(*from, *until),
            quota: None,
        });
    }
    for [customer, seq, rep, previous, from, _] in &work.owners {
        let on = as_day(*from);
        let seq = u32::try_from(*seq).unwrap() + 1;
        let mut stretch = handed_over(seq, &on.to_string(), *previous, *rep, protection());
        stretch.handover = stretch.handover.filter(|_| *previous != 0);
        books.stretches.push(Stretch {
            customer: cus(*customer),
            ..stretch
        });
    }
    for (order, customer, on, amount) in &work.orders {
        let id = ContractId::mint(Moment(*order), [0; 10]);
        books.contracts.push(Contract {
            id,
            customer: cus(*customer),
            signed_on: as_day(*on),
            ends_on: None,
            gross: Fen(*amount),
            margin: None,
            product: String::new(),
            industry: String::new(),
            new_customer: false,
            team: Team::default(),
        });
        books.events.push(Event {
            record: rec(&format!("order/{order:09}")),
            trigger: Trigger::Signing,
            on: as_day(*on),
            contract: id,
            amount: Fen(*amount),
            takes_back: None,
        });
    }
    books
}

/// `order, role, rep, quarter, plan, version, credit, before, commission`
pub type Row = [i64; 9];

fn number_of<T: PartialEq>(id: T, of: impl Fn(i64) -> T, highest: i64) -> i64 {
    (1..=highest).find(|n| of(*n) == id).unwrap()
}

pub fn rows_of_books(work: &Workload) -> Vec<Row> {
    let outcome = calculate(&as_books(work)).unwrap();
    let mut rows = Vec::new();
    for line in &outcome.lines {
        let role = i64::from(line.key.seat == Seat::Owner(Side::Previous));
        let order: i64 = line.key.record.0["order/".len()..].parse().unwrap();
        let start = line.trace.window_start.date();
        let quarter = (i64::from(start.year()) - 2024) * 4 + (i64::from(start.month()) - 1) / 3;
        rows.push([
            order,
            role,
            number_of(line.key.payee, emp, work.reps),
            quarter,
            number_of(line.key.plan, plan_id, 4),
            i64::from(line.version),
            line.credit.0,
            line.before.0,
            line.commission.0,
        ]);
    }
    rows.sort_unstable();
    rows
}

/// Owners and terms for the columns: payees and customers keep their numbers, less one.
pub fn as_columns(work: &Workload) -> (Owners, Terms) {
    let n = |x: i64| i32::try_from(x).unwrap();
    let u = |x: i64| u32::try_from(x).unwrap();
    let row = |[customer, _, rep, previous, from, until]: &[i64; 6]| {
        let previous = if *previous == 0 {
            NOBODY
        } else {
            u(previous - 1)
        };
        let row = OwnerRow {
            from: n(*from),
            until: n(*until),
            owner: u(rep - 1),
            previous,
        };
        (u(customer - 1), row)
    };
    let owners = Owners::new(u(work.customers), work.owners.iter().map(row).collect()).unwrap();
    let mut windows = Vec::new();
    for year in [2024, 2025] {
        for month in [1, 4, 7, 10] {
            windows.push(day("1970-01-01").days_until(Day::of(year, month, 1).unwrap()));
        }
    }
    windows.push(DAY0 + 731);
    let mut rates = Vec::new();
    for rep in 1..=work.reps {
        for start in &windows[..8] {
            let valid = |from: i64, until: i64| from <= *start && *start < until;
            let plan = work
                .rep_plans
                .iter()
                .find(|r| r[0] == rep && valid(r[2], r[3]))
                .unwrap()[1];
            let row = work
                .versions
                .iter()
                .find(|r| r[0] == plan && valid(r[2], r[3]))
                .unwrap();
            rates.push(Rates::of(&ladder(row), n(plan), n(row[1])));
        }
    }
    let steps = vec![(30, 7_000), (60, 5_000), (90, 3_000)];
    let windows = windows.into_iter().map(n).collect();
    (
        owners,
        Terms {
            windows,
            rates,
            steps,
        },
    )
}

pub struct Columns {
    pub order: Vec<i64>,
    pub customer: Vec<i32>,
    pub day: Vec<i32>,
    pub amount: Vec<i64>,
}

impl Columns {
    pub fn of(work: &Workload) -> Columns {
        let n = |x: i64| i32::try_from(x).unwrap();
        Columns {
            order: work.orders.iter().map(|o| o.0).collect(),
            customer: work.orders.iter().map(|o| n(o.1 - 1)).collect(),
            day: work.orders.iter().map(|o| n(o.2)).collect(),
            amount: work.orders.iter().map(|o| o.3).collect(),
        }
    }

    pub fn orders(&self) -> Orders<'_> {
        Orders {
            order: &self.order,
            customer: &self.customer,
            day: &self.day,
            amount: &self.amount,
        }
    }
}

pub fn rows_of_lines(lines: &Lines) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    for run in &lines.runs {
        for line in at..at + run.lines {
            let bands: i64 = lines.bands.iter().map(|band| band[line]).sum();
            assert_eq!(bands, lines.credit[line]);
            rows.push([
                lines.order[line],
                i64::from(lines.role[line]),
                i64::from(run.payee) + 1,
                i64::from(run.window),
                i64::from(run.plan),
                i64::from(run.version),
                lines.credit[line],
                lines.before[line],
                lines.commission[line],
            ]);
        }
        at += run.lines;
    }
    rows.sort_unstable();
    rows
}

pub fn rows_of_columns(work: &Workload) -> Vec<Row> {
    let (owners, terms) = as_columns(work);
    let columns = Columns::of(work);
    let scatter = Scatter::new(&owners, &terms).unwrap();
    let mut blocks: Vec<Vec<bulk::Credit>> = vec![Vec::new(); terms.blocks()];
    scatter.throw(columns.orders(), &mut blocks).unwrap();
    let (mut lines, mut room) = (Lines::default(), Vec::new());
    for (number, block) in blocks.iter_mut().enumerate() {
        settle(number, block, &mut room, &terms, &mut lines).unwrap();
    }
    rows_of_lines(&lines)
}

fn as_text(rows: &[Row]) -> String {
    let mut text = "order_id,role,rep_id,quarter,plan_id,version,credit_cents,\
                    cum_before_cents,commission_cents\n"
        .to_owned();
    for row in rows {
        let cells: Vec<String> = row.iter().map(i64::to_string).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn expected() -> String {
    let packed: &[u8] = include_bytes!("../data/commission_20k_lines.csv.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(hex::encode(Sha256::digest(&text)), DIGEST);
    text
}

#[test]
fn twenty_thousand_orders_line_for_line() {
    let work = workload(20_000, 400, 20, 100);
    let expected = expected();
    for rows in [rows_of_books(&work), rows_of_columns(&work)] {
        assert_eq!(rows.len(), 20_534);
        assert_eq!(rows.iter().map(|row| row[6]).sum::<i64>(), 11_834_730_386);
        assert_eq!(rows.iter().map(|row| row[8]).sum::<i64>(), 293_562_871);
        let text = as_text(&rows);
        let differs = text
            .lines()
            .zip(expected.lines())
            .find(|(ours, theirs)| ours != theirs);
        assert_eq!(differs, None);
        assert_eq!(hex::encode(Sha256::digest(&text)), DIGEST);
    }
}
