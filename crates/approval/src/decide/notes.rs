//! What people write and read beside the decisions: it changes nobody's turn 评论、已阅、催办.

use kernel::Refusal;

use super::{Desk, Done, refusals};
use crate::event::What;
use crate::item::{Decision, Holder, ItemKind, ItemNo, ItemState};

/// Seconds between two urgings of the same item (law.md §8.1: one an hour).
const URGE_PAUSE: i64 = 3_600;

impl Desk<'_> {
    pub(super) fn comment(&mut self, text: &str) -> Done {
        self.words(text, "评论不能为空", "/text")?;
        self.emit(What::Commented {
            text: text.to_owned(),
        });
        Ok(())
    }

    pub(super) fn not_done(&mut self, why: &str, why_en: &str) -> Done {
        self.by_system()?;
        self.emit(What::NotDone {
            why: why.to_owned(),
            why_en: why_en.to_owned(),
        });
        Ok(())
    }

    pub(super) fn mark_read(&mut self, no: ItemNo) -> Done {
        let item = self
            .state
            .item(no)
            .ok_or_else(|| refusals::no_such_item(no))?;
        let Some(by) = self.by else {
            return Err(refusals::not_yours());
        };
        let his = match &item.holder {
            Holder::Person(person) => *person == by,
            Holder::Pool(pool) => self.directory.members(pool).contains(&by),
        };
        if !his {
            return Err(refusals::not_yours());
        }
        let copy = item.kind == ItemKind::Cc && item.state == ItemState::Open;
        let (item, unread) = (item.clone(), item.read_at.is_none());
        if unread {
            self.emit(What::ItemRead { item: no });
        }
        if copy {
            self.record(&item, Decision::Read, "", &[]);
        }
        Ok(())
    }

    pub(super) fn urge(&mut self, no: ItemNo) -> Done {
        let item = self
            .state
            .item(no)
            .ok_or_else(|| refusals::no_such_item(no))?;
        if item.state != ItemState::Open || item.kind == ItemKind::Cc {
            return Err(refusals::item_not_open(item.state));
        }
        let again = item.urged_at.map(|last| last.plus_seconds(URGE_PAUSE));
        if again.is_some_and(|again| self.at < again) {
            return Err(too_often());
        }
        let (node, holder) = (item.node.clone(), item.holder.clone());
        self.emit(What::Urged {
            item: no,
            node,
            holder,
        });
        Ok(())
    }
}

fn too_often() -> Refusal {
    Refusal::conflict(
        "approval.urged_lately",
        "一小时内已经催办过",
        "It was urged less than an hour ago",
    )
    .remedy((
        "请稍后再催办，或直接联系处理人",
        "Urge again later, or speak to whoever has it",
    ))
}
