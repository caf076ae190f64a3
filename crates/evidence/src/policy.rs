//! Whose word is believed: a tlog-policy file 信任策略.
//!
//! C2SP tlog-policy. It comes from outside what is examined: from the contract, from the other
//! party's lawyer, from last year's file. Lines are `log <vkey> [url]`, `witness <name> <vkey>
//! [url]`, `group <name> <k|any|all> <members>` and, exactly once, `quorum <name|none>`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::checkpoint::LogTrust;
use crate::key::{KeyError, KeyKind, VerifierKey};
use crate::note::Verified;
use crate::sm::SmVerifierKey;

/// More logs, witnesses and groups than this together are refused; the specification asks for at
/// least 96.
const MOST_NAMES: usize = 256;

/// Known logs, known witnesses and how many of them must have signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<KeyLine>,
    /// Keys of second logs, with SM2; no other program reads these lines.
    second: Vec<SmVerifierKey>,
    witnesses: Vec<(String, KeyLine)>,
    groups: Vec<Group>,
    quorum: Option<String>,
}

/// A key and where its owner is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// The public key.
    pub key: VerifierKey,
    /// For a witness its submission prefix; not needed to verify.
    pub url: Option<String>,
}

/// So many of these must have signed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    name: String,
    threshold: usize,
    members: Vec<String>,
}

/// Why a text is no policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("信任策略第 {line} 行：{why}")]
pub struct PolicyError {
    /// Number of the line, from 1; the last one when something is missing.
    pub line: usize,
    /// What is wrong with it.
    pub why: PolicyFault,
}

/// What is wrong with a line of a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// Control characters other than tab and line feed, or no final line feed.
    #[error("含有不允许的控制字符，或末行没有换行")]
    Characters,
    /// None of the four kinds of line.
    #[error("应以 log、witness、group 或 quorum 开头，并带齐各项")]
    Form,
    /// The key.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A log's key where a witness's belongs, or the other way round.
    #[error("密钥类型不对：日志用 0x01，见证方用 0x04")]
    KeyKind,
    /// The same public key twice.
    #[error("同一公钥出现两次")]
    KeyTwice,
    /// The same name twice, or the name `none`.
    #[error("名称「{0}」已被占用")]
    NameTaken(String),
    /// A name that no line before defines.
    #[error("名称「{0}」尚未定义，请先写 witness 或 group 行")]
    NameUnknown(String),
    /// A witness or group in two groups could count twice.
    #[error("名称「{0}」已是某组成员，只能属于一个组")]
    MemberTwice(String),
    /// The threshold is not within 1 and the number of members.
    #[error("门槛「{0}」应为 any、all 或 1 到成员数之间的十进制数")]
    Threshold(String),
    /// Not exactly one quorum line.
    #[error("应有且仅有一个 quorum 行")]
    Quorum,
    /// Too many lines.
    #[error("日志、见证方与组合计超过 256 个")]
    TooMany,
}

impl Policy {
    /// A policy that believes one log on its own word.
    #[must_use]
    pub const fn of_log(log: KeyLine) -> PolicyBuilder {
        PolicyBuilder {
            log,
            witnesses: Vec::new(),
            threshold: 0,
        }
    }

    /// The known logs.
    #[must_use]
    pub fn logs(&self) -> &[KeyLine] {
        &self.logs
    }

    /// The known witnesses under their names in this policy.
    #[must_use]
    pub fn witnesses(&self) -> &[(String, KeyLine)] {
        &self.witnesses
    }

    /// The same policy, which also believes this key of a second log, with SM2.
    #[must_use]
    pub fn and_second(mut self, key: SmVerifierKey) -> Policy {
        if !self.second.contains(&key) {
            self.second.push(key);
        }
        self
    }

    /// The keys of the second log of this name, with SM2.
    #[must_use]
    pub fn sm(&self, origin: &str) -> Vec<&SmVerifierKey> {
        let keys = self.second.iter();
        keys.filter(|key| key.name() == origin).collect()
    }

    /// Keys for the log of this origin; `None` when the policy knows no such log.
    #[must_use]
    pub fn trust(&self, origin: &str) -> Option<LogTrust> {
        let of_origin = self.logs.iter().filter(|log| log.key.name() == origin);
        let log_keys: Vec<VerifierKey> = of_origin.map(|log| log.key.clone()).collect();
        let witnesses = self
            .witnesses
            .iter()
            .map(|(_, witness)| witness.key.clone());
        (!log_keys.is_empty()).then(|| LogTrust {
            origin: origin.to_owned(),
            log_keys,
            witness_keys: witnesses.collect(),
        })
    }

    /// Whether those who cosigned are enough. `quorum none` is always met.
    #[must_use]
    pub fn quorum_is_met(&self, cosigned: &[Verified]) -> bool {
        let mut met: BTreeMap<&str, bool> = BTreeMap::new();
        for (name, witness) in &self.witnesses {
            let by_him = |seen: &Verified| {
                seen.kind == KeyKind::Cosigner
                    && seen.name == witness.key.name()
                    && seen.key_id == witness.key.id()
            };
            met.insert(name, cosigned.iter().any(by_him));
        }
        // Members stand on lines before their group, so one pass settles all.
        for group in &self.groups {
            let is_met = |member: &&String| met.get(member.as_str()).copied() == Some(true);
            let count = group.members.iter().filter(is_met).count();
            met.insert(&group.name, count >= group.threshold);
        }
        self.quorum
            .as_deref()
            .is_none_or(|name| met.get(name).copied() == Some(true))
    }
}

/// Puts together a policy of our own.
#[derive(Clone, Debug)]
pub struct PolicyBuilder {
    log: KeyLine,
    witnesses: Vec<(String, KeyLine)>,
    threshold: usize,
}

impl PolicyBuilder {
    /// Knows this witness too, under a short name.
    #[must_use]
    pub fn witness(mut self, name: &str, key: VerifierKey, url: Option<String>) -> PolicyBuilder {
        self.witnesses.push((name.to_owned(), KeyLine { key, url }));
        self
    }

    /// Asks that so many witnesses have signed; 0 asks for none.
    #[must_use]
    pub const fn quorum(mut self, threshold: usize) -> PolicyBuilder {
        self.threshold = threshold;
        self
    }

    /// The policy.
    ///
    /// # Errors
    /// Names or keys stand there twice, or there are fewer witnesses than are asked for.
    pub fn build(self) -> Result<Policy, PolicyError> {
        let names: Vec<String> = self
            .witnesses
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let groups = if self.threshold == 0 {
            Vec::new()
        } else {
            vec![Group {
                name: "witnesses".to_owned(),
                threshold: self.threshold,
                members: names,
            }]
        };
        let quorum = groups.first().map(|group| group.name.clone());
        let drafted = Policy {
            logs: vec![self.log],
            second: Vec::new(),
            witnesses: self.witnesses,
            groups,
            quorum,
        };
        // The one set of rules is the reader's.
        drafted.to_string().parse()
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url =
            |url: &Option<String>| url.as_ref().map_or(String::new(), |url| format!(" {url}"));
        for log in &self.logs {
            writeln!(f, "log {}{}", log.key, url(&log.url))?;
        }
        for key in &self.second {
            writeln!(f, "log {key}")?;
        }
        for (name, witness) in &self.witnesses {
            writeln!(f, "witness {name} {}{}", witness.key, url(&witness.url))?;
        }
        for group in &self.groups {
            let members = group.members.join(" ");
            writeln!(f, "group {} {} {members}", group.name, group.threshold)?;
        }
        writeln!(f, "quorum {}", self.quorum.as_deref().unwrap_or("none"))
    }
}

/// Takes in line by line.
#[derive(Default)]
struct Reading {
    logs: Vec<KeyLine>,
    second: Vec<SmVerifierKey>,
    witnesses: Vec<(String, KeyLine)>,
    groups: Vec<Group>,
    quorum: Option<Option<String>>,
    members: Vec<String>,
}

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), PolicyFault> {
        let is_allowed = |c: char| c == '\t' || (c >= ' ' && c != '\u{7f}');
        if !line.chars().all(is_allowed) {
            return Err(PolicyFault::Characters);
        }
        let words: Vec<&str> = line
            .split([' ', '\t'])
            .filter(|word| !word.is_empty())
            .collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", key] => self.log(key, None),
            ["log", key, url] => self.log(key, Some(url)),
            ["witness", name, key] => self.witness(name, key, None),
            ["witness", name, key, url] => self.witness(name, key, Some(url)),
            ["group", name, threshold, members @ ..] if !members.is_empty() => {
                self.group(name, threshold, members)
            }
            ["quorum", name] => self.quorum(name),
            _ => Err(PolicyFault::Form),
        }
    }

    fn room(&self) -> Result<(), PolicyFault> {
        let names = self.logs.len() + self.second.len() + self.witnesses.len() + self.groups.len();
        (names < MOST_NAMES)
            .then_some(())
            .ok_or(PolicyFault::TooMany)
    }

    fn log(&mut self, key: &str, url: Option<&str>) -> Result<(), PolicyFault> {
        self.room()?;
        if SmVerifierKey::is_meant(key) {
            let key: SmVerifierKey = key.parse()?;
            if self.second.contains(&key) {
                return Err(PolicyFault::KeyTwice);
            }
            self.second.push(key);
            return Ok(());
        }
        let line = key_line(key, url, KeyKind::Ed25519)?;
        if self.logs.iter().any(|log| log.key.key() == line.key.key()) {
            return Err(PolicyFault::KeyTwice);
        }
        self.logs.push(line);
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str, url: Option<&str>) -> Result<(), PolicyFault> {
        self.room()?;
        let line = key_line(key, url, KeyKind::Cosigner)?;
        let same_key = |(_, known): &(String, KeyLine)| known.key.key() == line.key.key();
        if self.witnesses.iter().any(same_key) {
            return Err(PolicyFault::KeyTwice);
        }
        self.take_name(name)?;
        self.witnesses.push((name.to_owned(), line));
        Ok(())
    }

    fn group(&mut self, name: &str, threshold: &str, members: &[&str]) -> Result<(), PolicyFault> {
        self.room()?;
        for member in members {
            if !self.is_defined(member) {
                return Err(PolicyFault::NameUnknown((*member).to_owned()));
            }
            if self.members.iter().any(|known| known == member) {
                return Err(PolicyFault::MemberTwice((*member).to_owned()));
            }
            self.members.push((*member).to_owned());
        }
        let wanted = match threshold {
            "any" => Some(1),
            "all" => Some(members.len()),
            number => number
                .parse()
                .ok()
                .filter(|k: &usize| k.to_string() == number && (1..=members.len()).contains(k)),
        };
        let threshold = wanted.ok_or_else(|| PolicyFault::Threshold(threshold.to_owned()))?;
        self.take_name(name)?;
        self.groups.push(Group {
            name: name.to_owned(),
            threshold,
            members: members.iter().map(|member| (*member).to_owned()).collect(),
        });
        Ok(())
    }

    fn quorum(&mut self, name: &str) -> Result<(), PolicyFault> {
        if self.quorum.is_some() {
            return Err(PolicyFault::Quorum);
        }
        if name != "none" && !self.is_defined(name) {
            return Err(PolicyFault::NameUnknown(name.to_owned()));
        }
        self.quorum = Some((name != "none").then(|| name.to_owned()));
        Ok(())
    }

    fn is_defined(&self, name: &str) -> bool {
        self.witnesses.iter().any(|(known, _)| known == name)
            || self.groups.iter().any(|group| group.name == name)
    }

    fn take_name(&self, name: &str) -> Result<(), PolicyFault> {
        if name == "none" || self.is_defined(name) {
            return Err(PolicyFault::NameTaken(name.to_owned()));
        }
        Ok(())
    }
}

fn key_line(key: &str, url: Option<&str>, kind: KeyKind) -> Result<KeyLine, PolicyFault> {
    let key: VerifierKey = key.parse()?;
    if key.kind() != kind {
        return Err(PolicyFault::KeyKind);
    }
    let url = url.map(ToOwned::to_owned);
    Ok(KeyLine { key, url })
}

impl FromStr for Policy {
    type Err = PolicyError;
    fn from_str(text: &str) -> Result<Policy, PolicyError> {
        let last = text.matches('\n').count();
        let at_the_end = |why| PolicyError { line: last, why };
        let body = text
            .strip_suffix('\n')
            .ok_or(at_the_end(PolicyFault::Characters))?;
        let mut reading = Reading::default();
        for (n, line) in body.split('\n').enumerate() {
            reading
                .line(line)
                .map_err(|why| PolicyError { line: n + 1, why })?;
        }
        let quorum = reading.quorum.ok_or(at_the_end(PolicyFault::Quorum))?;
        Ok(Policy {
            logs: reading.logs,
            second: reading.second,
            witnesses: reading.witnesses,
            groups: reading.groups,
            quorum,
        })
    }
}
