//! What an import brought and nobody ever owned 从未有负责人.

use std::collections::HashSet;

use intake::RecordKind;
use spine::{Fault, Query, Reader};

use super::known::ASKED;

/// Which of these records came in by an import and never had an owner; the rest is asked no more.
pub(super) async fn unowned(
    books: &mut Reader<'_>,
    kind: RecordKind,
    records: Vec<&str>,
) -> Result<HashSet<String>, Fault> {
    let mut unowned = HashSet::new();
    let Some(select) = never_owned(kind) else {
        return Ok(unowned);
    };
    for some in records.chunks(ASKED) {
        let mut query = Query::new(select);
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            unowned.insert(row.get("id")?);
        }
    }
    Ok(unowned)
}

/// Records of a kind that came in by an import and that nobody ever owned; none for kinds that a
/// later file gives no owner.
fn never_owned(kind: RecordKind) -> Option<&'static str> {
    // The comparison keeps SQLite from walking through everything that nobody owns.
    macro_rules! of {
        ($table:literal, $never:literal) => {
            concat!(
                "SELECT t.id AS id FROM ",
                $table,
                " t WHERE coalesce(t.owner_id, '') = ''",
                $never,
                " AND EXISTS (SELECT 1 FROM import_record r WHERE r.record_id = t.id \
                 AND r.action = 'created') AND t.id IN "
            )
        };
    }
    Some(match kind {
        RecordKind::Customer => of!(
            "customer",
            " AND t.state <> 'merged' AND NOT EXISTS (SELECT 1 FROM customer_assignment a \
             WHERE a.customer_id = t.id AND a.owner_id IS NOT NULL)"
        ),
        RecordKind::Opportunity => of!("customer_opportunity", ""),
        RecordKind::Contract => of!("receivable_contract", ""),
        RecordKind::Order => of!("receivable_order", ""),
        _ => return None,
    })
}
