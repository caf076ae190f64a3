//! What can be done with imports 导入动作.

pub mod commit;
pub mod discard;
pub mod stage;
pub mod undo;

use kernel::{ImportId, Refusal};
use spine::{Denied, Failure, Reader};

use super::store::{self, Batch, BatchState};

/// The batch, or as if it were not there.
async fn batch(books: &mut Reader<'_>, id: ImportId) -> Result<Batch, Failure> {
    let found = store::find_batch(books, id).await?;
    Ok(found.ok_or_else(|| Denied::absent("import"))?)
}

fn must_be(batch: &Batch, wanted: BatchState) -> Result<(), Refusal> {
    if batch.state == wanted {
        return Ok(());
    }
    Err(Refusal::conflict(
        "import.wrong_state",
        format!("该批次{}，不能这样办理", batch.state.zh()),
        format!("the batch is {}, not {}", batch.state.word(), wanted.word()),
    )
    .remedy((
        "请刷新页面查看批次状态",
        "Reload to see the state of the import",
    )))
}
