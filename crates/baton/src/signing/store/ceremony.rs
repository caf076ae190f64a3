//! Ceremonies with their steps and files 签署流程存取.

use std::collections::BTreeMap;

use ::signing::ceremony::Ceremony;
use ::signing::ceremony::record::{Deed, Standing, Step, Terms};
use access::RowFilter;
use kernel::{DocumentId, EmployeeId, Moment, SealUseId, SigningId};
use spine::{Change, Failure, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::{scope, word};

/// A ceremony without its steps.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) id: SigningId,
    pub(crate) document: DocumentId,
    /// Whom the document is about.
    pub(crate) employee: EmployeeId,
    pub(crate) terms: Terms,
    /// As of the last step; a deadline passes by a job.
    pub(crate) standing: Standing,
    pub(crate) requested_by: String,
    pub(crate) requested_at: Moment,
}

const HEADS: &str = "SELECT c.id AS id, c.document_id AS document_id, \
    c.employee_id AS employee_id, c.terms AS terms, c.standing AS standing, \
    c.requested_by AS requested_by, c.requested_at AS requested_at FROM signing_ceremony c WHERE ";

fn head(row: &Row) -> Result<Head, Fault> {
    Ok(Head {
        id: row.get("id")?,
        document: row.get("document_id")?,
        employee: row.get("employee_id")?,
        terms: serde_json::from_str(&row.get::<String>("terms")?)?,
        standing: word::read(row.get("standing")?)?,
        requested_by: row.get("requested_by")?,
        requested_at: row.get("requested_at")?,
    })
}

async fn all(books: &mut Reader<'_>, query: Query) -> Result<Vec<Head>, Fault> {
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(head).collect()
}

/// The ceremony with this id.
pub(crate) async fn find(books: &mut Reader<'_>, id: SigningId) -> Result<Option<Head>, Fault> {
    let mut query = Query::new(HEADS);
    query.push("c.id = ").bind(id);
    Ok(all(books, query).await?.into_iter().next())
}

/// The newest ceremony of a document.
pub(crate) async fn head_of_document(
    books: &mut Reader<'_>,
    document: DocumentId,
) -> Result<Option<Head>, Fault> {
    let mut query = Query::new(HEADS);
    query.push("c.document_id = ").bind(document);
    query.push(" ORDER BY c.requested_at DESC, c.id DESC LIMIT 1");
    Ok(all(books, query).await?.into_iter().next())
}

/// The ceremonies of all documents about a subject, oldest first.
pub(crate) async fn of_departure(
    books: &mut Reader<'_>,
    documents: &[DocumentId],
) -> Result<Vec<Head>, Fault> {
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(HEADS);
    query
        .push("c.document_id IN ")
        .bind_list(documents.iter().copied());
    query.push(" ORDER BY c.requested_at, c.id");
    all(books, query).await
}

/// What the list is narrowed to.
#[derive(Default)]
pub(crate) struct Filter {
    pub(crate) standing: Option<Standing>,
    pub(crate) document: Option<DocumentId>,
    /// Documents of dismissals that the reader does not know of; they are left out.
    pub(crate) kept_from: Vec<DocumentId>,
    pub(crate) before: Option<(Moment, SigningId)>,
}

const OWNER: scope::Columns = scope::Columns {
    owner: "c.employee_id",
    customer: None,
    beside: None,
};

/// Without those of these documents.
fn push_without(query: &mut Query, documents: &[DocumentId]) {
    if !documents.is_empty() {
        query.push(" AND c.document_id NOT IN ");
        query.bind_list(documents.iter().copied());
    }
}

/// Ceremonies, the newest first.
pub(crate) async fn list(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Head>, Fault> {
    let mut query = Query::new(HEADS);
    query.push("1 = 1");
    scope::push(&mut query, reach, &OWNER, books.today());
    if let Some(standing) = filter.standing {
        query.push(" AND c.standing = ").bind(word::of(&standing)?);
    }
    if let Some(document) = filter.document {
        query.push(" AND c.document_id = ").bind(document);
    }
    push_without(&mut query, &filter.kept_from);
    if let Some((at, id)) = filter.before {
        query.push(" AND (c.requested_at < ").bind(at);
        query.push(" OR (c.requested_at = ").bind(at);
        query.push(" AND c.id < ").bind(id).push("))");
    }
    query
        .push(" ORDER BY c.requested_at DESC, c.id DESC LIMIT ")
        .bind(limit);
    all(books, query).await
}

/// Ceremonies in which it is this person's turn, and with `company` those within reach in which it
/// is the company's, but for these documents; the most urgent first.
pub(crate) async fn waiting(
    books: &mut Reader<'_>,
    employee: Option<EmployeeId>,
    company: Option<(&RowFilter, &[DocumentId])>,
) -> Result<Vec<Head>, Fault> {
    let mut query = Query::new(HEADS);
    query.push("c.standing = 'open' AND (1 = 0");
    if let Some(employee) = employee {
        query.push(" OR c.id IN (SELECT s.ceremony_id FROM signing_seat s WHERE s.state = 'open'");
        query.push(" AND s.employee_id = ").bind(employee).push(")");
    }
    if let Some((reach, kept)) = company {
        query.push(" OR (c.id IN (SELECT s.ceremony_id FROM signing_seat s");
        query.push(" WHERE s.state = 'open' AND s.employee_id IS NULL)");
        scope::push(&mut query, reach, &OWNER, books.today());
        push_without(&mut query, kept);
        query.push(")");
    }
    query.push(") ORDER BY c.deadline, c.id LIMIT 200");
    all(books, query).await
}

/// So long a refusal is told to those who ask for signatures.
const TOLD_DAYS: i64 = 30;

/// Ceremonies within reach that somebody refused in the last [`TOLD_DAYS`] and whose document was
/// asked of nobody since, the newest refusal first.
pub(crate) async fn refused(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    kept: &[DocumentId],
) -> Result<Vec<Head>, Fault> {
    let since = books.at().plus_seconds(-TOLD_DAYS * 24 * 3_600);
    let mut query = Query::new(HEADS);
    query.push("c.standing = 'refused' AND c.changed_at > ");
    query.bind(since);
    query.push(
        " AND NOT EXISTS (SELECT 1 FROM signing_ceremony n WHERE n.document_id = c.document_id \
         AND n.requested_at > c.requested_at)",
    );
    scope::push(&mut query, reach, &OWNER, books.today());
    push_without(&mut query, kept);
    query.push(" ORDER BY c.changed_at DESC, c.id DESC LIMIT 50");
    all(books, query).await
}

/// One step as it was kept.
#[derive(Clone, Debug)]
pub(crate) struct StepLine {
    pub(crate) step: Step,
    pub(crate) by: String,
}

const STEPS: Select =
    Select::new("SELECT body, taken_by FROM signing_step WHERE ceremony_id = $1 ORDER BY no");

/// The steps of a ceremony, in order.
pub(crate) async fn steps(books: &mut Reader<'_>, id: SigningId) -> Result<Vec<StepLine>, Fault> {
    let line = |row: &Row| {
        Ok(StepLine {
            step: serde_json::from_str(&row.get::<String>("body")?)?,
            by: row.get("taken_by")?,
        })
    };
    books
        .all(&STEPS, binds![id])
        .await?
        .iter()
        .map(line)
        .collect()
}

/// How a seat stands in the lists.
#[derive(Clone, Debug)]
pub(crate) struct SeatLine {
    pub(crate) seat: usize,
    pub(crate) state: String,
    pub(crate) reminded_at: Option<Moment>,
}

/// The seats of these ceremonies.
pub(crate) async fn seats_of(
    books: &mut Reader<'_>,
    ids: &[SigningId],
) -> Result<BTreeMap<SigningId, Vec<SeatLine>>, Fault> {
    let mut found: BTreeMap<SigningId, Vec<SeatLine>> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let mut query = Query::new(
        "SELECT ceremony_id, seat, state, reminded_at FROM signing_seat WHERE ceremony_id IN ",
    );
    query
        .bind_list(ids.iter().copied())
        .push(" ORDER BY ceremony_id, seat");
    let (select, values) = query.select();
    for row in books.all(&select, values).await? {
        let seat: i64 = row.get("seat")?;
        found
            .entry(row.get("ceremony_id")?)
            .or_default()
            .push(SeatLine {
                seat: usize::try_from(seat).map_err(|_| Fault::new("seat"))?,
                state: row.get("state")?,
                reminded_at: row.get("reminded_at")?,
            });
    }
    Ok(found)
}

/// What a step brings.
#[derive(Clone, Debug)]
pub(crate) struct NewFile {
    /// `drawn`, `signed`, `scan`
    pub(crate) kind: &'static str,
    pub(crate) media: String,
    pub(crate) bytes: Vec<u8>,
}

/// A file of a step without its bytes.
#[derive(Clone, Debug)]
pub(crate) struct FileLine {
    pub(crate) no: i64,
    pub(crate) kind: String,
}

const FILES: Select =
    Select::new("SELECT no, kind FROM signing_file WHERE ceremony_id = $1 ORDER BY no, kind");

/// What the steps brought.
pub(crate) async fn files(books: &mut Reader<'_>, id: SigningId) -> Result<Vec<FileLine>, Fault> {
    let line = |row: &Row| {
        Ok(FileLine {
            no: row.get("no")?,
            kind: row.get("kind")?,
        })
    };
    books
        .all(&FILES, binds![id])
        .await?
        .iter()
        .map(line)
        .collect()
}

/// Bytes with their media type and the digest they were kept under.
pub(crate) struct Kept {
    pub(crate) media: String,
    pub(crate) digest: String,
    pub(crate) bytes: Vec<u8>,
}

fn kept(row: &Row) -> Result<Kept, Fault> {
    Ok(Kept {
        media: row.get("media")?,
        digest: row.get("digest")?,
        bytes: row.get("bytes")?,
    })
}

const STEP_FILE: Select = Select::new(
    "SELECT media, digest, bytes FROM signing_file \
     WHERE ceremony_id = $1 AND no = $2 AND kind = $3",
);

/// One file of a step.
pub(crate) async fn step_file(
    books: &mut Reader<'_>,
    id: SigningId,
    no: i64,
    kind: &str,
) -> Result<Option<Kept>, Fault> {
    let row = books.first(&STEP_FILE, binds![id, no, kind]).await?;
    row.map(|row| kept(&row)).transpose()
}

const NEWEST: Select = Select::new(
    "SELECT media, digest, bytes FROM signing_file \
     WHERE ceremony_id = $1 AND kind = 'signed' ORDER BY no DESC LIMIT 1",
);

/// The document with all signatures that are inside it; nothing when there is none.
pub(crate) async fn newest_file(
    books: &mut Reader<'_>,
    id: SigningId,
) -> Result<Option<Kept>, Fault> {
    let row = books.first(&NEWEST, binds![id]).await?;
    row.map(|row| kept(&row)).transpose()
}

const NEWEST_DIGEST: Select = Select::new(
    "SELECT digest FROM signing_file \
     WHERE ceremony_id = $1 AND kind = 'signed' ORDER BY no DESC LIMIT 1",
);

/// The digest of the same, hex.
pub(crate) async fn newest_digest(
    books: &mut Reader<'_>,
    id: SigningId,
) -> Result<Option<String>, Fault> {
    let row = books.first(&NEWEST_DIGEST, binds![id]).await?;
    row.map(|row| row.get("digest")).transpose()
}

const ADD: Change = Change::new(
    "INSERT INTO signing_ceremony (id, document_id, employee_id, terms, standing, deadline, \
     requested_by, requested_at, changed_at) VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8)",
);
const ADD_SEAT: Change = Change::new(
    "INSERT INTO signing_seat (ceremony_id, seat, employee_id, state) VALUES ($1, $2, $3, $4)",
);

/// Keeps a new ceremony with its seats.
pub(crate) async fn add(
    books: &mut Writer<'_>,
    new: &Head,
    ceremony: &Ceremony,
) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.document,
        new.employee,
        serde_json::to_string(&new.terms)?,
        new.terms.deadline,
        new.requested_by.as_str(),
        new.requested_at,
        new.requested_at,
    ];
    books.run(&ADD, values).await?;
    let states = states(ceremony, new.requested_at);
    for (number, (seat, state)) in new.terms.seats.iter().zip(states).enumerate() {
        let number = small(number)?;
        let employee: Option<EmployeeId> = seat.party.parse().ok();
        books
            .run(&ADD_SEAT, binds![new.id, number, employee, state])
            .await?;
    }
    Ok(())
}

fn small(number: usize) -> Result<i64, Fault> {
    i64::try_from(number).map_err(|_| Fault::new("too many"))
}

/// How each seat stands, for lists.
fn states(ceremony: &Ceremony, at: Moment) -> Vec<&'static str> {
    let refused = ceremony.steps().iter().find_map(|step| match &step.deed {
        Deed::Refused { seat, .. } => Some(*seat),
        _ => None,
    });
    let open = ceremony.standing(at) == Standing::Open;
    let next = ceremony.next(at);
    let seats = 0..ceremony.terms().seats.len();
    let each = seats.map(|seat| {
        if ceremony.proof(seat).is_some() {
            "signed"
        } else if refused == Some(seat) {
            "refused"
        } else if next.contains(&seat) {
            "open"
        } else if open {
            "waiting"
        } else {
            "over"
        }
    });
    each.collect()
}

const ADD_STEP: Change = Change::new(
    "INSERT INTO signing_step (ceremony_id, no, body, taken_by, taken_at) \
     VALUES ($1, $2, $3, $4, $5)",
);
const ADD_FILE: Change = Change::new(
    "INSERT INTO signing_file (ceremony_id, no, kind, media, digest, bytes) \
     VALUES ($1, $2, $3, $4, $5, $6)",
);

/// Keeps a step with what it brought, and how everything stands after it.
pub(crate) async fn keep(
    books: &mut Writer<'_>,
    (id, ceremony): (SigningId, &Ceremony),
    step: &Step,
    by: &str,
    files: &[NewFile],
) -> Result<(), Failure> {
    let no = small(ceremony.steps().len())?;
    let body = serde_json::to_string(step)?;
    books
        .run(&ADD_STEP, binds![id, no, body, by, step.at])
        .await?;
    for file in files {
        let digest = evidence::file_digest::FileDigest::sha256(&file.bytes).to_string();
        let values = binds![
            id,
            no,
            file.kind,
            file.media.as_str(),
            digest,
            file.bytes.as_slice()
        ];
        books.run(&ADD_FILE, values).await?;
    }
    let mut after = ceremony.clone();
    after.apply(step)?;
    Ok(settle(books, id, &after).await?)
}

const STANDS: Change =
    Change::new("UPDATE signing_ceremony SET standing = $2, changed_at = $3 WHERE id = $1");
const SEAT_STANDS: Change =
    Change::new("UPDATE signing_seat SET state = $3 WHERE ceremony_id = $1 AND seat = $2");

/// Writes how everything stands now.
pub(crate) async fn settle(
    books: &mut Writer<'_>,
    id: SigningId,
    ceremony: &Ceremony,
) -> Result<(), Fault> {
    let at = books.at();
    let standing = word::of(&ceremony.standing(at))?;
    books.run(&STANDS, binds![id, standing, at]).await?;
    for (seat, state) in states(ceremony, at).into_iter().enumerate() {
        books
            .run(&SEAT_STANDS, binds![id, small(seat)?, state])
            .await?;
    }
    Ok(())
}

const REMINDED: Change = Change::new(
    "UPDATE signing_seat SET reminded_at = $2 WHERE ceremony_id = $1 AND state = 'open'",
);

/// Those whose turn it is were reminded.
pub(crate) async fn reminded(books: &mut Writer<'_>, id: SigningId) -> Result<(), Fault> {
    let at = books.at();
    books.run(&REMINDED, binds![id, at]).await?;
    Ok(())
}

const ADD_USE: Change = Change::new(
    "INSERT INTO signing_seal_use (id, ceremony_id, asked_by, reason, approved_at) \
     VALUES ($1, $2, $3, $4, $5)",
);

/// Keeps an approved use of the seal.
pub(crate) async fn add_seal_use(
    books: &mut Writer<'_>,
    (id, ceremony): (SealUseId, SigningId),
    by: &str,
    reason: &str,
) -> Result<(), Fault> {
    let at = books.at();
    books
        .run(&ADD_USE, binds![id, ceremony, by, reason, at])
        .await?;
    Ok(())
}

const USE: Select =
    Select::new("SELECT id FROM signing_seal_use WHERE id = $1 AND ceremony_id = $2");

/// Whether this use of the seal was approved for this ceremony.
pub(crate) async fn seal_use(
    books: &mut Reader<'_>,
    id: SealUseId,
    ceremony: SigningId,
) -> Result<bool, Fault> {
    Ok(books.first(&USE, binds![id, ceremony]).await?.is_some())
}
