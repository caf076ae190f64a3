//! Entities, departments, posts, heads, the reporting line and the work calendar 组织架构.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{CalendarRow, Day, DepartmentId, EmployeeId, EntityId, PostId, Refusal, WorkCalendar};
use people::{Department, EmploymentRow, Employments, Organisation, Position, ReportingLine};
use spine::{Change, Failure, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::seen;

const ADD_ENTITY: Change =
    Change::new("INSERT INTO people_entity (id, name, credit_code) VALUES ($1, $2, $3)");
const ADD_POST: Change = Change::new("INSERT INTO people_post (id, name) VALUES ($1, $2)");
const ADD_DEPARTMENT: Change = Change::new(
    "INSERT INTO people_department (id, parent_id, entity_id, code, name) \
     VALUES ($1, $2, $3, $4, $5)",
);
const SET_HEAD: Change = Change::new(
    "INSERT INTO people_head (department_id, employee_id) VALUES ($1, $2) \
     ON CONFLICT (department_id) DO UPDATE SET employee_id = $3",
);

pub(crate) async fn add_entity(
    books: &mut Writer<'_>,
    id: EntityId,
    name: &str,
    credit_code: Option<&str>,
) -> Result<(), Fault> {
    let code = credit_code.map(str::to_owned);
    books.run(&ADD_ENTITY, binds![id, name, code]).await?;
    Ok(())
}

pub(crate) async fn add_post(books: &mut Writer<'_>, id: PostId, name: &str) -> Result<(), Fault> {
    books.run(&ADD_POST, binds![id, name]).await?;
    Ok(())
}

pub(crate) async fn add_department(
    books: &mut Writer<'_>,
    id: DepartmentId,
    parent: Option<DepartmentId>,
    entity: EntityId,
    (code, name): (&str, &str),
) -> Result<(), Fault> {
    books
        .run(&ADD_DEPARTMENT, binds![id, parent, entity, code, name])
        .await?;
    Ok(())
}

const SET_POST: Change = Change::new("UPDATE people_post SET name = $2 WHERE id = $1");

pub(crate) async fn set_post(books: &mut Writer<'_>, id: PostId, name: &str) -> Result<(), Fault> {
    books.run(&SET_POST, binds![id, name]).await?;
    Ok(())
}

/// Another one as soon as the post is called otherwise.
pub(crate) fn post_version(name: &str) -> String {
    seen::version(&name)
}

pub(crate) async fn set_head(
    books: &mut Writer<'_>,
    department: DepartmentId,
    employee: EmployeeId,
) -> Result<(), Fault> {
    books
        .run(&SET_HEAD, binds![department, employee, employee])
        .await?;
    Ok(())
}

const SET_DEPARTMENT: Change =
    Change::new("UPDATE people_department SET name = $2, parent_id = $3 WHERE id = $1");
const CLOSE_DEPARTMENT: Change =
    Change::new("UPDATE people_department SET closed_on = $2 WHERE id = $1");
const SET_ENTITY: Change =
    Change::new("UPDATE people_entity SET name = $2, credit_code = $3 WHERE id = $1");

pub(crate) async fn set_department(
    books: &mut Writer<'_>,
    id: DepartmentId,
    name: &str,
    parent: Option<DepartmentId>,
) -> Result<(), Fault> {
    books.run(&SET_DEPARTMENT, binds![id, name, parent]).await?;
    Ok(())
}

/// From today on nobody joins it.
pub(crate) async fn close_department(
    books: &mut Writer<'_>,
    id: DepartmentId,
) -> Result<(), Fault> {
    let today = books.today();
    books.run(&CLOSE_DEPARTMENT, binds![id, today]).await?;
    Ok(())
}

pub(crate) async fn set_entity(
    books: &mut Writer<'_>,
    id: EntityId,
    name: &str,
    credit_code: Option<String>,
) -> Result<(), Fault> {
    books
        .run(&SET_ENTITY, binds![id, name, credit_code])
        .await?;
    Ok(())
}

/// Where a name must be the only one of its kind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unique {
    Entity,
    Post,
    DepartmentCode,
}

/// Whether the name is in use.
pub(crate) async fn name_taken(
    books: &mut Reader<'_>,
    kind: Unique,
    name: &str,
) -> Result<bool, Fault> {
    let mut query = Query::new(match kind {
        Unique::Entity => "SELECT count(*) AS n FROM people_entity WHERE name = ",
        Unique::Post => "SELECT count(*) AS n FROM people_post WHERE name = ",
        Unique::DepartmentCode => "SELECT count(*) AS n FROM people_department WHERE code = ",
    });
    query.bind(name);
    let (select, values) = query.select();
    Ok(books.count(&select, values).await? > 0)
}

const ENTITY: Select = Select::new("SELECT count(*) AS n FROM people_entity WHERE id = $1");
const FIRST_ENTITY: Select = Select::new("SELECT name FROM people_entity ORDER BY id LIMIT 1");
const ENTITIES: Select =
    Select::new("SELECT id, name, credit_code FROM people_entity ORDER BY name");
const POSTS: Select = Select::new("SELECT id, name FROM people_post ORDER BY name");

/// A legal entity.
#[derive(Clone, Debug)]
pub(crate) struct EntityLine {
    pub(crate) id: EntityId,
    pub(crate) name: String,
    pub(crate) credit_code: Option<String>,
}

impl EntityLine {
    /// Another one as soon as name or code has changed.
    pub(crate) fn version(&self) -> String {
        seen::version(&(&self.name, &self.credit_code))
    }

    /// Refuses to overwrite what a form did not show.
    pub(crate) fn check_seen(&self, seen: Option<&str>) -> Result<(), Refusal> {
        let (zh, en) = (format!("法律主体「{}」", self.name), "The entity");
        seen::check(seen, &self.version(), (&zh, en))
    }
}

pub(crate) async fn entity_exists(books: &mut Reader<'_>, id: EntityId) -> Result<bool, Fault> {
    Ok(books.count(&ENTITY, binds![id]).await? > 0)
}

/// The name of the legal entity that was entered first.
pub(crate) async fn first_entity(books: &mut Reader<'_>) -> Result<Option<String>, Fault> {
    let row = books.first(&FIRST_ENTITY, binds![]).await?;
    row.map(|row| row.get("name")).transpose()
}

pub(crate) async fn entities(books: &mut Reader<'_>) -> Result<Vec<EntityLine>, Fault> {
    let rows = books.all(&ENTITIES, binds![]).await?;
    let line = |row: &Row| {
        Ok(EntityLine {
            id: row.get("id")?,
            name: row.get("name")?,
            credit_code: row.get("credit_code")?,
        })
    };
    rows.iter().map(line).collect()
}

pub(crate) async fn posts(books: &mut Reader<'_>) -> Result<Vec<(PostId, String)>, Fault> {
    let rows = books.all(&POSTS, binds![]).await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("name")?)))
        .collect()
}

const DEPARTMENTS: Select = Select::new(
    "SELECT d.id AS id, d.parent_id AS parent_id, d.entity_id AS entity_id, d.code AS code, \
     d.name AS name, h.employee_id AS head_id, \
     (SELECT count(*) FROM people_employee e WHERE e.department_id = d.id \
     AND e.state <> 'left') AS people \
     FROM people_department d LEFT JOIN people_head h ON h.department_id = d.id \
     WHERE d.closed_on IS NULL ORDER BY d.code",
);

/// A department with its head and how many work in it.
#[derive(Clone, Debug)]
pub(crate) struct DepartmentLine {
    pub(crate) id: DepartmentId,
    pub(crate) parent: Option<DepartmentId>,
    pub(crate) entity: EntityId,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) head: Option<EmployeeId>,
    pub(crate) people: i64,
}

/// Another one as soon as name, place or head of a department has changed.
pub(crate) fn department_version(
    name: &str,
    parent: Option<DepartmentId>,
    head: Option<EmployeeId>,
) -> String {
    seen::version(&(name, parent, head))
}

/// Refuses to overwrite what a form did not show of a department.
pub(crate) fn check_department_seen(seen: Option<&str>, now: &Department) -> Result<(), Refusal> {
    let version = department_version(&now.name, now.parent, now.head);
    let zh = format!("部门「{}」", now.name);
    seen::check(seen, &version, (&zh, "The department"))
}

pub(crate) async fn departments(books: &mut Reader<'_>) -> Result<Vec<DepartmentLine>, Fault> {
    let rows = books.all(&DEPARTMENTS, binds![]).await?;
    let line = |row: &Row| {
        Ok(DepartmentLine {
            id: row.get("id")?,
            parent: row.get("parent_id")?,
            entity: row.get("entity_id")?,
            code: row.get("code")?,
            name: row.get("name")?,
            head: row.get("head_id")?,
            people: row.get("people")?,
        })
    };
    rows.iter().map(line).collect()
}

/// The tree, as the engine wants it.
pub(crate) async fn organisation(books: &mut Reader<'_>) -> Result<Organisation, Failure> {
    let departments = departments(books)
        .await?
        .into_iter()
        .map(|line| Department {
            id: line.id,
            parent: line.parent,
            name: line.name,
            head: line.head,
        });
    Ok(Organisation::new(departments)?)
}

/// Adds `(SELECT count(*) …)`, how many people there are.
pub(crate) fn push_head_count(query: &mut Query) {
    query.push("(SELECT count(*) FROM people_employee)");
}

/// Who works in these departments, the first `limit`.
pub(crate) async fn members(
    books: &mut Reader<'_>,
    departments: &[DepartmentId],
    limit: i64,
) -> Result<Vec<EmployeeId>, Fault> {
    let mut query =
        Query::new("SELECT m.id AS id FROM people_employee m WHERE m.department_id IN ");
    query.bind_list(departments.iter().copied());
    query.push(" ORDER BY m.id LIMIT ").bind(limit);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// How many people work in these departments.
pub(crate) async fn count_members(
    books: &mut Reader<'_>,
    departments: &[DepartmentId],
) -> Result<i64, Fault> {
    let mut query = Query::new("SELECT count(*) AS n FROM ");
    push_members(&mut query, departments);
    query.push(" AS members");
    let (select, values) = query.select();
    books.count(&select, values).await
}

/// Adds `(SELECT … )`, the people who work in these departments.
pub(crate) fn push_members(query: &mut Query, departments: &[DepartmentId]) {
    query.push("(SELECT m.id FROM people_employee m WHERE m.department_id IN ");
    query.bind_list(departments.iter().copied());
    query.push(")");
}

/// The managers above a person on a day, nearest first.
///
/// Only the rows along the line are read, not the whole company.
pub(crate) async fn line_above(
    books: &mut Reader<'_>,
    employee: EmployeeId,
    day: Day,
) -> Result<Vec<EmployeeId>, Failure> {
    let organisation = organisation(books).await?;
    let mut rows: BTreeMap<(EmployeeId, u32), EmploymentRow> = BTreeMap::new();
    let mut asked = BTreeSet::new();
    let mut waiting = BTreeSet::from([employee]);
    while !waiting.is_empty() {
        let found = employment_rows(books, &waiting).await?;
        asked.append(&mut waiting);
        for row in found {
            if let Some(position) = row.position {
                let heads = organisation
                    .upward(position.department)
                    .filter_map(|d| d.head);
                waiting.extend(position.line_manager.into_iter().chain(heads));
            }
            rows.insert((row.employee, row.seq), row);
        }
        waiting.retain(|person| !asked.contains(person));
    }
    let employments: Employments = rows.into_values().collect();
    let line = ReportingLine {
        organisation: &organisation,
        employments: &employments,
        day,
    };
    Ok(line.above(employee))
}

/// The nearest manager at work on this day.
#[expect(dead_code, reason = "approvals find the superior with it")]
pub(crate) async fn manager_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
    day: Day,
) -> Result<Option<EmployeeId>, Failure> {
    Ok(line_above(books, employee, day).await?.first().copied())
}

/// The employment history of these people, as the engine wants it.
pub(crate) async fn employment_rows(
    books: &mut Reader<'_>,
    people: &BTreeSet<EmployeeId>,
) -> Result<Vec<EmploymentRow>, Fault> {
    let mut query = Query::new(
        "SELECT employee_id, seq, effective_on, entity_id, department_id, post_id, \
         line_manager_id, ended FROM people_employment WHERE employee_id IN ",
    );
    query.bind_list(people.iter().copied());
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let row = |row: &Row| {
        let position = Position {
            entity: row.get("entity_id")?,
            department: row.get("department_id")?,
            post: Some(row.get("post_id")?),
            line_manager: row.get("line_manager_id")?,
        };
        let seq = u32::try_from(row.get::<i64>("seq")?).map_err(|_| Fault::new("seq"))?;
        Ok(EmploymentRow {
            employee: row.get("employee_id")?,
            effective_on: row.get("effective_on")?,
            seq,
            position: (!row.get::<bool>("ended")?).then_some(position),
        })
    };
    rows.iter().map(row).collect()
}

const ADD_DAY: &str =
    "INSERT INTO people_calendar_day (day, notice_year, is_off, is_statutory, name) VALUES ";
const DAYS: Select = Select::new(
    "SELECT day, notice_year, is_off, is_statutory, name FROM people_calendar_day ORDER BY day",
);
const DROP_YEAR: Change = Change::new("DELETE FROM people_calendar_day WHERE notice_year = $1");

/// A day that a notice names, and whether it is statutory proper.
pub(crate) type CalendarDay = (CalendarRow, bool);

/// Replaces the notice of a year by these days.
pub(crate) async fn set_notice(
    books: &mut Writer<'_>,
    year: i16,
    days: &[CalendarDay],
) -> Result<(), Fault> {
    books.run(&DROP_YEAR, binds![i64::from(year)]).await?;
    let row = |(row, statutory): &CalendarDay| {
        binds![
            row.day,
            i64::from(year),
            row.is_off,
            *statutory,
            row.name.as_str()
        ]
    };
    books
        .insert_many(ADD_DAY, "", days.iter().map(row).collect())
        .await
}

pub(crate) async fn calendar_rows(books: &mut Reader<'_>) -> Result<Vec<CalendarDay>, Fault> {
    let rows = books.all(&DAYS, binds![]).await?;
    let day = |row: &Row| {
        let year = row.get::<i64>("notice_year")?;
        let day = CalendarRow {
            notice_year: i16::try_from(year).map_err(|_| Fault::new("notice year"))?,
            day: row.get("day")?,
            name: row.get("name")?,
            is_off: row.get("is_off")?,
        };
        Ok((day, row.get("is_statutory")?))
    };
    rows.iter().map(day).collect()
}

/// The company's work calendar.
pub(crate) async fn calendar(books: &mut Reader<'_>) -> Result<WorkCalendar, Fault> {
    let days = calendar_rows(books).await?;
    let statutory: Vec<Day> = days
        .iter()
        .filter(|day| day.1)
        .map(|(row, _)| row.day)
        .collect();
    Ok(WorkCalendar::new(days.into_iter().map(|(row, _)| row)).with_statutory(statutory))
}

const NAMED_LINE: Select = Select::new(
    "WITH RECURSIVE line (id) AS (SELECT id FROM people_employee WHERE id = $1 \
     UNION SELECT e.line_manager_id FROM people_employee e JOIN line l ON l.id = e.id \
     WHERE e.line_manager_id IS NOT NULL) SELECT id FROM line",
);

/// The person and everybody above him by named line managers, as of today.
pub(crate) async fn named_line(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Vec<EmployeeId>, Fault> {
    let rows = books.all(&NAMED_LINE, binds![employee]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}
