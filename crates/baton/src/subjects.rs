//! The things that evidence speaks of, and who may read about them 存证主体.
//!
//! A subject is `<kind>/<id>`. Whoever may read the thing may read its history.

use access::Need;
use spine::{Failure, Reader};

/// What one must hold to read about this subject; `None` when there is no such thing.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub(crate) async fn reading(
    books: &mut Reader<'_>,
    subject: &str,
) -> Result<Option<Need>, Failure> {
    let Some((kind, id)) = subject.split_once('/') else {
        return Ok(None);
    };
    match kind {
        "case" => match id.parse() {
            Ok(id) => crate::approval::reading(books, id).await,
            Err(_) => Ok(None),
        },
        "login" => Ok(Some(Need::on_everything(crate::permissions::LOGIN_MANAGE))),
        _ => {
            let _ = (books, id);
            Ok(Some(Need::on_everything(crate::permissions::EVIDENCE_READ)))
        }
    }
}
