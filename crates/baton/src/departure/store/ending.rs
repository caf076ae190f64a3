//! Whether the access of a leaver has ended 收回权限.

use spine::{Fault, Reader};

use super::{Found, steps};
use crate::session;

/// The step with which the access of a leaver ends.
pub(crate) const ACCESS_ENDED: &str = "access_ended";
/// In its detail: the epoch of the login since then, if it was open until then.
pub(crate) const CLOSES: &str = "login_epoch";

/// Whether it was this departure that closed the login, and nobody has touched the login since.
pub(crate) async fn closed_the_login(books: &mut Reader<'_>, found: &Found) -> Result<bool, Fault> {
    let Some(login) = found.login else {
        return Ok(false);
    };
    let login = session::store::login_by_id(books, login).await?;
    let steps = steps(books, found.departure.id).await?;
    let ended = steps.iter().filter(|step| step.kind == ACCESS_ENDED);
    let epoch = ended
        .filter_map(|step| step.detail[CLOSES].as_i64())
        .next_back();
    Ok(login.is_some_and(|login| Some(login.auth_epoch) == epoch))
}

/// Whether access is still to be ended: its day is over, and since the days were set that was not
/// done, nor is the login closed by it. A login that was opened again on purpose stays open.
pub(crate) async fn access_is_to_end(books: &mut Reader<'_>, found: &Found) -> Result<bool, Fault> {
    if !found.access_is_due() || closed_the_login(books, found).await? {
        return Ok(false);
    }
    let steps = steps(books, found.departure.id).await?;
    let days_or_end = [ACCESS_ENDED, "dates", "agreed"];
    let mut newest = steps.iter().rev().map(|step| step.kind.as_str());
    let last = newest.find(|kind| days_or_end.contains(kind));
    Ok(last != Some(ACCESS_ENDED))
}
