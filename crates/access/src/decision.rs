//! The answer with its reason, in two languages 判定理由.

use serde::Serialize;

use crate::{PermissionSpec, Role, Scope};

/// A name in two languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Machine name.
    pub key: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Label {
    pub(crate) fn key(key: &str) -> Label {
        Label {
            key: key.to_owned(),
            zh: key.to_owned(),
            en: key.to_owned(),
        }
    }

    pub(crate) fn permission(spec: &PermissionSpec) -> Label {
        Label {
            key: spec.permission.0.to_owned(),
            zh: spec.zh.to_owned(),
            en: spec.en.to_owned(),
        }
    }

    pub(crate) fn role(role: &Role) -> Label {
        Label {
            key: role.key.clone(),
            zh: role.zh.clone(),
            en: role.en.clone(),
        }
    }
}

/// Why a need was granted or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Ground {
    /// This role grants it so far.
    Granted {
        /// The role with the widest reach.
        role: Label,
        /// How far it reaches today.
        scope: Scope,
    },
    /// No role held grants it.
    NotGranted,
    /// Some role grants it, but not so far.
    OutOfScope {
        /// The role with the widest reach.
        role: Label,
        /// How far it reaches today.
        scope: Scope,
    },
    /// A role held forbids it.
    ForbiddenByRole {
        /// The role.
        role: Label,
    },
    /// Not in the notice period.
    ForbiddenInHandover,
    /// In the notice period only with a stated reason.
    ReasonMissing,
    /// The login is suspended.
    Suspended,
}

/// Allowed or not, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Whether the act may go on.
    pub allowed: bool,
    /// Whether the actor may know that the thing exists: answer 403 if so, 404 if not.
    pub known: bool,
    /// What was asked for.
    pub permission: Label,
    /// Why.
    pub ground: Ground,
}

impl Decision {
    /// The reason as a Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        let what = &self.permission.zh;
        match &self.ground {
            Ground::Granted { role, scope } => {
                let (role, scope) = (&role.zh, scope.zh());
                format!("角色「{role}」可以「{what}」，数据范围为{scope}")
            }
            Ground::NotGranted => format!("您的角色都没有「{what}」的权限"),
            Ground::OutOfScope { role, scope } => {
                let (role, scope) = (&role.zh, scope.zh());
                format!("角色「{role}」的「{what}」权限目前只到{scope}，此项不在范围内")
            }
            Ground::ForbiddenByRole { role } => format!("角色「{}」禁止「{what}」", role.zh),
            Ground::ForbiddenInHandover => format!("交接期间不能「{what}」"),
            Ground::ReasonMissing => format!("交接期间「{what}」需要填写理由"),
            Ground::Suspended => "账号已停用".to_owned(),
        }
    }

    /// What would help, in Chinese and in English.
    #[must_use]
    pub fn remedy(&self) -> (&'static str, &'static str) {
        match &self.ground {
            Ground::ForbiddenInHandover => (
                "交接期间如确需办理，请由您的主管或接替人办理",
                "If it must be done before you have handed over, ask your manager or successor",
            ),
            Ground::ReasonMissing => ("请填写理由后再试", "State a reason and try again"),
            _ => (
                "如工作需要，请联系安全管理员为您的账号调整角色",
                "If your work needs it, ask the security administrator to adjust your roles",
            ),
        }
    }

    /// The same sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        let what = &self.permission.en;
        match &self.ground {
            Ground::Granted { role, scope } => {
                format!("Role “{}” may “{what}”, scope: {}", role.en, scope.en())
            }
            Ground::NotGranted => format!("None of your roles may “{what}”"),
            Ground::OutOfScope { role, scope } => {
                let (role, scope) = (&role.en, scope.en());
                format!("Role “{role}” may “{what}” only within scope: {scope}; this is outside")
            }
            Ground::ForbiddenByRole { role } => format!("Role “{}” forbids “{what}”", role.en),
            Ground::ForbiddenInHandover => format!("“{what}” is closed during the notice period"),
            Ground::ReasonMissing => {
                format!("“{what}” needs a stated reason during the notice period")
            }
            Ground::Suspended => "This login is suspended".to_owned(),
        }
    }
}
