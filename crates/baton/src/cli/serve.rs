//! `baton serve` 启动服务.

use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::house::{House, Surroundings};
use crate::http;

pub(super) async fn serve(config: Config) -> Result<ExitCode, String> {
    start_log(&config);
    let listen = config.listen.clone();
    let house = House::open(config, Surroundings::default())
        .await
        .map_err(|e| e.to_string())?;
    let listener = tokio::net::TcpListener::bind(&listen)
        .await
        .map_err(|error| format!("{listen} 不能监听：{error}；请换一个 `listen` 地址"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    tracing::info!(%address, "listening");
    say(&format!("接棒已启动：http://{address}"));
    http::serve(house, listener)
        .await
        .map_err(|error| error.to_string())?;
    say("接棒已停止");
    Ok(ExitCode::SUCCESS)
}

fn start_log(config: &Config) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=error,tower_http=warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if config.log_format == "json" {
        log.json().init();
    } else {
        log.init();
    }
}

/// Speaks to the person at the console.
#[expect(clippy::print_stdout, reason = "the command line speaks to its user")]
pub(super) fn say(text: &str) {
    println!("{text}");
}
