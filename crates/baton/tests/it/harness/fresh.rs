//! A house that was just opened, made once for all stories: migrating the books and installing the
//! processes takes longer than most stories.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use baton::config::Config;
use baton::house::{House, Surroundings};
use kernel::Moment;
use spine::{FixedClock, SeededChance};
use sqlx::{Connection as _, Executor as _};
use tempfile::TempDir;

/// When the model house was opened: before any story begins, Friday, 20 November 2026.
const OPENED: Moment = Moment(1_795_161_600_000);

/// What a story begins with.
pub(crate) struct Fresh {
    /// The folder of the house.
    pub(crate) folder: TempDir,
    /// Its database, when that is not the file in the folder.
    pub(crate) database_url: Option<String>,
}

impl Fresh {
    /// A house whose books are a SQLite file.
    pub(crate) async fn on_sqlite() -> Fresh {
        let model = model("sqlite", None).await;
        Fresh {
            folder: copy_of(&model),
            database_url: None,
        }
    }

    /// A house with a PostgreSQL database; none when there is no server to test on.
    pub(crate) async fn on_postgres() -> Option<Fresh> {
        let server = std::env::var("BATON_TEST_POSTGRES").ok()?;
        let model = model("postgres", Some(&server)).await;
        let name = new_name();
        let copy = format!("CREATE DATABASE {name} TEMPLATE {}", template(&server));
        say(&server, &[copy]).await;
        Some(Fresh {
            folder: copy_of(&model),
            database_url: Some(address(&server, &name)),
        })
    }
}

/// The address of an empty PostgreSQL database; none when there is no server to test on.
pub(crate) async fn empty_postgres() -> Option<String> {
    let server = std::env::var("BATON_TEST_POSTGRES").ok()?;
    let name = new_name();
    say(&server, &[format!("CREATE DATABASE {name}")]).await;
    Some(address(&server, &name))
}

/// The folder of the model house; whoever comes first makes it, the others wait.
async fn model(kind: &str, server: Option<&str>) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("model-house");
    fs::create_dir_all(&home).expect("a folder for the model house");
    let lock = File::create(home.join(format!("{kind}.lock"))).expect("a lock");
    lock.lock().expect("the lock");
    let folder = home.join(kind);
    let ready = home.join(format!("{kind}.ready"));
    let wanted = format!("{:x}", edition(server));
    let made = fs::read_to_string(&ready).is_ok_and(|made| made == wanted);
    if made && has_template(server).await {
        return folder;
    }
    let _ = fs::remove_dir_all(&folder);
    let mut database_url = None;
    if let Some(server) = server {
        let name = template(server);
        let anew = ["DROP DATABASE IF EXISTS", "CREATE DATABASE"];
        say(server, &anew.map(|word| format!("{word} {name}"))).await;
        database_url = Some(address(server, &name));
    }
    let config = Config {
        data_dir: folder.clone(),
        database_url,
        ..Config::default()
    };
    // Another seed than the stories', whose ids would otherwise be those that are here already.
    let surroundings = Surroundings {
        clock: Arc::new(FixedClock::at(OPENED)),
        chance: Arc::new(SeededChance::new(6)),
    };
    let house = House::open(config, surroundings).await;
    let house = house.expect("the model house opens");
    house.spine.db().close().await;
    fs::write(ready, wanted).expect("a note");
    folder
}

/// Changes with the program under test and with the server.
fn edition(server: Option<&str>) -> u64 {
    let program = std::env::current_exe().expect("the program under test");
    let made = program.metadata().and_then(|about| about.modified());
    let mut hasher = DefaultHasher::new();
    (program, made.expect("its age"), server).hash(&mut hasher);
    hasher.finish()
}

fn template(server: &str) -> String {
    format!("baton_model_{:x}", edition(Some(server)))
}

/// A server that was made anew under its old address has none.
async fn has_template(server: Option<&str>) -> bool {
    let Some(server) = server else { return true };
    let mut connection = connect(server).await;
    let found = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(template(server))
        .fetch_optional(&mut connection);
    found.await.expect("an answer").is_some()
}

fn new_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut bytes = [0; 8];
    spine::Chance::fill(&spine::SystemChance, &mut bytes);
    format!("baton_test_{}_{number}", hex::encode(bytes))
}

fn address(server: &str, database: &str) -> String {
    let (server, _) = server.rsplit_once('/').expect("an address with a database");
    format!("{server}/{database}")
}

async fn say(server: &str, statements: &[String]) {
    let mut connection = connect(server).await;
    for statement in statements {
        connection
            .execute(sqlx::AssertSqlSafe(statement.clone()))
            .await
            .expect("a database");
    }
}

async fn connect(server: &str) -> sqlx::PgConnection {
    let connection = sqlx::PgConnection::connect(server).await;
    connection.expect("a PostgreSQL server")
}

fn copy_of(model: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(model, folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the model house") {
        let entry = entry.expect("a file of the model house");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("its kind").is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
