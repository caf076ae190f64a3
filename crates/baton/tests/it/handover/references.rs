//! Nothing that names a leaver is missed: asked of the schema, and of the books.

use std::collections::BTreeSet;

use baton::handover::holdings::found_kinds;
use baton::handover::references::{MENTIONS, Meaning, REFERENCES};

use serde_json::json;

use super::{agree, draw, step, work_of_zhang};
use crate::departure::{certificate, resign};
use crate::desk::{complete, task};
use crate::harness::{Company, World};

story!(
    every_reference_to_a_person_is_classified,
    every_column_that_may_name_a_person_is_classified,
    after_a_whole_departure_no_unknown_column_names_him,
);

/// Asks the schema, not a list made by hand (HubSpot: only the owner field is moved).
async fn every_reference_to_a_person_is_classified(world: World) {
    let dialect = world.house.spine.db().dialect();
    let select = spine::Select::new(match dialect {
        spine::Dialect::Sqlite => spine::Dialect::Sqlite.list_references(),
        spine::Dialect::Postgres => spine::Dialect::Postgres.list_references(),
    });
    let rows = world
        .house
        .spine
        .db()
        .read(&select, Vec::new())
        .await
        .expect("references");
    let mut asked = BTreeSet::new();
    for row in &rows {
        let column = |name: &str| row.get::<String>(name).expect("a name");
        if column("target") == "people_employee" {
            asked.insert((column("table_name"), column("column_name")));
        }
    }
    let listed: BTreeSet<_> = REFERENCES
        .iter()
        .map(|one| (one.table.to_owned(), one.column.to_owned()))
        .collect();
    assert_eq!(asked, listed);
    let kinds = found_kinds();
    for reference in REFERENCES {
        if let Meaning::Moves(kind) = reference.meaning {
            assert!(
                kinds.contains(&kind),
                "{}.{}",
                reference.table,
                reference.column
            );
        }
    }
}

/// Columns of text by table, from the schema itself.
async fn text_columns(world: &World) -> BTreeSet<(String, String)> {
    let dialect = world.house.spine.db().dialect();
    let select = spine::Select::new(match dialect {
        spine::Dialect::Sqlite => spine::Dialect::Sqlite.list_text_columns(),
        spine::Dialect::Postgres => spine::Dialect::Postgres.list_text_columns(),
    });
    let db = world.house.spine.db();
    let rows = db.read(&select, Vec::new()).await.expect("columns");
    let name = |row: &spine::Row, key| row.get::<String>(key).expect("a name");
    let pair = |row| (name(row, "table_name"), name(row, "column_name"));
    rows.iter().map(pair).collect()
}

fn known() -> BTreeSet<(String, String)> {
    let references = REFERENCES.iter().map(|one| (one.table, one.column));
    let mentions = MENTIONS.iter().map(|one| (one.0, one.1));
    let all = references.chain(mentions);
    all.map(|(table, column)| (table.to_owned(), column.to_owned()))
        .collect()
}

/// A person also stands in columns without a foreign key: whoever recorded, approved, issued.
async fn every_column_that_may_name_a_person_is_classified(world: World) {
    let known = known();
    let columns = text_columns(&world).await;
    let may_name =
        |column: &str| column.ends_with("_by") || column.ends_with("_by_id") || column == "actor";
    for (table, column) in columns.iter().filter(|(_, column)| may_name(column)) {
        let pair = (table.clone(), column.clone());
        assert!(
            known.contains(&pair),
            "{table}.{column} can name a person: say in references.rs what becomes of it"
        );
    }
    for (table, column) in &known {
        let pair = (table.clone(), column.clone());
        assert!(columns.contains(&pair), "{table}.{column} is gone");
    }
}

/// The books are asked too: one departure with everything in it, then every column of text of every
/// table is searched for the leaver. Whatever still says his name must be listed with its reason.
async fn after_a_whole_departure_no_unknown_column_names_him(world: World) {
    let company = Company::found(&world).await;
    let (zhang, li, hr) = (&company.zhang, &company.li, &company.hr.login);
    work_of_zhang(&world, &company).await;
    let other = company.customer(&world, li, "卢沟轴承有限公司").await;
    let seat = json!({ "employee_id": zhang.id, "opens": true, "reason": "协助投标" });
    world
        .post(&li.login, &format!("/customers/{other}/seats"), seat)
        .await
        .ok();
    let asked = json!({ "to_id": zhang.id, "effective_on": world.today(), "reason": "区域调整" });
    world
        .post(&li.login, &format!("/customers/{other}/hand-over"), asked)
        .await
        .ok();
    task(&world, &zhang.login, "accept").await;
    let departure = resign(&world, &zhang.login).await;
    complete(&world, hr, "acknowledge").await.ok();
    let id = draw(&world, &company, json!({ "from": zhang.id })).await;
    let rest = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": ["pending_approval"], "successor_id": li.id } });
    step(&world, &company.chief.login, &id, "edit", rest)
        .await
        .ok();
    agree(&world, &company, &id, &[&li.login]).await;
    world.pass_days(31);
    world.run_jobs().await;
    certificate(&world, &departure).await;
    world
        .post(hr, &format!("/departures/{departure}/close"), json!({}))
        .await
        .ok();
    let known = known();
    let mut unknown = Vec::new();
    for (table, column) in text_columns(&world).await {
        let names_him = world.holds(&table, &column, &zhang.id.to_string()).await;
        if names_him && !known.contains(&(table.clone(), column.clone())) {
            unknown.push(format!("{table}.{column}"));
        }
        let moved = REFERENCES.iter().any(|one| {
            one.table == table
                && one.column == column
                && matches!(one.meaning, Meaning::Moves(_))
                && !may_keep(&table, &column)
        });
        assert!(
            !(names_him && moved),
            "{table}.{column} still points to him"
        );
    }
    assert!(
        unknown.is_empty(),
        "say in references.rs what becomes of {unknown:#?}"
    );
}

/// What is done, cleared or ended stays with whoever had it.
fn may_keep(table: &str, column: &str) -> bool {
    [
        ("approval_task", "owner_id"),
        ("customer_opportunity", "owner_id"),
        ("receivable_invoice", "responsible_id"),
        ("people_stand_in", "employee_id"),
        ("people_stand_in", "stand_in_id"),
        ("approval_case", "initiator_id"),
    ]
    .contains(&(table, column))
}
