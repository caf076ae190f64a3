//! Rows as the books give them, of whichever database 行.

use std::sync::Arc;

use kernel::{Day, Fen, Moment};

use crate::Fault;

/// A value in a column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Got {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    /// Of a type that the books do not have, by its name.
    Other(&'static str),
}

/// One row of an answer; its columns are asked for by name.
#[derive(Clone, Debug)]
pub struct Row {
    /// Shared by all rows of an answer.
    pub(crate) columns: Arc<[String]>,
    pub(crate) values: Vec<Got>,
}

/// What a column can be read as.
pub trait FromColumn: Sized {
    /// Reads the column of a row.
    ///
    /// # Errors
    /// [`Fault`] when there is no such column or it holds something else.
    fn from_column(row: &Row, column: &str) -> Result<Self, Fault>;
}

impl Row {
    /// The value of a column.
    ///
    /// # Errors
    /// [`Fault`] when there is no such column or it holds something else.
    pub fn get<T: FromColumn>(&self, column: &str) -> Result<T, Fault> {
        T::from_column(self, column)
    }

    fn value(&self, column: &str) -> Result<&Got, Fault> {
        let place = self.columns.iter().position(|name| name == column);
        place
            .and_then(|place| self.values.get(place))
            .ok_or_else(|| Fault::new(format!("column {column}: the answer has none")))
    }

    fn text(&self, column: &str) -> Result<&str, Fault> {
        match self.value(column)? {
            Got::Text(text) => Ok(text),
            other => Err(wrong(column, "a text", other)),
        }
    }

    fn number(&self, column: &str) -> Result<i64, Fault> {
        match self.value(column)? {
            Got::Int(number) => Ok(*number),
            other => Err(wrong(column, "a number", other)),
        }
    }
}

fn wrong(column: &str, wanted: &str, got: &Got) -> Fault {
    let kind = match got {
        Got::Null => "nothing",
        Got::Int(_) => "a number",
        Got::Text(_) => "a text",
        Got::Bytes(_) => "bytes",
        Got::Other(kind) => kind,
    };
    Fault::new(format!(
        "column {column}: {wanted} is wanted, it holds {kind}"
    ))
}

impl FromColumn for String {
    fn from_column(row: &Row, column: &str) -> Result<String, Fault> {
        row.text(column).map(str::to_owned)
    }
}
impl FromColumn for i64 {
    fn from_column(row: &Row, column: &str) -> Result<i64, Fault> {
        row.number(column)
    }
}
impl FromColumn for Vec<u8> {
    fn from_column(row: &Row, column: &str) -> Result<Vec<u8>, Fault> {
        match row.value(column)? {
            Got::Bytes(bytes) => Ok(bytes.clone()),
            other => Err(wrong(column, "bytes", other)),
        }
    }
}
impl FromColumn for bool {
    fn from_column(row: &Row, column: &str) -> Result<bool, Fault> {
        Ok(row.number(column)? != 0)
    }
}
impl FromColumn for Moment {
    fn from_column(row: &Row, column: &str) -> Result<Moment, Fault> {
        row.number(column).map(Moment)
    }
}
impl FromColumn for Fen {
    fn from_column(row: &Row, column: &str) -> Result<Fen, Fault> {
        row.number(column).map(Fen)
    }
}
impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(row: &Row, column: &str) -> Result<Option<T>, Fault> {
        match row.value(column)? {
            Got::Null => Ok(None),
            _ => T::from_column(row, column).map(Some),
        }
    }
}

impl FromColumn for Day {
    fn from_column(row: &Row, column: &str) -> Result<Day, Fault> {
        parsed(row, column)
    }
}

/// A text column as what its text says.
pub(crate) fn parsed<T: std::str::FromStr>(row: &Row, column: &str) -> Result<T, Fault> {
    row.text(column)?
        .parse()
        .map_err(|_| Fault::new(format!("column {column} holds no {}", short_name::<T>())))
}

fn short_name<T>() -> &'static str {
    std::any::type_name::<T>()
        .rsplit("::")
        .next()
        .unwrap_or("value")
}
