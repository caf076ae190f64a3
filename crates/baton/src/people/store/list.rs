//! The list of employees 员工列表.

use access::{RowFilter, Target};
use kernel::{DepartmentId, EmployeeId};
use spine::{Fault, Query, Reader, Row};

use super::{PersonState, push_members};
use crate::{import, scope};

/// What the list is narrowed to.
pub(crate) struct EmployeeFilter {
    /// Part of name, pinyin, initials or number.
    pub(crate) q: String,
    pub(crate) department: Option<DepartmentId>,
    pub(crate) state: Option<PersonState>,
    /// Of whom the reader may know that they are about to leave; all others are at work.
    pub(crate) leavers: RowFilter,
    /// Only those whom an import brought that was undone; else none of these, who never came.
    pub(crate) undone: bool,
    pub(crate) sells: Option<bool>,
    /// Only these people.
    pub(crate) among: Option<Vec<EmployeeId>>,
    /// Numbers after this one.
    pub(crate) after: String,
}

/// One line.
pub(crate) struct EmployeeLine {
    pub(crate) id: EmployeeId,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) department_id: DepartmentId,
    pub(crate) department: String,
    pub(crate) post: String,
    pub(crate) manager: Option<(EmployeeId, String, String)>,
    pub(crate) sells: bool,
    pub(crate) state: PersonState,
    pub(crate) phone: Option<String>,
}

impl EmployeeLine {
    /// What access asks about the person.
    pub(crate) fn target(&self) -> Target {
        Target {
            owner: Some(self.id),
            department: Some(self.department_id),
            ..Target::default()
        }
    }
}

/// A person owns himself; nobody else counts as owner.
pub(crate) const COLUMNS: scope::Columns = scope::Columns {
    owner: "e.id",
    customer: None,
    beside: None,
};

/// The employees who fit, by number.
pub(crate) async fn employees(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &EmployeeFilter,
    limit: i64,
) -> Result<Vec<EmployeeLine>, Fault> {
    let mut query = Query::new(
        "SELECT e.id AS id, e.number AS number, e.name AS name, d.id AS department_id, \
         d.name AS department, p.name AS post, m.id AS manager_id, m.number AS manager_number, \
         m.name AS manager_name, e.sells AS sells, e.state AS state, e.phone AS phone \
         FROM people_employee e JOIN people_department d ON d.id = e.department_id \
         JOIN people_post p ON p.id = e.post_id \
         LEFT JOIN people_employee m ON m.id = e.line_manager_id WHERE e.number > ",
    );
    query.bind(filter.after.as_str());
    // Whom an undone import had brought has left, in the books.
    query.push(if filter.undone {
        " AND e.state = 'left' AND "
    } else {
        " AND NOT (e.state = 'left' AND "
    });
    import::store::push_undone(&mut query, "e.id");
    if !filter.undone {
        query.push(")");
    }
    let today = books.today();
    scope::push(&mut query, reach, &COLUMNS, today);
    let folded = spelling::fold(&filter.q);
    if folded.is_empty() && !filter.q.trim().is_empty() {
        // Signs alone, which are in no name and no number.
        return Ok(Vec::new());
    }
    if !folded.is_empty() {
        let part = format!("%{folded}%");
        query.push(" AND (lower(e.name) LIKE ").bind(part.as_str());
        query.push(" OR e.pinyin LIKE ").bind(part.as_str());
        query
            .push(" OR lower(e.number) LIKE ")
            .bind(part.as_str())
            .push(")");
    }
    if let Some(department) = filter.department {
        query.push(" AND e.id IN ");
        push_members(&mut query, &[department]);
    }
    match filter.state {
        Some(PersonState::Active) => {
            query.push(" AND e.state <> 'left' AND NOT (e.state = 'notice'");
            scope::push(&mut query, &filter.leavers, &COLUMNS, today);
            query.push(")");
        }
        Some(PersonState::Notice) => {
            query.push(" AND e.state = 'notice'");
            scope::push(&mut query, &filter.leavers, &COLUMNS, today);
        }
        Some(PersonState::Left) => {
            query.push(" AND e.state = 'left'");
        }
        None => {}
    }
    if let Some(sells) = filter.sells {
        query.push(" AND e.sells = ").bind(sells);
    }
    if let Some(among) = &filter.among {
        query.push(" AND e.id IN ").bind_list(among.iter().copied());
    }
    query.push(" ORDER BY e.number LIMIT ").bind(limit);
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

fn line(row: &Row) -> Result<EmployeeLine, Fault> {
    let manager: Option<EmployeeId> = row.get("manager_id")?;
    let manager = match manager {
        Some(id) => Some((id, row.get("manager_number")?, row.get("manager_name")?)),
        None => None,
    };
    Ok(EmployeeLine {
        id: row.get("id")?,
        number: row.get("number")?,
        name: row.get("name")?,
        department_id: row.get("department_id")?,
        department: row.get("department")?,
        post: row.get("post")?,
        manager,
        sells: row.get("sells")?,
        state: PersonState::of(&row.get::<String>("state")?),
        phone: row.get("phone")?,
    })
}

/// Id, number and name of everybody who has one of these names, also of those who left.
pub(crate) async fn of_names(
    books: &mut Reader<'_>,
    names: &[String],
) -> Result<Vec<(EmployeeId, String, String)>, Fault> {
    called(books, "e.name", names).await
}

/// The same of these numbers.
pub(crate) async fn of_numbers(
    books: &mut Reader<'_>,
    numbers: &[String],
) -> Result<Vec<(EmployeeId, String, String)>, Fault> {
    called(books, "e.number", numbers).await
}

async fn called(
    books: &mut Reader<'_>,
    column: &'static str,
    texts: &[String],
) -> Result<Vec<(EmployeeId, String, String)>, Fault> {
    let mut found = Vec::new();
    for some in texts.chunks(500) {
        let mut query = Query::new(
            "SELECT e.id AS id, e.number AS number, e.name AS name FROM people_employee e WHERE ",
        );
        query.push(column).push(" IN ");
        query.bind_list(some.iter().map(String::as_str));
        query.push(" AND NOT ");
        import::store::push_undone(&mut query, "e.id");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            found.push((row.get("id")?, row.get("number")?, row.get("name")?));
        }
    }
    Ok(found)
}
