//! Filled books to measure on, and the program beside them 测量现场.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use baton::config::Config;
use baton::house::{House, Surroundings};
use spine::{OpenGate, SeededChance, SystemClock};
use tempfile::TempDir;

use crate::data::{self, Shape};
use crate::postgres::{Cluster, LargePages};
use crate::server::Place;
use crate::{On, Problem, progress};

/// What is to be prepared.
pub struct Plan {
    /// On which database.
    pub on: On,
    /// The company.
    pub shape: Shape,
    /// Entries in the log.
    pub entries: u32,
    /// The release program.
    pub program: PathBuf,
    /// Where filled books are kept for the next time.
    pub keep: Option<PathBuf>,
}

/// Books that may be changed, and what is needed to work on them.
pub struct Site {
    /// The company in them.
    pub shape: Shape,
    /// Entries in the log at first.
    pub entries: u32,
    /// The program and its books.
    pub place: Place,
    /// Which database, how large, how long it took to fill.
    pub told: String,
    // The cluster stops before its memory and its folder go.
    _cluster: Option<Cluster>,
    _pages: Option<LargePages>,
    _folder: TempDir,
}

impl Site {
    /// Fills books, or copies the ones that were kept.
    pub async fn prepare(plan: Plan) -> Result<Site, Problem> {
        let pages = (plan.on == On::Postgres).then(LargePages::reserve);
        let folder = TempDir::with_prefix("baton-bench.")?;
        // The database server, which is not root, must reach its own folder in there.
        run("chmod", &["711".as_ref(), folder.path().as_os_str()])?;
        let kept = plan.keep.as_ref().map(|keep| keep.join(name(&plan)));
        let work = folder.path().join("site");
        let mut told = String::new();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.join("whole").exists()) {
            copy(kept, &work)?;
        } else {
            std::fs::create_dir_all(&work)?;
            told = fill(&plan, &work).await?;
            if let Some(kept) = &kept {
                std::fs::create_dir_all(kept.parent().unwrap_or(kept))?;
                copy(&work, kept)?;
                std::fs::write(kept.join("whole"), "")?;
            }
        }
        let cluster = cluster(&plan, &work)?;
        if let Some(cluster) = &cluster {
            cluster.warm()?;
        }
        let database = cluster.as_ref().map(|cluster| cluster.url.clone());
        let version = cluster.as_ref().zip(pages.as_ref());
        let version = version.map_or_else(String::new, |(cluster, pages)| {
            format!("{}, {},", cluster.version(), pages.told())
        });
        let size = size_of(&work)?;
        Ok(Site {
            shape: plan.shape,
            entries: plan.entries,
            told: format!(
                "{:?} {version} {} customers, {} entries, seed {}, {} MB on disk{told}",
                plan.on,
                plan.shape.customers,
                plan.entries,
                plan.shape.seed,
                size / 1_000_000
            ),
            place: Place {
                program: plan.program,
                folder: work.join("data"),
                database,
            },
            _cluster: cluster,
            _pages: pages,
            _folder: folder,
        })
    }

    /// Opens the books in this process, without what works in the background.
    pub async fn house(&self) -> Result<House, Problem> {
        house(&self.place.folder, self.place.database.clone()).await
    }
}

fn name(plan: &Plan) -> String {
    let Shape {
        seed,
        customers,
        key_customers,
    } = plan.shape;
    let schema = baton::migrations::ALL.len();
    let (on, entries) = (plan.on, plan.entries);
    format!("{on:?}-{seed}-{customers}-{key_customers}-{entries}-schema{schema}").to_lowercase()
}

fn cluster(plan: &Plan, work: &Path) -> Result<Option<Cluster>, Problem> {
    match plan.on {
        On::Sqlite => Ok(None),
        On::Postgres => Cluster::start(&work.join("cluster")).map(Some),
    }
}

async fn fill(plan: &Plan, work: &Path) -> Result<String, Problem> {
    if plan.on == On::Postgres {
        Cluster::make(&work.join("cluster"))?;
    }
    let cluster = cluster(plan, work)?;
    let database = cluster.as_ref().map(|cluster| cluster.url.clone());
    let house = house(&work.join("data"), database).await?;
    let began = Instant::now();
    progress(&format!(
        "{:?}: filling {} customers",
        plan.on, plan.shape.customers
    ));
    data::fill(&house, plan.shape).await?;
    let customers = began.elapsed().as_secs();
    progress(&format!(
        "{:?}: {customers} s; writing {} entries",
        plan.on, plan.entries
    ));
    data::lengthen(&house, plan.shape, plan.entries).await?;
    let entries = began.elapsed().as_secs() - customers;
    house.spine.db().close().await;
    if let Some(cluster) = &cluster {
        cluster.settle()?;
    }
    Ok(format!("; filled in {customers} s + {entries} s"))
}

async fn house(folder: &Path, database: Option<String>) -> Result<House, Problem> {
    let config = Config {
        data_dir: folder.to_owned(),
        database_url: database,
        ..Config::default()
    };
    let surroundings = Surroundings {
        clock: Arc::new(SystemClock),
        chance: Arc::new(SeededChance::new(u64::from(data::unique()))),
    };
    Ok(House::open_behind(config, surroundings, Arc::new(OpenGate)).await?)
}

fn run(program: &str, args: &[&std::ffi::OsStr]) -> Result<(), Problem> {
    let status = std::process::Command::new(program).args(args).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{program}: {status}").into())
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), Problem> {
    let how: [&std::ffi::OsStr; 2] = ["-a".as_ref(), "--reflink=auto".as_ref()];
    run("cp", &[how[0], how[1], from.as_os_str(), to.as_os_str()])?;
    // What waits to be written would have the disk while something is measured.
    run("sync", &[])
}

fn size_of(folder: &Path) -> Result<u64, Problem> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.metadata()?;
        size += if kind.is_dir() {
            size_of(&entry.path())?
        } else {
            kind.len()
        };
    }
    Ok(size)
}
