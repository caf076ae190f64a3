//! Indexes that are made when the rows are there 后建索引.
//!
//! A row that comes into an index at a random place costs a page read and a page written; where
//! very many come, sorting them and writing the index from end to end costs a fraction. On SQLite
//! this belongs to the transaction as everything else does: others read the books with their
//! indexes meanwhile, and a failure brings back both. PostgreSQL would shut them out.

use crate::{Fault, Writer, binds};

/// Indexes of one table, laid aside until [`Writer::index_again`].
#[must_use = "without them every question reads the whole table"]
#[derive(Debug, Default)]
pub struct Indexes(Vec<String>);

impl Writer<'_> {
    /// Lays aside what SQLite keeps beside a table in order, but for `kept`, before very many rows
    /// come into it; lays nothing aside where others would have to wait. What the constraints of
    /// the table need always stays.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn lay_aside_indexes(
        &mut self,
        table: &'static str,
        kept: &[&str],
    ) -> Result<Indexes, Fault> {
        let mut aside = Vec::new();
        let Some(of_table) = self.dialect().indexes_of() else {
            return Ok(Indexes(aside));
        };
        for row in self.tx().all(of_table, binds![table]).await? {
            let name: String = row.get("name")?;
            if !kept.contains(&name.as_str()) {
                aside.push(row.get("made_by")?);
                let without = self.dialect().drop_index(&name);
                self.tx().run(&without, Vec::new()).await?;
            }
        }
        Ok(Indexes(aside))
    }

    /// Makes them again, each in one go.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn index_again(&mut self, Indexes(aside): Indexes) -> Result<(), Fault> {
        for made_by in aside {
            self.tx().run(&made_by, Vec::new()).await?;
        }
        Ok(())
    }
}
