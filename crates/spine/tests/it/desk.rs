//! A spine with a noun of its own to play with: jars into which coins are put.

use std::path::Path;
use std::sync::Arc;

use access::{
    Actor, InHandover, Mode, Need, Permission, PermissionSpec, Policy, Role, Scope, Target,
};
use jiff::tz::TimeZone;
use kernel::{EmployeeId, LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{
    Act, AnyAct, By, CHUNKS, COSIGNATURES, Change, Db, DbSettings, Failure, FixedClock, LEAN_LOG,
    LogKey, Migration, ONE_ROW, OpenGate, Reader, Record, SCHEMA, STAMPS, SeededChance, Select,
    Signing, Spine, SpineParts, SystemChance, Writer, binds,
};

pub const PUT: Permission = Permission("jar.put");
pub const NOON: Moment = Moment(1_795_334_400_000);

const JARS: Migration = Migration {
    version: 2,
    name: "jars",
    text: "CREATE TABLE jar (name TEXT PRIMARY KEY, coins BIGINT NOT NULL);\n\
           CREATE TABLE coin (name TEXT NOT NULL, coin TEXT NOT NULL, PRIMARY KEY (name, coin));\n\
           {APPEND_ONLY coin};\n",
};

/// Puts a coin into a jar; a jar holds ten thousand. A coin called `bad…` is refused.
#[derive(Debug, Serialize, Deserialize)]
pub struct Put {
    pub jar: String,
    pub coin: String,
    /// Puts the same coin into this jar too, as a part of the act.
    pub also: Option<String>,
}

impl Put {
    pub fn of(jar: &str, coin: &str) -> Put {
        Put {
            jar: jar.to_owned(),
            coin: coin.to_owned(),
            also: None,
        }
    }
}

impl Act for Put {
    const NAME: &'static str = "jar.put";
    type Facts = i64;
    type Outcome = i64;

    fn guards(&self) -> Vec<String> {
        let mut guards = vec![format!("jar/{}", self.jar)];
        guards.extend(self.also.iter().map(|jar| format!("jar/{jar}")));
        guards
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<i64, Failure> {
        const COINS: Select = Select::new("SELECT coins FROM jar WHERE name = $1");
        let row = books.first(&COINS, binds![self.jar.as_str()]).await?;
        Ok(row.map_or(Ok(0), |row| row.get("coins"))?)
    }

    fn needs(&self, _: &i64) -> Need {
        Need::on(
            PUT,
            Target {
                owner: owner_of(&self.jar),
                ..Target::default()
            },
        )
    }

    fn decide(&self, coins: &i64, _: Moment) -> Result<i64, Refusal> {
        if self.coin.starts_with("bad") {
            return Err(Refusal::conflict(
                "jar.bad_coin",
                "这枚硬币是假的",
                "A bad coin",
            ));
        }
        Ok(coins + 1)
    }

    async fn write(&self, _: &i64, coins: &i64, books: &mut Writer<'_>) -> Result<(), Failure> {
        const JAR: Change = Change::new(
            "INSERT INTO jar (name, coins) VALUES ($1, $2) \
             ON CONFLICT (name) DO UPDATE SET coins = $3",
        );
        const COIN: Change = Change::new("INSERT INTO coin (name, coin) VALUES ($1, $2)");
        books
            .run(&JAR, binds![self.jar.as_str(), *coins, *coins])
            .await?;
        books
            .run(&COIN, binds![self.jar.as_str(), self.coin.as_str()])
            .await?;
        Ok(())
    }

    fn record(&self, before: &i64, after: &i64) -> Record {
        Record::of(
            format!("jar/{}", self.jar),
            format!("放入硬币{}", self.coin),
            "A coin",
        )
        .detail(serde_json::json!({ "before": before, "after": after, "coin": self.coin }))
    }

    fn then(&self, _: &i64, _: &i64) -> Vec<Box<dyn AnyAct>> {
        let part = self
            .also
            .iter()
            .map(|jar| Box::new(Put::of(jar, &self.coin)) as Box<dyn AnyAct>);
        part.collect()
    }
}

/// Jars called `mine…` belong to the employee of [`somebody`].
fn owner_of(jar: &str) -> Option<EmployeeId> {
    jar.starts_with("mine")
        .then(|| EmployeeId::mint(Moment(1), [1; 10]))
}

pub fn somebody() -> By {
    let actor = Actor {
        login: LoginId::mint(Moment(1), [1; 10]),
        employee: Some(EmployeeId::mint(Moment(1), [1; 10])),
        department: None,
        departments_below: Vec::new(),
        roles: vec!["owner".to_owned()],
        mode: Mode::Normal,
    };
    By::person(actor, "password", "")
}

fn policy() -> Policy {
    let permission = PermissionSpec {
        permission: PUT,
        zh: "放硬币",
        en: "Put coins",
        business: true,
        in_handover: InHandover::OwnOnly,
    };
    let owner = Role {
        key: "owner".to_owned(),
        zh: "主人".to_owned(),
        en: "Owner".to_owned(),
        grants: [(PUT, Scope::Own)].into(),
        ..Role::default()
    };
    Policy::new([permission], [owner]).unwrap()
}

/// All steps of the schema.
pub const STEPS: &[Migration] = &[
    SCHEMA,
    JARS,
    CHUNKS,
    COSIGNATURES,
    STAMPS,
    LEAN_LOG,
    ONE_ROW,
];

/// The database at this address, as it is.
pub async fn database(url: &str) -> Db {
    let settings = DbSettings {
        url: url.to_owned(),
        readers: 4,
        writers: 60,
    };
    Db::open(&settings).await.unwrap()
}

/// A spine on these books. The clock stands at noon; chance is the machine's, since children of the
/// crash test must not repeat one another.
pub async fn spine(url: &str, repeatable: bool) -> Spine {
    let db = database(url).await;
    db.migrate(STEPS, NOON).await.unwrap();
    Spine::new(SpineParts {
        db,
        policy: Arc::new(policy()),
        gate: Arc::new(OpenGate),
        clock: Arc::new(FixedClock::at(NOON)),
        chance: if repeatable {
            Arc::new(SeededChance::new(7))
        } else {
            Arc::new(SystemChance)
        },
        zone: TimeZone::UTC,
        tenant: "jars.example".to_owned(),
    })
}

pub fn signing(spine: &Spine, folder: &Path) -> Signing {
    let key = LogKey::open(folder, "jars.example", &SystemChance).unwrap();
    Signing::new(spine.clone(), key, folder)
}

pub async fn count(spine: &Spine, select: &'static str) -> i64 {
    spine
        .db()
        .read(&Select::new(select), Vec::new())
        .await
        .unwrap()[0]
        .get("n")
        .unwrap()
}

/// The address of a SQLite file in this folder.
pub fn sqlite(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("books.db").display())
}

/// A fresh PostgreSQL database, or `None` (said plainly) where no cluster is at hand.
pub async fn postgres() -> Option<String> {
    let Ok(base) = std::env::var("BATON_TEST_POSTGRES") else {
        println!("skipped: BATON_TEST_POSTGRES is not set");
        return None;
    };
    let mut dice = [0; 8];
    spine::Chance::fill(&SystemChance, &mut dice);
    let name = format!("spine_{}", hex::encode(dice));
    let statement = format!("CREATE DATABASE {name}");
    crate::raw::run(&base, &statement).await.unwrap();
    let (server, _) = base.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

/// Runs one story on SQLite and on PostgreSQL, each under a name of its own.
#[macro_export]
macro_rules! on_both {
    ($name:ident, $story:path) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let folder = tempfile::tempdir().unwrap();
                $story(&$crate::desk::sqlite(folder.path()), folder.path()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let folder = tempfile::tempdir().unwrap();
                if let Some(url) = $crate::desk::postgres().await {
                    $story(&url, folder.path()).await;
                }
            }
        }
    };
}
