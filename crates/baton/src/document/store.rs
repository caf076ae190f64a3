//! SQL of the document tables 文书存取.

use ::document::Kind;
use access::{Permission, RowFilter};
use kernel::{Day, DocumentId, EmployeeId, Moment, PlanId};
use serde_json::Value as Json;
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::{permissions, scope};

/// A document without its bytes.
#[derive(Clone, Debug)]
pub(crate) struct DocumentLine {
    pub(crate) id: DocumentId,
    pub(crate) kind: String,
    pub(crate) number: String,
    pub(crate) employee: EmployeeId,
    pub(crate) subject: String,
    /// The handover plan it belongs to.
    pub(crate) plan: Option<PlanId>,
    /// The customer or the receiver of that plan; empty where it is about the whole.
    pub(crate) part: String,
    pub(crate) title: String,
    pub(crate) file_name: String,
    /// Version of the template, hex.
    pub(crate) template: String,
    pub(crate) code: String,
    /// The facts it was printed from.
    pub(crate) fields: Json,
    pub(crate) because: String,
    /// SHA-256 of the bytes, hex.
    pub(crate) digest: String,
    pub(crate) pages: i64,
    pub(crate) size: i64,
    pub(crate) issued_by: String,
    pub(crate) issued_at: Moment,
}

impl DocumentLine {
    /// What one must hold to read it: a statement says what somebody is paid.
    pub(crate) fn right(&self) -> Permission {
        match self.kind == Kind::CommissionStatement.word() {
            true => permissions::COMMISSION_READ,
            false => permissions::DOCUMENT_READ,
        }
    }
}

const COLUMNS: &str = "SELECT d.id AS id, d.kind AS kind, d.number AS number, \
    d.employee_id AS employee_id, d.subject AS subject, d.plan_id AS plan_id, d.part AS part, \
    d.title AS title, \
    d.file_name AS file_name, d.template AS template, d.code AS code, d.fields AS fields, \
    d.because AS because, d.digest AS digest, d.pages AS pages, d.size AS size, \
    d.issued_by AS issued_by, d.issued_at AS issued_at FROM document d \
    WHERE d.employee_id IS NOT NULL";

fn line(row: &Row) -> Result<DocumentLine, Fault> {
    Ok(DocumentLine {
        id: row.get("id")?,
        kind: row.get("kind")?,
        number: row.get("number")?,
        employee: row.get("employee_id")?,
        subject: row.get("subject")?,
        plan: row.get("plan_id")?,
        part: row.get("part")?,
        title: row.get("title")?,
        file_name: row.get("file_name")?,
        template: row.get("template")?,
        code: row.get("code")?,
        fields: serde_json::from_str(&row.get::<String>("fields")?)?,
        because: row.get("because")?,
        digest: row.get("digest")?,
        pages: row.get("pages")?,
        size: row.get("size")?,
        issued_by: row.get("issued_by")?,
        issued_at: row.get("issued_at")?,
    })
}

async fn first(books: &mut Reader<'_>, query: Query) -> Result<Option<DocumentLine>, Fault> {
    let (select, values) = query.select();
    books
        .first(&select, values)
        .await?
        .map(|row| line(&row))
        .transpose()
}

/// The document with this id.
pub(crate) async fn find(
    books: &mut Reader<'_>,
    id: DocumentId,
) -> Result<Option<DocumentLine>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" AND d.id = ").bind(id);
    first(books, query).await
}

/// The newest of a kind about this subject, or about this part of it.
pub(crate) async fn newest(
    books: &mut Reader<'_>,
    kind: Kind,
    (subject, part): (&str, &str),
) -> Result<Option<DocumentLine>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" AND d.subject = ").bind(subject);
    query.push(" AND d.part = ").bind(part);
    query.push(" AND d.kind = ").bind(kind.word());
    query.push(" ORDER BY d.issued_at DESC, d.id DESC LIMIT 1");
    first(books, query).await
}

/// The document of a kind with this number.
pub(crate) async fn numbered(
    books: &mut Reader<'_>,
    kind: Kind,
    number: &str,
) -> Result<Option<DocumentLine>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" AND d.kind = ").bind(kind.word());
    query.push(" AND d.number = ").bind(number);
    first(books, query).await
}

const COUNT: Select =
    Select::new("SELECT count(*) AS n FROM document WHERE subject = $1 AND kind = $2");

/// How many of a kind were issued about this subject.
pub(crate) async fn count(books: &mut Reader<'_>, kind: Kind, subject: &str) -> Result<i64, Fault> {
    books.count(&COUNT, binds![subject, kind.word()]).await
}

/// The ids of everything issued about these subjects.
pub(crate) async fn ids_about(
    books: &mut Reader<'_>,
    subjects: &[String],
) -> Result<Vec<DocumentId>, Fault> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new("SELECT d.id AS id FROM document d WHERE d.subject IN ");
    query.bind_list(subjects.iter().map(String::as_str));
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

const OF_PLAN: Select =
    Select::new("SELECT kind, part, id FROM document WHERE plan_id = $1 ORDER BY issued_at, id");

/// Kind, part and id of everything issued about a plan, the oldest first.
pub(crate) async fn of_plan(
    books: &mut Reader<'_>,
    plan: PlanId,
) -> Result<Vec<(String, String, DocumentId)>, Fault> {
    let rows = books.all(&OF_PLAN, binds![plan]).await?;
    rows.iter()
        .map(|row| Ok((row.get("kind")?, row.get("part")?, row.get("id")?)))
        .collect()
}

const BYTES: Select = Select::new("SELECT bytes FROM document WHERE id = $1");

/// The bytes of a document.
pub(crate) async fn bytes(
    books: &mut Reader<'_>,
    id: DocumentId,
) -> Result<Option<Vec<u8>>, Fault> {
    let row = books.first(&BYTES, binds![id]).await?;
    row.map(|row| row.get("bytes")).transpose()
}

/// What the list is narrowed to.
#[derive(Default)]
pub(crate) struct DocumentFilter {
    pub(crate) kind: Option<Kind>,
    pub(crate) subject: Option<String>,
    pub(crate) plan: Option<PlanId>,
    pub(crate) employee: Option<EmployeeId>,
    /// Issued at or after this moment.
    pub(crate) from: Option<Moment>,
    /// Issued before this moment.
    pub(crate) until: Option<Moment>,
    /// Issued before this, and with a smaller id when at the same moment.
    pub(crate) before: Option<(Moment, DocumentId)>,
    /// Leaves out what says what people are paid.
    pub(crate) without_pay: bool,
    /// Leaves out what is about these subjects: dismissals that the reader does not know of.
    pub(crate) kept_from: Vec<String>,
}

/// Whom a document is about owns it.
const OWNER: scope::Columns = scope::Columns {
    owner: "d.employee_id",
    customer: None,
    beside: None,
};

/// Documents, the newest first.
pub(crate) async fn list(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &DocumentFilter,
    limit: i64,
) -> Result<Vec<DocumentLine>, Fault> {
    let mut query = Query::new(COLUMNS);
    scope::push(&mut query, reach, &OWNER, books.today());
    if let Some(kind) = filter.kind {
        query.push(" AND d.kind = ").bind(kind.word());
    }
    if let Some(subject) = &filter.subject {
        query.push(" AND d.subject = ").bind(subject.as_str());
    }
    if let Some(plan) = filter.plan {
        query.push(" AND d.plan_id = ").bind(plan);
    }
    if let Some(employee) = filter.employee {
        query.push(" AND d.employee_id = ").bind(employee);
    }
    if let Some(from) = filter.from {
        query.push(" AND d.issued_at >= ").bind(from);
    }
    if let Some(until) = filter.until {
        query.push(" AND d.issued_at < ").bind(until);
    }
    if filter.without_pay {
        let statement = Kind::CommissionStatement.word();
        query.push(" AND d.kind <> ").bind(statement);
    }
    if !filter.kept_from.is_empty() {
        let subjects = filter.kept_from.iter().map(String::as_str);
        query.push(" AND d.subject NOT IN ").bind_list(subjects);
    }
    if let Some((at, id)) = filter.before {
        query.push(" AND (d.issued_at < ").bind(at);
        query.push(" OR (d.issued_at = ").bind(at);
        query.push(" AND d.id < ").bind(id).push("))");
    }
    query
        .push(" ORDER BY d.issued_at DESC, d.id DESC LIMIT ")
        .bind(limit);
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

const ADD: Change = Change::new(
    "INSERT INTO document (id, kind, template, subject, title, file_name, digest, bytes, \
     issued_by, issued_at, number, employee_id, fields, code, because, pages, size, plan_id, part) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
     $19)",
);

/// Keeps a document with its bytes.
pub(crate) async fn add(
    books: &mut Writer<'_>,
    new: &DocumentLine,
    bytes: &[u8],
) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.kind.as_str(),
        new.template.as_str(),
        new.subject.as_str(),
        new.title.as_str(),
        new.file_name.as_str(),
        new.digest.as_str(),
        bytes,
        new.issued_by.as_str(),
        new.issued_at,
        new.number.as_str(),
        new.employee,
        new.fields.to_string(),
        new.code.as_str(),
        new.because.as_str(),
        new.pages,
        new.size,
        new.plan,
        new.part.as_str(),
    ];
    books.run(&ADD, values).await?;
    Ok(())
}

/// A template in force.
pub(crate) struct TemplateLine {
    pub(crate) version: String,
    /// Whether it is the company's own.
    pub(crate) own: bool,
    pub(crate) source: String,
}

const TEMPLATE: Select = Select::new(
    "SELECT version, own, source FROM document_template WHERE kind = $1 \
     ORDER BY seq DESC LIMIT 1",
);

/// The template of a kind that is in force.
pub(crate) async fn template(
    books: &mut Reader<'_>,
    kind: Kind,
) -> Result<Option<TemplateLine>, Fault> {
    let row = books.first(&TEMPLATE, binds![kind.word()]).await?;
    let line = |row: Row| {
        Ok(TemplateLine {
            version: row.get("version")?,
            own: row.get("own")?,
            source: row.get("source")?,
        })
    };
    row.map(line).transpose()
}

const ADD_TEMPLATE: Change = Change::new(
    "INSERT INTO document_template (kind, seq, version, own, source, paper, published_at) \
     SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6 FROM document_template \
     WHERE kind = $7",
);

/// Puts a template in force; `paper` is the text it stands on.
pub(crate) async fn add_template(
    books: &mut Writer<'_>,
    template: &::document::Template,
    own: bool,
) -> Result<(), Fault> {
    let at = books.at();
    let kind = template.kind.word();
    let values = binds![
        kind,
        template.version.as_str(),
        own,
        template.text.as_ref(),
        ::document::Template::paper(),
        at,
        kind,
    ];
    books.run(&ADD_TEMPLATE, values).await?;
    Ok(())
}

/// The end of a day, as lists ask for it.
pub(crate) fn day_bounds(
    from: Option<Day>,
    to: Option<Day>,
    zone: &jiff::tz::TimeZone,
) -> (Option<Moment>, Option<Moment>) {
    let start = |day: Day| Moment::start_of(day, zone);
    (from.map(start), to.map(|day| start(day.plus_days(1))))
}

/// What of this slice points to records of other slices.
pub(crate) const POINTERS: &[spine::Pointer] = &[spine::Pointer::by(
    "document",
    "employee_id",
    "t.id",
    "文书",
)];
