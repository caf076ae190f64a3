//! What one part earns under one component 计提

use kernel::{Bps, Fen};

use super::{Happening, Run, RunningKey, adds_up, running_key};
use crate::assignment::Chosen;
use crate::calculate::seats::Taker;
use crate::event::Contract;
use crate::line::{Earning, Held, Line, LineKey, Trace};
use crate::plan::{Base, Component, Method, Plan, PlanVersion, RuleRow};
use crate::schedule::{BandPart, Exact, Ladder, Sections, round_ratio};
use crate::window::Window;

impl<'a> Run<'a> {
    /// Writes the line of one part under one component.
    pub(super) fn line(
        &mut self,
        happening: &Happening<'a>,
        taker: &Taker<'a>,
        chosen: Chosen<'a>,
        (component, by_table): (&'a Component, Option<(Bps, &'a RuleRow)>),
    ) {
        let (event, contract) = (happening.event, happening.contract);
        let (plan, version) = (chosen.plan, chosen.version);
        let base_amount = base_amount(component.base, happening);
        let credit = taker.part_of(&contract.team, base_amount);
        let key = running_key(taker.payee, chosen, component, event.on);
        let window_start = key.window_start;
        let before = match adds_up(plan.window) {
            true => self.running.get(&key).copied().unwrap_or_default(),
            false => Fen::ZERO,
        };
        let (exact, said) = match by_table {
            Some((rate, row)) => (self.by_rate(&key, (rate, credit), plan.window), Some(row)),
            None => (None, component.decided_by.as_ref()),
        };
        self.running.insert(key, before + credit);
        let (earning, earned) = exact.unwrap_or_else(|| {
            let share = |amount| taker.part_of(&contract.team, amount);
            let quota = own_quota(&component.method, chosen.quota);
            let method = quota.as_ref().unwrap_or(&component.method);
            own_method(method, (before, credit), happening, share)
        });
        let capped_at = (taker.payee, plan.id, window_start);
        let so_far = match adds_up(plan.window) {
            true => self.uncapped.entry(capped_at).or_default(),
            false => &mut Fen::default(),
        };
        let commission = below_cap(version.cap, so_far, earned);
        let key = line_key(happening, taker, plan, component);
        let line = Line {
            version: version.version,
            earned_on: event.on,
            payable_on: version.payable.due(event.on),
            paid_on: self.paid_on(&key, commission),
            credit,
            before,
            commission,
            held: held(version, commission, happening),
            statement_due: taker.statement_due,
            trace: Trace {
                trigger: event.trigger,
                plan_name: plan.name.clone(),
                assigned_by: chosen.by,
                decided_by: said.cloned(),
                base: component.base,
                base_amount,
                seat_share: taker.seat_share,
                part_share: taker.part_share,
                split: taker.split.clone(),
                stays: taker.stays,
                window: plan.window,
                window_start,
                earning,
                over_cap: earned - commission,
                quota: quota_of(&component.method).map(|of_plan| chosen.quota.unwrap_or(of_plan)),
                own_quota: quota_of(&component.method).is_some() && chosen.quota.is_some(),
                credited_by: contract.team.decided_by.clone(),
                payable: version.payable,
            },
            key,
        };
        if self.back {
            let place = (event.record.clone(), contract.id);
            let lines = self.lines_of.entry(place).or_default();
            lines.push((self.out.lines.len(), Fen::ZERO, Fen::ZERO));
        }
        self.out.lines.push(line);
    }
}

impl<'a> Run<'a> {
    /// One part at the rate a table said. Parts of a window are added before they are rounded, so
    /// a table that says one rate pays what a flat rate pays, to the fen.
    fn by_rate(
        &mut self,
        key: &RunningKey<'a>,
        (rate, credit): (Bps, Fen),
        window: Window,
    ) -> Option<(Earning, Fen)> {
        let before = match adds_up(window) {
            true => self.by_table.get(key).copied().unwrap_or_default(),
            false => Exact::default(),
        };
        let after = Exact(before.0 + Exact::of(credit, rate).0);
        self.by_table.insert(key.clone(), after);
        let part = BandPart {
            from: Fen::ZERO,
            amount: credit,
            rate,
        };
        let earning = Earning::Bands {
            moved: Some(part)
                .filter(|_| credit != Fen::ZERO)
                .into_iter()
                .collect(),
            before,
            after,
        };
        Some((earning, after.round() - before.round()))
    }
}

/// What a component earns by its own rates or amount; `share` cuts the payee's part out of a whole.
fn own_method(
    method: &Method,
    (before, credit): (Fen, Fen),
    happening: &Happening<'_>,
    share: impl Fn(Fen) -> Fen,
) -> (Earning, Fen) {
    match method {
        // INVARIANT: a component that asks a table is paid at the rate it said.
        Method::ByTable(_) => (nothing(), Fen::ZERO),
        Method::Ladder(ladder) => by_bands(ladder, before, credit),
        Method::Quota(quota) => by_bands(quota.ladder(), before, credit),
        Method::Sections(sections) => by_sections(sections, before, credit),
        Method::Fixed(whole) => {
            let (earning, now) = fixed(*whole, happening);
            (earning, share(now))
        }
    }
}

/// The method with the payee's own quota in the plan's place, where he has one.
fn own_quota(method: &Method, quota: Option<Fen>) -> Option<Method> {
    let (Method::Quota(of_plan), Some(quota)) = (method, quota) else {
        return None;
    };
    // INVARIANT: `PlanBook::new` lets no quota through under which the bands would not rise.
    of_plan.instead(quota).ok().map(Method::Quota)
}

fn quota_of(method: &Method) -> Option<Fen> {
    match method {
        Method::Quota(quota) => Some(quota.says().quota),
        _ => None,
    }
}

fn nothing() -> Earning {
    Earning::Bands {
        moved: Vec::new(),
        before: Exact::default(),
        after: Exact::default(),
    }
}

fn line_key(
    happening: &Happening<'_>,
    taker: &Taker<'_>,
    plan: &Plan,
    component: &Component,
) -> LineKey {
    LineKey {
        record: happening.event.record.clone(),
        contract: happening.contract.id,
        customer: happening.contract.customer,
        seat: taker.seat.clone(),
        payee: taker.payee,
        plan: plan.id,
        component: component.name.clone(),
    }
}

/// The base of the whole event. Margin goes pro rata to what happened, by the difference of rounded
/// running sums, so that all events of a contract together carry its whole margin.
fn base_amount(base: Base, happening: &Happening<'_>) -> Fen {
    match (base, happening.contract.margin) {
        (Base::Gross, _) => happening.event.amount,
        (Base::Margin, Some(margin)) => pro_rata(margin, happening),
        (Base::Margin, None) => Fen::ZERO,
    }
}

/// The part of something that belongs to this event, by gross.
fn pro_rata(whole: Fen, happening: &Happening<'_>) -> Fen {
    let after = happening.before + happening.event.amount;
    part(whole, after, happening.contract) - part(whole, happening.before, happening.contract)
}

fn part(whole: Fen, happened: Fen, contract: &Contract) -> Fen {
    let of = i128::from(contract.gross.0);
    if of == 0 {
        return Fen::ZERO;
    }
    let top = i128::from(whole.0) * i128::from(happened.0) * of.signum();
    round_ratio(top, of.abs())
}

fn by_bands(ladder: &Ladder, before: Fen, credit: Fen) -> (Earning, Fen) {
    let after = before + credit;
    let (sum_before, sum_after) = (ladder.earned(before), ladder.earned(after));
    let earning = Earning::Bands {
        moved: moved(&ladder.parts(before), &ladder.parts(after)),
        before: sum_before,
        after: sum_after,
    };
    (earning, sum_after.round() - sum_before.round())
}

/// How the amounts in the bands changed; bands that did not are left out.
fn moved(before: &[BandPart], after: &[BandPart]) -> Vec<BandPart> {
    let mut moved: Vec<BandPart> = after.to_vec();
    for old in before {
        match moved.iter_mut().find(|part| part.from == old.from) {
            Some(part) => part.amount = part.amount - old.amount,
            None => moved.push(BandPart {
                amount: -old.amount,
                ..*old
            }),
        }
    }
    moved.retain(|part| part.amount != Fen::ZERO);
    moved.sort_by_key(|part| part.from);
    moved
}

fn by_sections(sections: &Sections, before: Fen, credit: Fen) -> (Earning, Fen) {
    let after = before + credit;
    let (sum_before, sum_after): (Exact, Exact) = (sections.earned(before), sections.earned(after));
    let inside = sections.of(after);
    let earning = Earning::Section {
        inside: inside.map(|section| (section.from, section.to, section.rate)),
        before: sum_before,
        after: sum_after,
    };
    (earning, sum_after.round() - sum_before.round())
}

/// A fixed amount for the whole contract, as far as it happened with this event.
fn fixed(whole: Fen, happening: &Happening<'_>) -> (Earning, Fen) {
    let earning = Earning::Fixed {
        whole,
        before: happening.before,
        after: happening.before + happening.event.amount,
        of: happening.contract.gross,
    };
    (earning, pro_rata(whole, happening))
}

/// What is left under the cap. Lines of a window sum to the capped sum of the window.
fn below_cap(cap: Option<Fen>, so_far: &mut Fen, earned: Fen) -> Fen {
    let before = *so_far;
    *so_far = before + earned;
    match cap {
        Some(cap) => (*so_far).min(cap) - before.min(cap),
        None => earned,
    }
}

fn held(version: &PlanVersion, commission: Fen, happening: &Happening<'_>) -> Option<Held> {
    let holdback = version
        .holdback
        .as_ref()
        .filter(|_| commission > Fen::ZERO)?;
    let on = happening.event.on;
    Some(Held {
        amount: Exact::of(commission, holdback.share).round(),
        reason: holdback.reason.clone(),
        release_on: holdback.release.day(on, happening.contract),
    })
}
