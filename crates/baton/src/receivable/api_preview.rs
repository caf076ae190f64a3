//! What a refund or a bad debt would take back, before it is recorded 收回预览接口.

use access::Need;
use axum::Json;
use axum::extract::State;
use kernel::{Day, EmployeeId, Fen};
use serde::{Deserialize, Serialize};
use spine::{Act as _, Denied};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::reverse::{ReversalKind, Reverse};
use super::store::earning;
use crate::commission::month::Month;
use crate::commission::taking;
use crate::house::House;
use crate::http::{Caller, Money, Reply};
use crate::people::{PersonName, api::id, store as people};
use crate::permissions;

/// Routes of this part.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(preview))
}

/// A refund or a bad debt that somebody is about to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TriedReversal {
    /// `refund`, `bad_debt`
    kind: ReversalKind,
    invoice_id: String,
    /// Of a refund: by which receipt the money had come.
    #[serde(default)]
    receipt_id: Option<String>,
    #[schema(value_type = String, format = Date)]
    on: Day,
    #[schema(value_type = Money)]
    amount: Fen,
}

/// What would be taken back from one person.
#[derive(Serialize, ToSchema)]
struct WouldTake {
    person: PersonName,
    #[schema(value_type = Money)]
    amount: Fen,
}

/// What would be taken back.
#[derive(Serialize, ToSchema)]
struct ReversalPreview {
    /// In which month it would be set off; absent where nothing is taken back.
    #[schema(value_type = Option<String>)]
    month: Option<Month>,
    /// From whom, as far as the caller may read their commission, by number.
    people: Vec<WouldTake>,
    /// Whether commission of others is taken back too, of which he may read nothing.
    others: bool,
}

/// What recording this would take back of commission; nothing is written. Figures are shown of
/// people whose commission the caller may read.
#[utoipa::path(post, path = "/reversals/preview", tag = "receivable", request_body = TriedReversal,
    responses((status = 200, body = ReversalPreview), (status = 422, description = "refused")))]
async fn preview(
    State(house): State<House>,
    caller: Caller,
    Json(tried): Json<TriedReversal>,
) -> Reply<Json<ReversalPreview>> {
    let receipt = tried.receipt_id.as_deref();
    let act = Reverse {
        kind: tried.kind,
        number: String::new(),
        invoice: id(&tried.invoice_id, "invoice")?,
        receipt: receipt.map(|text| id(text, "receipt")).transpose()?,
        on: tried.on,
        amount: tried.amount,
        reason: String::new(),
        by: caller.by.id(),
    };
    let mut look = house.spine.look(&caller.by).await?;
    let facts = act.load(&mut look.books()).await?;
    look.allow("receivable.reversal_preview", &act.needs(&facts))
        .await?;
    act.fits(&facts)?;
    let mut books = look.books();
    let names = (facts.fresh(), act.invoice, act.came_by());
    let undone = earning::would_undo(&mut books, names, (act.on, act.amount)).await?;
    let undone = undone.ok_or_else(|| Denied::absent("invoice"))?;
    let taken = taking::taken(&mut books, facts.customer(), &undone).await?;
    let mut concerned: Vec<(people::Employee, Fen)> = Vec::new();
    for (who, amount) in &taken.from {
        let person = people::find_employee(&mut books, *who).await?;
        let person = person.ok_or_else(|| Denied::absent("employee"))?;
        concerned.push((person, *amount));
    }
    concerned.sort_by(|a, b| a.0.number.cmp(&b.0.number));
    let read = |person: &people::Employee| {
        look.may(&Need::on(permissions::COMMISSION_READ, person.target()))
    };
    let concerned = concerned.into_iter();
    let concerned = concerned.map(|(person, amount)| (read(&person), name_of(person), amount));
    Ok(Json(told(taken.month, concerned.collect())))
}

/// Cut to what the caller may read: whether he may read somebody's commission, who it is, how much.
fn told(
    month: Option<Month>,
    concerned: Vec<(bool, (EmployeeId, String, String), Fen)>,
) -> ReversalPreview {
    let month = month.filter(|_| !concerned.is_empty());
    let others = concerned.iter().any(|(reads, ..)| !reads);
    let shown = concerned.into_iter().filter(|(reads, ..)| *reads);
    let people = shown.map(|(_, person, amount)| WouldTake {
        person: PersonName::of(person),
        amount,
    });
    ReversalPreview {
        month,
        people: people.collect(),
        others,
    }
}

fn name_of(person: people::Employee) -> (EmployeeId, String, String) {
    (person.id, person.number, person.name)
}

#[cfg(test)]
mod tests {
    use kernel::Moment;

    use super::*;

    #[test]
    fn who_may_not_read_it_learns_that_something_is_taken_and_no_figure() {
        let month: Month = "2026-11".parse().expect("a month");
        let person = |n: i64| {
            let id = EmployeeId::mint(Moment(n), [0; 10]);
            (id, format!("E00{n}"), "某人".to_owned())
        };
        let own = (true, person(1), Fen(15_000));
        let foreign = (false, person(2), Fen(3_000));
        let both = told(Some(month), vec![own, foreign.clone()]);
        assert_eq!((both.people.len(), both.others), (1, true));
        let none = told(Some(month), vec![foreign]);
        let json = serde_json::to_string(&none).expect("JSON");
        assert_eq!(json, r#"{"month":"2026-11","people":[],"others":true}"#);
        let nothing = told(Some(month), Vec::new());
        assert_eq!((nothing.month, nothing.others), (None, false));
    }
}
