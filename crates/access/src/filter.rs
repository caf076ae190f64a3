//! Which rows a permission reaches 数据范围过滤.

use kernel::{DepartmentId, EmployeeId};
use serde::Serialize;

use crate::decide::reach;
use crate::{Actor, Permission, Policy, Scope};

/// To whom a thing belongs. A thing without owner, collaborators and department is company-wide:
/// only [`Scope::All`] reaches it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The person who owns it.
    pub owner: Option<EmployeeId>,
    /// Who counts as owner beside him. Leave it empty where helping is not enough: a collaborator
    /// may read a customer but not hand it over.
    pub collaborators: Vec<EmployeeId>,
    /// The department it belongs to.
    pub department: Option<DepartmentId>,
    /// For whom it is not there, however far his roles reach. A list leaves such rows out itself.
    pub kept_from: Option<EmployeeId>,
}

/// The rows of a table that an actor may touch, as data from which the caller writes a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowFilter {
    /// No row.
    Nothing,
    /// Every row.
    Everything,
    /// Rows whose owner or collaborator is this person.
    OwnedBy(EmployeeId),
    /// Rows of these departments, and rows owned by this person wherever they are.
    Departments {
        /// Never empty; sorted, each once.
        ids: Vec<DepartmentId>,
        /// The actor himself.
        or_owned_by: Option<EmployeeId>,
    },
}

/// The rows that `permission` reaches for this actor when no reason is stated.
#[must_use]
pub fn filter(policy: &Policy, actor: &Actor, permission: Permission) -> RowFilter {
    match reach(policy, actor, permission.0, false) {
        Ok((_, scope)) => RowFilter::of(actor, scope),
        Err(_) => RowFilter::Nothing,
    }
}

impl RowFilter {
    pub(crate) fn of(actor: &Actor, scope: Scope) -> RowFilter {
        let mut ids: Vec<DepartmentId> = match scope {
            Scope::All => return RowFilter::Everything,
            Scope::None => return RowFilter::Nothing,
            Scope::Own => Vec::new(),
            Scope::Department => actor.department.into_iter().collect(),
            Scope::DepartmentTree => actor
                .department
                .into_iter()
                .chain(actor.departments_below.iter().copied())
                .collect(),
        };
        ids.sort_unstable();
        ids.dedup();
        match (ids.is_empty(), actor.employee) {
            (false, or_owned_by) => RowFilter::Departments { ids, or_owned_by },
            (true, Some(employee)) => RowFilter::OwnedBy(employee),
            (true, None) => RowFilter::Nothing,
        }
    }

    /// Whether the row is among them; the SQL condition must say the same.
    #[must_use]
    pub fn admits(&self, target: &Target) -> bool {
        let owned =
            |who: EmployeeId| target.owner == Some(who) || target.collaborators.contains(&who);
        match self {
            RowFilter::Nothing => false,
            RowFilter::Everything => true,
            RowFilter::OwnedBy(employee) => owned(*employee),
            RowFilter::Departments { ids, or_owned_by } => {
                target.department.is_some_and(|id| ids.contains(&id))
                    || or_owned_by.is_some_and(owned)
            }
        }
    }
}
