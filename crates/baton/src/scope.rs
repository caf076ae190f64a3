//! A permission's reach as a condition in SQL 数据范围条件.

use access::{Permission, RowFilter};
use spine::{By, Query, Spine};

use crate::people;

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
    /// Conditions under which somebody counts as owner beside him. Each ends where his id is bound;
    /// what follows the id is the second part: `("c.id IN (SELECT … = ", ")")`.
    pub(crate) beside: &'static [(&'static str, &'static str)],
}

/// Adds ` AND (…)`, true for exactly the rows that [`RowFilter::admits`].
pub(crate) fn push(query: &mut Query, filter: &RowFilter, columns: &Columns) {
    match filter {
        RowFilter::Everything => {}
        RowFilter::Nothing => {
            query.push(" AND 1 = 0");
        }
        RowFilter::OwnedBy(employee) => {
            query.push(" AND (").push(columns.owner).push(" = ").bind(*employee);
            for (before, after) in columns.beside {
                query.push(" OR ").push(before).bind(*employee).push(after);
            }
            query.push(")");
        }
        RowFilter::Departments { ids, or_owned_by } => {
            query.push(" AND (").push(columns.owner).push(" IN ");
            people::store::push_members(query, ids);
            if let Some(employee) = or_owned_by {
                query.push(" OR ").push(columns.owner).push(" = ").bind(*employee);
                for (before, after) in columns.beside {
                    query.push(" OR ").push(before).bind(*employee).push(after);
                }
            }
            query.push(")");
        }
    }
}
