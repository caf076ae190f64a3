//! What is said of statements: confirmed, objected to, answered, signed off 确认与异议接口.

use std::collections::BTreeMap;

use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use kernel::{EmployeeId, Fen, Moment, Refusal};
use serde::Deserialize;
use spine::Denied;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::month;
use crate::approval::{offices, tasks};
use crate::commission::acts::answer::{Answer, Verdict};
use crate::commission::acts::confirm::Confirm;
use crate::commission::acts::object::Object;
use crate::commission::acts::put_right::PutRight;
use crate::commission::acts::sign_off::SignOff;
use crate::commission::objection;
use crate::commission::store::{self, Brought, Objection};
use crate::commission::telling;
use crate::commission::view_objection::{ObjectionItem, ObjectionList};
use crate::house::House;
use crate::http::{self, Caller, Money, Reply, Writing, Written};
use crate::people::PersonName;
use crate::people::store as people;
use crate::{permissions, scope};

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(desk))
        .routes(routes!(attachment))
        .routes(routes!(confirm))
        .routes(routes!(object))
        .routes(routes!(reply))
        .routes(routes!(put_right))
        .routes(routes!(sign_off))
}

/// Objections that wait for an answer and until when, oldest first; and what was accepted and is
/// not put right yet.
#[utoipa::path(get, path = "/commission-objections", tag = "commission",
    responses((status = 200, body = ObjectionList)))]
async fn desk(State(house): State<House>, caller: Caller) -> Reply<Json<ObjectionList>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_ANSWER);
    look.allow("commission.objections", &need).await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::COMMISSION_ANSWER);
    let mut books = look.books();
    let waiting = store::waiting_objections(&mut books, &reach).await?;
    let to_correct = store::to_correct(&mut books, &reach).await?;
    let asked = tasks::waiting_in(&mut books, objection::FLOW).await?;
    let both = || waiting.iter().chain(&to_correct);
    let lines: Vec<_> = both().filter_map(|one| one.line.clone()).collect();
    let called = telling::called(&mut books, &lines).await?;
    let named = both().map(|one| one.word.payee);
    let named = named.chain(asked.iter().filter_map(|task| task.owner));
    let names = people::names_of(&mut books, named).await?;
    let desk = Desk {
        asked: asked
            .into_iter()
            .map(|one| (one.subject.clone(), one))
            .collect(),
        now: books.at(),
        called,
        names,
        me: caller.by.employee(),
    };
    let items: Vec<_> = waiting.into_iter().map(|one| desk.item(one)).collect();
    Ok(Json(ObjectionList {
        overdue: items.iter().filter(|one| one.overdue).count(),
        items,
        to_correct: to_correct.into_iter().map(|one| desk.item(one)).collect(),
    }))
}

/// What the desk names.
struct Desk {
    asked: BTreeMap<String, tasks::Waiting>,
    now: Moment,
    called: ::commission::statement::Called,
    names: BTreeMap<EmployeeId, (String, String)>,
    me: Option<EmployeeId>,
}

const DAY_MS: i64 = 86_400_000;

impl Desk {
    fn item(&self, one: Objection) -> ObjectionItem {
        let Objection {
            word,
            department,
            line,
            attached,
        } = one;
        let task = self.asked.get(&objection::subject(word.month, &word.key));
        let due_at = task.and_then(|task| task.due_at);
        let (waits_zh, waits_en) = task.map(|task| self.waits(task)).unwrap_or_default();
        let customer = line
            .as_ref()
            .and_then(|line| telling::customer(&self.called, line));
        ObjectionItem {
            month: word.month,
            payee: PersonName::among(&self.names, Some(word.payee)),
            department,
            customer: customer.map(|(_, name)| name),
            record: line
                .as_ref()
                .map(|line| telling::number(&self.called, &line.record)),
            reason: word.reason,
            amount: line.map(|line| line.commission),
            wanted: word.amount,
            attachment: attached.then_some(word.seq),
            at: word.at,
            days: (self.now.0 - word.at.0).max(0) / DAY_MS,
            due_at,
            overdue: due_at.is_some_and(|due| due < self.now),
            waits_zh,
            waits_en,
            case_id: task.map(|task| task.case),
            may_answer: self.me != Some(word.payee),
            key: word.key,
        }
    }

    fn waits(&self, task: &tasks::Waiting) -> (String, String) {
        if let Some((number, name)) = task.owner.and_then(|owner| self.names.get(&owner)) {
            let called = people::full_name(name, number);
            return (called.clone(), called);
        }
        let office = task.pool.as_deref().and_then(offices::find);
        office.map_or_else(Default::default, |office| {
            (office.zh.to_owned(), office.en.to_owned())
        })
    }
}

#[derive(Deserialize, IntoParams)]
struct AttachmentQuery {
    /// `2026-11`
    month: String,
    /// Its number among what was said of the line.
    seq: i64,
}

/// The file that came with an objection; leaves an access record.
#[utoipa::path(get, path = "/commission-lines/{key}/attachment", tag = "commission",
    params(("key" = String, Path), AttachmentQuery),
    responses((status = 200, content_type = "application/octet-stream"),
        (status = 404, description = "absent")))]
async fn attachment(
    State(house): State<House>,
    caller: Caller,
    Path(key): Path<String>,
    Query(query): Query<AttachmentQuery>,
) -> Reply<impl IntoResponse> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.attachment", &need).await?;
    let month = month(&query.month)?;
    let found = store::attachment(&mut look.books(), (month, &key, query.seq)).await?;
    let absent = || Denied::absent("commission_attachment");
    let (payee, file) = found.ok_or_else(absent)?;
    let person = people::find_employee(&mut look.books(), payee).await?;
    let person = person.ok_or_else(absent)?;
    let need = Need::on(permissions::COMMISSION_READ, person.target());
    look.allow("commission.attachment", &need).await?;
    let subject = objection::subject(month, &key);
    look.seen("commission.attachment", &subject, "").await;
    let headers = [
        (header::CONTENT_TYPE, file.media),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, file.bytes))
}

/// Which line is right.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LineOf {
    /// `2026-11`
    month: String,
}

fn myself(writing: &Writing) -> Result<EmployeeId, Denied> {
    let me = writing.caller.by.employee();
    me.ok_or_else(|| Denied::absent("commission_line"))
}

/// Say that a line of one's own is right.
#[utoipa::path(post, path = "/commission-lines/{key}/confirm", tag = "commission",
    request_body = LineOf, params(("key" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn confirm(
    writing: Writing,
    Path(key): Path<String>,
    Json(line): Json<LineOf>,
) -> Reply<Written> {
    let act = Confirm {
        month: month(&line.month)?,
        key: key.clone(),
        by: myself(&writing)?,
    };
    writing.change(&act, |_| key).await
}

/// A file that shows what is wrong.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ObjectionFile {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Base64: a PDF, PNG or JPEG of at most 10 MB.
    content: String,
}

/// What is wrong with a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Wrong {
    /// `2026-11`
    month: String,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
    /// What it should come to.
    #[serde(default)]
    #[schema(value_type = Option<Money>)]
    claimed: Option<Fen>,
    #[serde(default)]
    attachment: Option<ObjectionFile>,
}

fn brought(file: ObjectionFile) -> Result<Brought, Refusal> {
    let place = ("commission.attachment", "/attachment/content");
    let (media, bytes) = http::scan(&file.content, place)?;
    Ok(Brought {
        name: file.name.trim().to_owned(),
        media: media.to_owned(),
        bytes,
    })
}

/// Say that a line of one's own is wrong, and why.
#[utoipa::path(post, path = "/commission-lines/{key}/object", tag = "commission",
    request_body = Wrong, params(("key" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn object(
    writing: Writing,
    Path(key): Path<String>,
    Json(wrong): Json<Wrong>,
) -> Reply<Written> {
    let act = Object {
        month: month(&wrong.month)?,
        key: key.clone(),
        reason: wrong.reason,
        claimed: wrong.claimed,
        by: myself(&writing)?,
        file: wrong.attachment.map(brought).transpose()?,
    };
    writing.change(&act, |_| key).await
}

/// An answer to an objection.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ObjectionReply {
    /// `2026-11`
    month: String,
    verdict: ObjectionVerdict,
    /// Of an objection that is accepted in part: what the line should come to.
    #[serde(default)]
    #[schema(value_type = Option<Money>)]
    granted: Option<Fen>,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// What is said of an objection.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ObjectionVerdict {
    /// 异议成立
    Accept,
    /// 部分成立
    Partly,
    /// 异议不成立
    Refuse,
}

fn verdict(said: ObjectionVerdict, granted: Option<Fen>) -> Result<Verdict, Refusal> {
    match (said, granted) {
        (ObjectionVerdict::Accept, None) => Ok(Verdict::Accept),
        (ObjectionVerdict::Refuse, None) => Ok(Verdict::Refuse),
        (ObjectionVerdict::Partly, Some(granted)) => Ok(Verdict::Partly(granted)),
        _ => {
            let zh = "部分成立时请填写认可金额，其余答复不填";
            let en = "an amount is granted where an objection is accepted in part, and only then";
            Err(Refusal::invalid("commission.granted_amount", zh, en).at("/granted", zh))
        }
    }
}

/// Accept an objection, wholly or in part, or refuse it.
#[utoipa::path(post, path = "/commission-lines/{key}/answer", tag = "commission",
    request_body = ObjectionReply, params(("key" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn reply(
    writing: Writing,
    Path(key): Path<String>,
    Json(said): Json<ObjectionReply>,
) -> Reply<Written> {
    let act = Answer {
        month: month(&said.month)?,
        key: key.clone(),
        verdict: verdict(said.verdict, said.granted)?,
        reason: said.reason,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| key).await
}

/// On which deal the payee got what was accepted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PutRightOn {
    /// `2026-11`
    month: String,
    /// Number of the contract, or of the order or invoice that has none.
    #[schema(min_length = 1, max_length = 100)]
    deal: String,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Say that what was accepted of an objection was put right on another deal.
#[utoipa::path(post, path = "/commission-lines/{key}/put-right", tag = "commission",
    request_body = PutRightOn, params(("key" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn put_right(
    writing: Writing,
    Path(key): Path<String>,
    Json(said): Json<PutRightOn>,
) -> Reply<Written> {
    let act = PutRight {
        month: month(&said.month)?,
        key: key.clone(),
        deal: said.deal,
        reason: said.reason,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| key).await
}

/// The statement that is signed off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeenStatement {
    /// `2026-11`
    month: String,
    /// What stood on it, as the statement says.
    digest: String,
}

/// Sign one's own statement of a month off as a whole; lines that wait are confirmed by it.
#[utoipa::path(post, path = "/commission-statement/sign-off", tag = "commission",
    request_body = SeenStatement,
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn sign_off(writing: Writing, Json(seen): Json<SeenStatement>) -> Reply<Written> {
    let act = SignOff {
        month: month(&seen.month)?,
        digest: seen.digest,
        by: myself(&writing)?,
    };
    let month = act.month;
    writing.change(&act, |_| month.to_string()).await
}
