//! Many people and departments at once 组织与员工批量写入.
//!
//! For imports and the demo company. Ids are minted by the caller; each employee's first place is
//! written to the append-only history besides, so that history begins with the load.

use std::collections::BTreeSet;

use kernel::{Day, DepartmentId, EmployeeId, EntityId, PostId};
use people::Position;
use spelling::Spelling;
use spine::{Binds, Fault, Query, Writer, binds};

/// A legal entity to be added.
#[derive(Clone, Debug)]
pub struct NewEntity {
    /// Its id.
    pub id: EntityId,
    /// Unique.
    pub name: String,
}

/// A post to be added.
#[derive(Clone, Debug)]
pub struct NewPost {
    /// Its id.
    pub id: PostId,
    /// Unique.
    pub name: String,
}

/// A department to be added.
#[derive(Clone, Debug)]
pub struct NewDepartment {
    /// Its id.
    pub id: DepartmentId,
    /// The one above it, in the books or among those loaded with it.
    pub parent: Option<DepartmentId>,
    /// Whose it is.
    pub entity: EntityId,
    /// Unique.
    pub code: String,
    /// As people call it.
    pub name: String,
}

/// An employee to be added, with the first place of his employment.
#[derive(Clone, Debug)]
pub struct NewEmployee {
    /// His id.
    pub id: EmployeeId,
    /// 工号, unique.
    pub number: String,
    /// In the canonical form of [`spelling::canonical_name`].
    pub name: String,
    /// Entity, department and line manager; the manager is in the books or among those loaded.
    pub position: Position,
    /// 岗位
    pub post: PostId,
    /// 居民身份证号
    pub citizen_id: Option<String>,
    /// 手机
    pub phone: Option<String>,
    /// 邮箱
    pub email: Option<String>,
    /// 入职日期; the first place begins here.
    pub hired_on: Day,
    /// 试用期至
    pub probation_until: Option<Day>,
    /// 合同起始日
    pub contract_from: Option<Day>,
    /// 合同终止日
    pub contract_until: Option<Day>,
    /// Whether the person has customers.
    pub sells: bool,
    /// 客户上限
    pub capacity: Option<i64>,
    /// Regions he knows, separated by 、.
    pub regions: String,
    /// Industries he knows, separated by 、.
    pub industries: String,
    /// What the company keeps besides, a JSON object.
    pub extra: String,
}

/// Adds legal entities.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_entities(books: &mut Writer<'_>, new: &[NewEntity]) -> Result<(), Fault> {
    let rows = new.iter().map(|e| binds![e.id, e.name.as_str()]).collect();
    books
        .insert_many("INSERT INTO people_entity (id, name) VALUES ", "", rows)
        .await
}

/// Adds posts.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_posts(books: &mut Writer<'_>, new: &[NewPost]) -> Result<(), Fault> {
    let rows = new.iter().map(|p| binds![p.id, p.name.as_str()]).collect();
    books
        .insert_many("INSERT INTO people_post (id, name) VALUES ", "", rows)
        .await
}

/// Adds departments, whatever their order.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_departments(books: &mut Writer<'_>, new: &[NewDepartment]) -> Result<(), Fault> {
    const HEAD: &str =
        "INSERT INTO people_department (id, parent_id, entity_id, code, name) VALUES ";
    for level in levels(new, |d| d.id, |d| d.parent) {
        let row =
            |d: &&NewDepartment| binds![d.id, d.parent, d.entity, d.code.as_str(), d.name.as_str()];
        books
            .insert_many(HEAD, "", level.iter().map(row).collect())
            .await?;
    }
    Ok(())
}

const EMPLOYEE: &str = "INSERT INTO people_employee \
     (id, number, name, pinyin, initials, citizen_id, phone, email, \
     entity_id, department_id, post_id, line_manager_id, hired_on, probation_until, \
     contract_from, contract_until, sells, capacity, regions, industries, state, extra) VALUES ";
const EMPLOYMENT: &str = "INSERT INTO people_employment \
     (employee_id, seq, effective_on, recorded_at, entity_id, \
     department_id, post_id, line_manager_id, ended, reason) VALUES ";

/// Adds employees, whatever their order, and the first row of each one's history, `reason` told.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_employees(
    books: &mut Writer<'_>,
    new: &[NewEmployee],
    reason: &str,
) -> Result<(), Fault> {
    for level in levels(new, |e| e.id, |e| e.position.line_manager) {
        books
            .insert_many(EMPLOYEE, "", level.iter().map(|e| employee(e)).collect())
            .await?;
    }
    let at = books.at();
    let row = |e: &NewEmployee| {
        let Position {
            entity,
            department,
            line_manager,
            ..
        } = e.position;
        binds![
            e.id,
            1,
            e.hired_on,
            at,
            entity,
            department,
            e.post,
            line_manager,
            false,
            reason
        ]
    };
    books
        .insert_many(EMPLOYMENT, "", new.iter().map(row).collect())
        .await
}

/// These people have customers from now on.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub(crate) async fn set_sells(books: &mut Writer<'_>, ids: &[EmployeeId]) -> Result<(), Fault> {
    for some in ids.chunks(500) {
        let mut query =
            Query::new("UPDATE people_employee SET sells = 1 WHERE sells = 0 AND id IN ");
        query.bind_list(some.iter().copied());
        let (change, values) = query.change();
        books.run(&change, values).await?;
    }
    Ok(())
}

fn employee(new: &NewEmployee) -> Binds {
    let spelling = Spelling::of_person(&new.name);
    binds![
        new.id,
        new.number.as_str(),
        new.name.as_str(),
        spelling.search_text(),
        spelling.initials.join(" "),
        new.citizen_id.clone(),
        new.phone.clone(),
        new.email.clone(),
        new.position.entity,
        new.position.department,
        new.post,
        new.position.line_manager,
        new.hired_on,
        new.probation_until,
        new.contract_from,
        new.contract_until,
        new.sells,
        new.capacity,
        new.regions.as_str(),
        new.industries.as_str(),
        "active",
        new.extra.as_str(),
    ]
}

/// Those whose superior is not among the rest first, then those below them, and so on: a row may
/// only refer to one that is there. A ring is handed on as it is; the database refuses it.
fn levels<T, I: Copy + Ord>(
    all: &[T],
    id: impl Fn(&T) -> I,
    above: impl Fn(&T) -> Option<I>,
) -> Vec<Vec<&T>> {
    let mut levels = Vec::new();
    let mut rest: Vec<&T> = all.iter().collect();
    while !rest.is_empty() {
        let waiting: BTreeSet<I> = rest.iter().map(|one| id(one)).collect();
        let (below, ready): (Vec<&T>, Vec<&T>) = rest
            .into_iter()
            .partition(|one| above(one).is_some_and(|above| waiting.contains(&above)));
        if ready.is_empty() {
            levels.push(below);
            break;
        }
        levels.push(ready);
        rest = below;
    }
    levels
}

#[cfg(test)]
mod tests {
    #[test]
    fn superiors_come_first_and_a_ring_ends() {
        let above = |of: &(u8, Option<u8>)| of.1;
        let tree = [(3, Some(2)), (1, None), (2, Some(1)), (9, Some(7))];
        let order: Vec<Vec<u8>> = super::levels(&tree, |of| of.0, above)
            .iter()
            .map(|level| level.iter().map(|of| of.0).collect())
            .collect();
        assert_eq!(order, [vec![1, 9], vec![2], vec![3]]);
        let ring = [(1, Some(2)), (2, Some(1))];
        assert_eq!(
            super::levels(&ring, |of: &(u8, Option<u8>)| of.0, above).len(),
            1
        );
    }
}
