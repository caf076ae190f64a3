//! A house that was just opened, made once for all stories: migrating the books and installing the
//! processes takes longer than most stories.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::io;
use std::path::Path;
use std::sync::Arc;

use baton::config::Config;
use baton::house::{House, Surroundings};
use kernel::Moment;
use spine::{FixedClock, SeededChance};
use tempfile::TempDir;
use tokio_postgres::{Client, Error, NoTls};

/// When the model house was opened: before any story begins, Friday, 20 November 2026.
const OPENED: Moment = Moment(1_795_161_600_000);

/// The file in a model house that names its PostgreSQL database.
const TEMPLATE: &str = "template";

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
        Fresh::copied(None).await
    }

    /// A house with a PostgreSQL database; none when there is no server to test on.
    pub(crate) async fn on_postgres() -> Option<Fresh> {
        Some(Fresh::copied(Some(&server()?)).await)
    }

    /// A copy of the model. Each test is a process of its own, and whoever comes first makes it;
    /// nobody sees half a model, because it gets its name when it is whole.
    async fn copied(server: Option<&str>) -> Fresh {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("model-houses");
        fs::create_dir_all(&home).expect("a folder for the model houses");
        let lock = File::create(home.join("lock")).expect("a lock");
        let model = home.join(name_of(server));
        loop {
            lock.lock_shared().expect("the lock");
            if model.exists()
                && let Some(fresh) = copy_of(&model, server).await
            {
                return fresh;
            }
            lock.unlock().expect("the lock");
            lock.lock().expect("the lock, alone");
            make(&home, &model, server).await;
            lock.unlock().expect("the lock");
        }
    }
}

/// The address of an empty PostgreSQL database; none when there is no server to test on.
pub(crate) async fn empty_postgres() -> Option<String> {
    let server = server()?;
    let name = new_name();
    let made = say(&server, &format!("CREATE DATABASE {name}")).await;
    made.expect("a database");
    Some(address(&server, &name))
}

fn server() -> Option<String> {
    std::env::var("BATON_TEST_POSTGRES").ok()
}

/// Changes with the program under test, which holds the migrations and the processes, and with the
/// server: no model outlives what it was made of.
fn name_of(server: Option<&str>) -> String {
    let program = std::env::current_exe().expect("the program under test");
    let about = program.metadata().expect("what is known of it");
    let mut hasher = DefaultHasher::new();
    (about.modified().expect("its age"), about.len()).hash(&mut hasher);
    (program, server).hash(&mut hasher);
    let kind = if server.is_some() {
        "postgres"
    } else {
        "sqlite"
    };
    format!("{kind}-{:016x}", hasher.finish())
}

/// Opens a house, closes it, and gives its folder the name of the model. Others that wanted to make
/// it may have done so while this one waited.
async fn make(home: &Path, model: &Path, server: Option<&str>) {
    if model.exists() && stands(model, server).await {
        return;
    }
    clear(home, model);
    let kind = kind_of(model).expect("a model house");
    let folder = tempfile::Builder::new()
        .prefix(&format!("{kind}-making-"))
        .tempdir_in(home)
        .expect("a folder");
    let mut database_url = None;
    if let Some(server) = server {
        let name = new_name();
        let made = say(server, &format!("CREATE DATABASE {name}")).await;
        made.expect("a database");
        database_url = Some(address(server, &name));
        fs::write(folder.path().join(TEMPLATE), name).expect("a note");
    }
    let config = Config {
        data_dir: folder.path().to_owned(),
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
    fs::rename(folder.keep(), model).expect("the model in its place");
}

/// Whether the database of the model is still there: a server may be made anew.
async fn stands(model: &Path, server: Option<&str>) -> bool {
    let Some(server) = server else { return true };
    let (client, name) = (connect(server).await, template_of(model));
    let text = "SELECT 1 FROM pg_database WHERE datname = $1";
    let found = client.query_opt(text, &[&name]).await;
    found.expect("an answer").is_some()
}

/// Takes away what was made by programs that are no more, for the same kind of database.
fn clear(home: &Path, model: &Path) {
    for entry in fs::read_dir(home).expect("the model houses") {
        let path = entry.expect("a model house").path();
        if kind_of(&path) == kind_of(model) {
            fs::remove_dir_all(path).expect("an old model taken away");
        }
    }
}

fn kind_of(model: &Path) -> Option<&str> {
    let name = model.file_name()?.to_str()?;
    Some(name.split_once('-')?.0)
}

/// A copy of the model; none when its database is gone.
async fn copy_of(model: &Path, server: Option<&str>) -> Option<Fresh> {
    let mut database_url = None;
    if let Some(server) = server {
        let name = new_name();
        // Its files as they are: page by page through the log of the server takes longer.
        let template = template_of(model);
        let copy = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
        if let Err(error) = say(server, &copy).await {
            let code = error.code().map(|state| state.code());
            assert_eq!(code, Some("3D000"), "{error}");
            return None;
        }
        database_url = Some(address(server, &name));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(model, folder.path()).expect("a copy of the model");
    Some(Fresh {
        folder,
        database_url,
    })
}

fn template_of(model: &Path) -> String {
    fs::read_to_string(model.join(TEMPLATE)).expect("the name of its database")
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else if entry.file_name() != TEMPLATE {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn new_name() -> String {
    let mut bytes = [0; 8];
    spine::Chance::fill(&spine::SystemChance, &mut bytes);
    format!("baton_test_{}", hex::encode(bytes))
}

fn address(server: &str, database: &str) -> String {
    let (server, _) = server.rsplit_once('/').expect("an address with a database");
    format!("{server}/{database}")
}

async fn say(server: &str, statement: &str) -> Result<(), Error> {
    connect(server).await.batch_execute(statement).await
}

/// A connection past the program.
pub(crate) async fn connect(server: &str) -> Client {
    let connected = tokio_postgres::connect(server, NoTls).await;
    let (client, carrying) = connected.expect("a PostgreSQL server");
    tokio::spawn(carrying);
    client
}
