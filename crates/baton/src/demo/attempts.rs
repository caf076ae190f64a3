//! What somebody tried who may not, and who looked into it 演示预警.
//!
//! Every attempt is made with the rights and the session of the person; the alerts are raised by
//! the same follower that works beside the requests.

use ::risk::State;
use access::{Actor, Mode, Need};
use kernel::CustomerId;
use spine::{Act, By, Denied, Failure, Fault};

use super::departures;
use super::ledger::Ledger;
use super::script::LEAVERS;
use super::staff::Staff;
use super::stage::Stage;
use crate::alert::acts::resolve::Resolve;
use crate::alert::acts::take::Take;
use crate::alert::{self, store as alerts};
use crate::customer::acts::hand_over::HandOver;
use crate::customer::acts::reveal_contact::RevealContact;
use crate::customer::store as customers;
use crate::handover::acts::draw_up::DrawUp;
use crate::permissions;
use crate::session::acts::{close, open};
use crate::session::store::login_by_number;

/// Something that is denied, or what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    /// 离职中，把自己的客户移交给同事
    HandsOver { leaver: usize },
    /// 离职中，查看完整联系方式而不说明理由
    Reveals { leaver: usize },
    /// 离职中，自己编制交接方案
    DrawsUp { leaver: usize },
    /// 业务员逐个打开同事的客户
    LooksAround { group: usize },
    /// 安全管理员接手最新一条
    Taken,
    /// 安全管理员处理完最新一条
    Resolved,
}

use Attempt::{DrawsUp, HandsOver, LooksAround, Resolved, Reveals, Taken};

/// Days before today, hour, and what; whoever leaves stands at that place in [`LEAVERS`].
pub(super) const ATTEMPTS: &[(i64, i64, Attempt)] = &[
    (27, 19, HandsOver { leaver: 4 }),
    (26, 9, Taken),
    (26, 11, Resolved),
    (13, 20, DrawsUp { leaver: 5 }),
    (12, 9, Taken),
    (5, 18, HandsOver { leaver: 6 }),
    (3, 19, Reveals { leaver: 9 }),
    (1, 13, LooksAround { group: 3 }),
];

/// How many customers the curious colleague opens.
const OPENED: usize = 6;
/// A session of the demo lasts so many seconds; it is closed before.
const SESSION_SECONDS: i64 = 1_800;
/// The officer of the demo.
const OFFICER: &str = "secadmin";

/// Plays one attempt at the present moment of the story.
pub(super) async fn play(
    stage: &Stage,
    staff: &Staff,
    ledger: &Ledger,
    attempt: Attempt,
) -> Result<(), Failure> {
    match attempt {
        Attempt::Taken | Attempt::Resolved => return handled(stage, attempt).await,
        Attempt::LooksAround { group } => {
            let number = staff.groups[group].first();
            let number = number.ok_or_else(|| Fault::new("an empty group"))?;
            let by = signed_in(stage, number).await?;
            look_around(stage, ledger, number, &by).await?;
            signed_out(stage, &by).await?;
        }
        Attempt::HandsOver { leaver }
        | Attempt::Reveals { leaver }
        | Attempt::DrawsUp { leaver } => {
            let number = departures::number_of(staff, &LEAVERS[leaver])?;
            let by = signed_in(stage, number).await?;
            let colleague = &staff.heads[LEAVERS[leaver].group];
            let tries = Tries {
                number,
                colleague,
                by: &by,
                ledger,
            };
            tries.make(stage, attempt).await?;
            signed_out(stage, &by).await?;
        }
    }
    if alert::follow(&stage.house).await? == 0 {
        return Err(Fault::new("the attempt raised no alert").into());
    }
    Ok(())
}

/// Somebody who leaves, and to whom he would like to give things.
struct Tries<'a> {
    number: &'a str,
    colleague: &'a str,
    by: &'a By,
    ledger: &'a Ledger,
}

impl Tries<'_> {
    async fn make(&self, stage: &Stage, attempt: Attempt) -> Result<(), Failure> {
        let own = stage.employee(self.number)?;
        match attempt {
            Attempt::HandsOver { .. } => {
                let act = HandOver {
                    customer: self.a_customer(stage).await?,
                    from: None,
                    to: stage.employee(self.colleague)?,
                    effective_on: stage.day(),
                    reason: "私下说好由同事跟进".to_owned(),
                    plan: None,
                    recorded_by: self.by.id(),
                };
                denied(stage, &act, self.by).await
            }
            Attempt::Reveals { .. } => {
                let customer = self.a_customer(stage).await?;
                let system = By::system("install");
                let contacts = {
                    let mut look = stage.house.spine.look(&system).await?;
                    customers::contacts_of(&mut look.books(), &[customer]).await?
                };
                let contact = contacts.first().ok_or_else(|| Denied::absent("contact"))?;
                let (contact, reason) = (contact.id, String::new());
                denied(stage, &RevealContact { contact, reason }, self.by).await
            }
            _ => {
                let act = DrawUp {
                    from: own,
                    departure: None,
                    effective_on: None,
                    remainder_of: None,
                    fill: true,
                    contracts: Vec::new(),
                    by: self.by.id(),
                };
                denied(stage, &act, self.by).await
            }
        }
    }

    /// A customer of his own, with somebody to call.
    async fn a_customer(&self, stage: &Stage) -> Result<CustomerId, Failure> {
        let own = stage.employee(self.number)?;
        for account in self.ledger.accounts.iter().filter(|one| one.written) {
            let (id, owner) = stage.customer(&account.number).await?;
            if owner == Some(own) && !account.contacts.is_empty() {
                return Ok(id);
            }
        }
        Err(Fault::new("the leaver has no customer any more").into())
    }
}

/// An act that must be denied.
async fn denied<A: Act>(stage: &Stage, act: &A, by: &By) -> Result<(), Failure> {
    match stage.house.spine.perform(act, by, None).await {
        Err(Failure::Denied(_)) => {
            stage.a_moment_passes();
            Ok(())
        }
        Err(failure) => Err(failure),
        Ok(_) => Err(Fault::new(format!("{} was not denied", A::NAME)).into()),
    }
}

/// He opens one page of a colleague's customer after the other.
async fn look_around(stage: &Stage, ledger: &Ledger, number: &str, by: &By) -> Result<(), Failure> {
    let own = stage.employee(number)?;
    let mut opened = 0;
    for account in ledger.accounts.iter().filter(|account| account.written) {
        let (id, owner) = stage.customer(&account.number).await?;
        if opened == OPENED || owner.is_none_or(|owner| owner == own) {
            continue;
        }
        let mut look = stage.house.spine.look(by).await?;
        let found = customers::find_customer(&mut look.books(), id).await?;
        let found = found.ok_or_else(|| Denied::absent("customer"))?;
        let need = Need::on(permissions::CUSTOMER_READ, found.target());
        // A customer he helps with is his to read.
        if look.allow("customer.read", &need).await.is_err() {
            opened += 1;
        }
        drop(look);
        stage.a_moment_passes();
    }
    Ok(())
}

/// The person at the browser: whoever leaves is in handover mode for the whole session. Nobody
/// knows the token behind the hash.
async fn signed_in(stage: &Stage, number: &str) -> Result<By, Failure> {
    let by = stage.by(number).await?;
    let actor = by
        .actor
        .ok_or_else(|| Fault::new("a person without rights"))?;
    let mut dice = [0; 32];
    stage.house.spine.chance().fill(&mut dice);
    let act = open::Open {
        login: actor.login,
        token_hash: hex::encode(dice),
        expires_at: stage.house.spine.now().plus_seconds(SESSION_SECONDS),
        agent: "demo".to_owned(),
        auth_epoch: None,
    };
    stage.set_up(&act).await?;
    Ok(By::person(actor, "password", &act.token_hash))
}

async fn signed_out(stage: &Stage, by: &By) -> Result<(), Failure> {
    let login = by.actor.as_ref().map(|actor| actor.login);
    let act = close::Close {
        login: login.ok_or_else(|| Fault::new("nobody signed in"))?,
        token_hash: by.session.clone(),
    };
    stage.set_up(&act).await?;
    Ok(())
}

/// The officer takes the newest open alert, or says what the one he took came to.
async fn handled(stage: &Stage, what: Attempt) -> Result<(), Failure> {
    let by = officer(stage).await?;
    let state = match what {
        Attempt::Taken => State::Open,
        _ => State::Taken,
    };
    let wanted = alerts::Wanted {
        states: vec![state],
        limit: 1,
        ..alerts::Wanted::default()
    };
    let newest = {
        let mut look = stage.house.spine.look(&by).await?;
        alerts::list(&mut look.books(), &wanted).await?
    };
    let newest = newest.first().ok_or_else(|| Fault::new("no alert"))?;
    let (alert, officer) = (newest.id, by.id());
    if what == Attempt::Taken {
        stage.act(&Take { alert, officer }, &by).await?;
        return Ok(());
    }
    let act = Resolve {
        alert,
        officer,
        conclusion: "explained".to_owned(),
        note: "与主管和本人核实：误以为可以自行移交，已告知按交接方案办理，客户未变动".to_owned(),
    };
    stage.act(&act, &by).await?;
    Ok(())
}

async fn officer(stage: &Stage) -> Result<By, Failure> {
    let system = By::system("install");
    let mut look = stage.house.spine.look(&system).await?;
    let login = login_by_number(&mut look.books(), OFFICER).await?;
    let login = login.ok_or_else(|| Fault::new("no security officer"))?;
    let actor = Actor {
        login: login.id,
        employee: None,
        department: None,
        departments_below: Vec::new(),
        roles: vec!["security_admin".to_owned()],
        mode: Mode::Normal,
    };
    Ok(By::person(actor, "password", ""))
}
