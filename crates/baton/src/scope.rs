//! A permission's reach as a condition in SQL 数据范围条件.

use access::{Permission, RowFilter};
use kernel::{Day, EmployeeId};
use spine::{By, Query, Spine};

use crate::{customer, people};

/// The rows that a permission reaches for the caller; the system reaches all.
pub(crate) fn reach(spine: &Spine, by: &By, permission: Permission) -> RowFilter {
    match &by.actor {
        Some(actor) => access::filter(spine.policy(), actor, permission),
        None => RowFilter::Everything,
    }
}

/// Where a table keeps what a [`RowFilter`] asks about; all literals.
pub(crate) struct Columns {
    /// The owner, `c.owner_id`.
    pub(crate) owner: &'static str,
    /// The customer whose collaborators count as owners beside him, `c.id`.
    pub(crate) customer: Option<&'static str>,
    /// Somebody else who counts as owner beside him, `i.responsible_id`.
    pub(crate) beside: Option<&'static str>,
}

/// Adds ` AND (…)`, true for exactly the rows that [`RowFilter::admits`].
pub(crate) fn push(query: &mut Query, filter: &RowFilter, columns: &Columns, today: Day) {
    match filter {
        RowFilter::Everything => {}
        RowFilter::Nothing => {
            query.push(" AND 1 = 0");
        }
        RowFilter::OwnedBy(employee) => {
            query.push(" AND (");
            push_owned(query, *employee, columns, today);
            query.push(")");
        }
        RowFilter::Departments { ids, or_owned_by } => {
            query.push(" AND (").push(columns.owner).push(" IN ");
            people::store::push_members(query, ids);
            if let Some(employee) = or_owned_by {
                query.push(" OR ");
                push_owned(query, *employee, columns, today);
            }
            query.push(")");
        }
    }
}

fn push_owned(query: &mut Query, employee: EmployeeId, columns: &Columns, today: Day) {
    match columns.customer {
        // One list of ids instead of an OR, so that both databases can use their indexes.
        Some(id) => {
            query.push(id).push(" IN ");
            customer::store::push_own(query, employee, today);
        }
        None => {
            query.push(columns.owner).push(" = ").bind(employee);
        }
    }
    if let Some(beside) = columns.beside {
        query.push(" OR ").push(beside).push(" = ").bind(employee);
    }
}
