//! The house in the hands of the demo: people act, time passes 演示舞台.

use std::collections::BTreeMap;
use std::sync::Arc;

use ::departure::kind::DepartureKind;
use kernel::{CustomerId, Day, DepartureId, EmployeeId, Moment};
use spine::{Act, By, Denied, Failure, Fault, FixedClock};

use super::dice::Dice;
use crate::house::House;
use crate::{customer, departure, people, registry, session};

/// Seconds between two acts of the same hour.
const BETWEEN: i64 = 20;

/// The house, its clock, and who is who.
pub(super) struct Stage {
    pub(super) house: House,
    pub(super) clock: Arc<FixedClock>,
    pub(super) dice: Dice,
    /// The day on which the story ends.
    pub(super) today: Day,
    /// The moment at which it ends; nothing is written later.
    pub(super) now: Moment,
    people: BTreeMap<String, EmployeeId>,
}

impl Stage {
    pub(super) fn new(house: House, clock: Arc<FixedClock>, dice: Dice, now: Moment) -> Stage {
        let today = now.day_in(house.spine.zone());
        Stage {
            house,
            clock,
            dice,
            today,
            now,
            people: BTreeMap::new(),
        }
    }

    /// The day it is now in the story.
    pub(super) fn day(&self) -> Day {
        self.house.spine.now().day_in(self.house.spine.zone())
    }

    /// Lets time pass until this hour of this day; what falls due meanwhile happens at night.
    /// Never goes back, never beyond the end of the story.
    pub(super) async fn go_to(&self, day: Day, hour: i64, minute: i64) -> Result<(), Failure> {
        let zone = self.house.spine.zone();
        let mut night = self.day().plus_days(1);
        while night <= day {
            self.set(Moment::start_of(night, zone).plus_seconds(30));
            self.run_jobs().await?;
            night = night.plus_days(1);
        }
        self.set(Moment::start_of(day, zone).plus_seconds(hour * 3_600 + minute * 60));
        self.run_jobs().await
    }

    fn set(&self, moment: Moment) {
        self.clock
            .set(moment.max(self.house.spine.now()).min(self.now));
    }

    /// The business day on which something planned for this day happens: nobody files on a Sunday.
    pub(super) fn at_work(&self, days_ago: i64) -> Day {
        let mut day = self.today.plus_days(-days_ago);
        while days_ago > 0 && day.is_weekend() {
            day = day.plus_days(-1);
        }
        day
    }

    async fn run_jobs(&self) -> Result<(), Failure> {
        loop {
            let jobs = self.house.spine.take_jobs("demo", 50).await?;
            if jobs.is_empty() {
                return Ok(());
            }
            for job in jobs {
                let line = registry::job(&job.kind)
                    .ok_or_else(|| Fault::new(format!("no such kind of job: {}", job.kind)))?;
                let ran = (line.run)(&self.house, &job).await?;
                self.house.spine.job_ran(job.id, ran).await?;
            }
        }
    }

    /// Between two acts of the same hour.
    pub(super) fn a_moment_passes(&self) {
        self.set(self.house.spine.now().plus_seconds(BETWEEN));
    }

    /// An act that must succeed.
    pub(super) async fn act<A: Act>(&self, act: &A, by: &By) -> Result<A::Outcome, Failure> {
        let answer = self.house.spine.perform(act, by, None).await;
        self.a_moment_passes();
        let told = |failure: Failure| match failure {
            // The scene may know another who can do it.
            Failure::Refused(no) => Failure::Refused(no),
            failure => {
                let day = self.day();
                Fault::new(format!("{} on {day}: {failure}", A::NAME)).into()
            }
        };
        Ok(answer.map_err(told)?.done()?.outcome)
    }

    /// An act of the system.
    pub(super) async fn set_up<A: Act>(&self, act: &A) -> Result<A::Outcome, Failure> {
        self.act(act, &By::system("install")).await
    }

    pub(super) fn knows(&mut self, number: &str, id: EmployeeId) {
        self.people.insert(number.to_owned(), id);
    }

    /// Who has this 工号.
    pub(super) fn employee(&self, number: &str) -> Result<EmployeeId, Failure> {
        let known = self.people.get(number).copied();
        known.ok_or_else(|| Fault::new(format!("nobody has the number {number}")).into())
    }

    /// The 工号 of this person.
    pub(super) fn number(&self, id: EmployeeId) -> Option<&str> {
        let of = self.people.iter().find(|(_, known)| **known == id);
        of.map(|(number, _)| number.as_str())
    }

    /// The person with his rights, as if he had logged in.
    pub(super) async fn by(&self, number: &str) -> Result<By, Failure> {
        let id = self.employee(number)?;
        self.by_id(id).await
    }

    pub(super) async fn by_id(&self, id: EmployeeId) -> Result<By, Failure> {
        let system = By::system("install");
        let mut look = self.house.spine.look(&system).await?;
        let actor = session::store::actor_of(&mut look.books(), id).await?;
        let actor = actor.ok_or_else(|| Fault::new(format!("{id} has no open login")))?;
        Ok(By::person(actor, "password", ""))
    }

    /// Id and owner of the customer with this number.
    pub(super) async fn customer(
        &self,
        number: &str,
    ) -> Result<(CustomerId, Option<EmployeeId>), Failure> {
        let system = By::system("install");
        let mut look = self.house.spine.look(&system).await?;
        let found = customer::store::find_customer_by_number(&mut look.books(), number).await?;
        let found = found.ok_or_else(|| Denied::absent("customer"))?;
        Ok((found.id, found.owner))
    }

    /// How somebody leaves.
    pub(super) async fn kind(&self, id: DepartureId) -> Result<DepartureKind, Failure> {
        let system = By::system("install");
        let mut look = self.house.spine.look(&system).await?;
        let found = departure::store::found(&mut look.books(), id).await?;
        Ok(found.departure.kind)
    }

    /// What is lent to this person: id, and whether it is an account.
    pub(super) async fn lent(
        &self,
        who: EmployeeId,
    ) -> Result<Vec<(kernel::AssetId, bool)>, Failure> {
        let system = By::system("install");
        let mut look = self.house.spine.look(&system).await?;
        let assets = people::store::assets_of(&mut look.books(), who).await?;
        let out = assets
            .into_iter()
            .filter(|asset| asset.state == people::store::AssetState::Lent);
        Ok(out
            .map(|asset| (asset.id, asset.kind == "account"))
            .collect())
    }
}
