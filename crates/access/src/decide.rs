//! Who may see this, who may do this 权限判定.

use kernel::EmployeeId;

use crate::decision::{Decision, Ground, Label};
use crate::{Actor, InHandover, Mode, Permission, Policy, Role, RowFilter, Scope, Target};

/// What an act asks of its actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Which permission.
    pub permission: Permission,
    /// On what.
    pub on: On,
    /// Whether the actor stated why; some permissions ask for it in the notice period.
    pub reason_stated: bool,
}

/// What a permission is needed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    /// Each of these things: one refused, all refused.
    Each(Vec<Target>),
    /// Everything of its kind: needs [`Scope::All`].
    Everything,
    /// Nothing in particular: any scope will do, as for opening a page or creating something new.
    Nothing,
}

impl Need {
    /// On one thing.
    #[must_use]
    pub fn on(permission: Permission, target: Target) -> Need {
        Need::on_each(permission, vec![target])
    }

    /// On each of these things.
    #[must_use]
    pub fn on_each(permission: Permission, targets: Vec<Target>) -> Need {
        Need {
            permission,
            on: On::Each(targets),
            reason_stated: false,
        }
    }

    /// On everything of its kind.
    #[must_use]
    pub fn on_everything(permission: Permission) -> Need {
        Need {
            permission,
            on: On::Everything,
            reason_stated: false,
        }
    }

    /// On nothing in particular.
    #[must_use]
    pub fn at_all(permission: Permission) -> Need {
        Need {
            permission,
            on: On::Nothing,
            reason_stated: false,
        }
    }

    /// On things that are not there for this person, if one is named.
    #[must_use]
    pub fn kept_from(mut self, person: Option<EmployeeId>) -> Need {
        if let On::Each(targets) = &mut self.on {
            for target in targets {
                target.kept_from = target.kept_from.or(person);
            }
        }
        self
    }

    /// Whether the actor said why.
    #[must_use]
    pub fn with_reason(mut self, stated: bool) -> Need {
        self.reason_stated = stated;
        self
    }
}

/// May this actor do what is needed, and why or why not? Default deny; what forbids wins.
#[must_use]
pub fn decide(policy: &Policy, actor: &Actor, need: &Need) -> Decision {
    let permission = policy
        .permission(need.permission.0)
        .map_or_else(|| Label::key(need.permission.0), Label::permission);
    let reached = reach(policy, actor, need.permission.0, need.reason_stated);
    let (allowed, ground) = match reached {
        Err(ground) => (false, ground),
        Ok((role, scope)) => {
            let role = Label::role(role);
            if covers(actor, scope, &need.on) {
                (true, Ground::Granted { role, scope })
            } else {
                (false, Ground::OutOfScope { role, scope })
            }
        }
    };
    Decision {
        allowed,
        known: allowed || knows(policy, actor, need),
        permission,
        ground,
    }
}

/// How far the permission reaches for this actor, and by which role; or what stands in the way.
pub(crate) fn reach<'a>(
    policy: &'a Policy,
    actor: &'a Actor,
    permission: &str,
    reason_stated: bool,
) -> Result<(&'a Role, Scope), Ground> {
    let Some(spec) = policy.permission(permission) else {
        return Err(Ground::NotGranted);
    };
    let cap = match (actor.mode, spec.in_handover) {
        (Mode::Suspended, _) => return Err(Ground::Suspended),
        (Mode::Handover, InHandover::OwnOnly | InHandover::OwnWithReason) => Scope::Own,
        (Mode::Handover, InHandover::Unchanged | InHandover::Never) | (Mode::Normal, _) => {
            Scope::All
        }
    };
    let forbidding = policy
        .roles_of(actor)
        .find(|role| role.forbids.contains(permission));
    if let Some(role) = forbidding {
        let role = Label::role(role);
        return Err(Ground::ForbiddenByRole { role });
    }
    let granted = policy
        .roles_of(actor)
        .map(|role| (role, role.scope(spec.permission).min(cap)))
        .filter(|(_, scope)| *scope > Scope::None)
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .ok_or(Ground::NotGranted)?;
    // Asked last: the notice period takes nothing from who never had it.
    match (actor.mode, spec.in_handover) {
        (Mode::Handover, InHandover::Never) => Err(Ground::ForbiddenInHandover),
        (Mode::Handover, InHandover::OwnWithReason) if !reason_stated => Err(Ground::ReasonMissing),
        _ => Ok(granted),
    }
}

fn covers(actor: &Actor, scope: Scope, on: &On) -> bool {
    match on {
        On::Everything => scope == Scope::All,
        On::Nothing => scope > Scope::None,
        On::Each(targets) => {
            let rows = RowFilter::of(actor, scope);
            let kept =
                |target: &Target| target.kept_from.is_some() && target.kept_from == actor.employee;
            targets
                .iter()
                .all(|target| !kept(target) && rows.admits(target))
        }
    }
}

/// Whether a denied actor may still learn that the things exist: he may read each of them.
fn knows(policy: &Policy, actor: &Actor, need: &Need) -> bool {
    match &need.on {
        On::Everything | On::Nothing => true,
        on @ On::Each(_) => reach(policy, actor, &need.permission.reading(), false)
            .is_ok_and(|(_, scope)| covers(actor, scope, on)),
    }
}
