//! What the things are called that an entry speaks of 主体名称.
//!
//! Their numbers, as they stand in the books today; for people and what has no number, the name.
//! Names of customers and titles of papers and cases are not among them: an entry may mention a
//! thing whose page its reader does not see.

use std::collections::BTreeMap;

use spine::{Fault, Query, Reader};

/// Most things of one kind that are looked up.
const MOST: usize = 200;

/// How the things of a kind are found by their ids.
fn lookup(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "customer" => "SELECT id, number AS called FROM customer WHERE id IN ",
        "opportunity" => "SELECT id, number AS called FROM customer_opportunity WHERE id IN ",
        "contract" => "SELECT id, number AS called FROM receivable_contract WHERE id IN ",
        "order" => "SELECT id, number AS called FROM receivable_order WHERE id IN ",
        "invoice" => "SELECT id, number AS called FROM receivable_invoice WHERE id IN ",
        "receipt" => "SELECT id, number AS called FROM receivable_receipt WHERE id IN ",
        "reversal" => "SELECT id, number AS called FROM receivable_reversal WHERE id IN ",
        "departure" => "SELECT id, number AS called FROM departure WHERE id IN ",
        "plan" => "SELECT id, number AS called FROM handover_plan WHERE id IN ",
        "employee" => {
            "SELECT id, name || ' ' || number AS called FROM people_employee WHERE id IN "
        }
        "login" => "SELECT id, number AS called FROM session_login WHERE id IN ",
        "entity" => "SELECT id, name AS called FROM people_entity WHERE id IN ",
        "department" => "SELECT id, name AS called FROM people_department WHERE id IN ",
        "post" => "SELECT id, name AS called FROM people_post WHERE id IN ",
        "asset" => "SELECT id, name AS called FROM people_asset WHERE id IN ",
        "commission_plan" => "SELECT id, name AS called FROM commission_plan WHERE id IN ",
        "rules_table" => "SELECT id, name AS called FROM rules_table WHERE id IN ",
        "import" => "SELECT id, title AS called FROM import_batch WHERE id IN ",
        _ => return None,
    })
}

/// What these subjects are called, by `customer/cus_…`; without those that are gone or have neither
/// number nor name.
pub(super) async fn called(
    books: &mut Reader<'_>,
    subjects: &[String],
) -> Result<BTreeMap<String, String>, Fault> {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for subject in subjects {
        if let Some((kind, id)) = subject.split_once('/') {
            kinds.entry(kind).or_default().push(id);
        }
    }
    let mut names = BTreeMap::new();
    for (kind, ids) in kinds {
        let Some(select) = lookup(kind) else {
            continue;
        };
        let mut query = Query::new(select);
        query.bind_list(ids.into_iter().take(MOST));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let id: String = row.get("id")?;
            names.insert(format!("{kind}/{id}"), row.get("called")?);
        }
    }
    Ok(names)
}
