//! SQL of the session tables 会话存取.

use access::{Actor, Mode};
use kernel::{DepartmentId, EmployeeId, LoginId, Moment};
use sha2::{Digest, Sha256};
use spine::{Change, Fault, Reader, Row, Select, Writer, binds};

use crate::house::House;

/// A login as its session sees it.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Rights and place in the organisation.
    pub actor: Actor,
    /// 工号
    pub number: String,
    /// Name on screen.
    pub name: String,
    /// Whether the password must be changed first.
    pub must_change: bool,
    /// Hash of the session token, hex, as it stands in the evidence.
    pub session: String,
}

/// A login with what is needed to check a password.
pub struct Login {
    pub(crate) id: LoginId,
    pub(crate) employee: Option<EmployeeId>,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) password_hash: String,
    pub(crate) auth_epoch: i64,
    pub(crate) mode: Mode,
    pub(crate) active: bool,
}

impl Login {
    /// Whether one can log in with it at all.
    pub(crate) fn is_open(&self) -> bool {
        self.active && self.mode != Mode::Suspended
    }
}

const SIGNED_IN: Select = Select::new(
    "SELECT s.token_hash AS token_hash, l.id AS id, l.employee_id AS employee_id, \
     l.number AS number, l.name AS name, l.must_change AS must_change, l.mode AS mode, \
     e.department_id AS department_id \
     FROM session s JOIN session_login l ON l.id = s.login_id \
     LEFT JOIN people_employee e ON e.id = l.employee_id \
     WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 \
     AND s.auth_epoch = l.auth_epoch AND l.active = 1",
);
const ROLES: Select =
    Select::new("SELECT role FROM session_role WHERE login_id = $1 ORDER BY role");
const BELOW: Select = Select::new(
    "WITH RECURSIVE below (id) AS (SELECT id FROM people_department WHERE id = $1 \
     UNION SELECT d.id FROM people_department d JOIN below b ON d.parent_id = b.id) \
     SELECT id FROM below",
);

const PLACE: Select = Select::new("SELECT department_id FROM people_employee WHERE id = $1");

/// The hash under which a token is kept.
pub(crate) fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// The login behind a session token, while the session holds.
pub(crate) async fn signed_in(house: &House, token: &str) -> Result<Option<SignedIn>, Fault> {
    let db = house.spine.db();
    let rows = db
        .read(&SIGNED_IN, binds![token_hash(token), house.spine.now()])
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let login: LoginId = row.get("id")?;
    let department: Option<DepartmentId> = row.get("department_id")?;
    let roles = db.read(&ROLES, binds![login]).await?;
    let below = match department {
        Some(department) => db.read(&BELOW, binds![department]).await?,
        None => Vec::new(),
    };
    let actor = Actor {
        login,
        employee: row.get("employee_id")?,
        department,
        departments_below: below
            .iter()
            .map(|row| row.get("id"))
            .collect::<Result<_, _>>()?,
        roles: roles
            .iter()
            .map(|row| row.get("role"))
            .collect::<Result<_, _>>()?,
        mode: mode_of(&row.get::<String>("mode")?),
    };
    Ok(Some(SignedIn {
        actor,
        number: row.get("number")?,
        name: row.get("name")?,
        must_change: row.get("must_change")?,
        session: row.get("token_hash")?,
    }))
}

pub(crate) fn mode_of(word: &str) -> Mode {
    match word {
        "normal" => Mode::Normal,
        "handover" => Mode::Handover,
        _ => Mode::Suspended,
    }
}

pub(crate) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Normal => "normal",
        Mode::Handover => "handover",
        Mode::Suspended => "suspended",
    }
}

/// The rights an employee has through his login, as of now; nothing without an open login.
pub(crate) async fn actor_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Option<Actor>, Fault> {
    let login = login_of_employee(books, employee).await?;
    let Some(login) = login.filter(|login| login.active) else {
        return Ok(None);
    };
    let place = books.first(&PLACE, binds![employee]).await?;
    let department: Option<DepartmentId> = place.map(|row| row.get("department_id")).transpose()?;
    let below = match department {
        Some(department) => books.all(&BELOW, binds![department]).await?,
        None => Vec::new(),
    };
    Ok(Some(Actor {
        login: login.id,
        employee: Some(employee),
        department,
        departments_below: below
            .iter()
            .map(|row| row.get("id"))
            .collect::<Result<_, _>>()?,
        roles: roles_of(books, login.id).await?,
        mode: login.mode,
    }))
}

fn login_of(row: &Row) -> Result<Login, Fault> {
    Ok(Login {
        id: row.get("id")?,
        employee: row.get("employee_id")?,
        number: row.get("number")?,
        name: row.get("name")?,
        password_hash: row.get("password_hash")?,
        auth_epoch: row.get("auth_epoch")?,
        mode: mode_of(&row.get::<String>("mode")?),
        active: row.get("active")?,
    })
}

macro_rules! login_by {
    ($name:ident, $column:literal, $doc:literal) => {
        #[doc = $doc]
        pub(crate) async fn $name(
            books: &mut Reader<'_>,
            value: impl spine::IntoValue,
        ) -> Result<Option<Login>, Fault> {
            let mut query = spine::Query::new(
                "SELECT id, employee_id, number, name, password_hash, auth_epoch, mode, active \
                 FROM session_login WHERE ",
            );
            query.push(concat!($column, " = ")).bind(value);
            let (select, values) = query.select();
            books
                .first(&select, values)
                .await?
                .map(|row| login_of(&row))
                .transpose()
        }
    };
}

login_by!(login_by_id, "id", "The login with this id.");
login_by!(
    login_of_employee,
    "employee_id",
    "The login of this employee."
);

const BY_NUMBER: &str = "SELECT id, employee_id, number, name, password_hash, auth_epoch, mode, \
     active FROM session_login WHERE number IN ";

/// The login with this 工号, in whatever width.
pub(crate) async fn login_by_number(
    books: &mut Reader<'_>,
    number: &str,
) -> Result<Option<Login>, Fault> {
    let ways = spelling::number_spellings(number);
    let mut query = spine::Query::new(BY_NUMBER);
    query.bind_list(ways.iter().map(String::as_str));
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let found: Result<Vec<Login>, Fault> = rows.iter().map(login_of).collect();
    let place = |one: &Login| ways.iter().position(|way| *way == one.number);
    Ok(found?.into_iter().min_by_key(place))
}

const FAILURE: Select =
    Select::new("SELECT failures, blocked_until FROM session_failure WHERE number = $1");
const COUNT_FAILURE: Change = Change::new(
    "INSERT INTO session_failure (number, failures, blocked_until) VALUES ($1, 1, 0) \
     ON CONFLICT (number) DO UPDATE SET failures = session_failure.failures + 1, \
     blocked_until = $2",
);
const FORGET_FAILURES: Change = Change::new("DELETE FROM session_failure WHERE number = $1");

/// How often this 工号 failed in a row, and until when it must wait.
pub(crate) async fn failures(books: &mut Reader<'_>, number: &str) -> Result<(i64, Moment), Fault> {
    match books.first(&FAILURE, binds![number]).await? {
        Some(row) => Ok((row.get("failures")?, row.get("blocked_until")?)),
        None => Ok((0, Moment(0))),
    }
}

pub(crate) async fn count_failure(
    books: &mut Writer<'_>,
    number: &str,
    blocked_until: Moment,
) -> Result<(), Fault> {
    books
        .run(&COUNT_FAILURE, binds![number, blocked_until])
        .await?;
    Ok(())
}

const OPEN: Change = Change::new(
    "INSERT INTO session (token_hash, login_id, auth_epoch, created_at, expires_at, agent, mode) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);
const CLOSE: Change =
    Change::new("UPDATE session SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL");

/// A session to be opened.
pub(crate) struct NewSession<'a> {
    pub(crate) token_hash: &'a str,
    pub(crate) login: LoginId,
    pub(crate) auth_epoch: i64,
    pub(crate) expires_at: Moment,
    pub(crate) agent: &'a str,
    /// The login's mode; it stays for the session's life, a change of mode ends every session.
    pub(crate) mode: Mode,
}

pub(crate) async fn open(
    books: &mut Writer<'_>,
    number: &str,
    session: &NewSession<'_>,
) -> Result<(), Fault> {
    let at = books.at();
    let NewSession {
        token_hash,
        login,
        auth_epoch,
        expires_at,
        agent,
        mode,
    } = *session;
    let mode = mode_word(mode);
    let values = binds![token_hash, login, auth_epoch, at, expires_at, agent, mode];
    books.run(&OPEN, values).await?;
    books.run(&FORGET_FAILURES, binds![number]).await?;
    Ok(())
}

pub(crate) async fn close(books: &mut Writer<'_>, token_hash: &str) -> Result<(), Fault> {
    let at = books.at();
    books.run(&CLOSE, binds![token_hash, at]).await?;
    Ok(())
}

const SET_PASSWORD: Change = Change::new(
    "UPDATE session_login SET password_hash = $2, must_change = $3, auth_epoch = auth_epoch + 1 \
     WHERE id = $1",
);
const ADD_LOGIN: Change = Change::new(
    "INSERT INTO session_login (id, employee_id, number, name, password_hash, must_change, \
     auth_epoch, mode, active, created_at) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, 1, $8)",
);
const DROP_ROLES: Change = Change::new("DELETE FROM session_role WHERE login_id = $1");
const SET_ACCESS: Change = Change::new(
    "UPDATE session_login SET mode = $2, active = $3, auth_epoch = auth_epoch + 1 WHERE id = $1",
);

/// The 工号 may be tried again at once, as often as any.
pub(crate) async fn forget_failures(books: &mut Writer<'_>, number: &str) -> Result<(), Fault> {
    books.run(&FORGET_FAILURES, binds![number]).await?;
    Ok(())
}

// The three administrators are logins without an employee (三员分立).
const LONELY: Select = Select::new(
    "SELECT l.id AS id FROM session_login l WHERE l.id = $1 AND l.employee_id IS NULL \
     AND NOT EXISTS (SELECT 1 FROM session_role r WHERE r.login_id = l.id \
     AND r.role IN ('system_admin', 'security_admin', 'auditor'))",
);
const JOIN: Change =
    Change::new("UPDATE session_login SET employee_id = $2, name = $3 WHERE id = $1");
const JOIN_ALL: Change = Change::new(
    "UPDATE session_login SET employee_id = (SELECT e.id FROM people_employee e \
     WHERE e.number = session_login.number), name = (SELECT e.name FROM people_employee e \
     WHERE e.number = session_login.number) WHERE employee_id IS NULL \
     AND EXISTS (SELECT 1 FROM people_employee e WHERE e.number = session_login.number \
     AND e.state <> 'left') AND NOT EXISTS (SELECT 1 FROM session_role r \
     WHERE r.login_id = session_login.id \
     AND r.role IN ('system_admin', 'security_admin', 'auditor'))",
);

/// The login with this 工号 that belongs to nobody yet, where it is no administrator's.
pub(crate) async fn lonely_login(
    books: &mut Reader<'_>,
    number: &str,
) -> Result<Option<LoginId>, Fault> {
    let Some(login) = login_by_number(books, number).await? else {
        return Ok(None);
    };
    let row = books.first(&LONELY, binds![login.id]).await?;
    row.map(|row| row.get("id")).transpose()
}

/// The login is this employee's from now on.
pub(crate) async fn join(
    books: &mut Writer<'_>,
    login: LoginId,
    (employee, name): (EmployeeId, &str),
) -> Result<(), Fault> {
    books.run(&JOIN, binds![login, employee, name]).await?;
    Ok(())
}

/// Every login that waits for its employee is his who came in with its 工号.
pub(crate) async fn join_all(books: &mut Writer<'_>) -> Result<(), Fault> {
    books.run(&JOIN_ALL, binds![]).await?;
    Ok(())
}

const RENAME: Change = Change::new("UPDATE session_login SET name = $2 WHERE employee_id = $1");

/// The login of an employee bears his name.
pub(crate) async fn rename(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    name: &str,
) -> Result<(), Fault> {
    books.run(&RENAME, binds![employee, name]).await?;
    Ok(())
}

/// Sets the password and ends every session of the login.
pub(crate) async fn set_password(
    books: &mut Writer<'_>,
    login: LoginId,
    hash: &str,
    must_change: bool,
) -> Result<(), Fault> {
    books
        .run(&SET_PASSWORD, binds![login, hash, must_change])
        .await?;
    Ok(())
}

/// A login to be added.
pub(crate) struct NewLogin<'a> {
    pub(crate) id: LoginId,
    pub(crate) employee: Option<EmployeeId>,
    pub(crate) number: &'a str,
    pub(crate) name: &'a str,
    pub(crate) password_hash: &'a str,
    pub(crate) must_change: bool,
    pub(crate) mode: Mode,
}

pub(crate) async fn add_login(books: &mut Writer<'_>, login: &NewLogin<'_>) -> Result<(), Fault> {
    let at = books.at();
    let NewLogin {
        id,
        employee,
        number,
        name,
        password_hash,
        must_change,
        mode,
    } = *login;
    let values = binds![
        id,
        employee,
        number,
        name,
        password_hash,
        must_change,
        mode_word(mode),
        at
    ];
    books.run(&ADD_LOGIN, values).await?;
    Ok(())
}

pub(crate) async fn roles_of(books: &mut Reader<'_>, login: LoginId) -> Result<Vec<String>, Fault> {
    let rows = books.all(&ROLES, binds![login]).await?;
    rows.iter().map(|row| row.get("role")).collect()
}

pub(crate) async fn set_roles(
    books: &mut Writer<'_>,
    login: LoginId,
    roles: &[String],
) -> Result<(), Fault> {
    books.run(&DROP_ROLES, binds![login]).await?;
    let rows = roles
        .iter()
        .map(|role| binds![login, role.as_str()])
        .collect();
    books
        .insert_many(
            "INSERT INTO session_role (login_id, role) VALUES ",
            "",
            rows,
        )
        .await
}

/// Sets mode and activity, and ends every session of the login.
pub(crate) async fn set_access(
    books: &mut Writer<'_>,
    login: LoginId,
    mode: Mode,
    active: bool,
) -> Result<(), Fault> {
    books
        .run(&SET_ACCESS, binds![login, mode_word(mode), active])
        .await?;
    Ok(())
}

const WITH_ROLE: Select = Select::new(
    "SELECT l.employee_id AS employee_id FROM session_role r \
     JOIN session_login l ON l.id = r.login_id \
     WHERE r.role = $1 AND l.active = 1 AND l.employee_id IS NOT NULL ORDER BY l.number",
);

/// The people who hold this role through an open login.
pub(crate) async fn employees_with_role(
    books: &mut Reader<'_>,
    role: &str,
) -> Result<Vec<EmployeeId>, Fault> {
    let rows = books.all(&WITH_ROLE, binds![role]).await?;
    rows.iter().map(|row| row.get("employee_id")).collect()
}

const HELD_ALONE: Select = Select::new(
    "SELECT r.role AS role FROM session_role r JOIN session_login l ON l.id = r.login_id \
     WHERE l.id = $1 AND l.active = 1 AND l.mode = 'normal' \
     AND r.role IN ('security_admin', 'system_admin') \
     AND NOT EXISTS (SELECT 1 FROM session_role s JOIN session_login o ON o.id = s.login_id \
     WHERE s.role = r.role AND o.id <> l.id AND o.active = 1 AND o.mode = 'normal') \
     ORDER BY r.role",
);

/// The roles of an administrator without which the house cannot be, and which no other open login
/// holds.
pub(crate) async fn held_alone(
    books: &mut Reader<'_>,
    login: LoginId,
) -> Result<Vec<String>, Fault> {
    let rows = books.all(&HELD_ALONE, binds![login]).await?;
    rows.iter().map(|row| row.get("role")).collect()
}

const LOGINS: Select = Select::new(
    "SELECT l.id AS id, l.employee_id AS employee_id, l.number AS number, l.name AS name, \
     l.mode AS mode, l.active AS active, l.must_change AS must_change, \
     d.name AS department FROM session_login l \
     LEFT JOIN people_employee e ON e.id = l.employee_id \
     LEFT JOIN people_department d ON d.id = e.department_id \
     WHERE l.number > $1 AND (strpos(lower(l.number), $2) > 0 \
     OR strpos(lower(l.name), $3) > 0) ORDER BY l.number LIMIT $4",
);

/// A line of the list of logins.
pub(crate) struct LoginLine {
    pub(crate) id: LoginId,
    pub(crate) employee: Option<EmployeeId>,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) department: Option<String>,
    pub(crate) mode: String,
    pub(crate) active: bool,
    pub(crate) must_change: bool,
    pub(crate) roles: Vec<String>,
}

pub(crate) async fn logins(
    books: &mut Reader<'_>,
    after: &str,
    search: &str,
    limit: i64,
) -> Result<Vec<LoginLine>, Fault> {
    let part = search.trim().to_lowercase();
    let rows = books
        .all(&LOGINS, binds![after, part.as_str(), part.as_str(), limit])
        .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let id: LoginId = row.get("id")?;
        lines.push(LoginLine {
            id,
            employee: row.get("employee_id")?,
            number: row.get("number")?,
            name: row.get("name")?,
            department: row.get("department")?,
            mode: row.get("mode")?,
            active: row.get("active")?,
            must_change: row.get("must_change")?,
            roles: roles_of(books, id).await?,
        });
    }
    Ok(lines)
}

/// 工号 and name of the first open login that holds this role.
pub(crate) async fn first_with_role(
    books: &mut Reader<'_>,
    role: &str,
) -> Result<Option<(String, String)>, Fault> {
    const FIRST: Select = Select::new(
        "SELECT l.number AS number, l.name AS name FROM session_role r \
         JOIN session_login l ON l.id = r.login_id \
         WHERE r.role = $1 AND l.active = 1 AND l.mode = 'normal' ORDER BY l.number LIMIT 1",
    );
    let row = books.first(&FIRST, binds![role]).await?;
    row.map(|row| Ok((row.get("number")?, row.get("name")?)))
        .transpose()
}

/// 工号 and name of the newest login in handover mode: somebody who is leaving.
pub(crate) async fn first_in_handover(
    books: &mut Reader<'_>,
) -> Result<Option<(String, String)>, Fault> {
    const FIRST: Select = Select::new(
        "SELECT number, name FROM session_login WHERE active = 1 AND mode = 'handover' \
         ORDER BY number DESC LIMIT 1",
    );
    let row = books.first(&FIRST, binds![]).await?;
    row.map(|row| Ok((row.get("number")?, row.get("name")?)))
        .transpose()
}

/// What of this slice points to records of other slices.
pub(crate) const POINTERS: &[spine::Pointer] = &[spine::Pointer::by(
    "session_login",
    "employee_id",
    "t.id",
    "登录账号",
)];
