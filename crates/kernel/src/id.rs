//! Typed, prefixed, time-sortable ids, all from one registry 编号.
//!
//! An id is `prefix_` + 26 characters of Crockford base 32 (lower case): 48 bits of milliseconds
//! and 80 bits of chance, the layout of a ULID, so text order is creation order.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Moment;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Which bytes are letters of [`ALPHABET`]; ids are read by the hundred thousand.
const IN_ALPHABET: [bool; 256] = {
    let (mut known, mut n) = ([false; 256], 0);
    while n < ALPHABET.len() {
        known[ALPHABET[n] as usize] = true;
        n += 1;
    }
    known
};

/// The text is not an id of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("编号「{text}」无效，应以 {prefix}_ 开头")]
pub struct IdError {
    /// What was given, cut to 40 characters.
    pub text: String,
    /// The prefix that was wanted.
    pub prefix: &'static str,
}

fn encode(at: Moment, chance: [u8; 10]) -> [u8; 26] {
    let millis = u128::try_from(at.0.max(0)).unwrap_or(0) & 0xffff_ffff_ffff;
    let tail = chance
        .iter()
        .fold(0_u128, |acc, byte| (acc << 8) | u128::from(*byte));
    let value = (millis << 80) | tail;
    let mut out = [0_u8; 26];
    for (index, slot) in out.iter_mut().enumerate() {
        let shift = 5 * (25 - index);
        let digit = usize::try_from((value >> shift) & 31).unwrap_or(0);
        *slot = ALPHABET[digit];
    }
    out
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 26]);

        impl $name {
            /// What every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A new id for this moment; `chance` is 80 random bits from the caller.
            #[must_use]
            pub fn mint(at: Moment, chance: [u8; 10]) -> Self {
                Self(encode(at, chance))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), std::str::from_utf8(&self.0).unwrap_or_default())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let tail = text.strip_prefix(concat!($prefix, "_")).unwrap_or_default().as_bytes();
                let known = tail.iter().all(|byte| IN_ALPHABET[usize::from(*byte)]);
                match <[u8; 26]>::try_from(tail) {
                    Ok(bytes) if known => Ok(Self(bytes)),
                    _ => Err(IdError { text: text.chars().take(40).collect(), prefix: $prefix }),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )*

    /// Every prefix there is, with the name of its type; two kinds never share one.
    pub const ID_PREFIXES: &[(&str, &str)] = &[$(($prefix, stringify!($name))),*];
    };
}

ids! {
    /// 法律主体 a legal entity of the company.
    EntityId = "ent";
    /// 部门
    DepartmentId = "dpt";
    /// 岗位
    PostId = "pst";
    /// 员工
    EmployeeId = "emp";
    /// 代理 a stand-in for a time.
    StandInId = "sti";
    /// 登录账号 a login; not a person.
    LoginId = "lgn";
    /// 客户
    CustomerId = "cus";
    /// 联系人
    ContactId = "con";
    /// 跟进记录
    FollowUpId = "fup";
    /// 商机
    OpportunityId = "opp";
    /// 合同
    ContractId = "ctr";
    /// 订单
    OrderId = "ord";
    /// 发票 (an open one is the receivable)
    InvoiceId = "inv";
    /// 回款
    ReceiptId = "rcp";
    /// What of an invoice is undone 冲回
    ReversalId = "rev";
    /// 导入批次
    ImportId = "imp";
    /// 流程实例 a running process case.
    CaseId = "cas";
    /// 流程定义
    FlowId = "flw";
    /// 待办 a seat or duty in a case.
    TaskId = "tsk";
    /// 离职
    DepartureId = "dep";
    /// 交接方案
    PlanId = "pln";
    /// 提成方案
    CommissionPlanId = "cpl";
    /// 决策表
    RuleTableId = "rtb";
    /// 资产
    AssetId = "ast";
    /// 文书
    DocumentId = "doc";
    /// 提成发放 a recorded payment of commission.
    PaymentId = "pay";
    /// 存证包
    BundleId = "bdl";
    /// 签署流程 a document being signed.
    SigningId = "sgn";
    /// 签名密钥
    SigningKeyId = "sgk";
    /// 用印
    SealUseId = "use";
    /// 预警
    AlertId = "alr";
    /// 后台任务
    JobId = "job";
    /// 查阅记录
    AccessRecordId = "acc";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn prefixes_are_three_letters_and_unique() {
        let mut seen = std::collections::BTreeSet::new();
        for (prefix, name) in ID_PREFIXES {
            assert!(prefix.len() == 3 && seen.insert(prefix), "{name}");
        }
    }

    #[test]
    fn one_kind_is_not_another() {
        let id = CustomerId::mint(Moment(1), [7; 10]).to_string();
        assert!(id.parse::<CustomerId>().is_ok());
        assert!(id.parse::<EmployeeId>().is_err());
        assert!("cus_".parse::<CustomerId>().is_err());
        assert!(id.to_uppercase().parse::<CustomerId>().is_err());
    }

    proptest! {
        #[test]
        fn text_order_is_time_order(a in 0..1_i64 << 47, b in 0..1_i64 << 47, chance: [u8; 10]) {
            let (x, y) = (CustomerId::mint(Moment(a), chance), CustomerId::mint(Moment(b), chance));
            prop_assert_eq!(x.to_string().cmp(&y.to_string()), a.cmp(&b));
            prop_assert_eq!(x.to_string().parse::<CustomerId>().unwrap(), x);
        }
    }
}
