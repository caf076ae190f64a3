//! What an audit can find, in words for people.

use crate::checkpoint::CheckpointError;
use crate::entry::EntryError;
use crate::hash::Hash;
use crate::verdict::Verdict;

/// Something wrong at one place of the log. Its message names the place and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Index of the entry; for tiles the number on their level; for checkpoints their size.
    pub at: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// The kinds of things that can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Entries from here to `last` are missing.
    Gap {
        /// Index of the last missing entry.
        last: u64,
    },
    /// A row that comes after row `next` - 1 though its index is smaller.
    Order {
        /// Index that was due.
        next: u64,
    },
    /// The bytes are no entry.
    Entry {
        /// Why.
        why: EntryError,
    },
    /// The entry bears another number than its row.
    Seq {
        /// Number in the entry.
        says: u64,
    },
    /// The stored leaf is not the hash of the entry.
    Leaf,
    /// There is a payload but no salt of 32 bytes.
    Salt,
    /// Payload and salt do not open the commitment.
    Payload,
    /// `prev` is not the latest entry about the subject.
    Chain {
        /// The subject.
        subject: String,
        /// What the entry says.
        says: Option<Hash>,
        /// Leaf hash of the latest entry there is.
        before: Option<Hash>,
    },
    /// `prev` without a subject.
    ChainOfNothing,
    /// The stored items are not those the payload commits to.
    Items,
    /// Item `n` is malformed, misplaced or its payload differs.
    Item {
        /// Place within the act.
        n: u64,
    },
    /// A stored tile differs from the one computed, or does not belong to the tree.
    Tile {
        /// Level of the tile.
        level: u8,
    },
    /// A full tile is not stored.
    TileMissing {
        /// Level of the tile.
        level: u8,
    },
    /// The stored frontier differs from the one computed.
    Frontier,
    /// There are entries but no head.
    HeadMissing,
    /// The head counts fewer entries than there are.
    HeadBehind {
        /// How many there are.
        rows: u64,
    },
    /// The checkpoint is not a checkpoint of this log, or not signed by it.
    CheckpointUnreadable {
        /// Why.
        why: CheckpointError,
    },
    /// The checkpoint is about another size than its row.
    CheckpointSize {
        /// Size in the checkpoint.
        says: u64,
    },
    /// The entries do not give the root that was signed for this size.
    Root {
        /// Size of the last head before it that they do give; 0 for none.
        last_good: u64,
        /// Whether the head is known from outside the database.
        is_anchor: bool,
    },
    /// The root signed for this size contradicts the one signed for a larger or the same size,
    /// which the entries bear out.
    SplitView {
        /// Whether this head is known from outside the database.
        is_anchor: bool,
    },
    /// Act, moment or actor beside the entry are not those in it.
    Columns,
    /// What it speaks of is not noted as it stands in it: a note is missing, added or changed.
    Subjects,
    /// Its content, or that of its items, is gone, and no act erased it.
    Vanished,
    /// A cell holds something of another kind than the program writes.
    Cell {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A larger log was signed.
    Truncated {
        /// Its size.
        signed: u64,
    },
}

const fn signed_in(is_anchor: bool) -> &'static str {
    if is_anchor {
        "log_anchor"
    } else {
        "log_checkpoint"
    }
}

fn place_in(table: &str, at: u64) -> String {
    match table {
        "log_entry" => format!("存证条目 {at} "),
        _ => format!("表 {table} 中 {at} 处"),
    }
}

impl Fault {
    /// The stable name, the table and what it makes of the whole log.
    const fn nature(&self) -> (&'static str, &'static str, Verdict) {
        use Verdict::{DerivedData, Invalid};
        match self {
            Fault::Gap { .. } => ("log.gap", "log_entry", Invalid),
            Fault::Order { .. } => ("log.order", "log_entry", Invalid),
            Fault::Entry { .. } => ("log.entry", "log_entry", Invalid),
            Fault::Seq { .. } => ("log.seq", "log_entry", Invalid),
            Fault::Leaf => ("log.leaf", "log_entry", Invalid),
            Fault::Salt => ("log.salt", "log_entry", Invalid),
            Fault::Payload => ("log.payload", "log_entry", Invalid),
            Fault::Chain { .. } | Fault::ChainOfNothing => ("log.chain", "log_entry", Invalid),
            Fault::Items => ("log.items", "log_item", Invalid),
            Fault::Item { .. } => ("log.item", "log_item", Invalid),
            Fault::Tile { .. } => ("log.tile", "log_tile", DerivedData),
            Fault::TileMissing { .. } => ("log.tile_missing", "log_tile", DerivedData),
            Fault::Frontier => ("log.frontier", "log_head", DerivedData),
            Fault::HeadMissing => ("log.head_missing", "log_head", Invalid),
            Fault::HeadBehind { .. } => ("log.head_behind", "log_head", Invalid),
            Fault::CheckpointUnreadable { .. } => ("log.checkpoint", "log_checkpoint", Invalid),
            Fault::CheckpointSize { .. } => ("log.checkpoint_size", "log_checkpoint", Invalid),
            Fault::Root { is_anchor, .. } => ("log.root", signed_in(*is_anchor), Invalid),
            Fault::SplitView { is_anchor } => ("log.split_view", signed_in(*is_anchor), Invalid),
            Fault::Truncated { .. } => ("log.truncated", "log_head", Invalid),
            Fault::Columns => ("log.columns", "log_entry", DerivedData),
            Fault::Subjects => ("log.subjects", "log_subject", DerivedData),
            Fault::Vanished => ("log.vanished", "log_payload", Invalid),
            Fault::Cell { table, .. } => ("log.cell", *table, Invalid),
        }
    }

    /// What it makes of the whole log.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.nature().2
    }
}

impl Finding {
    /// The stable name, `log.gap`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.fault.nature().0
    }

    /// The table in which it shows.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        self.fault.nature().1
    }

    /// What is wrong, where, and what would help, in Chinese.
    #[must_use]
    pub fn message(&self) -> String {
        let at = self.at;
        let shown =
            |hash: &Option<Hash>| hash.map_or("（无）".to_owned(), |hash| hash.to_string());
        match &self.fault {
            Fault::Gap { last } => {
                format!("存证条目 {at} 至 {last} 缺失，请从备份或镜像恢复")
            }
            Fault::Order { next } => {
                format!("存证条目 {at} 重复或错位（此处应为 {next}），请核对数据库")
            }
            Fault::Entry { why } => format!("存证条目 {at}：{why}"),
            Fault::Seq { says } => format!("存证条目 {at} 自述序号为 {says}，序号被改动"),
            Fault::Leaf => format!("存证条目 {at} 的内容与其叶子哈希不符，其中之一被改动"),
            Fault::Salt => format!("存证条目 {at} 有内容而无 32 字节的盐，无法核对，请从备份恢复"),
            Fault::Payload => format!("存证条目 {at} 的内容或盐与承诺不符，被改动，请从备份恢复"),
            Fault::Chain {
                subject,
                says,
                before,
            } => format!(
                "存证条目 {at} 中对象「{subject}」的上一条应为 {}，现有记录中为 {}，可能漏了条目",
                shown(says),
                shown(before)
            ),
            Fault::ChainOfNothing => format!("存证条目 {at} 没有对象，却指向上一条"),
            Fault::Items => {
                format!("存证条目 {at} 的批量明细与登记的个数、根哈希不符或无从核对，请从备份恢复")
            }
            Fault::Item { n } => format!("存证条目 {at} 的第 {n} 条批量明细被改动，请从备份恢复"),
            Fault::Tile { level } => {
                format!("第 {level} 层第 {at} 块瓦片与条目算出的不符，可由存证条目重新计算")
            }
            Fault::TileMissing { level } => {
                format!("缺少第 {level} 层第 {at} 块瓦片，可由存证条目重新计算")
            }
            Fault::Frontier => format!("大小 {at} 的树头前沿有误，可由存证条目重新计算"),
            Fault::HeadMissing => format!("有 {at} 条存证条目而无树头，请从备份恢复"),
            Fault::HeadBehind { rows } => {
                format!("树头记为 {at} 条，实有 {rows} 条，树头被改动或条目被添加")
            }
            Fault::CheckpointUnreadable { why } => format!("大小 {at} 的检查点无效：{why}"),
            Fault::CheckpointSize { says } => {
                format!("登记在大小 {at} 的检查点自述大小为 {says}，被调换或改动")
            }
            Fault::Root { last_good, .. } => {
                format!("条目算出的根哈希与大小 {at} 时签署的不同：序号 {last_good} 至此之间被改动")
            }
            Fault::SplitView { .. } => {
                format!("日志在大小 {at} 处签署过互相矛盾的根哈希，请保全两份检查点作为证据")
            }
            Fault::Columns => format!(
                "存证条目 {at} 旁登记的动作、时间或操作人与条目内容不符，被改动；以条目内容为准"
            ),
            Fault::Subjects => format!(
                "存证条目 {at} 所涉对象的登记与条目内容不符（漏记、多记或被改动），按对象查找会漏掉它"
            ),
            Fault::Vanished => {
                format!("存证条目 {at} 的内容或批量明细被清除，而没有依法删除的记录，请从备份恢复")
            }
            Fault::Cell { table, column } => {
                let place = place_in(table, at);
                format!("{place}的 {column} 不是程序写入的那种值，被改动，请从备份恢复")
            }
            Fault::Truncated { signed } => {
                format!("日志只有 {at} 条，而已签署到 {signed} 条：末尾被删除或恢复了旧备份")
            }
        }
    }
}
