//! Plans, their versions, and who has which 方案存取.

use ::commission::assignment::Assignee;
use ::commission::plan::ChangeInside;
use ::commission::window::Window;
use kernel::{CommissionPlanId, Day, DepartmentId, EmployeeId, Fen, Moment, PostId};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::commission::offer::Offer;
use crate::word;

/// A plan without its versions.
#[derive(Clone, Debug)]
pub(crate) struct PlanHead {
    pub(crate) id: CommissionPlanId,
    pub(crate) name: String,
    pub(crate) adds_up: Window,
    pub(crate) change_inside: ChangeInside,
    /// The overlay it pays; none for the deal itself.
    pub(crate) overlay: Option<String>,
}

const COLUMNS: &str =
    "SELECT id, name, adds_up, change_inside, overlay FROM commission_plan WHERE 1 = 1";

fn head(row: &Row) -> Result<PlanHead, Fault> {
    Ok(PlanHead {
        id: row.get("id")?,
        name: row.get("name")?,
        adds_up: word::read(row.get("adds_up")?)?,
        change_inside: word::read(row.get("change_inside")?)?,
        overlay: Some(row.get::<String>("overlay")?).filter(|name| !name.is_empty()),
    })
}

/// Every plan, by name.
pub(crate) async fn plans(books: &mut Reader<'_>) -> Result<Vec<PlanHead>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" ORDER BY name, id");
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(head).collect()
}

/// The plan with this id.
pub(crate) async fn find_plan(
    books: &mut Reader<'_>,
    id: CommissionPlanId,
) -> Result<Option<PlanHead>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" AND id = ").bind(id);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| head(&row)).transpose()
}

const TAKEN: Select = Select::new("SELECT count(*) AS n FROM commission_plan WHERE name = $1");

/// Whether a plan of this name is there.
pub(crate) async fn name_taken(books: &mut Reader<'_>, name: &str) -> Result<bool, Fault> {
    Ok(books.count(&TAKEN, binds![name]).await? > 0)
}

const ADD_PLAN: Change = Change::new(
    "INSERT INTO commission_plan (id, name, adds_up, change_inside, overlay, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6)",
);

pub(crate) async fn add_plan(books: &mut Writer<'_>, plan: &PlanHead) -> Result<(), Fault> {
    let at = books.at();
    let (adds_up, inside) = (word::of(&plan.adds_up)?, word::of(&plan.change_inside)?);
    let overlay = plan.overlay.as_deref().unwrap_or_default();
    let values = binds![plan.id, plan.name.as_str(), adds_up, inside, overlay, at];
    books.run(&ADD_PLAN, values).await?;
    Ok(())
}

/// A version of a plan; it is in force until the next one begins.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) plan: CommissionPlanId,
    pub(crate) version: u32,
    pub(crate) valid_from: Day,
    pub(crate) offer: Offer,
    pub(crate) published_by: String,
    pub(crate) published_at: Moment,
}

const VERSIONS: Select = Select::new(
    "SELECT plan_id, version, valid_from, body, published_by, published_at \
     FROM commission_version ORDER BY plan_id, version",
);

/// Every version of every plan, in order.
pub(crate) async fn versions(books: &mut Reader<'_>) -> Result<Vec<Version>, Fault> {
    let rows = books.all(&VERSIONS, binds![]).await?;
    let version = |row: &Row| {
        let number: i64 = row.get("version")?;
        Ok(Version {
            plan: row.get("plan_id")?,
            version: u32::try_from(number).map_err(|_| Fault::new("version"))?,
            valid_from: row.get("valid_from")?,
            offer: serde_json::from_str(&row.get::<String>("body")?)?,
            published_by: row.get("published_by")?,
            published_at: row.get("published_at")?,
        })
    };
    rows.iter().map(version).collect()
}

const ADD_VERSION: Change = Change::new(
    "INSERT INTO commission_version (plan_id, version, valid_from, body, published_by, \
     published_at) VALUES ($1, $2, $3, $4, $5, $6)",
);

pub(crate) async fn add_version(books: &mut Writer<'_>, version: &Version) -> Result<(), Fault> {
    let values = binds![
        version.plan,
        i64::from(version.version),
        version.valid_from,
        serde_json::to_string(&version.offer)?,
        version.published_by.as_str(),
        version.published_at,
    ];
    books.run(&ADD_VERSION, values).await?;
    Ok(())
}

/// From a day on somebody has a plan, or none.
#[derive(Clone, Debug)]
pub(crate) struct Assigned {
    pub(crate) to: Assignee,
    /// The overlay the plan pays; empty for the deal itself.
    pub(crate) place: String,
    pub(crate) seq: i64,
    pub(crate) effective_on: Day,
    pub(crate) plan: Option<CommissionPlanId>,
    /// A quota of its own; the plan's where there is none.
    pub(crate) quota: Option<Fen>,
}

fn assignee_text(to: Assignee) -> String {
    match to {
        Assignee::Person(id) => id.to_string(),
        Assignee::Post(id) => id.to_string(),
        Assignee::Department(id) => id.to_string(),
    }
}

fn assignee_of(text: &str) -> Result<Assignee, Fault> {
    let person = text.parse::<EmployeeId>().map(Assignee::Person).ok();
    let post = || text.parse::<PostId>().map(Assignee::Post).ok();
    let department = || text.parse::<DepartmentId>().map(Assignee::Department).ok();
    let found = person.or_else(post).or_else(department);
    found.ok_or_else(|| Fault::new(format!("{text} is nobody who has a plan")))
}

const ASSIGNED: Select = Select::new(
    "SELECT assignee, place, seq, effective_on, plan_id, quota FROM commission_assignment \
     WHERE recorded_at <= $1 ORDER BY assignee, place, seq",
);

/// Every assignment that was made by a moment, assignee by assignee, oldest first.
pub(crate) async fn assigned(books: &mut Reader<'_>, by: Moment) -> Result<Vec<Assigned>, Fault> {
    let rows = books.all(&ASSIGNED, binds![by]).await?;
    let row = |row: &Row| {
        Ok(Assigned {
            to: assignee_of(&row.get::<String>("assignee")?)?,
            place: row.get("place")?,
            seq: row.get("seq")?,
            effective_on: row.get("effective_on")?,
            plan: row.get("plan_id")?,
            quota: row.get("quota")?,
        })
    };
    rows.iter().map(row).collect()
}

const ASSIGN: Change = Change::new(
    "INSERT INTO commission_assignment (assignee, place, seq, effective_on, plan_id, quota, \
     recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);

pub(crate) async fn add_assignment(
    books: &mut Writer<'_>,
    row: &Assigned,
    recorded_by: &str,
) -> Result<(), Fault> {
    let at = books.at();
    let assignee = assignee_text(row.to);
    let values = binds![
        assignee,
        row.place.as_str(),
        row.seq,
        row.effective_on,
        row.plan,
        row.quota,
        recorded_by,
        at
    ];
    books.run(&ASSIGN, values).await?;
    Ok(())
}
