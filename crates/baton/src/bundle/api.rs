//! Routes of evidence bundles 存证包接口.

use std::collections::BTreeMap;

use ::evidence::file_digest::FileDigest;
use access::Need;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use kernel::{BundleId, DepartureId, DocumentId, Refusal};
use serde::Deserialize;
use spine::{Denied, Failure, Fault, Look};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Disclosure;
use super::acts::export::Export;
use super::gather::Material;
use super::make::{About, Chosen, Made, unsigned};
use super::store;
use super::view::{BundleItem, BundlePreview, Outlook, exporters};
use crate::departure::store as departures;
use crate::evidence::sight::{Eyes, Sight};
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::api::id;
use crate::people::store as people;
use crate::permissions;
use crate::signing::store::authority;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(preview))
        .routes(routes!(list, export))
        .routes(routes!(file))
        .merge(super::statement_api::routes())
}

/// The departure, when the caller may hand out its evidence.
async fn may_export(look: &mut Look<'_>, text: &str, what: &str) -> Result<DepartureId, Failure> {
    let departure: DepartureId = id(text, "departure")?;
    let found = departures::found(&mut look.books(), departure).await?;
    let need = Need::on(permissions::BUNDLE_EXPORT, found.target());
    look.allow(what, &need).await?;
    Ok(departure)
}

/// What a bundle is made of, as far as the caller may read it: as the log, so the bundle.
async fn gathered(
    look: &mut Look<'_>,
    caller: &Caller,
    departure: DepartureId,
    up_to: u64,
) -> Result<Material, Failure> {
    let mut material = Material::gather(&mut look.books(), departure, up_to).await?;
    let mut eyes = Eyes::of(look, caller, true);
    for raw in &material.records {
        if eyes.on(look, &raw.row()).await? != Sight::Whole {
            material.unread.insert(raw.stored.index);
        }
    }
    Ok(material)
}

/// What a bundle of this departure would hold, record by record; leaves an access record.
#[utoipa::path(get, path = "/departures/{id}/bundle-preview", tag = "bundle",
    params(("id" = String, Path)),
    responses((status = 200, body = BundlePreview), (status = 404, description = "absent"),
        (status = 409, description = "the log is not signed")))]
async fn preview(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<BundlePreview>> {
    let departure = {
        let mut look = house.spine.look(&caller.by).await?;
        let departure = may_export(&mut look, &text, "bundle.preview").await?;
        let subject = format!("departure/{departure}");
        look.seen("bundle.preview", &subject, "").await;
        departure
    };
    // Signed now, so that a checkpoint ends exactly at what is shown.
    let signed = house.signing.sign_if_grown().await;
    signed.map_err(|error| Fault::new(error.to_string()))?;
    let newest = house.spine.newest_checkpoint().await?;
    let up_to = newest.ok_or_else(unsigned)?.size;
    let mut look = house.spine.look(&caller.by).await?;
    let material = gathered(&mut look, &caller, departure, up_to).await?;
    let mut books = look.books();
    let earlier = store::of_departure(&mut books, departure).await?;
    let names = people::names_of(&mut books, exporters(&earlier)).await?;
    let signed = authority(&mut books).await?.is_some();
    drop(look);
    let outlook = Outlook {
        witnesses: house.witnesses.standing(&house).await?,
        signed,
        stamped: house.stamps.is_asked(),
    };
    Ok(Json(BundlePreview::of(&material, earlier, &names, outlook)))
}

/// What is to be handed out, to whom and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBundle {
    /// For whom: a court, a lawyer, the person himself.
    #[schema(max_length = 100)]
    recipient: String,
    /// Why.
    #[schema(max_length = 200)]
    reason: String,
    /// Entries of the log that the preview looked at; later ones stay out.
    up_to: u64,
    /// Indexes of records whose content is shown although they speak of others too.
    #[serde(default)]
    show: Vec<u64>,
    /// Indexes of records whose content is kept back.
    #[serde(default)]
    withhold: Vec<u64>,
    /// Whether the customers of executed handovers go along, each with his own item.
    #[serde(default)]
    customers: bool,
    /// Ids of the documents that go along.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    documents: Vec<DocumentId>,
}

/// Hand out the evidence of a departure: made, examined by the house's own verifier, recorded.
#[utoipa::path(post, path = "/departures/{id}/bundles", tag = "bundle", request_body = NewBundle,
    params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn export(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewBundle>,
) -> Reply<Written> {
    let departure: DepartureId = id(&text, "departure")?;
    let mut act = Export {
        departure,
        recipient: new.recipient,
        reason: new.reason,
        disclosure: Disclosure {
            show: new.show.into_iter().collect(),
            withhold: new.withhold.into_iter().collect(),
            customers: new.customers,
            documents: new.documents.into_iter().collect(),
        },
        by: writing.caller.by.id(),
        made: None,
    };
    act.made = made(&writing.house, &writing.caller, &act, new.up_to).await?;
    writing.make(&act, |exported| exported.id.to_string()).await
}

/// Makes the bundle beforehand. Whoever may not export it, or says not why, is told by the act
/// itself, which also keeps the attempt.
async fn made(
    house: &House,
    caller: &Caller,
    act: &Export,
    up_to: u64,
) -> Result<Option<Made>, Failure> {
    let (material, chosen) = {
        let mut look = house.spine.look(&caller.by).await?;
        let found = match departures::found(&mut look.books(), act.departure).await {
            Ok(found) => found,
            Err(Failure::Denied(_)) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let need = Need::on(permissions::BUNDLE_EXPORT, found.target());
        if !look.may(&need) || act.says_why().is_err() {
            return Ok(None);
        }
        let material = gathered(&mut look, caller, act.departure, up_to).await?;
        known(&material, &act.disclosure)?;
        let mut books = look.books();
        let items = match act.disclosure.customers {
            true => material.moved(&mut books).await?,
            false => BTreeMap::new(),
        };
        let chosen = Chosen {
            records: material.chosen(&act.disclosure, &items),
            documents: material.documents(&mut books, &act.disclosure).await?,
        };
        (material, chosen)
    };
    let about = About {
        number: material.found.departure.number.clone(),
        subjects: material.subjects.clone(),
        up_to: material.up_to,
    };
    Made::of(house, &about, chosen).await.map(Some)
}

/// Nothing may be chosen that is not there: a slip would disclose other things than were meant.
fn known(material: &Material, disclosure: &Disclosure) -> Result<(), Refusal> {
    let strange = |pointer: &str, zh: &str| {
        Refusal::invalid(
            "bundle.unknown_choice",
            zh,
            "not part of this departure's evidence",
        )
        .remedy((
            "请重新打开预览后选择",
            "Open the preview again and choose there",
        ))
        .at(pointer, zh)
    };
    let is_record = |index: &u64| {
        let records = &material.records;
        records.iter().any(|raw| raw.stored.index == *index)
    };
    if material.records.is_empty() {
        return Err(strange("/up_to", "该范围内没有这次离职的存证记录"));
    }
    for (pointer, chosen) in [
        ("/show", &disclosure.show),
        ("/withhold", &disclosure.withhold),
    ] {
        if !chosen.iter().all(is_record) {
            return Err(strange(pointer, "所选记录不属于这次离职"));
        }
    }
    if !disclosure.show.is_disjoint(&material.unread) {
        let zh = "所选记录的内容不在您的查看范围内，不能由您披露";
        let en = "Nobody discloses what they may not read";
        return Err(Refusal::invalid("bundle.not_yours_to_read", zh, en)
            .remedy((
                "请保留这些记录，或由有权查看其内容的人导出",
                "Keep these records, or let somebody export who may see what they say",
            ))
            .at("/show", zh));
    }
    if !disclosure.show.is_disjoint(&disclosure.withhold) {
        return Err(strange("/withhold", "同一条记录不能既披露又保留"));
    }
    let papers = &material.papers;
    let is_paper = |chosen: &DocumentId| papers.iter().any(|paper| paper.line.id == *chosen);
    if !disclosure.documents.iter().all(is_paper) {
        return Err(strange("/documents", "所选文书不属于这次离职"));
    }
    Ok(())
}

/// The bundles of a departure that were handed out, the newest first.
#[utoipa::path(get, path = "/departures/{id}/bundles", tag = "bundle",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<BundleItem>), (status = 404, description = "absent")))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<Vec<BundleItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let departure = may_export(&mut look, &text, "bundle.list").await?;
    let mut books = look.books();
    let lines = store::of_departure(&mut books, departure).await?;
    let names = people::names_of(&mut books, exporters(&lines)).await?;
    let items = lines.into_iter().map(|line| BundleItem::of(line, &names));
    Ok(Json(items.collect()))
}

/// The bundle, byte for byte as it was handed out; leaves an access record.
#[utoipa::path(get, path = "/bundles/{id}/file", tag = "bundle", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/zip"),
        (status = 409, description = "the bytes are not those that were handed out")))]
async fn file(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<impl IntoResponse> {
    let bundle: BundleId = id(&text, "bundle")?;
    let mut look = house.spine.look(&caller.by).await?;
    let line = store::find::<DepartureId>(&mut look.books(), bundle).await?;
    let line = line.ok_or_else(|| Denied::absent("bundle"))?;
    let departure = line.about.to_string();
    may_export(&mut look, &departure, "bundle.download").await?;
    let bytes = store::bytes::<DepartureId>(&mut look.books(), bundle).await?;
    let bytes = bytes.ok_or_else(|| Denied::absent("bundle"))?;
    undamaged(bundle, &bytes, &line.digest)?;
    let subject = format!("bundle/{bundle}");
    look.seen("bundle.download", &subject, "").await;
    Ok(zip(&line.file_name, bytes))
}

/// The bytes are those that were handed out.
pub(super) fn undamaged(bundle: BundleId, bytes: &[u8], digest: &str) -> Result<(), Refusal> {
    if FileDigest::sha256(bytes).to_string() == digest {
        return Ok(());
    }
    tracing::error!(%bundle, "the bytes of a bundle are not those handed out");
    Err(Refusal::conflict(
        "bundle.damaged",
        "存档的存证包与导出时登记的摘要不符，已停止提供",
        "The kept bundle is not the one that was handed out",
    )
    .remedy((
        "请联系审计人员运行 baton audit，并从备份恢复；也可以重新导出",
        "Ask an auditor to run baton audit, and restore from a backup; or export again",
    )))
}

/// A ZIP file under a name that may be Chinese (RFC 6266, RFC 8187).
pub(super) fn zip(file_name: &str, bytes: Vec<u8>) -> impl IntoResponse + use<> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let encoded: String = file_name
        .bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect();
    let name = format!("attachment; filename=\"baton-bundle.zip\"; filename*=UTF-8''{encoded}");
    let headers: [(HeaderName, String); 3] = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes)
}
