//! Routes of the documents about a handover plan 交接文书接口.

use std::collections::{BTreeMap, BTreeSet};

use ::document::Kind;
use ::handover::holding::HoldingKind;
use access::Need;
use axum::Json;
use axum::extract::{Query, State};
use kernel::{DocumentId, EmployeeId, PlanId};
use serde::Deserialize;
use spine::{Failure, Reader};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::about::{self, About, Source};
use super::view::{InTheWay, PlanOffer, PlanOffers, PlanPart, filled, form};
use super::{rules, store};
use crate::handover::store::{self as plans, ItemFilter, ItemLine};
use crate::house::House;
use crate::http::{Caller, Reply};
use crate::people::api::id;
use crate::people::store as people;
use crate::permissions;

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(offers))
}

#[derive(Deserialize, IntoParams)]
struct PlanQuery {
    /// Id of a handover plan.
    plan: String,
}

/// Which documents can be issued about a plan, its customers and its receivers.
#[utoipa::path(get, path = "/plan-document-offers", tag = "document", params(PlanQuery),
    responses((status = 200, body = PlanOffers), (status = 404, description = "absent")))]
async fn offers(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<PlanQuery>,
) -> Reply<Json<PlanOffers>> {
    let plan: PlanId = id(&query.plan, "handover_plan")?;
    let mut look = house.spine.look(&caller.by).await?;
    let source = about::source(&mut look.books(), About::Plan(plan)).await?;
    let need = Need::on(permissions::DOCUMENT_ISSUE, source.target());
    look.allow("document.plan_offers", &need).await?;
    let mut books = look.books();
    let issued = Issued::of(&mut books, plan).await?;
    let lines = plans::item_lines(&mut books, plan, &ItemFilter::default(), i64::MAX).await?;
    let going = lines
        .iter()
        .filter_map(|line| Some((line, line.choice?.successor)));
    let going: Vec<(&ItemLine, EmployeeId)> =
        going.filter(|(line, _)| line.outcome != "gone").collect();
    let receivers: BTreeSet<EmployeeId> = going.iter().map(|(_, to)| *to).collect();
    let names = people::names_of(&mut books, receivers.iter().copied()).await?;
    let called = |to: &EmployeeId| {
        let found = names.get(to);
        found.map_or_else(String::new, |(number, name)| {
            people::full_name(name, number)
        })
    };
    let owned = |line: &ItemLine| line.holding.key.kind == HoldingKind::CustomerOwnership;
    let mut customers: Vec<PlanPart> = going
        .iter()
        .filter(|(line, _)| owned(line))
        .map(|(line, to)| {
            let part = line.holding.key.subject.clone();
            issued.part(part, line.holding.title.clone(), called(to))
        })
        .collect();
    customers.sort_by(|a, b| (&a.receiver, &a.name).cmp(&(&b.receiver, &b.name)));
    let receivers = receivers.iter();
    let receivers = receivers.map(|to| issued.part(to.to_string(), called(to), String::new()));
    let receivers = receivers.collect();
    let mut views = Vec::new();
    for about in [
        ::document::About::Plan,
        ::document::About::Customer,
        ::document::About::Receiver,
    ] {
        for kind in Kind::issued_about(about) {
            views.push(offer(&mut books, &source, kind, &issued).await?);
        }
    }
    Ok(Json(PlanOffers {
        offers: views,
        customers,
        receivers,
    }))
}

async fn offer(
    books: &mut Reader<'_>,
    source: &Source,
    kind: Kind,
    issued: &Issued,
) -> Result<PlanOffer, Failure> {
    let manifest = kind.manifest();
    let newest = match issued.newest(kind) {
        Some(id) => store::find(books, id).await?,
        None => None,
    };
    let word = match kind.about() {
        ::document::About::Customer => "customer",
        ::document::About::Receiver => "receiver",
        _ => "plan",
    };
    Ok(PlanOffer {
        kind,
        zh: manifest.zh.clone(),
        en: manifest.en.clone(),
        about: word.to_owned(),
        in_the_way: rules::fits_plan(kind, source).err().map(InTheWay::of),
        form: form(kind),
        filled: filled(kind, newest.as_ref()),
        issued: issued.whole(kind),
    })
}

/// What was issued about a plan: the newest of each kind and part.
struct Issued {
    by_part: BTreeMap<String, BTreeMap<String, DocumentId>>,
    newest: BTreeMap<String, DocumentId>,
}

impl Issued {
    async fn of(books: &mut Reader<'_>, plan: PlanId) -> Result<Issued, Failure> {
        let mut issued = Issued {
            by_part: BTreeMap::new(),
            newest: BTreeMap::new(),
        };
        for (kind, part, id) in store::of_plan(books, plan).await? {
            issued.newest.insert(kind.clone(), id);
            issued.by_part.entry(part).or_default().insert(kind, id);
        }
        Ok(issued)
    }

    fn newest(&self, kind: Kind) -> Option<DocumentId> {
        self.newest.get(kind.word()).copied()
    }

    fn whole(&self, kind: Kind) -> Option<DocumentId> {
        self.by_part.get("")?.get(kind.word()).copied()
    }

    fn part(&self, id: String, name: String, receiver: String) -> PlanPart {
        PlanPart {
            issued: self.by_part.get(&id).cloned().unwrap_or_default(),
            id,
            name,
            receiver,
        }
    }
}
