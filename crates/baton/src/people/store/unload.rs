//! Many people and departments taken back at once 组织与员工批量撤回.
//!
//! For imports that are undone. History speaks of people and departments, so they stay: employees
//! have left by a row of their history, departments are closed, and both give up their number. An
//! employee gives up his citizen id too, or he could not come in again.

use spine::{Change, Chosen, Fault, Pointer, Query, Sheet, Writer, binds};

/// What of this slice points to records of any slice.
pub(crate) const POINTERS: &[Pointer] = &[
    Pointer::by("people_department", "parent_id", "t.id", "下级部门"),
    Pointer::by("people_employee", "department_id", "t.id", "员工"),
    Pointer::by("people_employee", "line_manager_id", "t.id", "下属"),
    Pointer::later("people_employment", "employee_id", "任职变动"),
    Pointer::by(
        "people_employment",
        "department_id",
        "t.employee_id",
        "任职记录",
    ),
    Pointer::by(
        "people_employment",
        "line_manager_id",
        "t.employee_id",
        "任职记录",
    ),
    Pointer::by(
        "people_head",
        "employee_id",
        "t.department_id",
        "部门负责人",
    ),
    Pointer::by(
        "people_head",
        "department_id",
        "t.department_id",
        "部门负责人",
    ),
    Pointer::by("people_stand_in", "employee_id", "t.id", "代理"),
    Pointer::by("people_stand_in", "stand_in_id", "t.id", "代理"),
    Pointer::by("people_asset", "employee_id", "t.id", "资产"),
];

/// Departments, to be changed column by column.
pub(crate) const DEPARTMENTS: Sheet = Sheet {
    table: "people_department",
    identifier: "id",
};
/// Employees.
pub(crate) const EMPLOYEES: Sheet = Sheet {
    table: "people_employee",
    identifier: "id",
};

const ANEW: Change =
    Change::new("UPDATE people_employee SET revision = revision + 1 WHERE id = $1");

/// Whoever has a form about this employee open learns that he was written since.
pub(crate) async fn written_anew(books: &mut Writer<'_>, employee: &str) -> Result<(), Fault> {
    books.run(&ANEW, binds![employee]).await?;
    Ok(())
}

/// These employees have left; `suffix` is added to their numbers, `reason` told in their history.
pub(crate) async fn employees(
    books: &mut Writer<'_>,
    chosen: &Chosen,
    suffix: &str,
    reason: &str,
) -> Result<(), Fault> {
    let (at, today) = (books.at(), books.today());
    let mut query = Query::new(
        "INSERT INTO people_employment (employee_id, seq, effective_on, recorded_at, entity_id, \
         department_id, post_id, line_manager_id, ended, reason) SELECT e.id, a.seq + 1, \
         CASE WHEN a.effective_on > ",
    );
    query.bind(today).push(" THEN a.effective_on ELSE CAST(");
    query.bind(today).push(" AS TEXT) END, CAST(");
    query
        .bind(at)
        .push(" AS BIGINT), e.entity_id, e.department_id, ");
    query.push("e.post_id, e.line_manager_id, 1, CAST(");
    query.bind(reason).push(" AS TEXT) FROM people_employee e ");
    query.push("JOIN people_employment a ON a.employee_id = e.id WHERE a.seq = ");
    query.push("(SELECT max(z.seq) FROM people_employment z WHERE z.employee_id = e.id) ");
    query.push("AND e.id IN ");
    chosen.list(&mut query);
    let (change, values) = query.change();
    books.run(&change, values).await?;
    let mut query =
        Query::new("UPDATE people_employee SET state = 'left', number = number || CAST(");
    query
        .bind(suffix)
        .push(" AS TEXT), citizen_id = NULL, left_on = ");
    query.bind(today).push(" WHERE id IN ");
    chosen.list(&mut query);
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}

/// Closes these departments; `suffix` is added to their codes.
pub(crate) async fn departments(
    books: &mut Writer<'_>,
    chosen: &Chosen,
    suffix: &str,
) -> Result<(), Fault> {
    let today = books.today();
    let mut query = Query::new("UPDATE people_department SET code = code || CAST(");
    query.bind(suffix).push(" AS TEXT), closed_on = ");
    query.bind(today).push(" WHERE id IN ");
    chosen.list(&mut query);
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}
