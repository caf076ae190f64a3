//! A believable company to try everything on 演示公司.
//!
//! Two years are played through by a clock that walks: people are hired, an old system's exports
//! come in quarter by quarter through the import, customers change hands, people leave. Everything
//! goes through the acts a company would use, so the evidence is real, and the books say in their
//! first entry that they are for rehearsal. Every firm and person is invented.

mod attempts;
mod calendar;
mod cast;
mod departures;
mod desk;
mod dice;
mod exits;
mod founding;
mod ledger;
mod life;
mod names;
mod pay;
mod script;
mod size;
mod staff;
mod stage;
mod tables;
mod unfinished;

use std::collections::BTreeSet;
use std::sync::Arc;

use kernel::{Day, Moment};
use spine::{Failure, Fault, FixedClock, LogKey, OpenGate, SeededChance, SystemChance};

pub(crate) use cast::{PASSWORD, one_of_each};
pub use size::Size;
pub(crate) use unfinished::{must_be_whole, set_aside, unmark};

use crate::config::Config;
use crate::house::{self, House, Surroundings};
use crate::rehearsal;
use departures::Departures;
use dice::Dice;
use ledger::Ledger;
use script::LEAVERS;
use staff::Staff;
use stage::Stage;

/// How the old system's tables become records.
const MAPPING: &str = include_str!("mapping.toml");
/// How long ago the story begins, in days.
const BEGAN: i64 = 730;
/// When the old system's export comes in, in days before today; the last one last night.
const EXPORTS: &[i64] = &[730, 639, 548, 457, 366, 275, 184, 93, 45, 15, 1];
/// When every salesperson speaks to some customers, in days before today.
const TALKS: &[i64] = &[700, 600, 500, 400, 300, 200, 120, 60, 30, 21, 14, 8, 3];

/// What stands in some books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing at all: the demo company may move in.
    Empty,
    /// A demo company, or other books for rehearsal.
    Rehearsal,
    /// A demo company that is still being made, or whose making was broken off.
    Unfinished,
    /// Somebody's own books.
    Real,
}

/// What stands in these books.
///
/// # Errors
/// [`Failure`] when they cannot be opened or read.
pub async fn standing(config: &Config) -> Result<Standing, Failure> {
    let (spine, _) = house::bare(config, &Surroundings::default(), Arc::new(OpenGate)).await?;
    let ends = rehearsal::ends_of(&spine).await?;
    spine.db().close().await;
    Ok(match (ends.declared, ends.newest) {
        (true, _) if unfinished::is_marked(config) => Standing::Unfinished,
        (true, _) => Standing::Rehearsal,
        (false, None) => Standing::Empty,
        (false, Some(_)) => Standing::Real,
    })
}

/// Founds the company in empty books: the same seed and size on the same day give the same
/// company. `now` is when its story ends; nothing in the books is later.
///
/// # Errors
/// [`Failure`] when something does not go through; what went through before stays, with its proof,
/// as an unfinished company.
pub async fn found(config: Config, seed: u64, size: Size, now: Moment) -> Result<House, Failure> {
    let zone = config
        .zone()
        .map_err(|error| Fault::new(error.to_string()))?;
    let today = now.day_in(&zone);
    let began = today.plus_days(-BEGAN);
    let clock = Arc::new(FixedClock::at(
        Moment::start_of(began, &zone).plus_seconds(8 * 3_600),
    ));
    let surroundings = Surroundings {
        clock: clock.clone(),
        chance: Arc::new(SeededChance::new(seed)),
    };
    // Ids and salts may repeat from demo to demo; the key that signs never does.
    house::make_folder(&config.data_dir)?;
    // To its end, so that nobody takes a company that is being made for one that was broken off.
    let _lock = house::lock_folder(&config.data_dir)?;
    LogKey::open(&config.data_dir, &config.tenant, &SystemChance)?;
    let (spine, _) = house::bare(&config, &surroundings, Arc::new(OpenGate)).await?;
    if rehearsal::ends_of(&spine).await?.newest.is_none() {
        unfinished::mark(&config)?;
    }
    rehearsal::declare(&spine, "demo").await?;
    spine.db().close().await;
    let house = House::open(config, surroundings).await?;
    let dice = Dice::new(seed);
    let staff = staff::staff(&dice, size, began, today);
    let ledger = ledger::ledger(&dice, size, &staff.people, (began, today));
    let stage = Stage::new(house, clock, dice, now);
    let story = Story {
        size,
        began,
        staff,
        ledger,
        departures: Departures::default(),
        gone: Vec::new(),
        followed: None,
    };
    let house = story.play(stage).await?;
    unfinished::unmark(&house.config)?;
    Ok(house)
}

/// Everything that is to happen.
struct Story {
    size: Size,
    began: Day,
    staff: Staff,
    ledger: Ledger,
    departures: Departures,
    /// 工号 of those who have filed.
    gone: Vec<String>,
    /// The customer whose contract outlives its salesperson.
    followed: Option<String>,
}

/// One thing that is to happen, by its day and hour.
#[derive(Clone, Copy, Debug)]
enum Event {
    Export { after: Option<i64> },
    Moves,
    Talks,
    Calendar(i16),
    Beat(usize, script::Beat),
    Fair { commit: bool },
    Attempt(attempts::Attempt),
    StandIn(usize),
    Pay(pay::Step),
}

impl Story {
    async fn play(mut self, mut stage: Stage) -> Result<House, Failure> {
        let company = founding::found(&stage, &self.staff).await?;
        let people = self.staff.people.clone();
        let mut hired = BTreeSet::new();
        let mut broken = Vec::new();
        cast::sign_up_technicians(&stage).await?;
        for (day, hour, event) in self.programme(&stage) {
            for person in &people {
                let due = person.hired_on <= day.min(stage.today);
                if due && hired.insert(person.number.clone()) {
                    stage.go_to(person.hired_on.max(self.began), 8, 30).await?;
                    founding::hire(&mut stage, &company, person).await?;
                }
            }
            stage.go_to(day, hour, 0).await?;
            if let Err(failure) = self.happens(&stage, event).await {
                broken.push(format!("{day} {event:?}: {failure}"));
            }
            if matches!(event, Event::Export { .. }) {
                stage.house.signing.sign_if_grown().await.map_err(faulty)?;
            }
        }
        stage.house.signing.sign_if_grown().await.map_err(faulty)?;
        if broken.is_empty() {
            return Ok(stage.house);
        }
        // One rule that changed may break several scenes; they are told together.
        Err(Fault::new(broken.join("\n")).into())
    }

    /// Everything in the order of its time.
    fn programme(&self, stage: &Stage) -> Vec<(Day, i64, Event)> {
        let mut all = Vec::new();
        let mut after = None;
        for days in EXPORTS {
            let day = stage.today.plus_days(-days);
            all.push((day, 20, Event::Export { after }));
            after = Some(*days);
            if *days > 10 {
                all.push((stage.at_work(days - 2), 10, Event::Moves));
            }
        }
        for days in TALKS {
            all.push((stage.at_work(*days), 11, Event::Talks));
        }
        for year in calendar::YEARS {
            let notice = Day::of(year - 1, 11, 12).unwrap_or(self.began);
            let day = notice.max(self.began);
            if day <= stage.today {
                all.push((day, 9, Event::Calendar(year)));
            }
        }
        for (at, leaver) in LEAVERS.iter().enumerate() {
            let mut last = (self.began, 0);
            for (days, hour, beat) in leaver.beats {
                last = in_order(last, (stage.at_work(*days), *hour));
                all.push((last.0, last.1, Event::Beat(at, *beat)));
            }
        }
        let mut last = (self.began, 0);
        for (days, hour, attempt) in attempts::ATTEMPTS {
            last = in_order(last, (stage.at_work(*days), *hour));
            all.push((last.0, last.1, Event::Attempt(*attempt)));
        }
        let pay = pay::programme(stage).into_iter();
        all.extend(pay.map(|(day, hour, step)| (day, hour, Event::Pay(step))));
        all.push((stage.at_work(6), 14, Event::Fair { commit: true }));
        all.push((stage.at_work(1), 16, Event::Fair { commit: false }));
        all.push((stage.at_work(4), 9, Event::StandIn(4)));
        // Stable, so that the beats of one day keep their order.
        all.sort_by_key(|(day, hour, _)| (*day, *hour));
        all
    }

    async fn happens(&mut self, stage: &Stage, event: Event) -> Result<(), Failure> {
        match event {
            Event::Export { after } => {
                self.owners_now(stage).await?;
                let after = after.map(|days| stage.today.plus_days(-days));
                life::write_down(stage, &mut self.ledger, after).await
            }
            Event::Moves => {
                self.owners_now(stage).await?;
                let moved = (self.size, self.gone.as_slice());
                life::moves(stage, &self.staff, &mut self.ledger, moved).await
            }
            Event::Talks => {
                self.owners_now(stage).await?;
                life::talks(stage, &self.staff, &self.ledger, self.size.follow_ups).await
            }
            Event::Calendar(year) => stage.set_up(&calendar::of(year)).await,
            Event::Fair { commit } => life::fair(stage, &self.staff, commit).await,
            Event::Attempt(attempt) => {
                attempts::play(stage, &self.staff, &self.ledger, attempt).await
            }
            Event::Pay(step) => pay::play(stage, &self.staff, step, self.followed.as_deref()).await,
            Event::StandIn(region) => life::stand_in(stage, &self.staff, region).await,
            Event::Beat(at, beat) => {
                if beat == script::Beat::File {
                    self.leaves(at, stage.today)?;
                }
                self.departures.play(stage, &self.staff, at, beat).await
            }
        }
    }

    /// Customers that the leaver would have won go to a colleague.
    fn leaves(&mut self, at: usize, today: Day) -> Result<(), Failure> {
        let number = departures::number_of(&self.staff, &LEAVERS[at])?.to_owned();
        if at == pay::FOLLOWED {
            self.followed = Some(pay::contract_of(&mut self.ledger, &number, today)?);
        }
        let group = &self.staff.groups[LEAVERS[at].group];
        let other = group.first().cloned().unwrap_or_default();
        for account in &mut self.ledger.accounts {
            if account.seller == number && !account.written {
                account.seller.clone_from(&other);
            }
        }
        self.gone.push(number);
        Ok(())
    }

    /// Plans that were executed meanwhile gave customers to others.
    async fn owners_now(&mut self, stage: &Stage) -> Result<(), Failure> {
        for account in &mut self.ledger.accounts {
            if account.written && self.gone.contains(&account.seller) {
                let (_, owner) = stage.customer(&account.number).await?;
                if let Some(number) = owner.and_then(|owner| stage.number(owner)) {
                    number.clone_into(&mut account.seller);
                }
            }
        }
        Ok(())
    }
}

/// A weekend may push two things onto one Friday; they keep their order.
fn in_order(last: (Day, i64), (day, hour): (Day, i64)) -> (Day, i64) {
    let later = if day <= last.0 {
        hour.max(last.1 + 1)
    } else {
        hour
    };
    (day, later)
}

fn faulty(error: spine::CheckpointError) -> Failure {
    Fault::new(error.to_string()).into()
}
