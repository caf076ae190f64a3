//! Empty books become books for rehearsal 设立演练账册.

use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::rehearsal::{Ends, ends};

/// Says, as the first entry of a log, that nothing in it is a real record.
#[derive(Debug, Serialize, Deserialize)]
pub struct Declare {
    /// `demo` or `replay`.
    pub purpose: String,
}

impl Act for Declare {
    const NAME: &'static str = "rehearsal.declare";
    type Facts = Ends;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Ends, Failure> {
        Ok(ends(books).await?)
    }

    fn needs(&self, _facts: &Ends) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, facts: &Ends, _at: Moment) -> Result<(), Refusal> {
        if facts.newest.is_none() {
            return Ok(());
        }
        Err(Refusal::conflict(
            "rehearsal.books_in_use",
            "账册中已有记录，不能改作演练账册",
            "These books hold entries already and cannot become books for rehearsal",
        )
        .remedy((
            "请用 BATON_DATA_DIR 另指定一个空的数据目录（或另建一个空的数据库）",
            "Name another, empty data directory with BATON_DATA_DIR (or another empty database)",
        )))
    }

    async fn write(&self, _: &Ends, _: &(), _: &mut Writer<'_>) -> Result<(), Failure> {
        // The entry itself is what is wanted.
        Ok(())
    }

    fn record(&self, _facts: &Ends, _outcome: &()) -> Record {
        Record::of(
            "rehearsal/books".to_owned(),
            "本账册是演练账册：人员均为虚构或示例，时钟由演练者拨动，不作为真实记录",
            "These books are for rehearsal: invented people, a clock set by hand, no real records",
        )
        .why("rehearsal")
        .detail(serde_json::json!({ "purpose": self.purpose }))
    }
}
