//! Which plan counts for whom on a day, and why not another 方案适用

use std::collections::BTreeMap;

use kernel::{CommissionPlanId, Day, DepartmentId, EmployeeId, Fen, Period, PostId, Refusal};
use serde::{Deserialize, Serialize};

use crate::plan::{Method, Plan, PlanVersion};

/// To whom a plan is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// 个人
    Person(EmployeeId),
    /// 岗位
    Post(PostId),
    /// 部门, with the departments below it.
    Department(DepartmentId),
}

/// A plan given to somebody for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAssignment {
    /// Which plan.
    pub plan: CommissionPlanId,
    /// To whom.
    pub to: Assignee,
    /// When.
    pub valid: Period,
    /// 本人目标: the quota that counts for whoever has the plan by this assignment, instead of the
    /// plan's own. A department's is that of each of its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<Fen>,
}

/// Where somebody stands for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Who.
    pub employee: EmployeeId,
    /// When.
    pub valid: Period,
    /// On which post.
    pub post: Option<PostId>,
    /// The departments above, the nearest first.
    pub departments: Vec<DepartmentId>,
}

/// Why a plan was not the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotChosen {
    /// It was given to this person, but not at this time.
    NotAtThisTime,
    /// Something nearer to the person was given: person before post before department.
    NearerOneCounts,
    /// It has no version at this time.
    NoVersion,
    /// It pays another place of the deal.
    OtherPlace,
}

/// The plan that counts.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// Which plan.
    pub plan: &'a Plan,
    /// Which version of it.
    pub version: &'a PlanVersion,
    /// Through which assignment.
    pub by: Assignee,
    /// The quota of that assignment, where it has one of its own.
    pub quota: Option<Fen>,
}

/// What was found for a person and a day.
#[derive(Debug)]
pub struct Choice<'a> {
    /// The plan that counts, if any.
    pub chosen: Option<Chosen<'a>>,
    /// Every other plan that was ever given to the person, his post or his departments.
    pub others: Vec<(CommissionPlanId, NotChosen)>,
}

/// A plan given to somebody: through whom, with which quota of its own, whether then.
struct Candidate<'a> {
    plan: &'a Plan,
    by: Assignee,
    quota: Option<Fen>,
    valid: bool,
}

/// Whether this can be somebody's own quota under a plan: it is above zero, the bands of each
/// version still rise, and there is a quota that it takes the place of.
///
/// # Errors
/// `commission.quota_not_asked` where no version of the plan has a quota, and what
/// [`crate::schedule::Ladder::of_quota`] refuses.
pub fn check_quota(plan: &Plan, quota: Fen) -> Result<(), Refusal> {
    let components = plan.versions.iter().flat_map(|version| &version.components);
    let mut asked = false;
    for component in components {
        if let Method::Quota(own) = &component.method {
            own.instead(quota)?;
            asked = true;
        }
    }
    if asked {
        return Ok(());
    }
    Err(Refusal::invalid(
        "commission.quota_not_asked",
        format!("方案「{}」没有按目标计提的项目，不能另设目标", plan.name),
        format!(
            "{} pays by no quota, so nobody has one of their own",
            plan.name
        ),
    )
    .remedy((
        "请留空，或改用「目标与加速」的方案",
        "Leave it empty, or use a plan with quota and accelerators",
    )))
}

/// All plans, assignments and placements, ready to be asked.
#[derive(Debug)]
pub struct PlanBook<'a> {
    plans: BTreeMap<CommissionPlanId, &'a Plan>,
    by_assignee: BTreeMap<Assignee, Vec<&'a PlanAssignment>>,
    placements: BTreeMap<EmployeeId, Vec<&'a Placement>>,
}

impl<'a> PlanBook<'a> {
    /// The book of these plans.
    ///
    /// # Errors
    /// What [`Plan::check`] refuses; `commission.plan_unknown` when an assignment names no plan;
    /// what [`check_quota`] refuses of a quota of its own;
    /// `commission.assignments_overlap` when the same person, post or department has two plans for
    /// the same place of a deal at once.
    pub fn new(
        plans: &'a [Plan],
        assignments: &'a [PlanAssignment],
        placements: &'a [Placement],
    ) -> Result<PlanBook<'a>, Refusal> {
        let mut book = PlanBook {
            plans: BTreeMap::new(),
            by_assignee: BTreeMap::new(),
            placements: BTreeMap::new(),
        };
        for plan in plans {
            plan.check()?;
            book.plans.insert(plan.id, plan);
        }
        for assignment in assignments {
            let Some(plan) = book.plans.get(&assignment.plan) else {
                return Err(Refusal::invalid(
                    "commission.plan_unknown",
                    format!("提成方案 {} 不存在", assignment.plan),
                    format!("there is no commission plan {}", assignment.plan),
                ));
            };
            if let Some(quota) = assignment.quota {
                check_quota(plan, quota)?;
            }
            let place = &plan.overlay;
            let others = book.by_assignee.entry(assignment.to).or_default();
            let clash = others.iter().any(|other| {
                other.valid.overlaps(&assignment.valid)
                    && book
                        .plans
                        .get(&other.plan)
                        .is_some_and(|p| p.overlay == *place)
            });
            if clash {
                return Err(Refusal::conflict(
                    "commission.assignments_overlap",
                    format!("方案「{}」与同一对象的另一方案在时间上重叠", plan.name),
                    format!("{} overlaps another plan of the same assignee", plan.name),
                )
                .remedy((
                    "请先为前一方案设定截止日",
                    "Give the plan before it a last day first",
                )));
            }
            others.push(assignment);
        }
        for placement in placements {
            let rows = book.placements.entry(placement.employee).or_default();
            rows.push(placement);
        }
        Ok(book)
    }

    /// The plan with this id.
    #[must_use]
    pub fn plan(&self, id: CommissionPlanId) -> Option<&'a Plan> {
        self.plans.get(&id).copied()
    }

    /// The plan that counts for this person's place (`None` the deal itself, else an overlay) in an
    /// event of this day, and why the others do not.
    #[must_use]
    pub fn choose(&self, who: EmployeeId, place: Option<&str>, on: Day) -> Choice<'a> {
        let mut choice = Choice {
            chosen: None,
            others: Vec::new(),
        };
        // Twice: what counts by the first day of the window goes first; somebody who got his first
        // plan inside the window is not left without one.
        let ladders = [true, false].map(|by_window| self.candidates(who, on, by_window));
        for Candidate {
            plan,
            by,
            quota,
            valid,
        } in ladders.iter().flatten()
        {
            if choice
                .chosen
                .is_some_and(|chosen| chosen.plan.id == plan.id)
            {
                continue;
            }
            let verdict = if plan.overlay.as_deref() != place {
                Err(NotChosen::OtherPlace)
            } else if !valid {
                Err(NotChosen::NotAtThisTime)
            } else if choice.chosen.is_some() {
                Err(NotChosen::NearerOneCounts)
            } else {
                plan.version_for(on).ok_or(NotChosen::NoVersion)
            };
            match verdict {
                Ok(version) => {
                    choice.others.retain(|(id, _)| *id != plan.id);
                    choice.chosen = Some(Chosen {
                        plan,
                        version,
                        by: *by,
                        quota: *quota,
                    });
                }
                Err(why) if !choice.others.iter().any(|(id, _)| *id == plan.id) => {
                    choice.others.push((plan.id, why));
                }
                Err(_) => {}
            }
        }
        choice
    }

    /// Every plan ever given to the person, nearest first.
    fn candidates(&self, who: EmployeeId, on: Day, by_window: bool) -> Vec<Candidate<'a>> {
        let mut ladder = vec![Assignee::Person(who)];
        let mut placed = self.placements.get(&who).into_iter().flatten();
        if let Some(placement) = placed.rfind(|row| row.valid.contains(on)) {
            ladder.extend(placement.post.map(Assignee::Post));
            let above = placement.departments.iter().copied();
            ladder.extend(above.map(Assignee::Department));
        }
        let mut found = Vec::new();
        for by in ladder {
            for assignment in self.by_assignee.get(&by).into_iter().flatten() {
                let Some(plan) = self.plans.get(&assignment.plan) else {
                    continue;
                };
                let day = if by_window {
                    plan.reference_day(on)
                } else {
                    on
                };
                found.push(Candidate {
                    plan,
                    by,
                    quota: assignment.quota,
                    valid: assignment.valid.contains(day),
                });
            }
        }
        found
    }
}
