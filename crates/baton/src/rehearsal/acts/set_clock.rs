//! The clock of a rehearsal is set 拨动演练时钟.

use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::rehearsal::{Ends, ends};

/// Takes down where the clock was set to. The clock itself is moved by whoever opens the books.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetClock {
    /// The moment from which it runs on.
    pub to: Moment,
}

impl Act for SetClock {
    const NAME: &'static str = "rehearsal.set_clock";
    type Facts = Ends;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Ends, Failure> {
        Ok(ends(books).await?)
    }

    fn needs(&self, _facts: &Ends) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, facts: &Ends, _at: Moment) -> Result<(), Refusal> {
        if !facts.declared {
            return Err(Refusal::conflict(
                "rehearsal.real_books",
                "这不是演练账册，时钟不能拨动",
                "These are no books for rehearsal; their clock cannot be set",
            )
            .remedy((
                "真实账册只按系统时间记录；演练请另用一个空的数据目录",
                "Real books follow the system clock only; rehearse in another, empty data \
                 directory",
            )));
        }
        if let Some(newest) = facts.newest.filter(|newest| *newest > self.to) {
            let zh = format!("账册最后一条记录在 {newest}，时钟不能拨回 {}", self.to);
            let en = format!("The newest entry is of {newest}; the clock cannot go back");
            return Err(Refusal::conflict("rehearsal.clock_back", zh, en).remedy((
                "请指定更晚的时刻，或从空的数据目录重新演练",
                "Give a later moment, or rehearse again from an empty data directory",
            )));
        }
        Ok(())
    }

    async fn write(&self, _: &Ends, _: &(), _: &mut Writer<'_>) -> Result<(), Failure> {
        // The entry itself is what is wanted.
        Ok(())
    }

    fn record(&self, facts: &Ends, _outcome: &()) -> Record {
        Record::of(
            "rehearsal/books".to_owned(),
            format!("演练时钟拨到 {}", self.to),
            format!("The clock of the rehearsal was set to {}", self.to),
        )
        .why("rehearsal")
        .detail(serde_json::json!({ "before": facts.newest, "after": self.to }))
    }
}
