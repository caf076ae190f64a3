//! From the business row up: do the tables say what the log says? 状态审计.
//!
//! The log's own audit proves that the log was not changed. This one compares the tables with it: a
//! row that was changed past the spine has no entry that says so.

use spine::{Fault, Select, binds};

use crate::house::House;

/// The latest recorded owner of each customer, next to the owner in the table.
const OWNERS: Select = Select::new(
    "SELECT c.id AS id, c.owner_id AS owner_id, a.owner_id AS recorded FROM customer c \
     LEFT JOIN customer_assignment a ON a.customer_id = c.id AND a.seq = \
     (SELECT max(b.seq) FROM customer_assignment b WHERE b.customer_id = c.id) \
     WHERE c.id > $1 ORDER BY c.id LIMIT 2000",
);

/// Sentences about every difference, at most 1,000.
///
/// # Errors
/// [`Fault`] when the database fails.
pub(crate) async fn differences(house: &House) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let rows = house
            .spine
            .db()
            .read(&OWNERS, binds![after.as_str()])
            .await?;
        let Some(last) = rows.last() else { break };
        after = last.get("id")?;
        for row in &rows {
            let (id, now): (String, Option<String>) = (row.get("id")?, row.get("owner_id")?);
            let recorded: Option<String> = row.get("recorded")?;
            if now != recorded && found.len() < 1_000 {
                let word = |owner: Option<String>| owner.unwrap_or_else(|| "无".to_owned());
                found.push(format!(
                    "表 customer 行 {id} 字段 owner_id 为 {}，归属历史为 {}",
                    word(now),
                    word(recorded)
                ));
            }
        }
    }
    Ok(found)
}
