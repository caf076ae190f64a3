//! What must hold for every table.

use proptest::prelude::*;
use rules::analyse::{Why, analyse};
use rules::cell::Commas;
use rules::dmn;
use rules::facts::Facts;
use rules::grid::Grid;
use rules::index::Index;
use rules::table::{Hit, Table};
use rules::value::Value;

use crate::generate::{asked, small_table};

fn hit_by_hand(grid: &Grid, facts: &[Value]) -> Vec<usize> {
    (0..grid.table().rows.len())
        .filter(|row| grid.hits(*row, facts))
        .collect()
}

/// The facts of a witness, in the order of the inputs.
fn case(
    table: &Table,
    witness: &std::collections::BTreeMap<String, serde_json::Value>,
) -> Vec<Value> {
    Facts::read(table, witness).unwrap().values().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_index_says_what_the_cells_say((table, many) in asked()) {
        let grid = Grid::read(&table, Commas::Doubted).unwrap();
        let index = Index::of(grid.clone());
        for values in many {
            let facts = Facts::of(&table, values.clone()).unwrap();
            let found: Vec<usize> = index.hits(&facts).unwrap().iter().collect();
            prop_assert_eq!(found, hit_by_hand(&grid, &values), "{:?}", values);
        }
    }

    #[test]
    fn gaps_are_real_and_all_there((table, many) in asked()) {
        let grid = Grid::read(&table, Commas::Doubted).unwrap();
        let analysis = analyse(&Index::of(grid.clone()));
        prop_assert!(analysis.proved);
        for gap in &analysis.gaps {
            let witness = case(&table, &gap.witness);
            prop_assert_eq!(hit_by_hand(&grid, &witness), Vec::<usize>::new(), "{}", gap.zh);
        }
        // Every sampled case that hits nothing lies in a gap that is told; a row made of the cells
        // that are offered closes it.
        let mut patched = table.clone();
        for (n, gap) in analysis.gaps.iter().enumerate() {
            let mut row = rules::table::Row {
                id: format!("gap{n}"), label: String::new(), note: String::new(),
                when: gap.cells.clone(), then: vec!["0".into()],
            };
            row.id.push('x');
            patched.rows.push(row);
        }
        let patched = Grid::read(&patched, Commas::Doubted).unwrap();
        for values in many {
            let missed = hit_by_hand(&grid, &values).is_empty();
            if missed {
                prop_assert!(!analysis.gaps.is_empty(), "{values:?} hits no row");
                if !analysis.more_gaps {
                    let told = !hit_by_hand(&patched, &values).is_empty();
                    prop_assert!(told, "{values:?} is in no gap");
                }
            } else {
                let (now, before) = (hit_by_hand(&patched, &values), hit_by_hand(&grid, &values));
                prop_assert_eq!(now, before, "a gap takes {:?}", values);
            }
        }
        if !analysis.more_gaps {
            let again = analyse(&Index::of(patched));
            prop_assert!(again.gaps.is_empty(), "{:?}", again.gaps);
        }
    }

    #[test]
    fn overlaps_are_real_and_all_there((mut table, many) in asked()) {
        table.hit = Hit::Unique;
        let grid = Grid::read(&table, Commas::Doubted).unwrap();
        let analysis = analyse(&Index::of(grid.clone()));
        for overlap in &analysis.overlaps {
            let hits = hit_by_hand(&grid, &case(&table, &overlap.witness));
            prop_assert!(overlap.rows.iter().all(|row| hits.contains(row)), "{}", overlap.zh);
        }
        for values in many {
            let hits = hit_by_hand(&grid, &values);
            for (n, a) in hits.iter().enumerate() {
                for b in &hits[n + 1..] {
                    let told = analysis.overlaps.iter().any(|it| it.rows == [*a, *b]);
                    prop_assert!(told, "rows {a} and {b} meet at {values:?}");
                }
            }
        }
    }

    #[test]
    fn dead_rows_never_speak_and_living_ones_can((mut table, many) in asked()) {
        table.hit = Hit::First;
        let grid = Grid::read(&table, Commas::Doubted).unwrap();
        let index = Index::of(grid.clone());
        let dead: Vec<_> = analyse(&index).dead;
        for values in many {
            let facts = Facts::of(&table, values.clone()).unwrap();
            let decision = index.decide(&facts).unwrap();
            for row in &decision.chosen {
                let alive = dead.iter().all(|it| it.row != *row);
                prop_assert!(alive, "row {row} speaks for {values:?}");
            }
        }
        // Whether a row lives does not depend on how it is found out: take the rows before it
        // away and what it then leaves open is what it takes.
        for row in 0..table.rows.len() {
            let mut alone = table.clone();
            alone.hit = Hit::Collect;
            alone.rows.truncate(row);
            let before = Index::of(Grid::read(&alone, Commas::Doubted).unwrap());
            let open = analyse(&before).gaps;
            let takes_some = open.iter().any(|gap| grid.hits(row, &case(&table, &gap.witness)));
            if takes_some {
                prop_assert!(dead.iter().all(|it| it.row != row), "row {row} takes a gap");
            }
        }
        prop_assert!(dead.iter().all(|it| it.why != Why::Repeated));
    }

    #[test]
    fn any_speaks_with_one_voice_when_it_is_proved((mut table, many) in asked()) {
        table.hit = Hit::Any;
        let index = Index::of(Grid::read(&table, Commas::Doubted).unwrap());
        let proved = analyse(&index).overlap_count == 0;
        for values in many {
            let decided = index.decide(&Facts::of(&table, values).unwrap());
            prop_assert!(!proved || decided.is_ok(), "{decided:?}");
        }
    }

    #[test]
    fn what_is_written_canonically_stays_as_it_is(table in small_table()) {
        let once = Grid::read(&table, Commas::Doubted).unwrap();
        let twice = Grid::read(once.table(), Commas::Doubted).unwrap();
        prop_assert_eq!(once.table(), twice.table());
        prop_assert_eq!(&once, &twice);
    }

    #[test]
    fn a_table_comes_back_from_xml_as_it_went(table in small_table()) {
        let grid = Grid::read(&table, Commas::Doubted).unwrap();
        let xml = dmn::write(&grid);
        let found = dmn::read(xml.as_bytes()).unwrap();
        prop_assert_eq!(found.len(), 1);
        let back = found[0].table.as_ref().unwrap();
        prop_assert_eq!(back, grid.table());
        prop_assert_eq!(dmn::write(&Grid::read(back, Commas::Doubted).unwrap()), xml);
    }

    #[test]
    fn a_decision_does_not_depend_on_the_order_of_columns((table, many) in asked()) {
        let mut turned = table.clone();
        turned.inputs.reverse();
        turned.rows.iter_mut().for_each(|row| row.when.reverse());
        let (one, two) = (Index::of(Grid::read(&table, Commas::Doubted).unwrap()),
            Index::of(Grid::read(&turned, Commas::Doubted).unwrap()));
        for values in many {
            let back: Vec<Value> = values.iter().rev().cloned().collect();
            let a = one.decide(&Facts::of(&table, values).unwrap());
            let b = two.decide(&Facts::of(&turned, back).unwrap());
            prop_assert_eq!(a, b);
        }
    }
}
