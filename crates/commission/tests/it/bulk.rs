//! The columns do what the calculation does; one moved customer changes what a full run changes.

use std::collections::BTreeMap;

use commission::bulk::{
    Credit, Difference, Figures, Lines, NOBODY, OwnerRow, Owners, Rates, Scatter, Standing, Terms,
};
use commission::schedule::{Band, Ladder, Reach};
use kernel::{Bps, Fen};
use proptest::prelude::*;

use crate::peers::{
    Columns, Row, as_columns, rows_of_books, rows_of_columns, rows_of_lines, workload,
};

#[test]
fn columns_and_calculation_agree_on_other_sizes() {
    for (orders, customers, reps, moves) in [(3_000, 30, 33, 20), (2_000, 50, 5, 50)] {
        let work = workload(orders, customers, reps, moves);
        assert_eq!(rows_of_columns(&work), rows_of_books(&work));
    }
}

#[test]
fn what_does_not_fit_is_refused_and_not_wrong() {
    let work = workload(100, 10, 3, 5);
    let (owners, terms) = as_columns(&work);
    let scatter = Scatter::new(&owners, &terms).unwrap();
    let mut blocks: Vec<Vec<Credit>> = vec![Vec::new(); terms.blocks()];
    for change in 0..4 {
        let mut columns = Columns::of(&work);
        match change {
            0 => columns.order[7] = 1 << 43,
            1 => columns.customer[7] = 10,
            2 => columns.day[7] = 30_000,
            _ => columns.amount[7] = i64::MAX / 2,
        }
        let thrown = scatter.throw(columns.orders(), &mut blocks);
        // A credit that is too large is caught at the latest when its window is settled.
        let settled = thrown.and_then(|()| {
            let (mut room, mut lines) = (Vec::new(), Lines::default());
            for (number, block) in blocks.iter_mut().enumerate() {
                commission::bulk::settle(number, block, &mut room, &terms, &mut lines)?;
            }
            Ok(())
        });
        assert_eq!(
            settled.unwrap_err().code,
            "commission.bulk_out_of_range",
            "{change}"
        );
        blocks.iter_mut().for_each(Vec::clear);
    }
    let whole = Ladder::new(vec![
        Band {
            from: Fen(0),
            rate: Bps(1),
            reach: Reach::Excess,
        },
        Band {
            from: Fen(9),
            rate: Bps(2),
            reach: Reach::Whole,
        },
    ]);
    assert_eq!(Rates::of(&whole.unwrap(), 1, 1), None);
}

fn full_run(columns: &Columns, owners: &Owners, terms: &Terms) -> Vec<Row> {
    let scatter = Scatter::new(owners, terms).unwrap();
    let mut blocks = vec![Vec::new(); terms.blocks()];
    scatter.throw(columns.orders(), &mut blocks).unwrap();
    rows_of_lines(
        &Standing::keep(terms, columns.orders(), blocks)
            .unwrap()
            .lines()
            .unwrap(),
    )
}

/// Lines by payee, window, order and role.
fn by_name(rows: &[Row]) -> BTreeMap<(i64, i64, i64, i64), (i64, i64)> {
    let name = |r: &Row| ((r[2], r[3], r[0], r[1]), (r[6], r[8]));
    rows.iter().map(name).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn one_moved_customer_gives_the_full_run(
        customer in 0..20_u32,
        day in 0..731_i32,
        again in 0..90_i32,
        to in 0..35_u32,
        sizes in 0..2_usize,
    ) {
        let (orders, reps) = [(800, 35), (3_000, 7)][sizes];
        let work = workload(orders, 20, reps, 12);
        let (owners, terms) = as_columns(&work);
        let columns = Columns::of(&work);
        let scatter = Scatter::new(&owners, &terms).unwrap();
        let mut blocks = vec![Vec::new(); terms.blocks()];
        scatter.throw(columns.orders(), &mut blocks).unwrap();
        let mut standing = Standing::keep(&terms, columns.orders(), blocks).unwrap();

        // A back-dated move: from that day on somebody else has the customer, protected as usual.
        let old = owners.of(customer).to_vec();
        let first = OwnerRow { until: 19_723 + day, previous: NOBODY, ..old[0] };
        let to = to % u32::try_from(reps).unwrap();
        let second = OwnerRow {
            from: first.until,
            until: first.until + again,
            owner: to,
            previous: if to == first.owner { NOBODY } else { first.owner },
        };
        let third = OwnerRow {
            from: second.until,
            until: 60_000,
            owner: first.owner,
            previous: NOBODY,
        };
        let new = vec![first, second, third];
        let differences = standing.move_customer(&scatter, customer, &old, &new).unwrap();

        let mut all: Vec<(u32, OwnerRow)> = Vec::new();
        for c in (0..20).filter(|c| *c != customer) {
            all.extend(owners.of(c).iter().map(|row| (c, *row)));
        }
        all.extend(new.iter().map(|row| (customer, *row)));
        let moved = Owners::new(20, all).unwrap();
        let before = by_name(&full_run(&columns, &owners, &terms));
        let after = full_run(&columns, &moved, &terms);
        prop_assert_eq!(&rows_of_lines(&standing.lines().unwrap()), &after);
        prop_assert_eq!(with_differences(before, &differences), by_name(&after));
        // And back again: nothing is left of it.
        standing.move_customer(&scatter, customer, &new, &old).unwrap();
        let again = rows_of_lines(&standing.lines().unwrap());
        prop_assert_eq!(again, full_run(&columns, &owners, &terms));
    }
}

fn with_differences(
    mut lines: BTreeMap<(i64, i64, i64, i64), (i64, i64)>,
    differences: &[Difference],
) -> BTreeMap<(i64, i64, i64, i64), (i64, i64)> {
    let figures = |f: Figures| (f.credit, f.commission);
    for d in differences {
        let name = (
            i64::from(d.payee) + 1,
            i64::from(d.window),
            d.order,
            i64::from(d.role),
        );
        assert_eq!(lines.get(&name).copied(), d.old.map(figures));
        assert_ne!(d.old, d.new);
        match d.new {
            Some(new) => lines.insert(name, figures(new)),
            None => lines.remove(&name),
        };
    }
    lines
}
