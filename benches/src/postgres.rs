//! A PostgreSQL cluster of our own, on loopback, that survives a power cut 测试用 PostgreSQL.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Problem;

/// What differs from the defaults, as docs/operations.md has it: a quarter of a small server's
/// memory, a log of writes long enough not to be cut during the loading, room in memory for what a
/// large act adds to it. `fsync` stays on.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c max_connections=100 -c shared_buffers=4GB -c max_wal_size=8GB \
    -c wal_buffers=256MB -c work_mem=16MB";

/// A cluster that runs; it is stopped when dropped.
pub struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    /// Address of its database `baton`.
    pub url: String,
}

/// Memory in large pages for a cluster, as docs/operations.md has them reserved on a server of its
/// own, until it is dropped. Whoever is not root measures with small ones, unless they are there.
pub struct LargePages {
    before: Option<String>,
    reserved: bool,
}

impl LargePages {
    const HOW_MANY: &str = "/proc/sys/vm/nr_hugepages";
    /// Of 2 MB each: the shared buffers and what PostgreSQL keeps beside them.
    const ENOUGH: u32 = 2_250;

    /// There are some as long as the memory is not full of files.
    pub fn reserve() -> LargePages {
        let there = || std::fs::read_to_string(Self::HOW_MANY).unwrap_or_default();
        let enough = |there: &str| there.trim().parse().is_ok_and(|n: u32| n >= Self::ENOUGH);
        let before = there();
        if enough(&before) {
            return LargePages {
                before: None,
                reserved: true,
            };
        }
        // The system gives some fewer than it is asked for.
        let asked = std::fs::write(Self::HOW_MANY, (Self::ENOUGH + 50).to_string());
        LargePages {
            before: asked.is_ok().then_some(before),
            reserved: enough(&there()),
        }
    }

    /// How the memory is laid out.
    pub fn told(&self) -> &'static str {
        if self.reserved {
            "memory in large pages"
        } else {
            "memory in small pages"
        }
    }
}

impl Drop for LargePages {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            let _ = std::fs::write(Self::HOW_MANY, before);
        }
    }
}

fn bin() -> Result<PathBuf, Problem> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|all| {
            all.filter_map(|one| Some(one.ok()?.path().join("bin")))
                .collect()
        })
        .unwrap_or_default();
    found.retain(|path| path.join("initdb").exists());
    found.sort();
    found
        .pop()
        .ok_or_else(|| "PostgreSQL is not installed (Debian: postgresql)".into())
}

/// PostgreSQL refuses to run as root; Debian's package brings a user for it.
fn command(bin: &Path, program: &str) -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| {
        use std::os::unix::fs::MetadataExt as _;
        own.uid() == 0
    });
    let program = bin.join(program);
    let mut command = if is_root {
        let mut command = Command::new("runuser");
        command.args(["--user", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null());
    command.current_dir("/");
    command
}

fn run(mut command: Command, what: &str) -> Result<(), Problem> {
    let status = command.status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{what}: {status}").into())
    }
}

impl Cluster {
    /// Makes a cluster in this folder, which must not exist.
    pub fn make(folder: &Path) -> Result<(), Problem> {
        let bin = bin()?;
        std::fs::create_dir_all(folder)?;
        let mut owner = Command::new("chown");
        owner.arg("postgres").arg(folder);
        // Whoever is not root owns it already.
        let _ = owner.stderr(std::process::Stdio::null()).status();
        let mut make = command(&bin, "initdb");
        make.arg("--pgdata").arg(folder).args([
            "--username=baton",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]);
        run(make, "initdb")
    }

    /// Starts the cluster in this folder.
    pub fn start(folder: &Path) -> Result<Cluster, Problem> {
        let (bin, port) = (bin()?, crate::free_port()?);
        let mut start = command(&bin, "pg_ctl");
        start
            .args(["start", "--wait", "--silent", "--pgdata"])
            .arg(folder);
        start.arg("--log").arg(folder.join("log"));
        start.arg("--options").arg(format!("-p {port} {SETTINGS}"));
        run(start, "pg_ctl start")?;
        let url = format!("postgres://baton@127.0.0.1:{port}/postgres");
        Ok(Cluster {
            bin,
            folder: folder.to_owned(),
            url,
        })
    }

    /// What autovacuum does within the hour: statistics, and which pages all can see.
    pub fn settle(&self) -> Result<(), Problem> {
        let mut vacuum = command(&self.bin, "vacuumdb");
        vacuum
            .args(["--analyze", "--quiet", "--jobs=2", "--dbname"])
            .arg(&self.url);
        run(vacuum, "vacuumdb")
    }

    /// Has the indexes of the customers in the server's memory, as after a morning's work.
    pub fn warm(&self) -> Result<(), Problem> {
        let mut psql = command(&self.bin, "psql");
        psql.arg("--dbname").arg(&self.url).args([
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--command=CREATE EXTENSION IF NOT EXISTS pg_prewarm",
            "--command=SELECT sum(pg_prewarm(indexrelid)) FROM pg_index \
             WHERE indrelid = 'customer'::regclass",
        ]);
        run(psql, "psql")
    }

    /// Which PostgreSQL this is.
    pub fn version(&self) -> String {
        let told = Command::new(self.bin.join("postgres"))
            .arg("--version")
            .output();
        told.map_or_else(
            |_| String::new(),
            |told| String::from_utf8_lossy(&told.stdout).trim().to_owned(),
        )
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = command(&self.bin, "pg_ctl");
        stop.args(["stop", "--wait", "--silent", "--mode=fast", "--pgdata"])
            .arg(&self.folder);
        let _ = stop.status();
    }
}
