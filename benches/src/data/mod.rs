//! A company of any size, the same from the same seed 测试数据.
//!
//! Written through the slices' own bulk loaders, inside acts, so that everything the product keeps
//! beside a row (search terms, histories, evidence) is there. Ids are functions of a number, so
//! nothing need be remembered between the parts.

pub mod acts;
mod dice;
pub mod names;
pub mod pay;
pub mod shape;

use baton::house::House;
use baton::session::acts::add_login::AddLogin;
use spine::{By, Chance as _, SeededChance};

use crate::Problem;
use acts::{Books, Business, Note, People};
pub use dice::Dice;
pub use shape::{Shape, customer_id, employee_id};

/// Customers written by one act; large, since each act's search terms become one sorted run.
const CUSTOMERS_AT_ONCE: u32 = 50_000;
/// Entries written by one transaction.
const NOTES_AT_ONCE: u32 = 5_000;

/// The password of every login; it protects nothing.
pub const PASSWORD: &str = "Ceshi-2026";

/// Different in each run, for idempotency keys.
pub fn unique() -> u32 {
    std::process::id()
}

/// Fills empty books.
pub async fn fill(house: &House, shape: Shape) -> Result<(), Problem> {
    let system = By::system("bench");
    house
        .spine
        .perform(&People { shape }, &system, None)
        .await?;
    logins(house, shape).await?;
    for from in (0..shape.customers).step_by(step(CUSTOMERS_AT_ONCE)) {
        let count = CUSTOMERS_AT_ONCE.min(shape.customers - from);
        house
            .spine
            .perform(&Books { shape, from, count }, &system, None)
            .await?;
        house
            .spine
            .perform(&Business { shape, from, count }, &system, None)
            .await?;
    }
    Ok(())
}

/// Adds entries to the log until it has so many.
pub async fn lengthen(house: &House, shape: Shape, entries: u32) -> Result<(), Problem> {
    let system = By::system("bench");
    let mut size = log_size(house).await?;
    while size < u64::from(entries) {
        let missing = u32::try_from(u64::from(entries) - size).unwrap_or(NOTES_AT_ONCE);
        let from = u32::try_from(size)?;
        // The act that holds them leaves an entry too.
        let count = missing.min(NOTES_AT_ONCE) - 1;
        house
            .spine
            .perform(
                &Note {
                    shape,
                    from,
                    parts: count,
                },
                &system,
                None,
            )
            .await?;
        size = log_size(house).await?;
    }
    house.signing.sign_if_grown().await?;
    Ok(())
}

/// Entries in the log.
pub async fn log_size(house: &House) -> Result<u64, Problem> {
    const SIZE: spine::Select = spine::Select::new("SELECT size FROM log_head WHERE id = 1");
    let rows = house.spine.db().read(&SIZE, spine::binds![]).await?;
    let size = rows.first().map(|row| row.get::<i64>("size")).transpose()?;
    Ok(u64::try_from(size.unwrap_or(0))?)
}

fn step(size: u32) -> usize {
    usize::try_from(size).unwrap_or(1)
}

/// Everybody who signs in during the measurements.
async fn logins(house: &House, shape: Shape) -> Result<(), Problem> {
    let mut salt = [0; 16];
    SeededChance::new(shape.seed).fill(&mut salt);
    let password_hash = baton::session::hash_password(PASSWORD, salt)?;
    for (who, role) in shape.signing_in() {
        let act = AddLogin {
            employee: Some(employee_id(shape, who)),
            number: shape::number(who),
            name: names::person(&Dice::new(shape.seed, "person", who)),
            password_hash: password_hash.clone(),
            must_change: false,
            roles: vec![role.to_owned()],
        };
        house
            .spine
            .perform(&act, &By::system("bench"), None)
            .await?;
    }
    Ok(())
}
