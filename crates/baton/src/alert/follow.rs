//! Follows what happens and raises alerts 预警跟踪.

use ::risk::{Step, gather};
use spine::{By, Consumer, Failure};

use super::acts::raise::Raise;
use super::signals::{self, Gathered};
use super::store;
use crate::house::House;

/// Looks at everything that is new and raises what is worth an alert; gives how many alerts were
/// raised or counted up. Every server may run it: a signal is counted once, and a source is read
/// on only after all that it led to was raised.
///
/// # Errors
/// [`Failure`] when the books cannot be read or written; what was not raised comes again.
pub async fn follow(house: &House) -> Result<usize, Failure> {
    let mut found = Gathered::default();
    signals::denied(house, &mut found).await?;
    signals::failed_logins(house, &mut found).await?;
    signals::reveals(house, &mut found).await?;
    signals::jobs(house, &mut found).await?;
    signals::signature(house, &mut found);
    signals::anchors(house, &mut found).await?;
    signals::audits(house, &mut found).await?;
    let mut raised = 0;
    let mut waits = false;
    for raise in &found.raises {
        match step(house, raise).await? {
            Step::Open(_) | Step::Count(_) => {
                if perform(house, raise).await? {
                    raised += 1;
                }
            }
            Step::Wait => waits = true,
            Step::Nothing => {}
        }
    }
    if !waits {
        for (consumer, place) in found.places {
            advance(house, consumer, place).await?;
        }
    }
    Ok(raised)
}

async fn step(house: &House, raise: &Raise) -> Result<Step, Failure> {
    let by = By::system("alert");
    let mut look = house.spine.look(&by).await?;
    let newest = store::newest(&mut look.books(), raise.finding.kind, &raise.about).await?;
    let standing = newest.map(|newest| newest.standing);
    Ok(gather(&raise.finding, standing.as_ref(), house.spine.now()))
}

/// Another server may have been faster: that is no failure.
async fn perform(house: &House, raise: &Raise) -> Result<bool, Failure> {
    match house.spine.perform(raise, &By::system("alert"), None).await {
        Ok(_) => Ok(true),
        Err(Failure::Refused(refusal)) if refusal.code == "alert.nothing_new" => Ok(false),
        Err(failure) => Err(failure),
    }
}

async fn advance(house: &House, consumer: Consumer, place: i64) -> Result<(), Failure> {
    let place = u64::try_from(place).unwrap_or(0);
    house.spine.advance(consumer, place).await?;
    Ok(())
}
