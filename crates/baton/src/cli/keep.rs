//! `baton migrate`, `baton passwd`, `baton openapi` 维护.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use kernel::{Moment, Refusal};
use spine::{By, Chance as _, Clock as _, SystemChance, SystemClock};

use super::open::{Books, told};
use super::serve::say;
use crate::config::Config;
use crate::house::{books, make_folder};
use crate::session::acts::reset_password::ResetPassword;
use crate::session::acts::set_roles::check_roles;
use crate::{http, session};

pub(super) async fn migrate(config: Config) -> Result<ExitCode, String> {
    make_folder(&config.data_dir).map_err(|error| error.to_string())?;
    let db = books::open(&config)
        .await
        .map_err(|error| error.to_string())?;
    let now: Moment = SystemClock.now();
    let taken = books::migrate(&db, &config, now).await;
    let taken = taken.map_err(|error| error.to_string())?;
    match taken.as_slice() {
        [] => say("数据库结构已是最新"),
        steps => say(&format!("数据库结构已更新，执行了 {} 步", steps.len())),
    }
    Ok(ExitCode::SUCCESS)
}

/// The password comes from `BATON_PASSWORD`, from the keyboard without being shown, or from the
/// next line of standard input; never from the command line, where other users of the machine
/// could read it.
fn typed_password() -> Result<String, String> {
    if let Ok(password) = std::env::var("BATON_PASSWORD") {
        return Ok(password);
    }
    say("请输入新密码：");
    if std::io::stdin().is_terminal() {
        return rpassword::read_password().map_err(|error| error.to_string());
    }
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(|error| error.to_string())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Resets a password, or opens a login; whether it can be done is known before anybody types one.
pub(super) async fn passwd(
    config: Config,
    rehearsal: Option<Moment>,
    number: &str,
    roles: Vec<String>,
) -> Result<ExitCode, String> {
    let refused = |refusal: Refusal| told(refusal.into());
    check_roles(&roles).map_err(refused)?;
    let house = Books { config, rehearsal }.open().await?;
    let system = By::system("console");
    let login = {
        let mut look = house
            .spine
            .look(&system)
            .await
            .map_err(|fault| fault.to_string())?;
        let found = session::store::login_by_number(&mut look.books(), number).await;
        found.map_err(|error| error.to_string())?
    };
    if login.is_some() && !roles.is_empty() {
        return Err(format!(
            "工号「{number}」已有账号，--role 只在新开账号时有效，密码和角色均未改动；\
             重置密码请去掉 --role，调整角色请由安全管理员在「账号与角色」中办理\n\
             {number} has a login already; --role is for opening one, and nothing was changed"
        ));
    }
    if login.is_none() && roles.is_empty() {
        return Err(format!(
            "没有工号「{number}」的账号；如要新开，请加 --role，例如 --role security_admin"
        ));
    }
    if let Some(login) = login.as_ref().filter(|login| !login.is_open()) {
        return Err(closed(&login.number));
    }
    let typed = typed_password()?;
    session::check_password(&typed, &intake::code_form(number)).map_err(refused)?;
    let mut salt = [0; 16];
    SystemChance.fill(&mut salt);
    let password_hash = session::hash_password(&typed, salt).map_err(|error| error.to_string())?;
    match login {
        Some(login) => {
            let act = ResetPassword {
                login: login.id,
                password_hash,
                own: false,
            };
            house
                .spine
                .perform(&act, &system, None)
                .await
                .map_err(told)?;
            say(&format!("已重置 {number} 的密码；首次登录须修改"));
        }
        None => {
            let act = session::open_for(&house, number, "", password_hash, roles)
                .await
                .map_err(told)?;
            house
                .spine
                .perform(&act, &system, None)
                .await
                .map_err(told)?;
            let number = &act.number;
            say(&format!("已为 {number} 开通账号；首次登录须修改密码"));
            if act.meets_nobody() {
                say(&format!(
                    "暂无工号为 {number} 的员工：请核对工号，或录入该员工，账号随后自动归其使用"
                ));
            }
        }
    }
    house.spine.db().close().await;
    Ok(ExitCode::SUCCESS)
}

/// A password alone does not open a closed login. Who does is told, and the way back in where there
/// is nobody left who could.
fn closed(number: &str) -> String {
    format!(
        "{number} 的账号已停用，重置密码也不能登录，密码未改动；请由安全管理员在「账号与角色」中启用。\
         如已没有可登录的安全管理员，请用一个新工号开通：baton passwd 新工号 --role security_admin\n\
         The login of {number} is closed, and its password was not changed; the security \
         administrator opens it. Where none can log in any more: baton passwd NEW-NUMBER --role \
         security_admin"
    )
}

pub(super) fn openapi() -> Result<ExitCode, String> {
    let text = http::openapi_json().map_err(|error| error.to_string())?;
    say(text.trim_end());
    Ok(ExitCode::SUCCESS)
}
