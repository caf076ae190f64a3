//! The program under test as a process of its own 被测程序.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

use crate::Problem;
use crate::http::Caller;

/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `baton serve`.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// From the start of the process to the first answer.
    pub started_in: Duration,
}

/// Where the program and its books are.
#[derive(Clone, Debug)]
pub struct Place {
    /// The release program.
    pub program: PathBuf,
    /// Its data folder.
    pub folder: PathBuf,
    /// Its database, when it is not the SQLite file in the folder.
    pub database: Option<String>,
}

impl Place {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("BATON_")) {
            command.env_remove(name);
        }
        command
            .arg("--config")
            .arg("/dev/null")
            .args(args)
            .env("BATON_DATA_DIR", &self.folder)
            // Whoever works in the day has the nightly audit behind him.
            .env("BATON_AUDIT_HOUR", "23");
        if let Some(url) = &self.database {
            command.env("BATON_DATABASE_URL", url);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// Runs a command of the program to its end; gives how long it took.
    pub async fn run(&self, args: &[&str]) -> Result<Duration, Problem> {
        let started = Instant::now();
        let status = self.command(args).status().await?;
        let took = started.elapsed();
        if status.success() {
            return Ok(took);
        }
        Err(format!("baton {}: {status}", args.join(" ")).into())
    }

    /// Starts the server and waits for its first answer.
    pub async fn serve(&self) -> Result<Server, Problem> {
        let address = format!("127.0.0.1:{}", crate::free_port()?);
        let log = std::fs::File::create(self.folder.join("server.log"))?;
        let mut command = self.command(&["serve"]);
        command.env("BATON_LISTEN", &address).stderr(log);
        let started = Instant::now();
        let mut child = command.spawn()?;
        loop {
            if let Ok(mut caller) = Caller::connect(&address).await
                && caller.status("/readyz").await.ok() == Some(200)
            {
                let started_in = started.elapsed();
                return Ok(Server {
                    child,
                    address,
                    started_in,
                });
            }
            if let Some(status) = child.try_wait()? {
                let log = std::fs::read_to_string(self.folder.join("server.log"))?;
                return Err(format!("baton serve ended ({status}): {log}").into());
            }
            if started.elapsed() > PATIENCE {
                return Err("baton serve does not answer".into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Server {
    /// Memory that is in use now, in bytes: all of it, and without pages of files.
    pub fn memory(&self) -> Result<(u64, u64), Problem> {
        let id = self.child.id().ok_or("the server has ended")?;
        let text = std::fs::read_to_string(Path::new("/proc").join(id.to_string()).join("status"))?;
        let kilobytes = |name: &str| -> u64 {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|line| line.split_whitespace().next());
            number.and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        Ok((kilobytes("VmRSS:") * 1_024, kilobytes("RssAnon:") * 1_024))
    }

    /// Ends it as a service manager would.
    pub async fn stop(mut self) -> Result<(), Problem> {
        if let Some(id) = self.child.id() {
            Command::new("kill")
                .arg("-TERM")
                .arg(id.to_string())
                .status()
                .await?;
        }
        let status = self.child.wait().await?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("baton serve: {status}").into())
        }
    }
}
