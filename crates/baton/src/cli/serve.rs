//! `baton serve` 启动服务.

use std::process::ExitCode;

use kernel::Moment;
use tracing_subscriber::EnvFilter;

use super::open::{Books, told};
use crate::config::Config;
use crate::{http, rehearsal};

pub(super) async fn serve(config: Config, rehearsal: Option<Moment>) -> Result<ExitCode, String> {
    start_log(&config.log_format);
    let listen = config.listen.clone();
    // The address first: a second start on the same port must not open the books for nothing.
    let listener = tokio::net::TcpListener::bind(&listen)
        .await
        .map_err(|error| unheard(&listen, &error))?;
    let house = Books { config, rehearsal }.open().await?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    if rehearsal::is_declared(&house.spine).await.map_err(told)? {
        say("注意：这是演练账册，其中的记录不作为真实记录");
        if !address.ip().is_loopback() {
            say("注意：演示账号的口令是公开的，而服务对本机以外开放；请只在可信的网络中使用");
        }
    }
    let stop = http::StopSignals::listen().map_err(|error| error.to_string())?;
    tracing::info!(%address, "listening");
    say(&format!("接棒已启动：http://{address}"));
    http::serve(house, listener, stop)
        .await
        .map_err(|error| error.to_string())?;
    say("接棒已停止");
    Ok(ExitCode::SUCCESS)
}

/// Has the system give memory in small pages. The allocator asks for those of 2 MB, of which a
/// server that waits holds each whole for a few rows; what it does for its users is no slower
/// without. A system that does not know the wish goes on as it was.
pub(super) fn in_small_pages() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Why nobody can be heard at this address, and what helps.
fn unheard(listen: &str, error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::AddrInUse {
        let another = listen.rsplit_once(':').map_or(listen, |(host, _)| host);
        return format!(
            "{listen} 已被另一个程序占用（也许接棒已在运行）。\n\
             请先停止它，或换一个端口，例如：BATON_LISTEN={another}:8781 baton serve\n\
             {listen} is in use, perhaps by Baton itself. \
             Stop it, or set BATON_LISTEN to another port"
        );
    }
    format!("{listen} 不能监听：{error}；请换一个 `listen` 地址")
}

/// What `RUST_LOG` wants, without what cannot be read in a request: that is quoted, and may be the
/// number of a person.
fn filter() -> EnvFilter {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,tokio_postgres=warn,tower_http=warn"));
    match "axum::rejection=off".parse() {
        Ok(silent) => filter.add_directive(silent),
        Err(_) => filter,
    }
}

pub(super) fn start_log(format: &str) {
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_writer(std::io::stderr);
    if format == "json" {
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
