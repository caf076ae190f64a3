//! Who may read a case 查看流程.

use access::Need;
use kernel::CaseId;
use spine::{Failure, Reader};

use super::casefile::CaseFile;
use super::store;
use crate::permissions;

/// What one must hold to read a case; nothing when there is no such case.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub(crate) async fn reading(books: &mut Reader<'_>, id: CaseId) -> Result<Option<Need>, Failure> {
    if store::find_case(books, id).await?.is_none() {
        return Ok(None);
    }
    let file = CaseFile::read(books, id).await?;
    Ok(Some(Need::on(permissions::APPROVAL_READ, file.target())))
}
