//! Configuration: `baton.toml` and `BATON_*` 配置.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::Deserialize;
use spine::Dialect;
use verifier::why;

/// Every key there is; an unknown key is refused, so that a slip of the pen is noticed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Folder for the database file, keys and checkpoint state. Default `data`.
    pub data_dir: PathBuf,
    /// `sqlite:///path/file` or `postgres://user:password@host/db`. Default: SQLite in `data_dir`.
    pub database_url: Option<String>,
    /// Address to listen on. Default `127.0.0.1:8780`.
    pub listen: String,
    /// Name of the company in the evidence log, a host name. Default `baton.localhost`.
    pub tenant: String,
    /// Name of the company on screens, certificates and bundles; where it is empty, the name of its
    /// first legal entity, see [`crate::house::House::company`].
    pub company: String,
    /// Business time zone (IANA). Default `Asia/Shanghai`.
    pub time_zone: String,
    /// Hours after which a login must be renewed, 1..=720. Default 12.
    pub session_hours: i64,
    /// Different customers that somebody who is leaving may look at within an hour, 1..=100,000.
    /// Default 100.
    pub handover_customers_per_hour: u32,
    /// The same within a day. Default 300.
    pub handover_customers_per_day: u32,
    /// Whether the session cookie is for HTTPS only. Default false, for a LAN without TLS.
    pub secure_cookie: bool,
    /// `text` or `json`. Default `text`.
    pub log_format: String,
    /// Connections that read at once, 1..=64. Default 4.
    pub readers: u32,
    /// Connections that write at once on PostgreSQL, 1..=64. Default 8.
    pub writers: u32,
    /// File with the key that seals one-time codes and the company's signing keys; made when it is
    /// absent. Default `keys/signing.key` in `data_dir`. Keep a copy away from the database.
    pub signing_key_file: Option<PathBuf>,
    /// A C2SP tlog-policy file that names who watches the log; each witness with its address.
    pub witnesses: Option<PathBuf>,
    /// Seconds between two questions to a witness while the log grows, 1..=86,400. Default 60.
    pub witness_every_seconds: i64,
    /// Minutes after which a witness that has not signed is late, 61..=100,000. Default 180.
    pub witness_late_minutes: i64,
    /// The hour of the day from which the nightly audit runs, 0..=23. Default 2.
    pub audit_hour: i64,
    /// A folder into which the newest checkpoint is written once a day. Default: none.
    pub checkpoint_folder: Option<PathBuf>,
    /// Whether a second log with SM3 and SM2 is kept beside the log of record. Default false.
    pub sm_log: bool,
    /// A PEM file with the certificates that are believed when a witness or an authority is called
    /// by `https`. Default: those of the system.
    pub tls_roots: Option<PathBuf>,
    /// Where a timestamp authority (RFC 3161) is asked: `http[s]://host[:port][/path]`. Without it
    /// nobody is asked; questions and answers may still be carried by hand.
    pub tsa_url: Option<String>,
    /// A PEM or DER file with the certificates of the authorities that are believed: their own, or
    /// those that issued them. Wanted as soon as there is a `tsa_url`.
    pub tsa_certificates: Option<PathBuf>,
    /// A PEM or DER file with the revocation lists of who issued the authorities' certificates. It
    /// is read at each signature, so that another program may renew it.
    pub tsa_revocation_lists: Option<PathBuf>,
    /// Name for HTTP basic authentication at the authority.
    pub tsa_user: Option<String>,
    /// Its password. By plain `http` it travels in the clear.
    pub tsa_password: Option<String>,
    /// Seconds after which an authority that has not answered is given up, 1..=60. Default 10.
    pub tsa_timeout_seconds: i64,
    /// Minutes between two stamps of a log that grows, 5..=1,440. Default 60.
    pub tsa_every_minutes: i64,
    /// Minutes after which signed entries without a stamp raise an alert, longer than
    /// `tsa_every_minutes`, up to 100,000. Default 180.
    pub tsa_late_minutes: i64,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            data_dir: PathBuf::from("data"),
            database_url: None,
            listen: "127.0.0.1:8780".to_owned(),
            tenant: "baton.localhost".to_owned(),
            company: String::new(),
            time_zone: "Asia/Shanghai".to_owned(),
            session_hours: 12,
            handover_customers_per_hour: 100,
            handover_customers_per_day: 300,
            secure_cookie: false,
            log_format: "text".to_owned(),
            readers: 4,
            writers: 8,
            signing_key_file: None,
            witnesses: None,
            witness_every_seconds: 60,
            witness_late_minutes: 180,
            audit_hour: 2,
            checkpoint_folder: None,
            sm_log: false,
            tls_roots: None,
            tsa_url: None,
            tsa_certificates: None,
            tsa_revocation_lists: None,
            tsa_user: None,
            tsa_password: None,
            tsa_timeout_seconds: 10,
            tsa_every_minutes: 60,
            tsa_late_minutes: 180,
        }
    }
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("配置有误：{0}")]
pub struct ConfigError(pub String);

impl Config {
    /// Reads the file (when given or when `baton.toml` exists), then lays `BATON_*` over it.
    ///
    /// # Errors
    /// [`ConfigError`] naming the file or variable, the key and what is wrong with it.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Config, ConfigError> {
        let default = Path::new("baton.toml");
        let file = file.or_else(|| default.exists().then_some(default));
        let mut table = file.map_or(Ok(toml::Table::new()), read)?;
        let place = file.map_or_else(String::new, |path| path.display().to_string());
        for (key, value) in &table {
            if let Err(error) = alone(key, value) {
                return Err(ConfigError(misfit(
                    &format!("{place} 的 {key}"),
                    key,
                    &error,
                )));
            }
        }
        for (name, value) in environment {
            if let Some(key) = name.strip_prefix("BATON_") {
                let key = key.to_ascii_lowercase();
                let bare = format!("value = {value}").parse::<toml::Table>().ok();
                let parsed = bare.and_then(|mut t| t.remove("value"));
                // What looks like a number may be meant as a text.
                let parsed = parsed.filter(|value| alone(&key, value).is_ok());
                let parsed = parsed.unwrap_or(toml::Value::String(value));
                if let Err(error) = alone(&key, &parsed) {
                    return Err(ConfigError(misfit(
                        &format!("环境变量 {name}"),
                        &key,
                        &error,
                    )));
                }
                table.insert(key, parsed);
            }
        }
        let config: Config = table
            .try_into()
            .map_err(|error| ConfigError(error.to_string().trim().to_owned()))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key: &str, want: &str| Err(ConfigError(format!("`{key}` {want}")));
        if Dialect::of(&self.database()).is_none() {
            return wrong(
                "database_url",
                "（BATON_DATABASE_URL）应以 sqlite: 或 postgres: 开头，例如 \
                 postgres://用户:密码@主机/库名；本程序只用这两种数据库。It must begin with sqlite: or \
                 postgres:",
            );
        }
        if !(1..=720).contains(&self.session_hours) {
            return wrong("session_hours", "应在 1 到 720 之间");
        }
        let budgets = [
            self.handover_customers_per_hour,
            self.handover_customers_per_day,
        ];
        if budgets.iter().any(|most| !(1..=100_000).contains(most)) {
            return wrong(
                "handover_customers_per_hour / handover_customers_per_day",
                "应在 1 到 100000 之间",
            );
        }
        if !(1..=64).contains(&self.readers) || !(1..=64).contains(&self.writers) {
            return wrong("readers / writers", "应在 1 到 64 之间");
        }
        if !(1..=86_400).contains(&self.witness_every_seconds) {
            return wrong("witness_every_seconds", "应在 1 到 86400 之间");
        }
        // A quiet log is shown to its witnesses once an hour.
        if !(61..=100_000).contains(&self.witness_late_minutes) {
            return wrong("witness_late_minutes", "应在 61 到 100000 之间");
        }
        if !(0..=23).contains(&self.audit_hour) {
            return wrong("audit_hour", "应在 0 到 23 之间");
        }
        self.check_authority()?;
        if self.tenant.is_empty()
            || self
                .tenant
                .contains(|c: char| c.is_whitespace() || c == '+')
        {
            return wrong("tenant", "应为不含空格和加号的域名，例如 baton.example.cn");
        }
        if !matches!(self.log_format.as_str(), "text" | "json") {
            return wrong("log_format", "应为 text 或 json");
        }
        self.zone().map(|_| ())
    }

    fn check_authority(&self) -> Result<(), ConfigError> {
        let wrong = |key: &str, want: &str| Err(ConfigError(format!("`{key}` {want}")));
        if !(1..=60).contains(&self.tsa_timeout_seconds) {
            return wrong("tsa_timeout_seconds", "应在 1 到 60 之间");
        }
        if !(5..=1_440).contains(&self.tsa_every_minutes) {
            return wrong("tsa_every_minutes", "应在 5 到 1440 之间");
        }
        if !(self.tsa_every_minutes + 1..=100_000).contains(&self.tsa_late_minutes) {
            return wrong(
                "tsa_late_minutes",
                "应大于 tsa_every_minutes，且不超过 100000",
            );
        }
        if self.tsa_url.is_some() && self.tsa_certificates.is_none() {
            return wrong(
                "tsa_certificates",
                "未填写：设了 tsa_url 就要指明信任的时间戳证书",
            );
        }
        if self.tsa_user.is_some() != self.tsa_password.is_some() {
            return wrong("tsa_user / tsa_password", "应同时填写或同时留空");
        }
        if self
            .tsa_user
            .as_ref()
            .is_some_and(|user| user.contains(':'))
        {
            return wrong("tsa_user", "不能含冒号");
        }
        Ok(())
    }

    /// The business time zone.
    ///
    /// # Errors
    /// [`ConfigError`] when the name is not in the IANA database.
    pub fn zone(&self) -> Result<TimeZone, ConfigError> {
        TimeZone::get(&self.time_zone)
            .map_err(|_| ConfigError(format!("`time_zone` 不认识「{}」", self.time_zone)))
    }

    /// The file with the key that seals what signing needs.
    #[must_use]
    pub fn signing_key(&self) -> PathBuf {
        let default = || self.data_dir.join("keys").join("signing.key");
        self.signing_key_file.clone().unwrap_or_else(default)
    }

    /// The address of the books.
    #[must_use]
    pub fn database(&self) -> String {
        let file = || format!("sqlite://{}", self.data_dir.join("baton.db").display());
        self.database_url.clone().unwrap_or_else(file)
    }

    /// The file of the books; none with PostgreSQL.
    #[must_use]
    pub fn books_file(&self) -> Option<PathBuf> {
        let url = self.database();
        let path = url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
    }
}

/// The file as it stands.
fn read(path: &Path) -> Result<toml::Table, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigError(format!("{}：{}", path.display(), why(&error))))?;
    text.parse::<toml::Table>().map_err(|error| {
        ConfigError(format!(
            "{} 不是有效的 TOML，请照下面指出的行改正。It is no TOML; mend the line shown:\n{error}",
            path.display()
        ))
    })
}

/// Whether a key and its value are understood, whatever else is configured.
fn alone(key: &str, value: &toml::Value) -> Result<Config, toml::de::Error> {
    let mut table = toml::Table::new();
    table.insert(key.to_owned(), value.clone());
    table.try_into()
}

/// What is wrong with one key, and what would be right. The value is not repeated: it may be a
/// password.
fn misfit(place: &str, key: &str, error: &toml::de::Error) -> String {
    let said = error.to_string();
    if said.contains("unknown field") {
        return format!(
            "{place}：没有名为「{key}」的配置项，请检查拼写；可用的配置项见 docs/configuration.md。There is \
             no setting {key}: see docs/configuration.md"
        );
    }
    let wants = [
        ("expected a bool", "true 或 false", "true or false"),
        ("expected a string", "文本，加引号", "a text in quotes"),
        ("path string", "路径，加引号", "a path in quotes"),
    ];
    let wanted = wants.iter().find(|(sign, ..)| said.contains(sign));
    let number = ("合适的整数", "a whole number");
    let (zh, en) = wanted.map_or(number, |&(_, zh, en)| (zh, en));
    format!("{place}：值不对，应为{zh}。It must be {en}: see docs/configuration.md")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, env: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("baton.toml");
        std::fs::write(&path, text).unwrap();
        let env = env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        Config::load(Some(&path), env)
    }

    #[test]
    fn variables_lie_over_the_file() {
        let config = load(
            "session_hours = 8\ncompany = \"甲\"",
            &[("BATON_SESSION_HOURS", "9")],
        )
        .unwrap();
        assert_eq!((config.session_hours, config.company.as_str()), (9, "甲"));
        assert_eq!(
            load("", &[("BATON_LISTEN", "0.0.0.0:80")]).unwrap().listen,
            "0.0.0.0:80"
        );
    }

    #[test]
    fn a_slip_of_the_pen_is_refused_by_name() {
        let error = load("sesion_hours = 8", &[]).unwrap_err().to_string();
        assert!(
            error.contains("baton.toml 的 sesion_hours：没有"),
            "{error}"
        );
        let unnamed = [("BATON_DATABASE_ULR", "x")];
        let error = load("", &unnamed).unwrap_err().to_string();
        assert!(
            error.contains("环境变量 BATON_DATABASE_ULR：没有"),
            "{error}"
        );
        assert!(load("tenant = \"a b\"", &[]).is_err());
        assert!(load("time_zone = \"Mars/Base\"", &[]).is_err());
        for (text, key) in [
            ("tsa_url = \"http://tsa\"", "tsa_certificates"),
            ("tsa_user = \"a\"", "tsa_password"),
            ("tsa_timeout_seconds = 61", "tsa_timeout_seconds"),
            ("tsa_every_minutes = 180", "tsa_late_minutes"),
            ("database_url = \"mysql://u:geheim@h/b\"", "postgres: 开头"),
            ("tenant = 5", "baton.toml 的 tenant：值不对，应为文本"),
            ("sm_log = 5", "baton.toml 的 sm_log：值不对，应为true"),
            ("readers = \"viele\"", "的 readers：值不对，应为合适的整数"),
            ("data_dir = 5", "的 data_dir：值不对，应为路径"),
            ("tenant = ", "不是有效的 TOML"),
        ] {
            let error = load(text, &[]).unwrap_err().to_string();
            assert!(error.contains(key), "{error}");
            assert!(!error.contains("geheim"), "{error}");
        }
        let error = load("", &[("BATON_SESSION_HOURS", "viele")]).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains("环境变量 BATON_SESSION_HOURS：值不对"),
            "{error}"
        );
        let nowhere = Config::load(Some(Path::new("/nix/b.toml")), std::iter::empty());
        let error = nowhere.unwrap_err().to_string();
        assert!(error.contains("/nix/b.toml：文件或文件夹不存在"), "{error}");
    }

    #[test]
    fn a_text_that_looks_like_a_number_is_a_text() {
        let config = load("", &[("BATON_COMPANY", "360")]).unwrap();
        assert_eq!(config.company, "360");
    }
}
