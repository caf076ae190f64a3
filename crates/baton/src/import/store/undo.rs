//! Takes a batch back 撤销.
//!
//! What may be deleted is deleted. What the append-only history speaks of stays and is marked:
//! customers are withdrawn and lose their owner by a row of their history, employees have left,
//! invoices and receipts stand at zero with their clearings reversed. All of these give up their
//! number, so that the same file can come in anew.

use intake::RecordKind;
use kernel::{Day, ImportId, Moment};
use serde_json::Value as Json;
use spine::{Change as Sql, Fault, Query, Reader, Select, Value, Writer, binds};

use super::write;

/// What may refer to something the batch created: table, column, the id of its own rows, and how
/// people call it. `extra` narrows it to rows that were not written with the batch.
struct Reference {
    table: &'static str,
    column: &'static str,
    own: &'static str,
    zh: &'static str,
    beyond: &'static str,
}

const fn by(
    table: &'static str,
    column: &'static str,
    own: &'static str,
    zh: &'static str,
) -> Reference {
    Reference {
        table,
        column,
        own,
        zh,
        beyond: "",
    }
}

const fn later(table: &'static str, column: &'static str, zh: &'static str) -> Reference {
    Reference {
        table,
        column,
        own: column,
        zh,
        beyond: " AND t.seq > 1",
    }
}

const REFERENCES: &[Reference] = &[
    by("people_department", "parent_id", "id", "下级部门"),
    by("people_employee", "department_id", "id", "员工"),
    by("people_employee", "line_manager_id", "id", "下属"),
    later("people_employment", "employee_id", "任职变动"),
    by(
        "people_employment",
        "department_id",
        "employee_id",
        "任职记录",
    ),
    by(
        "people_employment",
        "line_manager_id",
        "employee_id",
        "任职记录",
    ),
    by("people_head", "employee_id", "department_id", "部门负责人"),
    by(
        "people_head",
        "department_id",
        "department_id",
        "部门负责人",
    ),
    by("people_stand_in", "employee_id", "id", "代理"),
    by("people_stand_in", "stand_in_id", "id", "代理"),
    by("people_asset", "employee_id", "id", "资产"),
    by("document", "employee_id", "id", "文书"),
    by("session_login", "employee_id", "id", "登录账号"),
    by("customer", "owner_id", "id", "名下客户"),
    by("customer", "merged_into_id", "id", "合并进来的客户"),
    later("customer_assignment", "customer_id", "归属变动"),
    by("customer_assignment", "owner_id", "customer_id", "归属记录"),
    by(
        "customer_seat_change",
        "customer_id",
        "customer_id || t.seq",
        "协作人",
    ),
    by(
        "customer_seat_change",
        "employee_id",
        "customer_id || t.seq",
        "协作记录",
    ),
    by("customer_contact", "customer_id", "id", "联系人"),
    by("customer_opportunity", "customer_id", "id", "商机"),
    by("customer_opportunity", "owner_id", "id", "商机"),
    by("customer_opportunity", "product", "id", "商机"),
    by("customer_follow_up", "customer_id", "id", "跟进记录"),
    by("customer_follow_up", "opportunity_id", "id", "跟进记录"),
    by("customer_follow_up", "author_id", "id", "跟进记录"),
    by("customer_follow_up", "duty_id", "id", "跟进任务"),
    by("receivable_contract", "customer_id", "id", "合同"),
    by("receivable_contract", "opportunity_id", "id", "合同"),
    by("receivable_contract", "owner_id", "id", "合同"),
    by("receivable_order", "customer_id", "id", "订单"),
    by("receivable_order", "contract_id", "id", "订单"),
    by("receivable_order", "owner_id", "id", "订单"),
    by(
        "receivable_order_line",
        "order_id",
        "order_id || '#' || t.n",
        "订单行",
    ),
    by(
        "receivable_order_line",
        "product",
        "order_id || '#' || t.n",
        "订单行",
    ),
    by("receivable_invoice", "customer_id", "id", "发票"),
    by("receivable_invoice", "contract_id", "id", "发票"),
    by("receivable_invoice", "order_id", "id", "发票"),
    by("receivable_invoice", "responsible_id", "id", "回款责任"),
    by("receivable_receipt", "customer_id", "id", "回款"),
    by("receivable_clearing", "invoice_id", "receipt_id", "核销"),
    later("receivable_clearing", "receipt_id", "核销变动"),
    later("receivable_responsibility", "invoice_id", "回款责任变动"),
    by(
        "receivable_responsibility",
        "responsible_id",
        "invoice_id",
        "回款责任",
    ),
    by("approval_case", "initiator_id", "id", "流程"),
    by("approval_case", "about_id", "id", "流程"),
    by("approval_task", "owner_id", "case_id", "待办"),
    by("approval_party", "employee_id", "case_id", "流程"),
    by("departure", "employee_id", "id", "离职"),
    by("handover_plan", "from_id", "id", "交接方案"),
    by("handover_item", "customer_id", "thing_id", "交接方案"),
    by("handover_item", "successor_id", "thing_id", "交接方案"),
    by("handover_item", "holder_id", "thing_id", "交接方案"),
    by("handover_share", "successor_id", "plan_id", "交接方案"),
    by("handover_acceptance", "successor_id", "plan_id", "交接方案"),
];

/// Every table and column asked, for the test that asks the schema whether one is missing.
#[cfg(test)]
pub(crate) fn asked() -> impl Iterator<Item = (&'static str, &'static str)> {
    REFERENCES
        .iter()
        .map(|reference| (reference.table, reference.column))
}

/// Names what came to refer to the batch's records after it: `客户「C01」已有跟进记录`, at most
/// five of a sort.
pub(crate) async fn in_the_way(
    books: &mut Reader<'_>,
    batch: ImportId,
) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    for reference in REFERENCES {
        let mut query = Query::new("SELECT DISTINCT r.kind AS kind, r.key AS key FROM ");
        query
            .push(reference.table)
            .push(" t JOIN import_record r ON r.record_id = t.");
        query
            .push(reference.column)
            .push(" WHERE r.action = 'created' AND r.batch_id = ");
        query.bind(batch).push(reference.beyond);
        if reference.beyond.is_empty() {
            query.push(" AND NOT EXISTS (SELECT 1 FROM import_record o WHERE o.record_id = t.");
            query
                .push(reference.own)
                .push(" AND o.action = 'created' AND o.batch_id = ");
            query.bind(batch).push(")");
        }
        query.push(" ORDER BY r.kind, r.key LIMIT 5");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let kind: String = row.get("kind")?;
            let label = RecordKind::named(&kind).map_or("", RecordKind::label);
            let key: String = row.get("key")?;
            found.push(format!("{label}「{key}」已有{}", reference.zh));
        }
    }
    Ok(found)
}

/// What a batch changed in a record that was there before.
pub(crate) struct Change {
    pub(crate) kind: RecordKind,
    pub(crate) key: String,
    pub(crate) record: String,
    /// `before`, `after`, `owner`, `identity`.
    pub(crate) told: Json,
    /// Whether the columns still hold what the batch wrote.
    pub(crate) untouched: bool,
}

const CHANGED: Select = Select::new(
    "SELECT kind, key, record_id, before FROM import_record WHERE batch_id = $1 \
     AND before IS NOT NULL AND action IN ('updated', 'matched') ORDER BY n",
);
const LAST: Select = Select::new(
    "SELECT CAST(coalesce(max(seq), 0) AS BIGINT) AS n FROM customer_assignment \
     WHERE customer_id = $1",
);

/// Reads back what a batch changed.
pub(crate) async fn changes(books: &mut Reader<'_>, batch: ImportId) -> Result<Vec<Change>, Fault> {
    let mut changes = Vec::new();
    for row in books.all(&CHANGED, binds![batch]).await? {
        let kind: String = row.get("kind")?;
        let kind = RecordKind::named(&kind).ok_or_else(|| Fault::new("kind"))?;
        let record: String = row.get("record_id")?;
        let told: Json = serde_json::from_str(&row.get::<String>("before")?)?;
        let after = cells(&told["after"]);
        let mut untouched = true;
        if !after.is_empty() {
            untouched = write::columns(books, kind, &record, &after).await? == told["after"];
        }
        if let Some(seq) = told["owner"]["seq"].as_i64() {
            untouched &= books.count(&LAST, binds![record.as_str()]).await? == seq;
        }
        let key = row.get("key")?;
        changes.push(Change {
            kind,
            key,
            record,
            told,
            untouched,
        });
    }
    Ok(changes)
}

/// Columns that hold numbers; the rest hold text.
const NUMBERS: &[&str] = &[
    "price",
    "amount",
    "disputed",
    "quantity_ppm",
    "unit_price_fine",
    "discount_ppm",
];

/// Every column an import changes, so that a stored name becomes a literal again.
const COLUMNS: &[&str] = &[
    "name",
    "pinyin",
    "initials",
    "phone",
    "email",
    "citizen_id",
    "extra",
    "price",
    "credit_code",
    "industry",
    "region",
    "tier",
    "address",
    "title",
    "owner_id",
    "product",
    "stage",
    "amount",
    "opened_on",
    "closed_on",
    "ends_on",
    "shipped_on",
    "state",
    "quantity_ppm",
    "unit_price_fine",
    "discount_ppm",
    "due_on",
    "disputed",
];

fn cells(told: &Json) -> Vec<(&'static str, Value)> {
    let cells = told.as_object().into_iter().flatten();
    cells
        .filter_map(|(name, value)| {
            let name = COLUMNS.iter().find(|column| *column == name)?;
            let value = if NUMBERS.contains(name) {
                Value::Int(value.as_i64())
            } else {
                Value::Text(value.as_str().map(str::to_owned))
            };
            Some((*name, value))
        })
        .collect()
}

const RESTORE: Sql = Sql::new(
    "UPDATE import_identity SET digest = $1, batch_id = $2 WHERE system = $3 AND kind = $4 \
     AND key = $5",
);

/// Gives changed records their former content back.
pub(crate) async fn restore(
    books: &mut Writer<'_>,
    system: &str,
    changes: &[Change],
    today: Day,
    recorded_by: &str,
) -> Result<(), Fault> {
    for change in changes {
        let before = cells(&change.told["before"]);
        if !before.is_empty() {
            write::set(books, change.kind, &change.record, &before).await?;
        }
        if change.told["owner"].is_object() {
            give_back(
                books,
                &change.record,
                &change.told["owner"],
                today,
                recorded_by,
            )
            .await?;
        }
        let identity = &change.told["identity"];
        if let (Some(digest), Some(batch)) =
            (identity["digest"].as_str(), identity["batch"].as_str())
        {
            let (kind, key) = (change.kind.name(), change.key.as_str());
            books
                .run(&RESTORE, binds![digest, batch, system, kind, key])
                .await?;
        }
    }
    Ok(())
}

const OWNING: Select = Select::new(
    "SELECT c.owner_id AS owner_id, a.seq AS seq, a.effective_on AS effective_on \
     FROM customer c JOIN customer_assignment a ON a.customer_id = c.id \
     WHERE c.id = $1 ORDER BY a.seq DESC LIMIT 1",
);

async fn give_back(
    books: &mut Writer<'_>,
    customer: &str,
    owner: &Json,
    today: Day,
    recorded_by: &str,
) -> Result<(), Fault> {
    let Some(row) = books.first(&OWNING, binds![customer]).await? else {
        return Ok(());
    };
    let (seq, last): (i64, Day) = (row.get("seq")?, row.get("effective_on")?);
    let id = customer
        .parse()
        .map_err(|_| Fault::new("a customer's id"))?;
    let to = owner["from"].as_str().and_then(|id| id.parse().ok());
    let new = crate::import::plan::NewOwner {
        n: 0,
        customer: id,
        seq: seq + 1,
        effective_on: today.max(last),
        from: row.get("owner_id")?,
        to,
    };
    write::change_owner(books, &new, recorded_by).await
}

/// Takes everything back that the batch created. `suffix` is added to the numbers of what stays.
pub(crate) async fn take_back(
    books: &mut Writer<'_>,
    batch: ImportId,
    suffix: &str,
    recorded_by: &str,
) -> Result<(), Fault> {
    let (at, today) = (books.at(), books.today());
    reverse_clearings(books, batch, at, today).await?;
    release(books, batch, at, today, recorded_by).await?;
    for step in STEPS {
        let mut values = Vec::new();
        if step.suffixed {
            values.push(Value::Text(Some(suffix.to_owned())));
        }
        if step.dated {
            values.push(Value::Text(Some(today.to_string())));
        }
        values.push(Value::Text(Some(batch.to_string())));
        books.run(&Sql::new(step.text), values).await?;
    }
    Ok(())
}

const RECEIVED: Select = Select::new(
    "SELECT c.receipt_id AS receipt_id, c.invoice_id AS invoice_id, \
     CAST(max(c.seq) AS BIGINT) AS seq, CAST(sum(c.amount) AS BIGINT) AS amount \
     FROM receivable_clearing c JOIN import_record r ON r.record_id = c.receipt_id \
     WHERE r.batch_id = $1 AND r.action = 'created' GROUP BY c.receipt_id, c.invoice_id",
);
const CLEARING: &str = "INSERT INTO receivable_clearing (receipt_id, invoice_id, seq, \
                        cleared_on, amount, recorded_at) VALUES ";
const RECOUNT: Sql = Sql::new(
    "UPDATE receivable_invoice SET cleared = (SELECT CAST(coalesce(sum(c.amount), 0) AS BIGINT) \
     FROM receivable_clearing c WHERE c.invoice_id = receivable_invoice.id) WHERE id IN \
     (SELECT t.invoice_id FROM receivable_clearing t JOIN import_record r \
     ON r.record_id = t.receipt_id WHERE r.batch_id = $1 AND r.action = 'created')",
);

/// A clearing is not deleted but balanced by its opposite.
async fn reverse_clearings(
    books: &mut Writer<'_>,
    batch: ImportId,
    at: Moment,
    today: Day,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for row in books.all(&RECEIVED, binds![batch]).await? {
        let (receipt, invoice): (String, String) = (row.get("receipt_id")?, row.get("invoice_id")?);
        let (seq, amount): (i64, i64) = (row.get("seq")?, row.get("amount")?);
        rows.push(binds![receipt, invoice, seq + 1, today, -amount, at]);
    }
    books.insert_many(CLEARING, "", rows).await?;
    books.run(&RECOUNT, binds![batch]).await?;
    Ok(())
}

const OWNED: Select = Select::new(
    "SELECT c.id AS id, a.seq AS seq, a.effective_on AS effective_on FROM customer c \
     JOIN import_record r ON r.record_id = c.id JOIN customer_assignment a ON a.customer_id = c.id \
     WHERE r.batch_id = $1 AND r.action = 'created' AND c.owner_id IS NOT NULL AND a.seq = \
     (SELECT max(z.seq) FROM customer_assignment z WHERE z.customer_id = c.id)",
);
const ASSIGNED: &str = "INSERT INTO customer_assignment (customer_id, seq, effective_on, \
                        recorded_at, owner_id, recorded_by, reason) VALUES ";
const EMPLOYED: Select = Select::new(
    "SELECT e.id AS id, e.entity_id AS entity_id, e.department_id AS department_id, \
     e.post_id AS post_id, e.line_manager_id AS line_manager_id, a.seq AS seq, \
     a.effective_on AS effective_on FROM people_employee e \
     JOIN import_record r ON r.record_id = e.id JOIN people_employment a ON a.employee_id = e.id \
     WHERE r.batch_id = $1 AND r.action = 'created' AND a.seq = \
     (SELECT max(z.seq) FROM people_employment z WHERE z.employee_id = e.id)",
);
const EMPLOYMENT: &str = "INSERT INTO people_employment \
     (employee_id, seq, effective_on, recorded_at, entity_id, \
     department_id, post_id, line_manager_id, ended, reason) VALUES ";

/// The histories of customers and employees end with a row of their own.
async fn release(
    books: &mut Writer<'_>,
    batch: ImportId,
    at: Moment,
    today: Day,
    recorded_by: &str,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for row in books.all(&OWNED, binds![batch]).await? {
        let (id, last): (String, Day) = (row.get("id")?, row.get("effective_on")?);
        let seq: i64 = row.get::<i64>("seq")? + 1;
        let nobody = Value::Text(None);
        rows.push(binds![
            id,
            seq,
            today.max(last),
            at,
            nobody,
            recorded_by,
            "corrected"
        ]);
    }
    books.insert_many(ASSIGNED, "", rows).await?;
    let mut rows = Vec::new();
    for row in books.all(&EMPLOYED, binds![batch]).await? {
        let text = |name: &str| row.get::<Option<String>>(name);
        let last: Day = row.get("effective_on")?;
        rows.push(binds![
            text("id")?,
            row.get::<i64>("seq")? + 1,
            today.max(last),
            at,
            text("entity_id")?,
            text("department_id")?,
            text("post_id")?,
            text("line_manager_id")?,
            true,
            "撤销导入",
        ]);
    }
    books.insert_many(EMPLOYMENT, "", rows).await
}

/// One step of taking back. Its binds are the suffix and the day, where it has them, and the batch.
struct Step {
    text: &'static str,
    suffixed: bool,
    dated: bool,
}

macro_rules! step {
    ($head:literal, $kind:ident, $n:literal $(, $tail:literal)?) => {
        concat!($head, "(SELECT record_id FROM import_record WHERE batch_id = $", $n,
            " AND action = 'created' AND kind = '", stringify!($kind), "')" $(, $tail)?)
    };
}

const fn plain(text: &'static str) -> Step {
    Step {
        text,
        suffixed: false,
        dated: false,
    }
}

const fn marked(text: &'static str) -> Step {
    Step {
        suffixed: true,
        ..plain(text)
    }
}

const STEPS: &[Step] = &[
    marked(step!(
        "UPDATE receivable_receipt SET amount = 0, number = number || CAST($1 AS TEXT) \
         WHERE id IN (SELECT receipt_id FROM receivable_clearing) AND id IN ",
        receipt,
        2
    )),
    plain(step!(
        "DELETE FROM receivable_receipt WHERE id NOT IN (SELECT receipt_id FROM \
         receivable_clearing) AND id IN ",
        receipt,
        1
    )),
    marked(step!(
        "UPDATE receivable_invoice SET amount = 0, order_id = NULL, contract_id = NULL, \
         number = number || CAST($1 AS TEXT) WHERE (id IN (SELECT invoice_id FROM \
         receivable_clearing) OR id IN (SELECT invoice_id FROM receivable_responsibility)) \
         AND id IN ",
        invoice,
        2
    )),
    plain(step!(
        "DELETE FROM receivable_invoice WHERE id NOT IN (SELECT invoice_id FROM \
         receivable_clearing) AND id NOT IN (SELECT invoice_id FROM receivable_responsibility) \
         AND id IN ",
        invoice,
        1
    )),
    plain(step!(
        "DELETE FROM receivable_order_line WHERE order_id || '#' || n IN ",
        order_line,
        1
    )),
    plain(step!("DELETE FROM receivable_order WHERE id IN ", order, 1)),
    plain(step!(
        "DELETE FROM receivable_contract WHERE id IN ",
        contract,
        1
    )),
    plain(step!(
        "DELETE FROM customer_opportunity WHERE id IN ",
        opportunity,
        1
    )),
    plain(step!(
        "DELETE FROM customer_contact WHERE id IN ",
        contact,
        1
    )),
    plain(step!(
        "DELETE FROM customer_product WHERE number IN ",
        product,
        1
    )),
    plain(step!(
        "DELETE FROM customer_term WHERE customer_id IN ",
        customer,
        1
    )),
    marked(step!(
        "UPDATE customer SET state = 'withdrawn', owner_id = NULL, \
         number = number || CAST($1 AS TEXT) WHERE id IN ",
        customer,
        2
    )),
    Step {
        dated: true,
        ..marked(step!(
            "UPDATE people_employee SET state = 'left', number = number || CAST($1 AS TEXT), \
             left_on = $2 WHERE id IN ",
            employee,
            3
        ))
    },
    Step {
        dated: true,
        ..marked(step!(
            "UPDATE people_department SET code = code || CAST($1 AS TEXT), closed_on = $2 \
             WHERE id IN ",
            department,
            3
        ))
    },
    plain("DELETE FROM import_identity WHERE batch_id = $1"),
];

const TOUCHED: Select = Select::new(
    "SELECT kind, record_id, action FROM import_record WHERE batch_id = $1 \
     AND action IN ('created', 'updated') AND record_id IS NOT NULL ORDER BY n",
);

/// Everything that an undo touches and that stands by itself.
pub(crate) async fn touched(
    books: &mut Reader<'_>,
    batch: ImportId,
) -> Result<Vec<spine::Item>, Fault> {
    let mut items = Vec::new();
    for row in books.all(&TOUCHED, binds![batch]).await? {
        let (kind, record): (String, String) = (row.get("kind")?, row.get("record_id")?);
        let action: String = row.get("action")?;
        let kind = RecordKind::named(&kind).ok_or_else(|| Fault::new("kind"))?;
        if let Some(subject) = crate::import::plan::subject(kind, &record) {
            let detail = serde_json::json!({ "undone": action, "kind": kind.name() });
            items.push(spine::Item { subject, detail });
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// What a batch can create; entities and posts stay when it is undone.
    const CREATED: [&str; 9] = [
        "people_department",
        "people_employee",
        "customer",
        "customer_contact",
        "customer_opportunity",
        "receivable_contract",
        "receivable_order",
        "receivable_invoice",
        "receivable_receipt",
    ];

    #[test]
    fn the_schema_knows_no_reference_that_an_undo_forgets_to_ask() {
        let asked: BTreeSet<(&str, &str)> = super::asked().collect();
        // Rebuilt from other tables whenever these change.
        let derived = [
            ("customer_seat", "customer_id"),
            ("customer_seat", "employee_id"),
            ("customer_term", "customer_id"),
        ];
        let mut forgotten = Vec::new();
        for step in crate::migrations::ALL {
            let mut table = "";
            for line in step.text.lines() {
                let words: Vec<&str> = line.split_whitespace().collect();
                if let ["CREATE" | "ALTER", "TABLE", name, ..] = words.as_slice() {
                    table = name;
                }
                let target = words.iter().position(|word| *word == "REFERENCES");
                let Some(target) = target.and_then(|at| words.get(at + 1)) else {
                    continue;
                };
                let column = match words.as_slice() {
                    ["ALTER", "TABLE", _, "ADD", "COLUMN", column, ..] => column,
                    words => words[0],
                };
                let at = (table, column);
                if CREATED.contains(target) && !asked.contains(&at) && !derived.contains(&at) {
                    forgotten.push(at);
                }
            }
        }
        assert!(forgotten.is_empty(), "{forgotten:?}");
    }
}
