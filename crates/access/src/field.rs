//! Sensitive fields are masked unless a permission shows them 字段脱敏.

use serde::{Deserialize, Serialize};

use crate::{
    Actor, Permission, Policy, RowFilter, Target, filter, mask_address, mask_card, mask_citizen_id,
    mask_email, mask_name, mask_phone,
};

/// How a field is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Masking {
    /// 姓名
    Name,
    /// 电话
    Phone,
    /// 邮箱
    Email,
    /// 证件号码
    CitizenId,
    /// 银行卡号
    Card,
    /// 地址
    Address,
    /// 薪资、提成: nothing of it shows.
    Hidden,
}

impl Masking {
    /// The value, hidden.
    #[must_use]
    pub fn apply(self, value: &str) -> String {
        match self {
            Masking::Name => mask_name(value),
            Masking::Phone => mask_phone(value),
            Masking::Email => mask_email(value),
            Masking::CitizenId => mask_citizen_id(value),
            Masking::Card => mask_card(value),
            Masking::Address => mask_address(value),
            Masking::Hidden => "***".to_owned(),
        }
    }
}

/// What leaves the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The value, in clear or masked.
    pub text: String,
    /// Whether it is masked, so that the screen can offer to reveal it.
    pub masked: bool,
}

/// How one sensitive field shows to one actor; made once, used for every row of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMask {
    masking: Masking,
    clear_for: RowFilter,
}

impl FieldMask {
    /// Masked, except on the rows where the actor holds `shown_by`.
    #[must_use]
    pub fn of(policy: &Policy, actor: &Actor, shown_by: Permission, masking: Masking) -> FieldMask {
        FieldMask {
            masking,
            clear_for: filter(policy, actor, shown_by),
        }
    }

    /// The field's value on this row.
    #[must_use]
    pub fn show(&self, row: &Target, value: &str) -> Shown {
        let masked = !value.is_empty() && !self.clear_for.admits(row);
        let text = if masked {
            self.masking.apply(value)
        } else {
            value.to_owned()
        };
        Shown { text, masked }
    }
}
