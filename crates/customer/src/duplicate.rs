//! Is this customer there already? 客户查重.

use kernel::CustomerId;
use serde::Serialize;

use crate::{CreditCode, NameKey};

/// What identifies a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its name, ready to compare.
    pub name: NameKey,
    /// Its credit code, where known.
    pub credit_code: Option<CreditCode>,
}

/// How much a likeness tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// 可能
    Possible,
    /// 很可能
    Likely,
    /// 确定
    Certain,
}

/// In what two customers are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// 统一社会信用代码相同
    SameCreditCode,
    /// 名称相同（不计括号、地区、公司形式）
    SameName,
    /// 名称相同但地区不同
    SameNameElsewhere,
    /// 名称相同但信用代码不同
    SameNameOtherCode,
    /// 名称只差一两个字
    NearName,
    /// 一个名称包含另一个
    NameContained,
}

/// One customer who may be the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// Who.
    pub customer: CustomerId,
    /// In what.
    pub likeness: Likeness,
    /// How much that tells.
    pub strength: Strength,
}

impl Likeness {
    /// As the list of possible duplicates shows it, Chinese and English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Likeness::SameCreditCode => ("统一社会信用代码相同", "same credit code"),
            Likeness::SameName => (
                "名称相同（不计括号、地区、公司形式）",
                "same name but for brackets, region and form of company",
            ),
            Likeness::SameNameElsewhere => ("名称相同但地区不同", "same name, another region"),
            Likeness::SameNameOtherCode => {
                ("名称相同但信用代码不同", "same name, another credit code")
            }
            Likeness::NearName => ("名称只差一两个字", "names differ by a character or two"),
            Likeness::NameContained => ("一个名称包含另一个", "one name contains the other"),
        }
    }

    /// How much it tells.
    #[must_use]
    pub fn strength(self) -> Strength {
        match self {
            Likeness::SameCreditCode => Strength::Certain,
            Likeness::SameName => Strength::Likely,
            _ => Strength::Possible,
        }
    }
}

/// So many characters of a name must be given before customers are told that contain it, or that it
/// contains: who asks with two reads the customers of others off, a dozen at a time.
const TELLING: usize = 4;

/// Those of `existing` who may be the same as `candidate`: the strongest first, else as they came.
#[must_use]
pub fn duplicates<'a>(
    candidate: &Identity,
    existing: impl IntoIterator<Item = (CustomerId, &'a Identity)>,
) -> Vec<Match> {
    let mut found: Vec<Match> = existing
        .into_iter()
        .filter_map(|(customer, identity)| {
            let likeness = likeness(candidate, identity)?;
            Some(Match {
                customer,
                likeness,
                strength: likeness.strength(),
            })
        })
        .collect();
    found.sort_by_key(|found| std::cmp::Reverse(found.strength));
    found
}

fn likeness(a: &Identity, b: &Identity) -> Option<Likeness> {
    let same_core = a.name.core == b.name.core && !a.name.core.is_empty();
    let same_region = a.name.same_region(&b.name);
    let codes = a.credit_code.as_ref().zip(b.credit_code.as_ref());
    match codes.map(|(one, other)| one == other) {
        Some(true) => Some(Likeness::SameCreditCode),
        // Two codes are two firms; only the very same name makes one doubt the codes.
        Some(false) => (same_core && same_region).then_some(Likeness::SameNameOtherCode),
        None if same_core && same_region => Some(Likeness::SameName),
        None if same_core => Some(Likeness::SameNameElsewhere),
        None if same_region => similar(&a.name.core, &b.name.core),
        None => None,
    }
}

/// How the name `b` of a customer is like the name `a` that is asked for.
fn similar(a: &str, b: &str) -> Option<Likeness> {
    let (one, other) = (a.chars().count(), b.chars().count());
    let (shorter, length, longer) = if one <= other {
        (a, one, b)
    } else {
        (b, other, a)
    };
    // One character in four may differ, two at most: 北方 and 南方 are no slip of the pen.
    let slips = (length / 4).min(2);
    if one.abs_diff(other) <= slips && slips > 0 && strsim::levenshtein(a, b) <= slips {
        return Some(Likeness::NearName);
    }
    let contained =
        (length >= 2 && longer.starts_with(shorter)) || (length >= 4 && longer.contains(shorter));
    (one >= TELLING && contained).then_some(Likeness::NameContained)
}
