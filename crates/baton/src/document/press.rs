//! The press of this program, and printing beside the requests 打印.

use std::path::Path;
use std::sync::{LazyLock, OnceLock};

use ::document::{Content, Fonts, Letterhead, Mark, Paper, Press, PrintError, Printed, Template};
use jiff::tz::TimeZone;
use kernel::{DocumentId, Moment};
use spine::{Failure, Fault};
use tokio::sync::Semaphore;

/// Fonts are big and belong to the program, so all its houses print with one press.
static PRESS: OnceLock<Press> = OnceLock::new();

/// Setting type takes a whole core; more than this at once would starve the requests.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Everything one print needs.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) id: DocumentId,
    pub(crate) number: String,
    pub(crate) letterhead: Letterhead,
    pub(crate) at: Moment,
    pub(crate) zone: TimeZone,
    pub(crate) template: Template,
    pub(crate) content: Content,
    /// Whether the books are for practising.
    pub(crate) rehearsal: bool,
}

impl Sheet {
    /// Whether the other would print the same, but for its id and the moment of its day.
    pub(crate) fn says_the_same(&self, other: &Sheet) -> bool {
        self.number == other.number
            && self.letterhead == other.letterhead
            && self.template == other.template
            && self.content == other.content
            && self.at.day_in(&self.zone) == other.at.day_in(&other.zone)
    }

    /// Prints it here and now.
    pub(crate) fn print(&self, preview: bool) -> Result<Printed, PrintError> {
        let id = self.id.to_string();
        let mark = match (preview, self.rehearsal) {
            (true, _) => Some(Mark::Preview),
            (false, true) => Some(Mark::Rehearsal),
            (false, false) => None,
        };
        let paper = Paper {
            id: &id,
            number: &self.number,
            letterhead: &self.letterhead,
            at: self.at,
            zone: &self.zone,
            mark,
        };
        press().print(&self.template, &paper, &self.content)
    }

    /// Prints it on a thread of its own, when there is room.
    pub(crate) async fn print_aside(self, preview: bool) -> Result<(Sheet, Printed), Failure> {
        let _room = AT_ONCE
            .acquire()
            .await
            .map_err(|_| Fault::new("the press is closed"))?;
        let print = tokio::task::spawn_blocking(move || {
            let printed = self.print(preview);
            (self, printed)
        });
        let (sheet, printed) = print.await.map_err(|error| Fault::new(error.to_string()))?;
        let printed = printed.map_err(|error| error.refusal())?;
        Ok((sheet, printed))
    }
}

pub(crate) fn press() -> &'static Press {
    PRESS.get_or_init(|| Press::new(Fonts::shipped()))
}

/// Adds the company's fonts, by name; only before anything was printed.
pub(super) fn add_fonts(folder: &Path) -> Result<(), Fault> {
    let files = super::folder::files(folder, &["ttf", "otf", "ttc"])?;
    if files.is_empty() || PRESS.get().is_some() {
        return Ok(());
    }
    let mut fonts = Fonts::shipped();
    for path in files {
        let bytes = std::fs::read(&path)
            .map_err(|error| Fault::new(format!("{}: {error}", path.display())))?;
        fonts = fonts
            .with(bytes)
            .map_err(|_| Fault::new(format!("{} 不是可用的字体文件", path.display())))?;
    }
    // Another house of this program was quicker.
    let _ = PRESS.set(Press::new(fonts));
    Ok(())
}
