//! Routes of the evidence log 存证接口.

use std::collections::{BTreeMap, HashMap};

use access::{Need, Permission};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use kernel::{EmployeeId, Moment, Refusal};
use serde::Deserialize;
use spine::{CheckpointError, Denied, Failure, Fault, LogRow, Look, damaged};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::erase::Erase;
use super::audits;
use super::deep;
use super::naming;
use super::sight::{self, Eyes, Sight};
use super::stamp_api;
use super::store::{self, Wanted};
use super::view::{
    AuditView, EntryDetail, EntryLine, LogState, SecondLog, Shown, named_in, people_of, subjects_of,
};
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply, Writing, Written};
use crate::{people, permissions, subjects};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(proof))
        .routes(routes!(erase))
        .routes(routes!(state))
        .routes(routes!(ask_witnesses))
        .routes(routes!(audit))
        .merge(stamp_api::routes())
}

#[derive(Deserialize, IntoParams)]
struct ListQuery {
    /// `customer/cus_…`: only entries that speak of this thing.
    subject: Option<String>,
    /// Name of an act.
    kind: Option<String>,
    /// Opaque id of who acted.
    actor: Option<String>,
    /// Not before this moment, RFC 3339.
    from: Option<String>,
    /// Before this moment, RFC 3339.
    until: Option<String>,
    cursor: Option<String>,
}

fn moment(text: Option<&str>, pointer: &str) -> Result<Option<Moment>, Refusal> {
    let parsed = text
        .filter(|text| !text.is_empty())
        .map(str::parse::<Moment>)
        .transpose();
    parsed.map_err(|why| {
        let en = "Write a moment before 9999-12-31 as 2026-11-22T08:00:00.000Z";
        Refusal::invalid("request.moment", format!("时刻{why}"), en).at(pointer, (why, en))
    })
}

/// Entries in words, newest first. Whoever may read a thing may read its history; an entry that
/// only mentions it is shown in words to whoever may read what the entry is about.
#[utoipa::path(get, path = "/evidence", tag = "evidence", params(ListQuery),
    responses((status = 200, body = Page<EntryLine>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Reply<Json<Page<EntryLine>>> {
    const LIMIT: usize = 50;
    let mut look = house.spine.look(&caller.by).await?;
    if let Some(subject) = &query.subject {
        must_be_there(&mut look, &caller, subject).await?;
    }
    let in_words = may_list(&mut look, query.subject.as_deref()).await?;
    if in_words && let Some(subject) = &query.subject {
        sight::charge(&house, &caller, &mut look, subject).await?;
    }
    let wanted = Wanted {
        subject: query.subject.as_deref(),
        kind: query.kind.as_deref().filter(|kind| !kind.is_empty()),
        actor: query.actor.as_deref().filter(|actor| !actor.is_empty()),
        from: moment(query.from.as_deref(), "/from")?,
        until: moment(query.until.as_deref(), "/until")?,
        before: Cursor::unpack(query.cursor.as_deref())?,
        limit: 51,
    };
    let mut books = look.books();
    let rows = store::list(&mut books, &wanted).await?;
    let page = Page::cut(rows, LIMIT, |row: &LogRow| row.index);
    let rows = page.items;
    let actors: Vec<String> = rows.iter().map(|row| row.actor.clone()).collect();
    let names: HashMap<_, _> = store::names(&mut books, &actors)
        .await?
        .into_iter()
        .collect();
    let mut lines = Vec::with_capacity(rows.len());
    let mut eyes = Eyes::of(&look, &caller, in_words);
    for row in &rows {
        let sight = eyes.on(&mut look, row).await?;
        if sight == Sight::Absent {
            continue;
        }
        let item = match wanted.subject {
            Some(subject) if sight.is_in_words() => {
                store::item_about(&mut look.books(), position(row.index)?, subject).await?
            }
            _ => None,
        };
        lines.push((row, item, sight));
    }
    // Whoever holds one connection and waits for another keeps it from somebody who does the same.
    drop(look);
    let signed = house
        .spine
        .newest_checkpoint()
        .await?
        .map_or(0, |newest| newest.size);
    let shown = Shown {
        names: &names,
        signed,
    };
    let line = |(row, item, sight)| shown.line(row, item, sight);
    Ok(Json(Page {
        items: lines.into_iter().map(line).collect(),
        next_cursor: page.next_cursor,
    }))
}

fn position(index: u64) -> Result<i64, Fault> {
    i64::try_from(index).map_err(|_| Fault::new("log index"))
}

/// Refuses what is kept from the caller as if there were no such thing.
async fn must_be_there(look: &mut Look<'_>, caller: &Caller, subject: &str) -> Reply<()> {
    let kept = subjects::kept_from(&mut look.books(), subject).await?;
    if kept.is_some() && kept == caller.by.employee() {
        return Err(Denied::absent("evidence").into());
    }
    Ok(())
}

/// Whether the caller may list entries (of the thing, if one is named), and whether in words.
pub(super) async fn may_list(look: &mut Look<'_>, subject: Option<&str>) -> Reply<bool> {
    let everything = |permission: Permission| Need::on_everything(permission);
    let mut asked = everything(permissions::EVIDENCE_AUDIT);
    let audits = look.may(&asked);
    if let Some(subject) = subject {
        let need = subjects::reading(&mut look.books(), subject).await?;
        let need = need.ok_or_else(|| Denied::absent("evidence"))?;
        if look.may(&need) {
            return Ok(true);
        }
        // Whether there is such a thing is told by its history no more than by its page.
        if !audits {
            asked = need;
        }
    }
    if look.may(&everything(permissions::EVIDENCE_READ)) {
        return Ok(true);
    }
    look.allow("evidence.list", &asked).await?;
    Ok(false)
}

/// The right to one entry, to its first subject or to the log, and how much of it is shown.
async fn may_read(look: &mut Look<'_>, caller: &Caller, index: u64) -> Reply<(LogRow, Sight)> {
    // No log is longer than the books can count.
    let counted = i64::try_from(index).is_ok();
    let row = match counted {
        true => look.books().log_entry(index).await?,
        false => None,
    };
    let row = row.ok_or_else(|| Denied::absent("evidence"))?;
    let first = sight::first_subject(&row);
    if let Some(subject) = &first {
        must_be_there(look, caller, subject).await?;
    }
    let in_words = may_list(look, first.as_deref()).await?;
    let sight = Eyes::of(look, caller, in_words).on(look, &row).await?;
    if sight == Sight::Absent {
        return Err(Denied::absent("evidence").into());
    }
    if row.damaged {
        return Err(damaged(index).into());
    }
    Ok((row, sight))
}

/// One entry with what was hashed.
#[utoipa::path(get, path = "/evidence/{index}", tag = "evidence",
    params(("index" = u64, Path)), responses((status = 200, body = EntryDetail)))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(index): Path<u64>,
) -> Reply<Json<EntryDetail>> {
    let mut look = house.spine.look(&caller.by).await?;
    let (row, sight) = may_read(&mut look, &caller, index).await?;
    if sight.is_in_words()
        && let Some(subject) = sight::first_subject(&row)
    {
        sight::charge(&house, &caller, &mut look, &subject).await?;
    }
    let names = store::names(&mut look.books(), &people_of(&row)).await?;
    let names: HashMap<_, _> = names.into_iter().collect();
    let named = sight.of(&row).map(|story| named_in(&story));
    let named = named.unwrap_or_default();
    let people = people::store::names_of(&mut look.books(), named).await?;
    let called = |(id, (number, name)): (EmployeeId, (String, String))| {
        (id.to_string(), format!("{name} {number}"))
    };
    let people = people.into_iter().map(called).collect();
    let things = match sight.is_in_words() {
        true => naming::called(&mut look.books(), &subjects_of(&row)).await?,
        false => BTreeMap::new(),
    };
    drop(look);
    let signed = house
        .spine
        .newest_checkpoint()
        .await?
        .map_or(0, |newest| newest.size);
    let shown = Shown {
        names: &names,
        signed,
    };
    Ok(Json(shown.detail(&row, (people, things), sight)))
}

/// The proof of one entry, C2SP `tlog-proof@v1`, to be checked with `baton verify` or any such
/// tool.
#[utoipa::path(get, path = "/evidence/{index}/proof", tag = "evidence",
    params(("index" = u64, Path)), responses((status = 200, content_type = "text/plain")))]
async fn proof(
    State(house): State<House>,
    caller: Caller,
    Path(index): Path<u64>,
) -> Reply<impl IntoResponse> {
    let mut look = house.spine.look(&caller.by).await?;
    let (row, _) = may_read(&mut look, &caller, index).await?;
    drop(look);
    let text = proved(&house, row.index).await?;
    let name = format!("attachment; filename=\"baton-{index:06}.tlog-proof\"");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text))
}

/// The proof of an entry under the newest checkpoint. A log that can no longer be signed still
/// proves what was signed before.
pub(crate) async fn proved(house: &House, index: u64) -> Result<String, Failure> {
    let signed = house.signing.sign_if_grown().await;
    match (house.spine.proof_of(index).await?, signed) {
        (Some(proof), _) => Ok(proof),
        (None, Ok(_)) => {
            Err(
                Refusal::conflict("evidence.unsigned", "这条存证还没有签名", "Not signed yet")
                    .remedy(("请稍等一秒再试", "Try again in a second"))
                    .into(),
            )
        }
        (None, Err(CheckpointError::Fault(fault))) if fault.is_passing() || fault.is_lost() => {
            Err(fault.into())
        }
        (None, Err(error)) => {
            tracing::error!(%error, "the log cannot be signed");
            Err(damaged(index).into())
        }
    }
}

/// Why what an entry says is to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Erasure {
    /// By which law, or after which time of keeping.
    #[schema(max_length = 200)]
    basis: String,
    /// The number of the demand, without a name: it is kept for ever.
    #[schema(max_length = 200)]
    demand: String,
}

/// Erase what one entry says; its hash and its proof stay. Waits until somebody else agrees.
#[utoipa::path(post, path = "/evidence/{index}/erasure", tag = "evidence",
    request_body = Erasure, params(("index" = u64, Path)),
    responses((status = 201, body = Written), (status = 202, body = Written),
        (status = 409, description = "refused")))]
async fn erase(
    writing: Writing,
    Path(index): Path<u64>,
    Json(new): Json<Erasure>,
) -> Reply<Written> {
    let act = Erase {
        index,
        basis: new.basis,
        demand: new.demand,
    };
    writing.make(&act, |()| index.to_string()).await
}

/// The state of the log: size, newest checkpoint, key.
#[utoipa::path(get, path = "/evidence-log", tag = "evidence",
    responses((status = 200, body = LogState)))]
async fn state(State(house): State<House>, caller: Caller) -> Reply<Json<LogState>> {
    let mut look = house.spine.look(&caller.by).await?;
    may_list(&mut look, None).await?;
    let size = store::size(&mut look.books()).await?;
    drop(look);
    Ok(Json(log_state(&house, size, None).await?))
}

/// Ask every witness for his signature now; answers how they stand then.
#[utoipa::path(post, path = "/evidence-log/witnesses", tag = "evidence",
    responses((status = 200, body = LogState)))]
async fn ask_witnesses(State(house): State<House>, caller: Caller) -> Reply<Json<LogState>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::EVIDENCE_AUDIT);
    look.allow("evidence.ask_witnesses", &need).await?;
    let size = store::size(&mut look.books()).await?;
    drop(look);
    house
        .signing
        .sign_if_grown()
        .await
        .map_err(|error| Fault::new(error.to_string()))?;
    house.witnesses.ask(&house, true).await?;
    Ok(Json(log_state(&house, size, None).await?))
}

pub(super) async fn log_state(
    house: &House,
    size: i64,
    audit: Option<AuditView>,
) -> Reply<LogState> {
    let newest = house.spine.newest_checkpoint().await?;
    let key = house.signing.key();
    Ok(LogState {
        size,
        signed: newest.as_ref().map_or(0, |newest| newest.size),
        signed_at: newest.as_ref().map(|newest| newest.signed_at),
        checkpoints: house
            .spine
            .checkpoint_heads(10)
            .await?
            .into_iter()
            .map(Into::into)
            .collect(),
        witnesses: house.witnesses.standing(house).await?,
        clock: house.stamps.standing(house).await?,
        second: match &house.second {
            Some(second) => Some(SecondLog::of(second).await?),
            None => None,
        },
        audited: audits::newest(house).await?,
        checkpoint: newest.map(|newest| newest.note),
        key: key.public_text(),
        origin: key.origin().to_owned(),
        audit,
    })
}

#[derive(Deserialize, IntoParams)]
struct AuditQuery {
    /// Also compare the business tables with what every act wrote.
    #[serde(default)]
    deep: bool,
}

/// Compute the whole log anew and compare; `deep` also compares the business tables with it.
#[utoipa::path(get, path = "/evidence-log/audit", tag = "evidence", params(AuditQuery),
    responses((status = 200, body = LogState)))]
async fn audit(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<AuditQuery>,
) -> Reply<Json<LogState>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::EVIDENCE_AUDIT);
    look.allow("evidence.audit", &need).await?;
    // Values are business; an auditor of the log may be somebody who may not read it.
    let values = look.may(&Need::on_everything(permissions::EVIDENCE_READ));
    let size = store::size(&mut look.books()).await?;
    drop(look);
    let report = house.audit().await?;
    let second = house.audit_second().await?;
    let books = match query.deep {
        true => Some(deep::compare(&house).await?),
        false => None,
    };
    let view = AuditView::of(
        &report,
        second.as_ref(),
        books.as_ref().map(|b| (b, values)),
        house.spine.now(),
    );
    Ok(Json(log_state(&house, size, Some(view)).await?))
}
