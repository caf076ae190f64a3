//! How many customers one owner may hold 库容.

use kernel::Refusal;
use serde::{Deserialize, Serialize};

/// Which customers count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Every customer.
    #[default]
    All,
    /// Only those without a closed deal 未成交.
    WithoutDeal,
}

/// The limit of one owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// So many at most.
    pub most: u32,
    /// Of these.
    pub counting: Counting,
}

/// Numbers of customers: those an owner has, or those he is to get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// With a closed deal 已成交.
    pub with_deal: u32,
    /// Without one.
    pub without_deal: u32,
}

impl Capacity {
    /// How many more fit.
    #[must_use]
    pub fn room(&self, held: Held) -> u32 {
        self.most.saturating_sub(self.counted(held))
    }

    /// Whether the incoming customers fit beside those held.
    ///
    /// # Errors
    /// `customer.capacity_full`, naming how many are too many. Nothing incoming always fits.
    pub fn check(&self, held: Held, incoming: Held) -> Result<(), Refusal> {
        let (more, room) = (self.counted(incoming), self.room(held));
        if more <= room {
            return Ok(());
        }
        let (most, excess) = (self.most, more - room);
        Err(Refusal::conflict(
            "customer.capacity_full",
            format!("客户上限为 {most} 个，还可接收 {room} 个，本次为 {more} 个"),
            format!("the limit is {most} customers; {room} more fit, {more} were to come"),
        )
        .remedy((
            format!("请减少 {excess} 个，或由其他同事接收，或申请提高上限"),
            format!("Give {excess} fewer, give them to somebody else, or ask for a higher limit"),
        )))
    }

    fn counted(&self, held: Held) -> u32 {
        match self.counting {
            Counting::All => held.with_deal.saturating_add(held.without_deal),
            Counting::WithoutDeal => held.without_deal,
        }
    }
}
