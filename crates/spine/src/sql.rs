//! SQL as checked constants and a builder that only ever joins literals 语句.
//!
//! A [`Select`] cannot hold a statement that writes, and a [`Change`] cannot hold one that only
//! reads: both constructors are `const`, so a store that declares its statements as constants is
//! checked by the compiler. Values travel as binds, never as text.

use std::borrow::Cow;

use kernel::{Day, Fen, Moment};

use crate::row::parsed;
use crate::{Dialect, Fault, FromColumn, Row};

/// A statement that reads.
#[derive(Clone, Debug)]
pub struct Select(pub(crate) Cow<'static, str>);

/// A statement that writes.
#[derive(Clone, Debug)]
pub struct Change(pub(crate) Cow<'static, str>);

impl Select {
    /// Takes a `SELECT` or a `WITH … SELECT`.
    ///
    /// # Panics
    /// At compile time, when used in a constant, if the text writes.
    #[must_use]
    pub const fn new(text: &'static str) -> Select {
        assert!(
            reads_only(text),
            "a Select must begin with SELECT or WITH and must not write"
        );
        Select(Cow::Borrowed(text))
    }
}

impl Change {
    /// Takes an `INSERT`, `UPDATE` or `DELETE`.
    ///
    /// # Panics
    /// At compile time, when used in a constant, if the text only reads.
    #[must_use]
    pub const fn new(text: &'static str) -> Change {
        assert!(!reads_only(text), "a Change must write");
        Change(Cow::Borrowed(text))
    }
}

const fn reads_only(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins_right = begins_with(bytes, 0, b"SELECT") || begins_with(bytes, 0, b"WITH");
    let mut at = 0;
    while at < bytes.len() {
        let writes = begins_with(bytes, at, b"INSERT INTO")
            || begins_with(bytes, at, b"DELETE FROM")
            || begins_with(bytes, at, b" SET ");
        if writes {
            return false;
        }
        at += 1;
    }
    begins_right
}

const fn begins_with(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    let mut index = 0;
    while index < word.len() {
        if at + index >= bytes.len() || bytes[at + index] != word[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// A value on its way into a statement. The books know three column types only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `TEXT`
    Text(Option<String>),
    /// `BIGINT`
    Int(Option<i64>),
    /// `BLOB` / `BYTEA`
    Bytes(Option<Vec<u8>>),
}

impl Value {
    pub(crate) fn is_null(&self) -> bool {
        matches!(
            self,
            Value::Text(None) | Value::Int(None) | Value::Bytes(None)
        )
    }
}

/// Values in the order of `$1, $2, …`.
pub type Binds = Vec<Value>;

/// Collects binds: `binds![id, day, "text", Some(3)]`.
#[macro_export]
macro_rules! binds {
    ($($value:expr),* $(,)?) => { vec![$($crate::IntoValue::into_value($value)),*] };
}

/// What can be bound.
pub trait IntoValue {
    /// The column value.
    fn into_value(self) -> Value;
    /// The null of the same column type.
    fn null() -> Value;
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or_else(T::null, IntoValue::into_value)
    }
    fn null() -> Value {
        T::null()
    }
}

impl<T: IntoValue + Clone> IntoValue for &T {
    fn into_value(self) -> Value {
        self.clone().into_value()
    }
    fn null() -> Value {
        T::null()
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
    fn null() -> Value {
        Value::Text(None)
    }
}

macro_rules! plain_columns {
    ($($type:ty => $variant:ident, $into:expr;)*) => {$(
        impl IntoValue for $type {
            fn into_value(self) -> Value {
                Value::$variant(Some(($into)(self)))
            }
            fn null() -> Value {
                Value::$variant(None)
            }
        }
    )*};
}

plain_columns! {
    &str => Text, |text: &str| text.to_owned();
    String => Text, |text| text;
    i64 => Int, |number| number;
    bool => Int, i64::from;
    Day => Text, |day: Day| day.to_string();
    Moment => Int, |at: Moment| at.0;
    Fen => Int, |fen: Fen| fen.0;
    Vec<u8> => Bytes, |bytes| bytes;
    &[u8] => Bytes, |bytes: &[u8]| bytes.to_vec();
}

macro_rules! id_columns {
    ($($type:ident),* $(,)?) => {
        $(impl IntoValue for kernel::$type {
            fn into_value(self) -> Value {
                Value::Text(Some(self.to_string()))
            }
            fn null() -> Value {
                Value::Text(None)
            }
        }
        impl FromColumn for kernel::$type {
            fn from_column(row: &Row, column: &str) -> Result<kernel::$type, Fault> {
                parsed(row, column)
            }
        })*
    };
}

id_columns!(
    EntityId,
    DepartmentId,
    PostId,
    EmployeeId,
    StandInId,
    LoginId,
    CustomerId,
    ContactId,
    FollowUpId,
    OpportunityId,
    ContractId,
    OrderId,
    InvoiceId,
    ReceiptId,
    ReversalId,
    ImportId,
    CaseId,
    FlowId,
    TaskId,
    DepartureId,
    PlanId,
    CommissionPlanId,
    RuleTableId,
    AssetId,
    DocumentId,
    BundleId,
    PaymentId,
    SealUseId,
    SigningId,
    SigningKeyId,
    AlertId,
    JobId,
    AccessRecordId,
);

/// Ends a statement that is planned each time, for the values it has then.
pub(crate) const BY_VALUES: &str = " /* by values */";

/// Bytes of a word from which on PostgreSQL looks its place up sooner than it compares a pattern.
const SKIPS: usize = 6;

/// A statement put together from literals and binds; it numbers its own `$n`.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    binds: Binds,
}

impl Query {
    /// Begins with a literal.
    #[must_use]
    pub fn new(text: &'static str) -> Query {
        Query {
            text: text.to_owned(),
            binds: Vec::new(),
        }
    }

    /// Adds a literal.
    pub fn push(&mut self, text: &'static str) -> &mut Query {
        self.text.push_str(text);
        self
    }

    /// Adds one bound value.
    pub fn bind(&mut self, value: impl IntoValue) -> &mut Query {
        self.binds.push(value.into_value());
        self.text.push('$');
        self.text.push_str(&self.binds.len().to_string());
        self
    }

    /// Adds `(v1, v2, …)`; an empty list becomes `(NULL)`, which nothing equals.
    pub fn bind_list<T: IntoValue>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Query {
        self.text.push('(');
        let mut any = false;
        for value in values {
            if any {
                self.text.push_str(", ");
            }
            any = true;
            self.bind(value);
        }
        self.text.push_str(if any { ")" } else { "NULL)" });
        self
    }

    /// Adds `(VALUES (a1, b1), (a2, b2), …)`, a table with the columns `column1` and `column2`,
    /// which needs a name behind it. There must be a pair.
    pub fn bind_pairs<A: IntoValue, B: IntoValue>(
        &mut self,
        pairs: impl IntoIterator<Item = (A, B)>,
    ) -> &mut Query {
        let mut before = "(VALUES (";
        for (one, other) in pairs {
            self.push(before).bind(one).push(", ").bind(other);
            before = "), (";
        }
        self.push("))")
    }

    /// Adds the condition that a text column holds a word somewhere. PostgreSQL compares a pattern
    /// in less time than it looks a short place up; a longer word lets it skip. Its guess of how
    /// many rows have a piece of a Chinese name is worth nothing, and is kept from the planner.
    pub fn push_holds(&mut self, dialect: Dialect, column: &'static str, word: &str) -> &mut Query {
        if dialect == Dialect::Postgres && word.len() < SKIPS {
            self.push("CAST(textlike(").push(column).push(", ");
            self.bind(format!("%{}%", without_wildcards(word)));
            return self.push(") AS INTEGER) > 0");
        }
        self.push("strpos(").push(column).push(", ").bind(word);
        self.push(") > 0")
    }

    /// Adds a whole statement with its own binds.
    pub(crate) fn push_select(&mut self, text: &'static str, binds: Binds) -> &mut Query {
        self.text.push_str(&renumbered(text, self.binds.len()));
        self.binds.extend(binds);
        self
    }

    /// Ends as a reading statement whose best plan depends on the values: which way through a
    /// million rows is short depends on what is looked for.
    ///
    /// # Panics
    /// As [`Query::select`].
    #[must_use]
    pub fn select_by_values(mut self) -> (Select, Binds) {
        self.text.push_str(BY_VALUES);
        self.select()
    }

    /// Ends as a reading statement.
    ///
    /// # Panics
    /// When the literals write; any test that reaches the line shows it.
    #[must_use]
    pub fn select(self) -> (Select, Binds) {
        assert!(
            reads_only(&self.text),
            "a Select must begin with SELECT or WITH and must not write"
        );
        (Select(Cow::Owned(self.text)), self.binds)
    }

    /// Ends as a writing statement.
    #[must_use]
    pub fn change(self) -> (Change, Binds) {
        (Change(Cow::Owned(self.text)), self.binds)
    }
}

/// A word as a pattern that nothing else fits.
fn without_wildcards(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

/// The same statement with its `$n` counted from further on, to stand behind another one.
pub(crate) fn renumbered(text: &str, by: usize) -> String {
    let mut parts = text.split('$');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = part[..digits].parse().unwrap_or(0);
        out.push('$');
        out.push_str(&(number + by).to_string());
        out.push_str(&part[digits..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_reading_from_writing() {
        assert!(reads_only("SELECT 1"));
        assert!(reads_only("WITH a AS (SELECT 1) SELECT * FROM a"));
        assert!(!reads_only(
            "WITH a AS (DELETE FROM x RETURNING *) SELECT * FROM a"
        ));
        assert!(!reads_only("UPDATE x SET y = 1"));
        assert!(!reads_only("PRAGMA query_only = 0"));
    }

    #[test]
    fn a_word_is_no_pattern() {
        let mut query = Query::new("SELECT 1 WHERE ");
        query.push_holds(Dialect::Postgres, "name", "5%_\\");
        let (select, binds) = query.select();
        assert_eq!(
            select.0,
            "SELECT 1 WHERE CAST(textlike(name, $1) AS INTEGER) > 0"
        );
        assert_eq!(binds, binds!["%5\\%\\_\\\\%"]);
        let mut query = Query::new("SELECT 1 WHERE ");
        query.push_holds(Dialect::Postgres, "name", "5%_\\ 永");
        let (select, binds) = query.select();
        assert_eq!(select.0, "SELECT 1 WHERE strpos(name, $1) > 0");
        assert_eq!(binds, binds!["5%_\\ 永"]);
    }

    #[test]
    fn numbers_its_binds() {
        let mut query = Query::new("SELECT * FROM t WHERE a = ");
        query
            .bind(1)
            .push(" AND b IN ")
            .bind_list(["x", "y"])
            .push(" AND c IN ");
        query.bind_list(Vec::<String>::new());
        let (select, binds) = query.select();
        assert_eq!(
            select.0,
            "SELECT * FROM t WHERE a = $1 AND b IN ($2, $3) AND c IN (NULL)"
        );
        assert_eq!(binds.len(), 3);
    }
}
