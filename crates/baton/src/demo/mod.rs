//! A believable company to try everything on 演示公司.
//!
//! Its data comes in through the same import as a customer's own; logins, departures and handovers
//! through the same acts. Every firm and person is invented.

mod calendar;
mod cast;
mod company;
mod dice;
mod names;

use spine::{By, Failure};

pub(crate) use cast::one_of_each;
pub use company::Size;

use crate::house::House;
use crate::people;

/// How the company's tables become records.
const MAPPING: &str = include_str!("mapping.toml");

/// Whether the books hold no employee yet.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn is_empty(house: &House) -> Result<bool, Failure> {
    let system = By::system("install");
    let mut look = house.spine.look(&system).await?;
    Ok(people::store::is_empty(&mut look.books()).await?)
}

/// Founds the company: the same seed and size on the same day give the same company.
///
/// # Errors
/// [`Failure`] when something does not go through; what went through before stays, with its proof.
pub async fn found(house: &House, seed: u64, size: Size) -> Result<(), Failure> {
    let today = house.spine.now().day_in(house.spine.zone());
    let company = company::company(seed, size, today);
    let system = By::system("install");
    crate::import::load(house, &system, MAPPING, company.files).await?;
    cast::sign_up(house, &company.people).await?;
    for year in calendar::YEARS {
        house
            .spine
            .perform(&calendar::of(year), &system, None)
            .await?;
    }
    Ok(())
}
