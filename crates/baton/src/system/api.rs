//! Route of the state of the system 系统状态接口.

use access::Need;
use axum::Json;
use axum::extract::State;
use kernel::Moment;
use serde::Serialize;
use spine::Fault;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;
use crate::http::{Caller, Reply};
use crate::permissions;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(state))
}

/// The state of the system as this server sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct SystemState {
    version: String,
    #[schema(value_type = String, format = DateTime)]
    now: Moment,
    /// When this server started.
    #[schema(value_type = String, format = DateTime)]
    started_at: Moment,
    /// `SQLite` or `PostgreSQL`
    database: String,
    /// Bytes the database takes.
    database_bytes: i64,
    /// Newest step of the schema.
    schema_version: i64,
    /// Entries in the evidence log.
    log_size: u64,
    /// Entries under the newest checkpoint.
    log_signed: u64,
    /// When the newest checkpoint was signed.
    #[schema(value_type = Option<String>, format = DateTime)]
    signed_at: Option<Moment>,
    /// Since when the log cannot be signed.
    #[schema(value_type = Option<String>, format = DateTime)]
    unsigned_since: Option<Moment>,
    /// Whether it does not continue what was signed, which does not pass by itself.
    log_broken: bool,
    /// When each part of the background worked last.
    background: Vec<Beat>,
    /// Jobs that are due, running or to come, and those that failed for good.
    jobs_open: i64,
    jobs_failed: i64,
    /// Of the file system that holds the data folder.
    disk_total_bytes: Option<u64>,
    disk_free_bytes: Option<u64>,
}

/// One part of the background.
#[derive(Serialize, ToSchema)]
pub(crate) struct Beat {
    /// `sign`, `jobs`, `alert`, `clear`
    part: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
}

/// Total and free bytes of the file system under the data folder.
fn disk(house: &House) -> Option<(u64, u64)> {
    let stat = rustix::fs::statvfs(&house.config.data_dir).ok()?;
    let unit = stat.f_frsize;
    Some((
        stat.f_blocks.saturating_mul(unit),
        stat.f_bavail.saturating_mul(unit),
    ))
}

/// Version, database, evidence log, background and disk.
#[utoipa::path(get, path = "/system", tag = "system",
    responses((status = 200, body = SystemState)))]
async fn state(State(house): State<House>, caller: Caller) -> Reply<Json<SystemState>> {
    let counts = {
        let mut look = house.spine.look(&caller.by).await?;
        let need = Need::on_everything(permissions::SYSTEM_READ);
        look.allow("system.state", &need).await?;
        look.books().job_counts().await?
    };
    let db = house.spine.db();
    let head = house.signing.head().await?;
    let newest = house.spine.newest_checkpoint().await?;
    let unsigned = house.heartbeat.unsigned();
    let disk = disk(&house);
    let version = db.schema_version().await?;
    Ok(Json(SystemState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        now: house.spine.now(),
        started_at: house.heartbeat.started(),
        database: db.dialect().name().to_owned(),
        database_bytes: db.bytes().await?,
        schema_version: version.ok_or_else(|| Fault::new("a database without a schema"))?,
        log_size: head.map_or(0, |head| head.size),
        log_signed: newest.as_ref().map_or(0, |newest| newest.size),
        signed_at: newest.map(|newest| newest.signed_at),
        unsigned_since: unsigned.map(|(since, _)| since),
        log_broken: unsigned.is_some_and(|(_, broken)| broken),
        background: house
            .heartbeat
            .last()
            .into_iter()
            .map(|(part, at)| Beat {
                part: part.to_owned(),
                at,
            })
            .collect(),
        jobs_open: counts.iter().map(|one| one.open).sum(),
        jobs_failed: counts.iter().map(|one| one.failed).sum(),
        disk_total_bytes: disk.map(|(total, _)| total),
        disk_free_bytes: disk.map(|(_, free)| free),
    }))
}
