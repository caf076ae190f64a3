//! Indexes that are made when the rows are there 后建索引.
//!
//! A row that comes into an index at a random place costs a page read and a page written; where
//! very many come, sorting them and writing the index from end to end costs a fraction. It belongs
//! to the transaction as everything else does: a failure brings back rows and indexes both. On
//! SQLite others read the books with their indexes meanwhile. PostgreSQL shuts them out of the
//! tables, so that it is done there only while there is nothing in them to read; references from
//! one of them to another are then checked in one go too.

use crate::{Fault, Row, Writer, binds};

/// What was laid aside until [`Writer::index_again`], as the statements that make it again.
#[must_use = "without indexes every question reads the whole table"]
#[derive(Debug, Default)]
pub struct Indexes(Vec<String>);

impl Writer<'_> {
    /// Lays aside what the database keeps beside these tables in order, but for `kept`, before very
    /// many rows come into them; lays nothing aside where somebody would miss it, unless they are
    /// `empty`. What the constraints of a table need stays, but for a key on PostgreSQL that no
    /// other table refers to.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn lay_aside_indexes(
        &mut self,
        tables: &[&'static str],
        empty: bool,
        kept: &[&str],
    ) -> Result<Indexes, Fault> {
        if self.dialect().indexing_shuts_out() && !empty {
            return Ok(Indexes::default());
        }
        let references = self.references_within(tables).await?;
        let mut indexes = Vec::new();
        for table in tables {
            let list = self.dialect().list_index_statements();
            for row in self.tx().all(list, binds![*table]).await? {
                if !kept.contains(&row.get::<String>("name")?.as_str()) {
                    indexes.push(row);
                }
            }
        }
        for row in references.iter().chain(&indexes) {
            let gone: String = row.get("gone")?;
            self.tx().run(&gone, Vec::new()).await?;
        }
        // A reference is checked along the indexes.
        let again = indexes.iter().chain(&references);
        let again: Result<_, Fault> = again.map(|row| row.get("again")).collect();
        Ok(Indexes(again?))
    }

    async fn references_within(&mut self, tables: &[&str]) -> Result<Vec<Row>, Fault> {
        let Some(list) = self.dialect().list_reference_statements() else {
            return Ok(Vec::new());
        };
        let mut within = Vec::new();
        for row in self.tx().all(list, binds![]).await? {
            let (from, to): (String, String) = (row.get("table_name")?, row.get("target")?);
            if tables.contains(&from.as_str()) && tables.contains(&to.as_str()) {
                within.push(row);
            }
        }
        Ok(within)
    }

    /// Makes it again, each in one go.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn index_again(&mut self, Indexes(aside): Indexes) -> Result<(), Fault> {
        for again in aside {
            self.tx().run(&again, Vec::new()).await?;
        }
        Ok(())
    }
}
