//! The running house: spine, keys, configuration, and what works in the background 运行环境.

pub(crate) mod books;

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ::evidence::audit::AuditReport;
use access::Policy;
use spine::{
    By, Chance, Clock, Fault, Gate, LogKey, Signing, SmReport, SmSigning, Spine, SpineParts,
    SystemChance, SystemClock,
};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use verifier::why;

use crate::approval::ApprovalGate;
use crate::config::Config;
use crate::customer::KnownWords;
use crate::evidence::stamps::Stamps;
use crate::evidence::witnesses::Witnesses;
use crate::heartbeat::Heartbeat;
use crate::http::Metrics;
use crate::import::AtWork;
use crate::signing::Vault;
use crate::{approval, background, departure, document, evidence, people, registry};

/// Everything a request handler needs; cheap to clone.
#[derive(Clone)]
pub struct House {
    /// The one way to read and change the books.
    pub spine: Spine,
    /// The configuration in force.
    pub config: Arc<Config>,
    /// Signs the log.
    pub signing: Arc<Signing>,
    /// The second log with SM3 and SM2, where one is kept.
    pub second: Option<Arc<SmSigning>>,
    /// Seals codes and the company's signing keys.
    pub vault: Arc<Vault>,
    /// Those who watch the log from outside.
    pub witnesses: Arc<Witnesses>,
    /// Whom it asks for the time, and whom it believes.
    pub stamps: Arc<Stamps>,
    /// Counts requests and entries.
    pub metrics: Metrics,
    /// Imports this server is at work on.
    pub imports: AtWork,
    /// How frequent the words are that customers were looked for by.
    pub words: KnownWords,
    /// Whether the background works.
    pub heartbeat: Heartbeat,
    /// Held as long as the house is open, so that nobody restores a backup under it.
    _lock: Arc<File>,
}

/// The file in the data folder that an open house holds a shared lock on, and a restore its own.
const LOCK: &str = "baton.lock";

/// Makes the data folder where there is none.
///
/// # Errors
/// [`Fault`] that names it.
pub(crate) fn make_folder(data_dir: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(data_dir).map_err(|error| {
        Fault::new(format!(
            "数据目录 {}（data_dir，BATON_DATA_DIR）不能使用：{}",
            data_dir.display(),
            why(&error)
        ))
    })
}

/// Takes part in the use of a data folder.
///
/// # Errors
/// [`Fault`] while a restore is under way in it.
pub(crate) fn lock_folder(data_dir: &Path) -> Result<File, Fault> {
    let path = data_dir.join(LOCK);
    let broken = |error: &str| Fault::new(format!("{}：{error}", path.display()));
    let mut options = File::options();
    let file = options.create(true).append(true).open(&path);
    let file = file.map_err(|error| broken(&why(&error)))?;
    match file.try_lock_shared() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(broken(
            "正在恢复备份，请等恢复结束后再试。A restore is under way in this folder; try again when \
             it has ended.",
        )),
        Err(TryLockError::Error(error)) => Err(broken(&why(&error))),
    }
}

/// Has a data folder to itself; nothing while anybody else is in it.
///
/// # Errors
/// What the file system says.
pub(crate) fn lock_folder_alone(data_dir: &Path) -> std::io::Result<Option<File>> {
    let mut options = File::options();
    let file = options
        .create(true)
        .append(true)
        .open(data_dir.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// What differs between a real house and one under test.
pub struct Surroundings {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Rolls dice.
    pub chance: Arc<dyn Chance>,
}

impl Default for Surroundings {
    fn default() -> Surroundings {
        Surroundings {
            clock: Arc::new(SystemClock),
            chance: Arc::new(SystemChance),
        }
    }
}

impl House {
    /// The company's name on screens, certificates and bundles: as it is configured, else the name
    /// of its first legal entity; before there is one, the product's.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn company(&self) -> Result<String, Fault> {
        if !self.config.company.is_empty() {
            return Ok(self.config.company.clone());
        }
        let system = By::system("house");
        let mut look = self.spine.look(&system).await?;
        let first = people::store::first_entity(&mut look.books()).await?;
        Ok(first.unwrap_or_else(|| "接棒".to_owned()))
    }

    /// Opens the data folder and the books, brings the schema up to date, finds or makes the log
    /// key.
    ///
    /// # Errors
    /// [`Fault`] when the folder, the database or the key cannot be used; says which.
    pub async fn open(config: Config, surroundings: Surroundings) -> Result<House, Fault> {
        House::open_behind(
            config,
            surroundings,
            Arc::new(ApprovalGate::of_the_house(policy()?)),
        )
        .await
    }

    /// As [`House::open`], behind another gate.
    ///
    /// # Errors
    /// As [`House::open`].
    pub async fn open_behind(
        config: Config,
        surroundings: Surroundings,
        gate: Arc<dyn Gate>,
    ) -> Result<House, Fault> {
        make_folder(&config.data_dir)?;
        let lock = Arc::new(lock_folder(&config.data_dir)?);
        let heartbeat = Heartbeat::starting(surroundings.clock.now());
        let (spine, key) = bare(&config, &surroundings, gate).await?;
        let signing = Arc::new(Signing::new(spine.clone(), key, &config.data_dir));
        signing.last().map_err(|fault| forgotten(&fault))?;
        approval::install(&spine)
            .await
            .map_err(|failure| broken("flows", &failure))?;
        departure::jobs::put_back(&spine)
            .await
            .map_err(|failure| broken("departures", &failure))?;
        document::open(&spine, &config.data_dir).await?;
        let vault = Arc::new(Vault::open(&config)?);
        let witnesses = Arc::new(Witnesses::open(&config)?);
        let stamps = Arc::new(Stamps::open(&config)?);
        let second = second(&config, &spine, signing.key(), &*surroundings.chance)?;
        Ok(House {
            spine,
            config: Arc::new(config),
            signing,
            second,
            vault,
            witnesses,
            stamps,
            metrics: Metrics::default(),
            imports: AtWork::default(),
            words: KnownWords::default(),
            heartbeat,
            _lock: lock,
        })
    }

    /// Computes the whole evidence log anew and compares it with what is stored, signed, and
    /// remembered outside the database.
    ///
    /// # Errors
    /// [`Fault`] when the database or the state file cannot be read.
    pub async fn audit(&self) -> Result<AuditReport, Fault> {
        let anchor = self.signing.last()?;
        self.spine.audit(&self.signing.key().trust(), anchor).await
    }

    /// The same of the second log; nothing where none is kept.
    ///
    /// # Errors
    /// As [`House::audit`].
    pub async fn audit_second(&self) -> Result<Option<SmReport>, Fault> {
        match &self.second {
            Some(second) => second.audit().await.map(Some),
            None => Ok(None),
        }
    }

    /// Starts what works beside the requests: signing checkpoints, running jobs,
    /// raising alerts.
    #[must_use]
    pub fn start_background(&self) -> Background {
        let (stop, stopped) = watch::channel(false);
        macro_rules! repeat {
            ($pause:expr, $work:path) => {{
                let (house, stopped) = (self.clone(), stopped.clone());
                tokio::spawn(async move { every($pause, stopped, || $work(&house)).await })
            }};
        }
        let tasks = vec![
            repeat!(Duration::from_secs(1), background::sign),
            repeat!(Duration::from_millis(500), background::run_jobs),
            repeat!(Duration::from_secs(60), background::follow_departures),
            repeat!(Duration::from_secs(2), background::alert),
            repeat!(Duration::from_secs(1), background::ask_witnesses),
            repeat!(Duration::from_secs(60), background::stamp),
            repeat!(Duration::from_secs(60), background::follow_second),
            repeat!(Duration::from_secs(60), background::look_back),
            repeat!(Duration::from_secs(600), background::clear),
        ];
        Background { stop, tasks }
    }
}

/// The second log, when the configuration wants one.
fn second(
    config: &Config,
    spine: &Spine,
    key: &LogKey,
    chance: &dyn Chance,
) -> Result<Option<Arc<SmSigning>>, Fault> {
    if !config.sm_log {
        return Ok(None);
    }
    let second = SmSigning::open(spine.clone(), key.origin(), &config.data_dir, chance)?;
    Ok(Some(Arc::new(second)))
}

/// Without its memory the signer could not tell a log that was cut short or rewritten, and would
/// never sign again: nobody is to work on without knowing it.
fn forgotten(fault: &Fault) -> Fault {
    Fault::new(format!(
        "{fault}。这个文件记着日志最后签到哪里，现在读不出来，接棒无法再签名，因此没有启动：\
         请把另存的最新一份 state/checkpoint.json 拷回（见 docs/operations.md「恢复」），不要删掉了事，\
         否则日志被截短或改写也看不出来。The signer's memory cannot be read, and nothing was started: \
         put its newest copy there (docs/operations.md, Recovery). Do not just delete it, or \
         nobody could tell any more whether the log was cut short or rewritten."
    ))
}

fn broken(what: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("{what}: {error}"))
}

/// The spine over these books and the key of their log, before anything is installed in them: the
/// first entry may still be written.
pub(crate) async fn bare(
    config: &Config,
    surroundings: &Surroundings,
    gate: Arc<dyn Gate>,
) -> Result<(Spine, LogKey), Fault> {
    make_folder(&config.data_dir)?;
    let db = books::open(config).await?;
    books::migrate(&db, config, surroundings.clock.now()).await?;
    books::must_have_the_key(&db, &config.data_dir).await?;
    // What is wrong with the log an audit tells; it keeps nobody from his work.
    if let Err(error) = db.settle_log().await {
        tracing::error!(%error, "the register of the log could not be kept");
    }
    let zone = config.zone().map_err(|error| broken("time_zone", &error))?;
    let key = LogKey::open(&config.data_dir, &config.tenant, &*surroundings.chance)?;
    let _ = std::fs::remove_file(config.data_dir.join(books::NEW_LOG));
    let spine = Spine::new(SpineParts {
        db,
        policy: policy()?,
        gate,
        clock: Arc::clone(&surroundings.clock),
        chance: Arc::clone(&surroundings.chance),
        zone,
        tenant: config.tenant.clone(),
    })
    .noting(evidence::deep::RULES);
    Ok((spine, key))
}

/// The rules of access as they are shipped.
fn policy() -> Result<Arc<Policy>, Fault> {
    let policy = registry::policy().map_err(|refusal| Fault::new(format!("roles: {refusal}")))?;
    Ok(Arc::new(policy))
}

async fn every<F, Fut>(pause: Duration, mut stopped: watch::Receiver<bool>, work: F)
where
    F: Fn() -> Fut,
    Fut: Future<Output = ()>,
{
    while !*stopped.borrow() {
        work().await;
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// The tasks in the background.
pub struct Background {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Background {
    /// Lets them finish what they have in hand.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a background task ended badly");
            }
        }
    }
}
