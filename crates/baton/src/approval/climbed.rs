//! How a task that climbed is told to whoever has it now 升级说明.

use ::approval::directory::ADMIN;
use ::approval::item::{Holder, Item, Origin};
use ::approval::sentence::Names;

use super::company::Company;

/// In words, how an item that climbed came to its holder, and from whom.
pub(super) fn came(company: &Company, item: &Item) -> Option<(String, String)> {
    if item.origin != Origin::Escalation {
        return None;
    }
    let last = item.held_before.last();
    let from = match (last, &item.pool) {
        (Some(person), _) => (company.called(*person), company.called(*person)),
        (None, Some(pool)) => {
            let (zh, en) = company.role(pool);
            (format!("「{zh}」待办池"), format!("The pool of {en}"))
        }
        (None, None) => return None,
    };
    let nobody = item.holder == Holder::Pool(ADMIN.to_owned());
    Some(if nobody {
        (
            format!(
                "{}逾期未办，且已没有可以升级的上级，由流程管理员兜底",
                from.0
            ),
            format!(
                "{} was late and nobody stands above: the process administrators take care",
                from.1
            ),
        )
    } else {
        (
            format!("{}逾期未办，升级到此", from.0),
            format!("{} was late, so it climbed", from.1),
        )
    })
}
