//! The tree of departments 组织架构.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{DepartmentId, EmployeeId, Refusal};
use serde::{Deserialize, Serialize};

/// One department 部门.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// The department above it; none for a root.
    pub parent: Option<DepartmentId>,
    /// What people call it.
    pub name: String,
    /// 部门负责人
    pub head: Option<EmployeeId>,
}

/// Departments that are known to form a forest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    // INVARIANT: every parent is a key, and going up from any department ends at a root.
    departments: BTreeMap<DepartmentId, Department>,
    children: BTreeMap<DepartmentId, Vec<DepartmentId>>,
}

impl Organisation {
    /// Joins the departments.
    ///
    /// # Errors
    /// `people.department_twice`, `people.department_unknown` (a parent that is none of them) or
    /// `people.department_cycle`.
    pub fn new(departments: impl IntoIterator<Item = Department>) -> Result<Organisation, Refusal> {
        let mut all = BTreeMap::new();
        for department in departments {
            if let Some(twice) = all.insert(department.id, department) {
                return Err(Refusal::invalid(
                    "people.department_twice",
                    format!("部门「{}」（{}）重复出现", twice.name, twice.id),
                    format!("department {} appears twice", twice.id),
                )
                .remedy(("请删除重复的一行", "Delete the repeated row")));
            }
        }
        let mut children: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for department in all.values() {
            let Some(parent) = department.parent else {
                continue;
            };
            if !all.contains_key(&parent) {
                return Err(unknown(&format!("{}的上级部门 {parent}", department.name)));
            }
            children.entry(parent).or_default().push(department.id);
        }
        let organisation = Organisation {
            departments: all,
            children,
        };
        organisation.refuse_cycles()?;
        Ok(organisation)
    }

    /// The department with this id.
    #[must_use]
    pub fn department(&self, id: DepartmentId) -> Option<&Department> {
        self.departments.get(&id)
    }

    /// From the department itself up to its root; empty when it is unknown.
    pub fn upward(&self, id: DepartmentId) -> impl Iterator<Item = &Department> {
        std::iter::successors(self.department(id), |below| {
            below.parent.and_then(|parent| self.department(parent))
        })
    }

    /// From the root down to the department itself; empty when it is unknown.
    #[must_use]
    pub fn path(&self, id: DepartmentId) -> Vec<&Department> {
        let mut path: Vec<&Department> = self.upward(id).collect();
        path.reverse();
        path
    }

    /// The department itself and all below it, each before its own children; empty when unknown.
    #[must_use]
    pub fn subtree(&self, id: DepartmentId) -> Vec<DepartmentId> {
        let mut found = Vec::new();
        let mut waiting: Vec<DepartmentId> =
            self.department(id).map(|d| d.id).into_iter().collect();
        while let Some(next) = waiting.pop() {
            found.push(next);
            let below = self.children.get(&next).into_iter().flatten();
            waiting.extend(below.rev());
        }
        found
    }

    /// Whether `id` may be put under `parent` (or made a root).
    ///
    /// # Errors
    /// `people.department_unknown`, or `people.department_cycle` when the new parent is the
    /// department itself or stands below it.
    pub fn check_move(
        &self,
        id: DepartmentId,
        parent: Option<DepartmentId>,
    ) -> Result<(), Refusal> {
        for named in [Some(id), parent].into_iter().flatten() {
            if !self.departments.contains_key(&named) {
                return Err(unknown(&named.to_string()));
            }
        }
        let line = parent.into_iter().flat_map(|parent| self.upward(parent));
        for above in line {
            if above.id == id {
                return Err(cycle(&above.name));
            }
        }
        Ok(())
    }

    fn refuse_cycles(&self) -> Result<(), Refusal> {
        let mut ends: BTreeSet<DepartmentId> = BTreeSet::new();
        for start in self.departments.values() {
            let mut walked = BTreeSet::new();
            for above in self.upward(start.id) {
                if ends.contains(&above.id) {
                    break;
                }
                if !walked.insert(above.id) {
                    return Err(cycle(&above.name));
                }
            }
            ends.extend(walked);
        }
        Ok(())
    }
}

fn unknown(which: &str) -> Refusal {
    Refusal::invalid(
        "people.department_unknown",
        format!("部门不存在：{which}"),
        format!("no such department: {which}"),
    )
    .remedy((
        "请先建立该部门，或选择已有的部门",
        "Add that department first, or choose one that exists",
    ))
}

fn cycle(name: &str) -> Refusal {
    Refusal::invalid(
        "people.department_cycle",
        format!("部门「{name}」不能成为自己的上级"),
        format!("department {name} would stand above itself"),
    )
    .remedy((
        "请选择不在该部门之下的上级部门",
        "Choose a department above that is not below this one",
    ))
}
