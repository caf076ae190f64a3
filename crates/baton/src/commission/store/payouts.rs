//! What was handed to payroll 发放文件存取.

use kernel::{Fen, Moment};
use spine::{Change, Fault, Reader, Row, Select, Writer, binds};

use crate::commission::month::Month;
use crate::commission::payout::Made;

/// An export without its files.
#[derive(Clone, Debug)]
pub(crate) struct PayoutRow {
    pub(crate) month: Month,
    pub(crate) people: i64,
    pub(crate) lines: i64,
    pub(crate) total: Fen,
    pub(crate) xlsx_digest: String,
    pub(crate) csv_digest: String,
    pub(crate) exported_by: String,
    pub(crate) exported_at: Moment,
}

const PAYOUTS: Select = Select::new(
    "SELECT month, people, lines, total, xlsx_digest, csv_digest, exported_by, exported_at \
     FROM commission_payout ORDER BY month",
);

/// Every month that went to payroll, oldest first.
pub(crate) async fn payouts(books: &mut Reader<'_>) -> Result<Vec<PayoutRow>, Fault> {
    let rows = books.all(&PAYOUTS, binds![]).await?;
    let payout = |row: &Row| {
        let month: String = row.get("month")?;
        Ok(PayoutRow {
            month: month.parse().map_err(|_| Fault::new("a month"))?,
            people: row.get("people")?,
            lines: row.get("lines")?,
            total: row.get("total")?,
            xlsx_digest: row.get("xlsx_digest")?,
            csv_digest: row.get("csv_digest")?,
            exported_by: row.get("exported_by")?,
            exported_at: row.get("exported_at")?,
        })
    };
    rows.iter().map(payout).collect()
}

/// The export of a month.
pub(crate) async fn payout(
    books: &mut Reader<'_>,
    month: Month,
) -> Result<Option<PayoutRow>, Fault> {
    let all = payouts(books).await?;
    Ok(all.into_iter().find(|one| one.month == month))
}

const XLSX: Select = Select::new("SELECT xlsx AS bytes FROM commission_payout WHERE month = $1");
const CSV: Select = Select::new("SELECT csv AS bytes FROM commission_payout WHERE month = $1");

/// One of the two files, as it was handed out.
pub(crate) async fn payout_file(
    books: &mut Reader<'_>,
    month: Month,
    workbook: bool,
) -> Result<Option<Vec<u8>>, Fault> {
    let select = if workbook { &XLSX } else { &CSV };
    let row = books.first(select, binds![month.to_string()]).await?;
    row.map(|row| row.get("bytes")).transpose()
}

const ADD: Change = Change::new(
    "INSERT INTO commission_payout (month, people, lines, total, xlsx_digest, csv_digest, xlsx, \
     csv, exported_by, exported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
);

/// Keeps an export with its files.
pub(crate) async fn add_payout(
    books: &mut Writer<'_>,
    month: Month,
    by: &str,
    made: &Made,
) -> Result<(), Fault> {
    let at = books.at();
    let small = |size: usize| i64::try_from(size).map_err(|_| Fault::new("size"));
    let values = binds![
        month.to_string(),
        small(made.people)?,
        small(made.lines)?,
        made.total,
        made.xlsx_digest(),
        made.csv_digest(),
        made.xlsx.as_slice(),
        made.csv.as_slice(),
        by,
        at,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}
