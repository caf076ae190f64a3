//! `baton witness` 见证服务.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use ::evidence::checkpoint::LogTrust;
use ::evidence::key::{KeyKind, VerifierKey};
use ::evidence::policy::Policy;
use ::evidence::witness::Witness;
use spine::{SystemChance, SystemClock};

use super::serve::say;
use crate::http::StopSignals;
use crate::witness::memory::{self, Memory};
use crate::witness::{Watch, door};

/// How a witness is run. Nothing of `baton.toml` counts here.
#[derive(clap::Args)]
pub(super) struct Wanted {
    /// 名称: name of this witness, a host name with a path: witness.example.cn/finance
    #[arg(long, env = "BATON_WITNESS_NAME")]
    name: String,
    /// 文件夹: its key and its memory; never share or restore it
    #[arg(
        long,
        value_name = "FOLDER",
        env = "BATON_WITNESS_FOLDER",
        default_value = "witness"
    )]
    folder: PathBuf,
    /// 监听地址: address to listen on
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "BATON_WITNESS_LISTEN",
        default_value = "127.0.0.1:8790"
    )]
    listen: String,
    /// 所见证日志的公钥: public key of a log to watch; may be repeated
    #[arg(long = "log", value_name = "VKEY", env = "BATON_WITNESS_LOG")]
    logs: Vec<String>,
    /// 策略文件: a tlog-policy file whose `log` lines name the logs to watch
    #[arg(long, value_name = "FILE", env = "BATON_WITNESS_POLICY")]
    policy: Option<PathBuf>,
}

impl Wanted {
    fn logs(&self) -> Result<Vec<LogTrust>, String> {
        let mut keys = Vec::new();
        for text in &self.logs {
            let key: VerifierKey = text
                .trim()
                .parse()
                .map_err(|error| format!("--log：{error}"))?;
            if key.kind() != KeyKind::Ed25519 {
                return Err("--log：应为日志的公钥（类型 0x01） not the key of a log".to_owned());
            }
            keys.push(key);
        }
        if let Some(path) = &self.policy {
            let named = |error: &dyn std::fmt::Display| format!("{}：{error}", path.display());
            let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
            let policy: Policy = text.parse().map_err(|error| named(&error))?;
            keys.extend(policy.logs().iter().map(|line| line.key.clone()));
        }
        let trust = |key: VerifierKey| LogTrust {
            origin: key.name().to_owned(),
            log_keys: vec![key],
            witness_keys: Vec::new(),
        };
        let logs: Vec<LogTrust> = keys.into_iter().map(trust).collect();
        if logs.is_empty() {
            return Err("请用 --log 或 --policy 指明要见证的日志 name a log to watch".to_owned());
        }
        Ok(logs)
    }
}

pub(super) async fn witness(wanted: Wanted) -> Result<ExitCode, String> {
    let logs = wanted.logs()?;
    // A second start on the same port must not take the folder.
    let listener = tokio::net::TcpListener::bind(&wanted.listen)
        .await
        .map_err(|error| format!("{} 不能监听：{error}", wanted.listen))?;
    let memory = Memory::open(&wanted.folder)?;
    let key = memory::key(&wanted.folder, &wanted.name, &SystemChance)?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    say(&format!("见证公钥 public key：{}", key.verifier()));
    for log in &logs {
        let size = memory.head(&log.origin).map_or(0, |head| head.size);
        say(&format!(
            "见证日志 watching：{}（已签名 signed {size} 条）",
            log.origin
        ));
    }
    say(&format!("见证服务已启动：http://{address}"));
    let stop = StopSignals::listen().map_err(|error| error.to_string())?;
    let watch = Watch::of(Witness { key, logs }, memory, Arc::new(SystemClock));
    axum::serve(listener, door::router(watch))
        .with_graceful_shutdown(async move { stop.heard().await })
        .await
        .map_err(|error| error.to_string())?;
    say("见证服务已停止");
    Ok(ExitCode::SUCCESS)
}
