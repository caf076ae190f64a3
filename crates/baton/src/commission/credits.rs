//! Who is credited with a deal, as people hand it in and read it 业绩认定.

use ::commission::event::{Place, Team};
use ::commission::shares::{PersonShares, Shares};
use kernel::{Bps, EmployeeId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::Names;
use crate::bounds;
use crate::people::PersonName;

/// Most places of a deal, most overlays, and most members of one.
const MOST: usize = 20;

/// A share of a deal.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditShare {
    /// Absent for whoever owns the customer on the day of each event.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub employee_id: Option<EmployeeId>,
    /// In basis points.
    pub share: i64,
}

/// A whole of its own beside the deal.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditOverlay {
    /// As the plan that pays it names it, 1..=100 characters.
    pub name: String,
    /// Basis points, 10,000 together; everybody named.
    pub members: Vec<CreditShare>,
}

/// Who is credited with a deal.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// The deal itself: basis points, 10,000 together.
    pub direct: Vec<CreditShare>,
    /// Wholes of their own beside it.
    #[serde(default)]
    pub overlays: Vec<CreditOverlay>,
}

impl Credit {
    /// As the engine knows it.
    ///
    /// # Errors
    /// `commission.shares_not_whole`, `commission.share_twice`, `commission.overlay_twice`,
    /// `commission.credit_too_long`, `commission.nobody_named`.
    pub(crate) fn team(&self) -> Result<Team, Refusal> {
        let long = self.overlays.iter().any(|one| one.members.len() > MOST);
        if self.direct.len() > MOST || self.overlays.len() > MOST || long {
            let zh = format!("一份合同最多 {MOST} 个份额、{MOST} 个叠加席位");
            let en = format!("at most {MOST} shares and {MOST} overlays");
            return Err(Refusal::invalid("commission.credit_too_long", zh, en));
        }
        let place = |one: &CreditShare| {
            let place = one.employee_id.map_or(Place::Owner, Place::Person);
            (place, Bps(one.share))
        };
        let direct = Shares::new(self.direct.iter().map(place).collect());
        let mut overlays = Vec::with_capacity(self.overlays.len());
        for (at, one) in self.overlays.iter().enumerate() {
            overlays.push(overlay(at, one)?);
        }
        let twice = (1..self.overlays.len()).find(|at| {
            let name = self.overlays[*at].name.trim();
            self.overlays[..*at]
                .iter()
                .any(|other| other.name.trim() == name)
        });
        if let Some(at) = twice {
            let zh = "两个叠加席位同名";
            let refusal = Refusal::invalid("commission.overlay_twice", zh, "named twice");
            return Err(refusal.at(&format!("/overlays/{at}/name"), zh));
        }
        Ok(Team {
            direct: direct.map_err(|refusal| at_place(refusal, "/direct".to_owned()))?,
            overlays,
            decided_by: None,
        })
    }
}

fn at_place(refusal: Refusal, place: String) -> Refusal {
    let zh = refusal.message.clone();
    refusal.at(&place, zh)
}

fn overlay(at: usize, one: &CreditOverlay) -> Result<(String, PersonShares), Refusal> {
    let place = format!("/overlays/{at}/name");
    bounds::length(&place, "叠加席位", one.name.trim(), bounds::SHORT)?;
    let mut members = Vec::with_capacity(one.members.len());
    for member in &one.members {
        let Some(who) = member.employee_id else {
            let zh = "叠加席位的每一份都要写明人员";
            let refusal = Refusal::invalid("commission.nobody_named", zh, "nobody is named");
            return Err(refusal.at(&format!("/overlays/{at}/members"), zh));
        };
        members.push((who, Bps(member.share)));
    }
    let shares = Shares::new(members);
    let shares = shares.map_err(|bad| at_place(bad, format!("/overlays/{at}/members")))?;
    Ok((one.name.trim().to_owned(), shares))
}

/// Everybody a team names.
pub(crate) fn named(team: &Team) -> Vec<EmployeeId> {
    let direct = team
        .direct
        .parts()
        .iter()
        .filter_map(|(place, _)| match place {
            Place::Person(who) => Some(*who),
            Place::Owner => None,
        });
    let beside = team
        .overlays
        .iter()
        .flat_map(|(_, members)| members.parts());
    direct.chain(beside.map(|(who, _)| *who)).collect()
}

/// A share as it is shown.
#[derive(Serialize, ToSchema)]
pub(crate) struct CreditShareView {
    /// Absent for whoever owns the customer on the day of each event.
    person: Option<PersonName>,
    share: i64,
}

/// An overlay as it is shown.
#[derive(Serialize, ToSchema)]
pub(crate) struct CreditOverlayView {
    name: String,
    members: Vec<CreditShareView>,
}

/// Who is credited with a deal, as it is shown.
#[derive(Serialize, ToSchema)]
pub(crate) struct CreditView {
    direct: Vec<CreditShareView>,
    overlays: Vec<CreditOverlayView>,
}

impl CreditView {
    pub(crate) fn of(team: &Team, names: &Names) -> CreditView {
        let person = |who: EmployeeId| PersonName::among(names, Some(who));
        let direct = team
            .direct
            .parts()
            .iter()
            .map(|(place, share)| CreditShareView {
                person: match place {
                    Place::Owner => None,
                    Place::Person(who) => person(*who),
                },
                share: share.0,
            });
        let overlays = team.overlays.iter().map(|(name, members)| {
            let members = members.parts().iter().map(|(who, share)| CreditShareView {
                person: person(*who),
                share: share.0,
            });
            CreditOverlayView {
                name: name.clone(),
                members: members.collect(),
            }
        });
        CreditView {
            direct: direct.collect(),
            overlays: overlays.collect(),
        }
    }
}

/// The split in words, Chinese and English: `负责人 70%、李四 30%`.
pub(crate) fn words(team: &Team, names: &Names) -> (String, String) {
    (
        said(team, names, ("负责人", "、", "；", "：")),
        said(team, names, ("owner", ", ", "; ", ": ")),
    )
}

type Marks = (&'static str, &'static str, &'static str, &'static str);

fn said(team: &Team, names: &Names, (owner, and, beside, of): Marks) -> String {
    let called = |who: EmployeeId| {
        let name = names.get(&who);
        name.map_or_else(|| who.to_string(), |(_, name)| name.clone())
    };
    let percent = |share: Bps| {
        let text = format!("{}.{:02}", share.0 / 100, share.0 % 100);
        format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
    };
    let direct = team.direct.parts().iter().map(|(place, share)| {
        let who = match place {
            Place::Owner => owner.to_owned(),
            Place::Person(who) => called(*who),
        };
        format!("{who} {}", percent(*share))
    });
    let mut text = direct.collect::<Vec<_>>().join(and);
    for (name, members) in &team.overlays {
        let members = members.parts().iter();
        let each = members.map(|(who, share)| format!("{} {}", called(*who), percent(*share)));
        text = format!(
            "{text}{beside}{name}{of}{}",
            each.collect::<Vec<_>>().join(and)
        );
    }
    text
}
