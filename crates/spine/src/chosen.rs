//! A set of records that one slice knows and another one works on 选定记录.
//!
//! A slice that brought many records in keeps a list of them; the slices that own the tables take
//! the list into their own statements, as a part of the text. So neither names the other's tables,
//! and a million ids need not travel.

use serde_json::{Map, Value as Json, json};

use crate::{Binds, Fault, IntoValue, Query, Reader, Row, Value, Writer};

/// Ids by a statement: `SELECT {column} FROM {from}$n`, where `from` ends in a comparison.
#[derive(Clone, Debug)]
pub struct Chosen {
    column: &'static str,
    from: &'static str,
    value: Value,
}

impl Chosen {
    /// For instance `Chosen::of("o.record_id", "import_record o WHERE o.batch_id = ", batch)`.
    #[must_use]
    pub fn of(column: &'static str, from: &'static str, value: impl IntoValue) -> Chosen {
        let value = value.into_value();
        Chosen {
            column,
            from,
            value,
        }
    }

    /// Adds `(SELECT …)`, to stand behind `IN`.
    pub fn list<'q>(&self, query: &'q mut Query) -> &'q mut Query {
        query.push("(SELECT ").push(self.column).push(" FROM ");
        query.push(self.from).bind(&self.value).push(")")
    }

    /// Adds `EXISTS (…)`: whether the set holds the value of this expression.
    pub fn holds<'q>(&self, query: &'q mut Query, expression: &'static str) -> &'q mut Query {
        query.push("EXISTS (SELECT 1 FROM ").push(self.from);
        query.bind(&self.value).push(" AND ").push(self.column);
        query.push(" = ").push(expression).push(")")
    }
}

/// A column that points to records, as those want to know before they are taken away.
#[derive(Clone, Copy, Debug)]
pub struct Pointer {
    /// The table that points.
    pub table: &'static str,
    /// Its column.
    pub column: &'static str,
    /// What identifies its own rows; rows of the set do not count.
    pub own: &'static str,
    /// As people call what points: `跟进记录`.
    pub zh: &'static str,
    /// Narrows it to rows that were not written with the record; replaces the look at `own`.
    pub beyond: &'static str,
}

impl Pointer {
    /// Rows of `table` point to records by `column`; `own` identifies them, with `t.` before it.
    #[must_use]
    pub const fn by(
        table: &'static str,
        column: &'static str,
        own: &'static str,
        zh: &'static str,
    ) -> Pointer {
        Pointer {
            table,
            column,
            own,
            zh,
            beyond: "",
        }
    }

    /// Rows that always came later than the record: each is somebody's doing.
    #[must_use]
    pub const fn always(table: &'static str, column: &'static str, zh: &'static str) -> Pointer {
        Pointer {
            table,
            column,
            own: "",
            zh,
            beyond: " AND 1 = 1",
        }
    }

    /// A history of the record: its first row came with it, later ones are somebody's doing.
    #[must_use]
    pub const fn later(table: &'static str, column: &'static str, zh: &'static str) -> Pointer {
        Pointer {
            table,
            column,
            own: "",
            zh,
            beyond: " AND t.seq > 1",
        }
    }
}

impl Reader<'_> {
    /// Records of the set to which something outside of it points, with what: at most five a
    /// pointer. Rows of records in `gone` do not count.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn pointed_at(
        &mut self,
        pointers: &[Pointer],
        set: &Chosen,
        gone: Option<&Chosen>,
    ) -> Result<Vec<(String, &'static str)>, Fault> {
        let mut found = Vec::new();
        for pointer in pointers {
            let mut query = Query::new("SELECT DISTINCT t.");
            query.push(pointer.column).push(" AS id FROM ");
            query.push(pointer.table).push(" t WHERE t.");
            query.push(pointer.column).push(" IN ");
            set.list(&mut query);
            if pointer.beyond.is_empty() {
                for but in [Some(set), gone].into_iter().flatten() {
                    query.push(" AND NOT ");
                    but.holds(&mut query, pointer.own);
                }
            } else {
                query.push(pointer.beyond);
            }
            query.push(" ORDER BY 1 LIMIT 5");
            let (select, values) = query.select();
            for row in self.all(&select, values).await? {
                found.push((row.get("id")?, pointer.zh));
            }
        }
        Ok(found)
    }

    /// Subjects of the set that an act was about, acts of the kinds in `but` left out: at most
    /// twenty. An act that only mentions a subject counts where the subject is like one of
    /// `mentioned`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn acted_upon(
        &mut self,
        set: &Chosen,
        mentioned: &[&'static str],
        but: &[&'static str],
    ) -> Result<Vec<String>, Fault> {
        self.all_entered().await?;
        let mut query = Query::new(
            "SELECT DISTINCT s.subject AS subject FROM log_subject s \
             JOIN log_entry e ON e.idx = s.idx WHERE s.subject IN ",
        );
        set.list(&mut query).push(" AND (s.n > -2");
        for like in mentioned {
            query.push(" OR s.subject LIKE ").bind(*like);
        }
        query.push(") AND e.kind NOT IN ");
        query.bind_list(but.iter().copied());
        query.push(" ORDER BY 1 LIMIT 20");
        let (select, values) = query.select();
        let rows = self.all(&select, values).await?;
        rows.iter().map(|row| row.get("subject")).collect()
    }
}

/// A table whose rows can be changed column by column.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// The table.
    pub table: &'static str,
    /// The expression that identifies a row.
    pub identifier: &'static str,
}

/// Columns with the values they get.
pub type Cells = [(&'static str, Value)];

impl Sheet {
    /// What these columns of a row hold now, as a JSON object.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or the row is gone.
    pub async fn read(
        &self,
        books: &mut Reader<'_>,
        row: &str,
        cells: &Cells,
    ) -> Result<Json, Fault> {
        let found = self.find(books, row, cells).await?;
        found.ok_or_else(|| Fault::new(format!("a row of {} is gone", self.table)))
    }

    /// The same; nothing when the row is gone.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn find(
        &self,
        books: &mut Reader<'_>,
        row: &str,
        cells: &Cells,
    ) -> Result<Option<Json>, Fault> {
        let mut query = Query::new("SELECT ");
        for (at, (name, _)) in cells.iter().enumerate() {
            query.push(if at == 0 { "" } else { ", " }).push(name);
        }
        query.push(" FROM ").push(self.table).push(" WHERE ");
        query.push(self.identifier).push(" = ").bind(row);
        let (select, values) = query.select();
        let Some(found) = books.first(&select, values).await? else {
            return Ok(None);
        };
        let read = |row: &Row, name: &str, value: &Value| -> Result<Json, Fault> {
            Ok(match value {
                Value::Int(_) => json!(row.get::<Option<i64>>(name)?),
                Value::Text(_) | Value::Bytes(_) => json!(row.get::<Option<String>>(name)?),
            })
        };
        let mut object = Map::new();
        for (name, value) in cells {
            object.insert((*name).to_owned(), read(&found, name, value)?);
        }
        Ok(Some(Json::Object(object)))
    }

    /// Gives these columns of a row these values.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or refuses.
    pub async fn write(
        &self,
        books: &mut Writer<'_>,
        row: &str,
        cells: &Cells,
    ) -> Result<(), Fault> {
        let mut query = Query::new("UPDATE ");
        query.push(self.table).push(" SET ");
        for (at, (name, value)) in cells.iter().enumerate() {
            query.push(if at == 0 { "" } else { ", " }).push(name);
            query.push(" = ").bind(value);
        }
        query.push(" WHERE ").push(self.identifier);
        query.push(" = ").bind(row);
        let (change, values): (_, Binds) = query.change();
        books.run(&change, values).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_becomes_part_of_a_statement() {
        let set = Chosen::of("o.id", "list o WHERE o.batch = ", "b");
        let mut query = Query::new("DELETE FROM t WHERE a = ");
        query.bind(1).push(" AND id IN ");
        set.list(&mut query).push(" AND NOT ");
        set.holds(&mut query, "t.own");
        let (change, values) = query.change();
        assert_eq!(
            change.0,
            "DELETE FROM t WHERE a = $1 AND id IN (SELECT o.id FROM list o WHERE o.batch = $2) \
             AND NOT EXISTS (SELECT 1 FROM list o WHERE o.batch = $3 AND o.id = t.own)"
        );
        assert_eq!(values.len(), 3);
    }
}
