//! Books on which one practises: invented people, a clock that is set by hand 演练账册.
//!
//! A handover never reaches back, and no house may move its clock in secret. So the past is played
//! through only in books whose very first entry says that they are for rehearsal; every later
//! setting of their clock is an entry too. Books that hold anything else can never become such
//! books, and these can never pass for others: the evidence begins with the word.
//!
//! No tables: what the slice knows stands in the log.

pub mod acts;

use std::sync::Arc;

use kernel::Moment;
use spine::{By, Failure, Fault, OpenGate, Reader, ShiftedClock, Spine, SystemChance};

use crate::config::Config;
use crate::evidence::store::{self as log, Wanted};
use crate::house::{self, House, Surroundings};
use acts::declare::Declare;
use acts::set_clock::SetClock;

/// Where the log of some books begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// Whether the first entry declares the books to be for rehearsal.
    pub(crate) declared: bool,
    /// The moment of the newest entry; none in empty books.
    pub(crate) newest: Option<Moment>,
}

/// Reads the first and the newest entry.
pub(crate) async fn ends(books: &mut Reader<'_>) -> Result<Ends, Fault> {
    let wanted = |before| Wanted {
        subject: None,
        kind: None,
        actor: None,
        from: None,
        until: None,
        before,
        limit: 1,
    };
    let first = log::list(books, &wanted(Some(1))).await?;
    let newest = log::list(books, &wanted(None)).await?;
    Ok(Ends {
        declared: first
            .first()
            .is_some_and(|row| row.kind == <Declare as spine::Act>::NAME),
        newest: newest.first().map(|row| row.at),
    })
}

/// The same of the books under this spine.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub(crate) async fn ends_of(spine: &Spine) -> Result<Ends, Failure> {
    let system = By::system("install");
    let mut look = spine.look(&system).await?;
    Ok(ends(&mut look.books()).await?)
}

/// Whether these books are for rehearsal.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub async fn is_declared(spine: &Spine) -> Result<bool, Failure> {
    Ok(ends_of(spine).await?.declared)
}

/// Declares empty books to be for rehearsal.
///
/// # Errors
/// A [`kernel::Refusal`] when anything stands in them already.
pub(crate) async fn declare(spine: &Spine, purpose: &str) -> Result<(), Failure> {
    let act = Declare {
        purpose: purpose.to_owned(),
    };
    spine
        .perform(&act, &By::system("install"), None)
        .await?
        .done()?;
    Ok(())
}

/// Opens books for rehearsal with their clock at `moment`, from which it runs on; empty books are
/// declared first.
///
/// # Errors
/// A [`kernel::Refusal`] when the books are not for rehearsal or already stand at a later moment;
/// [`Failure`] when they cannot be opened.
pub async fn open(config: Config, moment: Moment) -> Result<House, Failure> {
    let surroundings = Surroundings {
        clock: Arc::new(ShiftedClock::from(moment)),
        chance: Arc::new(SystemChance),
    };
    let (spine, _) = house::bare(&config, &surroundings, Arc::new(OpenGate)).await?;
    if ends_of(&spine).await?.newest.is_none() {
        declare(&spine, "replay").await?;
    } else {
        let act = SetClock { to: moment };
        let system = By::system("console");
        spine.perform(&act, &system, None).await?.done()?;
    }
    spine.db().close().await;
    Ok(House::open(config, surroundings).await?)
}
