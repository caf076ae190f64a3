//! Keys and certificates 密钥与证书存取.

use kernel::{EmployeeId, EntityId, Moment, SigningKeyId};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

/// The company's certificate authority.
#[derive(Clone, Debug)]
pub(crate) struct AuthorityLine {
    pub(crate) id: SigningKeyId,
    /// DER.
    pub(crate) certificate: Vec<u8>,
    /// The sealed key, JSON.
    pub(crate) sealed: String,
    /// SHA-256 of the certificate, hex.
    pub(crate) fingerprint: String,
    pub(crate) valid_until: Moment,
    pub(crate) made_by: String,
    pub(crate) made_at: Moment,
}

const AUTHORITIES: Select = Select::new(
    "SELECT id, certificate, sealed, fingerprint, valid_until, made_by, made_at \
     FROM signing_authority ORDER BY made_at DESC, id DESC",
);

/// Every authority there was, the one in use first.
pub(crate) async fn authorities(books: &mut Reader<'_>) -> Result<Vec<AuthorityLine>, Fault> {
    let rows = books.all(&AUTHORITIES, binds![]).await?;
    let line = |row: &Row| {
        Ok(AuthorityLine {
            id: row.get("id")?,
            certificate: row.get("certificate")?,
            sealed: row.get("sealed")?,
            fingerprint: row.get("fingerprint")?,
            valid_until: row.get("valid_until")?,
            made_by: row.get("made_by")?,
            made_at: row.get("made_at")?,
        })
    };
    rows.iter().map(line).collect()
}

/// The authority in use.
pub(crate) async fn authority(books: &mut Reader<'_>) -> Result<Option<AuthorityLine>, Fault> {
    Ok(authorities(books).await?.into_iter().next())
}

const ADD_AUTHORITY: Change = Change::new(
    "INSERT INTO signing_authority (id, certificate, sealed, fingerprint, valid_until, made_by, \
     made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
);

/// Keeps a new authority.
pub(crate) async fn add_authority(
    books: &mut Writer<'_>,
    new: &AuthorityLine,
) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.certificate.as_slice(),
        new.sealed.as_str(),
        new.fingerprint.as_str(),
        new.valid_until,
        new.made_by.as_str(),
        new.made_at,
    ];
    books.run(&ADD_AUTHORITY, values).await?;
    Ok(())
}

/// A key that signs documents.
#[derive(Clone, Debug)]
pub(crate) struct KeyLine {
    pub(crate) id: SigningKeyId,
    /// Whose it is; nobody's for a company seal.
    pub(crate) employee: Option<EmployeeId>,
    /// Whose seal it is.
    pub(crate) entity: Option<EntityId>,
    /// DER.
    pub(crate) certificate: Vec<u8>,
    /// The sealed key, JSON.
    pub(crate) sealed: String,
    /// SHA-256 of the certificate, hex.
    pub(crate) fingerprint: String,
    pub(crate) valid_until: Moment,
    pub(crate) made_at: Moment,
    /// Who has seen that it is the person's own; until then it signs nothing.
    pub(crate) vouched_by: Option<String>,
}

const KEYS: &str = "SELECT id, employee_id, entity_id, certificate, sealed, fingerprint, \
    valid_until, made_at, vouched_by FROM signing_key WHERE ";

fn line(row: &Row) -> Result<KeyLine, Fault> {
    Ok(KeyLine {
        id: row.get("id")?,
        employee: row.get("employee_id")?,
        entity: row.get("entity_id")?,
        certificate: row.get("certificate")?,
        sealed: row.get("sealed")?,
        fingerprint: row.get("fingerprint")?,
        valid_until: row.get("valid_until")?,
        made_at: row.get("made_at")?,
        vouched_by: row.get("vouched_by")?,
    })
}

/// The key with this id, when it is in use.
pub(crate) async fn key(
    books: &mut Reader<'_>,
    id: SigningKeyId,
) -> Result<Option<KeyLine>, Fault> {
    let mut query = Query::new(KEYS);
    query.push("id = ").bind(id).push(" AND retired_at IS NULL");
    first(books, query).await
}

const VOUCH: Change =
    Change::new("UPDATE signing_key SET vouched_by = $2 WHERE id = $1 AND vouched_by IS NULL");

/// Somebody has seen that the key is the person's own.
pub(crate) async fn vouch(books: &mut Writer<'_>, id: SigningKeyId, by: &str) -> Result<(), Fault> {
    books.run(&VOUCH, binds![id, by]).await?;
    Ok(())
}

async fn first(books: &mut Reader<'_>, query: Query) -> Result<Option<KeyLine>, Fault> {
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| line(&row)).transpose()
}

/// The key a person signs with.
pub(crate) async fn key_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Option<KeyLine>, Fault> {
    let mut query = Query::new(KEYS);
    query.push("employee_id = ").bind(employee);
    query.push(" AND retired_at IS NULL ORDER BY made_at DESC, id DESC LIMIT 1");
    first(books, query).await
}

/// The seal of a legal entity.
pub(crate) async fn seal_of(
    books: &mut Reader<'_>,
    entity: EntityId,
) -> Result<Option<KeyLine>, Fault> {
    let mut query = Query::new(KEYS);
    query.push("entity_id = ").bind(entity);
    query.push(" AND retired_at IS NULL ORDER BY made_at DESC, id DESC LIMIT 1");
    first(books, query).await
}

/// All seals in use.
pub(crate) async fn seals(books: &mut Reader<'_>) -> Result<Vec<KeyLine>, Fault> {
    let mut query = Query::new(KEYS);
    query.push("entity_id IS NOT NULL AND retired_at IS NULL ORDER BY made_at, id");
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

const ADD: Change = Change::new(
    "INSERT INTO signing_key (id, employee_id, entity_id, certificate, sealed, fingerprint, \
     valid_until, made_at, vouched_by, retired_because) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
);

/// Keeps a new key.
pub(crate) async fn add_key(books: &mut Writer<'_>, new: &KeyLine) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.employee,
        new.entity,
        new.certificate.as_slice(),
        new.sealed.as_str(),
        new.fingerprint.as_str(),
        new.valid_until,
        new.made_at,
        new.vouched_by.clone(),
    ];
    books.run(&ADD, values).await?;
    Ok(())
}

const RETIRE: Change =
    Change::new("UPDATE signing_key SET retired_at = $2, retired_because = $3 WHERE id = $1");

/// A key signs nothing any more.
pub(crate) async fn retire(
    books: &mut Writer<'_>,
    id: SigningKeyId,
    because: &str,
) -> Result<(), Fault> {
    let at = books.at();
    books.run(&RETIRE, binds![id, at, because]).await?;
    Ok(())
}

const LEAKED: Select = Select::new(
    "SELECT certificate, retired_at FROM signing_key WHERE retired_because = 'leaked' \
     AND retired_at IS NOT NULL ORDER BY retired_at, id",
);

/// Certificates of keys that may be in other hands, and since when.
pub(crate) async fn leaked(books: &mut Reader<'_>) -> Result<Vec<(Vec<u8>, Moment)>, Fault> {
    let rows = books.all(&LEAKED, binds![]).await?;
    let line = |row: &Row| Ok((row.get("certificate")?, row.get("retired_at")?));
    rows.iter().map(line).collect()
}
