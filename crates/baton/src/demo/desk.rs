//! What people decide at their desks 演示审批.

use ::approval::command::Action;
use ::approval::item::ItemNo;
use kernel::{CaseId, DepartureId};
use spine::{By, Failure, Fault};

use super::stage::Stage;
use crate::approval::acts::command::Command;
use crate::approval::offices;
use crate::approval::tasks::{self, Mine};

/// An open task on somebody's desk.
struct OnDesk {
    case: CaseId,
    item: ItemNo,
    pooled: bool,
}

/// What is said about a task.
#[derive(Clone, Copy, Debug)]
pub(super) enum Says {
    /// 同意
    Yes,
    /// 办结
    Done(&'static str),
}

/// Answers this step of the departure's process, as the first of these people on whose desk it
/// lies.
pub(super) async fn answers(
    stage: &Stage,
    numbers: &[&str],
    departure: DepartureId,
    (step, says): (&str, Says),
) -> Result<(), Failure> {
    for number in numbers {
        let Some(task) = on_desk(stage, number, departure, step).await? else {
            continue;
        };
        match answer(stage, number, &task, says).await {
            // Whoever filed it stands aside.
            Err(Failure::Refused(no)) if no.code == "approval.barred" => {}
            said => return said,
        }
    }
    Err(Fault::new(format!("nobody has the task {step}")).into())
}

async fn answer(stage: &Stage, number: &str, task: &OnDesk, says: Says) -> Result<(), Failure> {
    let by = stage.by(number).await?;
    let item = task.item;
    if task.pooled {
        act(stage, &by, task.case, Action::Claim { item }).await?;
    }
    let action = match says {
        Says::Yes => Action::Approve {
            item,
            comment: "同意".to_owned(),
        },
        Says::Done(comment) => Action::Complete {
            item,
            comment: comment.to_owned(),
            checked: Vec::new(),
        },
    };
    act(stage, &by, task.case, action).await
}

async fn act(stage: &Stage, by: &By, case: CaseId, action: Action) -> Result<(), Failure> {
    let command = Command {
        case,
        by: by.employee(),
        action,
        shown: None,
    };
    stage.act(&command, by).await?;
    Ok(())
}

async fn on_desk(
    stage: &Stage,
    number: &str,
    departure: DepartureId,
    step: &str,
) -> Result<Option<OnDesk>, Failure> {
    let by = stage.by(number).await?;
    let roles = by.actor.as_ref().map(|actor| actor.roles.clone());
    let roles = roles.unwrap_or_default();
    let mans = |office: &&offices::Office| {
        let of = office.roles.iter();
        of.clone().any(|role| roles.iter().any(|own| own == role))
    };
    let mine = Mine {
        people: vec![stage.employee(number)?],
        pools: offices::OFFICES
            .iter()
            .filter(mans)
            .map(|office| office.key)
            .collect(),
    };
    let system = By::system("install");
    let mut look = stage.house.spine.look(&system).await?;
    let lines = tasks::open(&mut look.books(), &mine, None, 500).await?;
    let subject = format!("departure/{departure}");
    let line = lines
        .into_iter()
        .find(|line| line.subject == subject && line.node == step);
    Ok(line.map(|line| OnDesk {
        case: line.case,
        item: ItemNo(u32::try_from(line.item).unwrap_or(u32::MAX)),
        pooled: line.owner.is_none(),
    }))
}
