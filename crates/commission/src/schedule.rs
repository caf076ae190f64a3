//! What a running amount earns: marginal, whole-amount, quota, sections 阶梯
//!
//! One function carries all of them. `E(x)` is what an amount `x` earns since the window began, as
//! an exact fraction. A line earns `R(E(after)) - R(E(before))`: lines then sum to `R(E(total))`
//! in whatever order they came, and no fen is lost on the way. A single line may differ by one fen
//! from rounding it by itself; that is the price, and it is said.

use kernel::{Bps, Fen, Refusal};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::shares::WHOLE;

/// Money before rounding, in fen × basis points: 10,000 of them are one fen. On the wire it is a
/// text, so that no JavaScript number touches it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(pub i128);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Exact).map_err(D::Error::custom)
    }
}

impl Exact {
    /// This amount at this rate.
    #[must_use]
    pub fn of(amount: Fen, rate: Bps) -> Exact {
        Exact(i128::from(amount.0) * i128::from(rate.0))
    }

    /// Whole fen, half away from zero (commercial rounding 四舍五入, the same below zero).
    #[must_use]
    pub fn round(self) -> Fen {
        round_ratio(self.0, i128::from(WHOLE))
    }
}

/// `top / bottom` in whole fen, half away from zero; `bottom` is above zero.
#[must_use]
pub fn round_ratio(top: i128, bottom: i128) -> Fen {
    let half_up = (2 * top.abs() + bottom) / (2 * bottom);
    // INVARIANT: callers multiply an i64 by at most the ratio's own bottom, or by a rate; what does
    // not fit into an i64 of fen is beyond all books, and stays at the end of the range.
    let whole = i64::try_from(half_up * top.signum());
    Fen(whole.unwrap_or(if top < 0 { i64::MIN } else { i64::MAX }))
}

/// What a band's rate is applied to once the band is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// 超额部分: only what lies above the bound.
    Excess,
    /// 全额: everything from the first fen, also what was earned before at another rate.
    Whole,
}

/// A step of a ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Reached when the running amount is this much, or more.
    pub from: Fen,
    /// Its rate.
    pub rate: Bps,
    /// Of what.
    pub reach: Reach,
}

/// Bands from zero upwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Band>", into = "Vec<Band>")]
pub struct Ladder {
    // INVARIANT: not empty, the first bound is zero, bounds rise, no rate is below zero.
    bands: Vec<Band>,
}

/// An amount and the rate it is paid at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandPart {
    /// Lower bound of the band.
    pub from: Fen,
    /// How much of the running amount is paid at this band's rate.
    pub amount: Fen,
    /// The rate.
    pub rate: Bps,
}

impl Ladder {
    /// These bands.
    ///
    /// # Errors
    /// `commission.ladder_broken` when there is none, the first does not begin at zero, bounds do
    /// not rise, or a rate is below zero.
    pub fn new(bands: Vec<Band>) -> Result<Ladder, Refusal> {
        let begins = bands.first().is_some_and(|band| band.from == Fen::ZERO);
        let rises = bands.windows(2).all(|pair| pair[0].from < pair[1].from);
        if !begins || !rises || bands.iter().any(|band| band.rate.0 < 0) {
            return Err(Refusal::invalid(
                "commission.ladder_broken",
                "阶梯须从 0 开始、逐级升高，且比例不得为负",
                "a ladder begins at 0, its bounds rise, and no rate is below 0",
            )
            .remedy((
                "请检查各级的下限与比例",
                "Check bounds and rates of the tiers",
            )));
        }
        Ok(Ladder { bands })
    }

    /// One rate for everything.
    ///
    /// # Errors
    /// As [`Ladder::new`].
    pub fn flat(rate: Bps) -> Result<Ladder, Refusal> {
        Ladder::new(vec![Band {
            from: Fen::ZERO,
            rate,
            reach: Reach::Excess,
        }])
    }

    /// Bands in per cent of a quota (`Bps` of attainment, rate, reach), as accelerators are
    /// written. A bound that is no whole fen counts from the next fen on.
    ///
    /// # Errors
    /// As [`Ladder::new`]; `commission.quota_not_positive` when the quota is not above zero.
    pub fn of_quota(quota: Fen, steps: &[(Bps, Bps, Reach)]) -> Result<Ladder, Refusal> {
        if quota <= Fen::ZERO {
            return Err(Refusal::invalid(
                "commission.quota_not_positive",
                "目标额须大于 0",
                "a quota is above 0",
            ));
        }
        let band = |(attained, rate, reach): &(Bps, Bps, Reach)| {
            let exact = i128::from(quota.0) * i128::from(attained.0);
            let from = exact.div_euclid(i128::from(WHOLE))
                + i128::from(exact.rem_euclid(i128::from(WHOLE)) > 0);
            Band {
                from: Fen(i64::try_from(from).unwrap_or(i64::MAX)),
                rate: *rate,
                reach: *reach,
            }
        };
        Ladder::new(steps.iter().map(band).collect())
    }

    /// The bands.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// How a running amount is spread over the bands. Below zero the first rate applies.
    #[must_use]
    pub fn parts(&self, running: Fen) -> Vec<BandPart> {
        let mut parts: Vec<BandPart> = Vec::with_capacity(self.bands.len());
        for (index, band) in self.bands.iter().enumerate() {
            let reached = match (index, band.reach) {
                (0, _) => true,
                (_, Reach::Excess) => running > band.from,
                (_, Reach::Whole) => running >= band.from,
            };
            if !reached {
                break;
            }
            let (from, rate) = (band.from, band.rate);
            if band.reach == Reach::Whole {
                parts.clear();
                let amount = running;
                parts.push(BandPart { from, amount, rate });
                continue;
            }
            let amount = running - from;
            if let Some(last) = parts.last_mut() {
                last.amount = last.amount - amount;
            }
            parts.push(BandPart { from, amount, rate });
        }
        parts
    }

    /// `E(x)`.
    #[must_use]
    pub fn earned(&self, running: Fen) -> Exact {
        let parts = self.parts(running);
        Exact(parts.iter().map(|p| Exact::of(p.amount, p.rate).0).sum())
    }
}

impl TryFrom<Vec<Band>> for Ladder {
    type Error = Refusal;
    fn try_from(bands: Vec<Band>) -> Result<Ladder, Refusal> {
        Ladder::new(bands)
    }
}

impl From<Ladder> for Vec<Band> {
    fn from(ladder: Ladder) -> Vec<Band> {
        ladder.bands
    }
}

/// A quota and what is paid by how much of it is reached 目标与加速.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "QuotaSteps", into = "QuotaSteps")]
pub struct Quota {
    says: QuotaSteps,
    // INVARIANT: the steps of `says` as bands.
    ladder: Ladder,
}

/// A quota as people write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaSteps {
    /// 目标额, above 0.
    pub quota: Fen,
    /// From 0 % upwards.
    pub steps: Vec<QuotaStep>,
}

/// From this much of the quota on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaStep {
    /// 完成率 in basis points of the quota; may lie above the whole.
    pub attained: Bps,
    /// Its rate.
    pub rate: Bps,
    /// Of what.
    pub reach: Reach,
}

impl Quota {
    /// The bands of the quota.
    #[must_use]
    pub fn ladder(&self) -> &Ladder {
        &self.ladder
    }

    /// As it was written.
    #[must_use]
    pub fn says(&self) -> &QuotaSteps {
        &self.says
    }

    /// The same steps of another quota.
    ///
    /// # Errors
    /// As [`Ladder::of_quota`].
    pub fn instead(&self, quota: Fen) -> Result<Quota, Refusal> {
        let steps = self.says.steps.clone();
        Quota::try_from(QuotaSteps { quota, steps })
    }
}

impl TryFrom<QuotaSteps> for Quota {
    type Error = Refusal;
    fn try_from(says: QuotaSteps) -> Result<Quota, Refusal> {
        let step = |one: &QuotaStep| (one.attained, one.rate, one.reach);
        let steps: Vec<_> = says.steps.iter().map(step).collect();
        let ladder = Ladder::of_quota(says.quota, &steps)?;
        Ok(Quota { says, ladder })
    }
}

impl From<Quota> for QuotaSteps {
    fn from(quota: Quota) -> QuotaSteps {
        quota.says
    }
}

/// One slab of a table of sections: who lies inside is paid on the whole amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// First fen inside.
    pub from: Fen,
    /// Last fen inside.
    pub to: Fen,
    /// Rate of the whole amount.
    pub rate: Bps,
}

/// Sections that may leave gaps; an amount in a gap earns nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Section>", into = "Vec<Section>")]
pub struct Sections {
    // INVARIANT: each section is from <= to, they rise and do not overlap.
    sections: Vec<Section>,
}

impl Sections {
    /// These sections.
    ///
    /// # Errors
    /// `commission.section_reversed` when one ends before it begins; `commission.sections_overlap`
    /// when two share an amount; `commission.ladder_broken` when a rate is below zero.
    pub fn new(mut sections: Vec<Section>) -> Result<Sections, Refusal> {
        if let Some(bad) = sections.iter().find(|section| section.from > section.to) {
            return Err(Refusal::invalid(
                "commission.section_reversed",
                format!("区间下限 {} 大于上限 {}", bad.from, bad.to),
                format!("the section begins at {} and ends at {}", bad.from, bad.to),
            )
            .remedy(("请对调上下限", "Exchange the lower and the upper bound")));
        }
        if sections.iter().any(|section| section.rate.0 < 0) {
            return Err(Refusal::invalid(
                "commission.ladder_broken",
                "比例不得为负",
                "no rate is below 0",
            ));
        }
        sections.sort_by_key(|section| section.from);
        if let Some(pair) = sections.windows(2).find(|pair| pair[0].to >= pair[1].from) {
            return Err(Refusal::invalid(
                "commission.sections_overlap",
                format!("金额 {} 同时落在两个区间", pair[1].from),
                format!("the amount {} lies in two sections", pair[1].from),
            )
            .remedy(("请使区间互不重叠", "Let the ranges not overlap")));
        }
        Ok(Sections { sections })
    }

    /// The sections, rising.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The section in which the amount lies. What is below zero lies where its mirror image lies:
    /// a full refund takes back exactly what was paid.
    #[must_use]
    pub fn of(&self, amount: Fen) -> Option<&Section> {
        let size = amount.max(-amount);
        let inside = |section: &&Section| section.from <= size && size <= section.to;
        self.sections.iter().find(inside)
    }

    /// `E(x)`: the whole amount at the section's rate, nothing in a gap.
    #[must_use]
    pub fn earned(&self, amount: Fen) -> Exact {
        let section = self.of(amount);
        section.map_or(Exact::default(), |section| Exact::of(amount, section.rate))
    }
}

impl TryFrom<Vec<Section>> for Sections {
    type Error = Refusal;
    fn try_from(sections: Vec<Section>) -> Result<Sections, Refusal> {
        Sections::new(sections)
    }
}

impl From<Sections> for Vec<Section> {
    fn from(sections: Sections) -> Vec<Section> {
        sections.sections
    }
}
