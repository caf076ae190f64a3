//! The roles of a login change 调整角色.

use std::collections::BTreeSet;

use access::Need;
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::session::store;
use crate::{permissions, roles, seen};

/// Gives a login exactly these roles. Nobody does that to his own (三员分立): who hands out rights
/// takes none, and it wants a second administrator to make one of the first.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetRoles {
    /// Whose.
    pub login: LoginId,
    /// Keys of the roles.
    pub roles: Vec<String>,
    /// The roles that the form showed; what it holds is overwritten when absent.
    #[serde(default)]
    pub seen: Option<Vec<String>>,
    /// Whether it is the login of whoever asks.
    #[serde(default)]
    pub own: bool,
}

/// What the decision needs to know.
pub struct Facts {
    name: String,
    before: Vec<String>,
    /// Roles that nobody else could act in.
    held_alone: Vec<String>,
}

/// Each role once, in one order.
pub(super) fn once(keys: &[String]) -> Vec<String> {
    let keys: BTreeSet<_> = keys.iter().cloned().collect();
    keys.into_iter().collect()
}

/// Every role is known, and no login unites two of the three administrators (三员分立).
pub(crate) fn check_roles(keys: &[String]) -> Result<(), Refusal> {
    let shipped = roles::shipped();
    if let Some(unknown) = keys
        .iter()
        .find(|key| !shipped.iter().any(|role| role.key == **key))
    {
        let zh = shipped.iter();
        let zh: Vec<_> = zh
            .map(|role| format!("{}（{}）", role.key, role.zh))
            .collect();
        let en = shipped.iter();
        let en: Vec<_> = en
            .map(|role| format!("{} ({})", role.key, role.en))
            .collect();
        return Err(Refusal::invalid(
            "session.unknown_role",
            format!("没有「{unknown}」这个角色"),
            format!("There is no role {unknown}"),
        )
        .remedy((
            format!("可用的角色：{}", zh.join("、")),
            format!("Roles: {}", en.join(", ")),
        ))
        .at("/roles", ("角色不存在", "There is no such role")));
    }
    let held: Vec<_> = shipped
        .iter()
        .filter(|role| keys.contains(&role.key))
        .collect();
    let duties = held.iter().filter(|role| role.duty.is_some()).count();
    if duties > 1 || (duties == 1 && held.len() > 1) {
        return Err(Refusal::invalid(
            "session.three_administrators",
            "系统管理员、安全管理员、审计必须由三个账号分任，且不兼任业务角色",
            "System, security and audit administrators are three logins without business roles",
        )
        .at(
            "/roles",
            ("三员分立", "The three administrators are three people"),
        ));
    }
    Ok(())
}

impl Act for SetRoles {
    const NAME: &'static str = "session.set_roles";
    type Facts = Facts;
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![
            format!("login/{}", self.login),
            super::ADMINISTRATORS.to_owned(),
        ]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let login = store::login_by_id(books, self.login).await?;
        let name = login.ok_or_else(|| spine::Denied::absent("login"))?.name;
        Ok(Facts {
            name,
            before: store::roles_of(books, self.login).await?,
            held_alone: store::held_alone(books, self.login).await?,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        if self.own {
            return Err(Refusal::invalid(
                "session.own_roles",
                "不能调整自己的角色",
                "Nobody sets their own roles",
            )
            .remedy((
                "请由另一位安全管理员办理；没有另一位时，请服务器管理员执行 baton passwd 新开一个",
                "Let another security administrator do it; if there is none, let the administrator \
                 of the server open one with baton passwd",
            )));
        }
        if let Some(shown) = &self.seen {
            let (shown, now) = (once(shown).join(","), once(&facts.before).join(","));
            let (zh, en) = (format!("{}的角色", facts.name), "The login");
            seen::check(Some(&shown), &now, (&zh, en))?;
        }
        check_roles(&self.roles)?;
        let lost = facts
            .held_alone
            .iter()
            .filter(|role| !self.roles.contains(role));
        let lost: Vec<&str> = lost.map(String::as_str).collect();
        match lost.is_empty() {
            true => Ok(()),
            false => {
                Err(super::last_administrator(&lost).at("/roles", ("最后一个", "The last one")))
            }
        }
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_roles(books, self.login, &once(&self.roles)).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let named = |keys: &[String], zh: bool| {
            let shipped = roles::shipped();
            let held = shipped.iter().filter(|role| keys.contains(&role.key));
            let names = held.map(|role| if zh { role.zh.clone() } else { role.en.clone() });
            let names = names.collect::<Vec<_>>();
            match (names.is_empty(), zh) {
                (true, true) => "无".to_owned(),
                (true, false) => "none".to_owned(),
                (false, true) => names.join("、"),
                (false, false) => names.join(", "),
            }
        };
        Record::of(
            format!("login/{}", self.login),
            format!(
                "{}的角色由「{}」改为「{}」",
                facts.name,
                named(&facts.before, true),
                named(&self.roles, true)
            ),
            format!(
                "{}'s roles changed from [{}] to [{}]",
                facts.name,
                named(&facts.before, false),
                named(&self.roles, false)
            ),
        )
        .detail(serde_json::json!({ "before": facts.before, "after": once(&self.roles) }))
    }
}
