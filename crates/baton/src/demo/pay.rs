//! Commission in the demo: a plan for the sales centre, months that close, and one contract that is
//! signed before, delivered during and paid after a handover 演示提成.

use ::commission::assignment::Assignee;
use ::commission::booking::Kept;
use ::commission::event::Trigger;
use ::commission::plan::{Base, ChangeInside, Component, Condition, Method, Payable};
use ::commission::schedule::{Band, Ladder as Bands, Reach};
use ::commission::window::Window;
use kernel::{Bps, Day, EmployeeId, Fen, Refusal};
use spine::{By, Failure, Fault};

use super::ledger::{Bill, Ledger, Paper};
use super::staff::Staff;
use super::stage::Stage;
use super::tables;
use crate::commission::acts::assign_plan::AssignPlan;
use crate::commission::acts::calculate::Calculate;
use crate::commission::acts::close_period::ClosePeriod;
use crate::commission::acts::confirm::Confirm;
use crate::commission::acts::object::Object;
use crate::commission::acts::open_period::OpenPeriod;
use crate::commission::acts::publish_plan::{Fresh, PublishPlan};
use crate::commission::acts::review_period::ReviewPeriod;
use crate::commission::month::Month;
use crate::commission::offer::Offer;
use crate::commission::store;
use crate::people::store as people;

/// The leaver of whose customers one contract is followed: its place among the leavers.
pub(super) const FOLLOWED: usize = 4;

/// What finance does about commission.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The plan is published and given to the sales centre.
    Publish,
    /// A month that ended is opened, calculated, reviewed and closed; how many months ago it was.
    Close(i32),
    /// The month that ended last and this one are calculated, and somebody looks at his lines.
    Latest,
}

/// When finance does what.
pub(super) fn programme(stage: &Stage) -> Vec<(Day, i64, Step)> {
    let mut steps = vec![(stage.at_work(150), 9, Step::Publish)];
    for ago in [3, 2] {
        let after = Month::of(stage.today).days().from.plus_months(1 - ago);
        steps.push((after.plus_days(5), 9, Step::Close(ago)));
    }
    steps.push((stage.today.plus_days(-1), 21, Step::Latest));
    steps
}

/// A customer of the leaver signs shortly before he files, gets the goods while he is leaving, and
/// pays when somebody else has taken over. Gives the customer's number.
pub(super) fn contract_of(ledger: &mut Ledger, seller: &str, today: Day) -> Result<String, Fault> {
    let own = |account: &&super::ledger::Account| account.written && account.seller == seller;
    let found = ledger.accounts.iter().position(|account| own(&account));
    let account = found.ok_or_else(|| Fault::new("the leaver has no customer"))?;
    let n = ledger.papers.len() + 1;
    let signed = today.plus_days(-60);
    let (issued, amount) = (signed.plus_days(20), Fen(38_642_055));
    ledger.papers.push(Paper {
        n,
        account,
        title: "产线改造合同",
        amount,
        signed,
        bills: vec![Bill {
            number: format!("FP-{n:05}-1"),
            amount,
            issued,
            due: issued.plus_days(30),
            disputed: false,
            paid: vec![(format!("HK-{n:05}-1-1"), today.plus_days(-8), amount)],
        }],
    });
    Ok(ledger.accounts[account].number.clone())
}

/// Plays one step; `followed` is the number of the customer whose contract is followed.
pub(super) async fn play(
    stage: &Stage,
    staff: &Staff,
    step: Step,
    followed: Option<&str>,
) -> Result<(), Failure> {
    let finance = stage.by(staff.first("财务专员")).await?;
    match step {
        Step::Publish => {
            publish(stage, &finance).await?;
            let boss = stage.by(staff.first("总经理")).await?;
            tables::publish(stage, &finance, &boss).await
        }
        Step::Close(ago) => {
            let month = Month::of(Month::of(stage.today).days().from.plus_months(-ago));
            stage.act(&OpenPeriod { month }, &finance).await?;
            stage.act(&Calculate {}, &finance).await?;
            stage
                .act(
                    &ReviewPeriod {
                        month,
                        confirm_by: None,
                    },
                    &finance,
                )
                .await?;
            stage
                .act(
                    &ClosePeriod {
                        month,
                        reason: None,
                        uncorrected_reason: None,
                    },
                    &finance,
                )
                .await?;
            Ok(())
        }
        Step::Latest => {
            let this = Month::of(stage.today);
            let last = Month::of(this.days().from.plus_days(-1));
            for month in [last, this] {
                stage.act(&OpenPeriod { month }, &finance).await?;
            }
            stage.act(&Calculate {}, &finance).await?;
            tables::think(stage, &finance).await?;
            super::exits::in_the_middle(stage, &staff.all("财务专员")).await?;
            // The month before waits for everybody who is paid in it.
            let asked = ReviewPeriod {
                month: last,
                confirm_by: Some(stage.today.plus_days(5)),
            };
            stage.act(&asked, &finance).await?;
            let Some(number) = followed else {
                return Ok(());
            };
            match stage.customer(number).await?.1 {
                Some(owner) => looks(stage, owner, &[this, last]).await,
                None => Ok(()),
            }
        }
    }
}

/// 2 % of the cash of a quarter up to 500,000, 3 % above, 4 % above 2,000,000.
fn bands() -> Result<Method, Refusal> {
    let band = |yuan: i64, rate| Band {
        from: Fen(yuan * 100),
        rate: Bps(rate),
        reach: Reach::Excess,
    };
    let bands = vec![band(0, 200), band(500_000, 300), band(2_000_000, 400)];
    Ok(Method::Ladder(Bands::new(bands)?))
}

async fn publish(stage: &Stage, finance: &By) -> Result<(), Failure> {
    let plan = Fresh {
        name: "销售回款提成".to_owned(),
        adds_up: Window::Quarter,
        change_inside: ChangeInside::NextWindow,
        overlay: None,
    };
    give(stage, finance, "销售中心", (plan, bands()?)).await
}

/// A plan that pays cash by this method, given to a department from the first day on.
pub(super) async fn give(
    stage: &Stage,
    finance: &By,
    department: &str,
    (plan, method): (Fresh, Method),
) -> Result<(), Failure> {
    let began = stage.today.plus_days(-super::BEGAN);
    let act = PublishPlan {
        plan: None,
        fresh: Some(plan),
        valid_from: began,
        offer: Offer {
            trigger: Trigger::Cash,
            components: vec![Component {
                name: "回款提成".to_owned(),
                condition: Condition::default(),
                base: Base::Gross,
                method,
                decided_by: None,
            }],
            payable: Payable::NextMonthOn(15),
            holdback: None,
            cap: None,
            draw: None,
        },
        by: finance.id(),
    };
    let plan = stage.act(&act, finance).await?.id;
    let system = By::system("install");
    let departments = {
        let mut look = stage.house.spine.look(&system).await?;
        people::departments(&mut look.books()).await?
    };
    let found = departments.iter().find(|one| one.name == department);
    let found = found.ok_or_else(|| Fault::new(format!("no department {department}")))?;
    let act = AssignPlan {
        to: Assignee::Department(found.id),
        plan,
        quota: None,
        ends: false,
        effective_on: began,
        by: finance.id(),
    };
    stage.act(&act, finance).await?;
    Ok(())
}

/// The successor confirms one line and objects to another.
async fn looks(stage: &Stage, who: EmployeeId, months: &[Month]) -> Result<(), Failure> {
    let system = By::system("install");
    let by = stage.by_id(who).await?;
    let mut confirmed = false;
    for month in months.iter().copied() {
        let lines = {
            let mut look = stage.house.spine.look(&system).await?;
            store::lines_of(&mut look.books(), who, month).await?
        };
        for line in lines {
            let Kept::Line { .. } = line.kept else {
                continue;
            };
            let key = line.key;
            if confirmed {
                let reason = "该合同由本人独立收款，请核对交接后的分配比例".to_owned();
                let act = Object {
                    month,
                    key,
                    reason,
                    claimed: None,
                    by: who,
                    file: None,
                };
                stage.act(&act, &by).await?;
                return Ok(());
            }
            let act = Confirm {
                month,
                key,
                by: who,
            };
            stage.act(&act, &by).await?;
            confirmed = true;
        }
    }
    Ok(())
}
