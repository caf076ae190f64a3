//! Short names for the people of a small company.

use kernel::{Day, DepartmentId, EmployeeId, EntityId, Moment};
use people::{Department, EmploymentRow, Position};

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn emp(n: u8) -> EmployeeId {
    EmployeeId::mint(Moment(1), [n; 10])
}

pub(crate) fn dpt(n: u8) -> DepartmentId {
    DepartmentId::mint(Moment(1), [n; 10])
}

pub(crate) fn department(n: u8, parent: Option<u8>, head: Option<u8>) -> Department {
    Department {
        id: dpt(n),
        parent: parent.map(dpt),
        name: format!("部门{n}"),
        head: head.map(emp),
    }
}

pub(crate) fn position(department: u8, line_manager: Option<u8>) -> Option<Position> {
    Some(Position {
        entity: EntityId::mint(Moment(1), [0; 10]),
        department: dpt(department),
        post: None,
        line_manager: line_manager.map(emp),
    })
}

pub(crate) fn row(n: u8, from: &str, seq: u32, position: Option<Position>) -> EmploymentRow {
    EmploymentRow {
        employee: emp(n),
        effective_on: day(from),
        seq,
        position,
    }
}
