//! What telephone and e-mail of a contact were before 联系人的旧联系方式.

use kernel::{ContactId, Moment};
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Writer, binds};

use super::Contact;

/// What one edit replaced; nothing where it left it as it was.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Former {
    /// Whose.
    pub(crate) contact: ContactId,
    /// 电话
    pub(crate) phone: Option<String>,
    /// 邮箱
    pub(crate) email: Option<String>,
    /// Until when it was so.
    pub(crate) replaced_at: Moment,
}

const ADD: Change = Change::new(
    "INSERT INTO customer_contact_former (contact_id, revision, phone, email, replaced_at) \
     VALUES ($1, $2, $3, $4, $5)",
);
const FORGET: Change = Change::new(
    "UPDATE customer_contact_former SET phone = NULL, email = NULL \
     WHERE contact_id = $1 AND replaced_at = $2",
);

/// Keeps what an edit replaces.
pub(crate) async fn add_former(
    books: &mut Writer<'_>,
    was: &Contact,
    (phone, email): (Option<&str>, Option<&str>),
) -> Result<(), Fault> {
    let at = books.at();
    let values = binds![was.id, was.revision, phone, email, at];
    books.run(&ADD, values).await?;
    Ok(())
}

/// What these contacts had before, newest first.
pub(crate) async fn formers_of(
    books: &mut Reader<'_>,
    contacts: &[ContactId],
) -> Result<Vec<Former>, Fault> {
    let mut query = Query::new(
        "SELECT contact_id, phone, email, replaced_at FROM customer_contact_former \
         WHERE (phone IS NOT NULL OR email IS NOT NULL) AND contact_id IN ",
    );
    query.bind_list(contacts.iter().copied());
    query.push(" ORDER BY contact_id, revision DESC");
    let (select, values) = query.select();
    let former = |row: &Row| {
        Ok(Former {
            contact: row.get("contact_id")?,
            phone: row.get("phone")?,
            email: row.get("email")?,
            replaced_at: row.get("replaced_at")?,
        })
    };
    let rows = books.all(&select, values).await?;
    rows.iter().map(former).collect()
}

/// Empties what the edit of this moment replaced: its entry is erased by law.
pub(crate) async fn forget_former(
    books: &mut Writer<'_>,
    contact: ContactId,
    replaced_at: Moment,
) -> Result<(), Fault> {
    books.run(&FORGET, binds![contact, replaced_at]).await?;
    Ok(())
}
