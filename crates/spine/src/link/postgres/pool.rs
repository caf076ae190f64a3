//! Connections to the server 连接池.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::{Config, NoTls};

use super::{Connection, Transaction};
use crate::Fault;
use crate::failure::FaultKind;

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long hanging up may take.
const FAREWELL: Duration = Duration::from_secs(5);

/// Connections to one database.
#[derive(Clone)]
pub(crate) struct Pool(Arc<Connections>);

struct Connections {
    config: Config,
    greeting: &'static [&'static str],
    size: u32,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Open>>,
}

/// A connection, and the task that carries what is said on it.
struct Open {
    connection: Connection,
    carrier: JoinHandle<()>,
}

/// A connection while somebody has it.
pub(in crate::link) struct Lease {
    open: Option<Open>,
    home: Arc<Connections>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Pool {
    /// Opens the first connection, so that what is wrong with the address is said now.
    pub(in crate::link) async fn open(
        url: &str,
        greeting: &'static [&'static str],
        size: u32,
    ) -> Result<Pool, Fault> {
        let mut config: Config = url.parse()?;
        config.connect_timeout(PATIENCE);
        // A server that is gone without a word is noticed.
        config.keepalives_idle(Duration::from_secs(60));
        config.keepalives_interval(Duration::from_secs(10));
        config.keepalives_retries(3);
        config.tcp_user_timeout(PATIENCE);
        let connections = Connections {
            config,
            greeting,
            size,
            permits: Arc::new(Semaphore::new(usize::try_from(size).unwrap_or(1))),
            idle: Mutex::default(),
        };
        let first = connections.connect().await?;
        connections.idle().push(first);
        Ok(Pool(Arc::new(connections)))
    }

    pub(in crate::link) async fn lease(&self) -> Result<Lease, Fault> {
        let permit = Arc::clone(&self.0.permits).acquire_owned();
        let permit = timeout(PATIENCE, permit)
            .await
            .map_err(|_| Fault::new("no connection became free").of_kind(FaultKind::Crowded))?
            .map_err(|_| Fault::new("the database was closed"))?;
        // The server may have hung up; the carrier of such a connection has seen it.
        let standing = self.0.standing();
        let open = match standing {
            Some(open) => open,
            None => self.0.connect().await?,
        };
        Ok(Lease {
            open: Some(open),
            home: Arc::clone(&self.0),
            permit: Some(permit),
        })
    }

    pub(in crate::link) async fn begin(&self, how: &str) -> Result<Transaction, Fault> {
        Transaction::begin(self.lease().await?, how).await
    }

    /// Waits for those who have a connection and hangs up all.
    pub(in crate::link) async fn close(&self) {
        // An error says that it is closed already.
        let Ok(all) = self.0.permits.acquire_many(self.0.size).await else {
            return;
        };
        self.0.permits.close();
        drop(all);
        let idle = std::mem::take(&mut *self.0.idle());
        for Open {
            connection,
            carrier,
        } in idle
        {
            drop(connection);
            // A server that is gone hears no farewell.
            let _ = timeout(FAREWELL, carrier).await;
        }
    }
}

impl Connections {
    async fn connect(&self) -> Result<Open, Fault> {
        let (client, carrying) = timeout(PATIENCE, self.config.connect(NoTls))
            .await
            .map_err(|_| Fault::new("it does not answer").of_kind(FaultKind::Lost))??;
        let carrier = tokio::spawn(async move {
            // Whoever waits for an answer is told the same.
            let _ = carrying.await;
        });
        let connection = Connection::new(client);
        for statement in self.greeting {
            connection.say(statement).await?;
        }
        Ok(Open {
            connection,
            carrier,
        })
    }

    fn standing(&self) -> Option<Open> {
        let mut idle = self.idle();
        while let Some(open) = idle.pop() {
            if !open.connection.client.is_closed() {
                return Some(open);
            }
        }
        None
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Open>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deref for Lease {
    type Target = Connection;

    #[expect(clippy::expect_used, reason = "taken by its drop only")]
    fn deref(&self) -> &Connection {
        &self
            .open
            .as_ref()
            .expect("a lease has its connection")
            .connection
    }
}

impl DerefMut for Lease {
    #[expect(clippy::expect_used, reason = "taken by its drop only")]
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self
            .open
            .as_mut()
            .expect("a lease has its connection")
            .connection
    }
}

impl Drop for Lease {
    /// Whoever is given the connection next does not wait for what was said before: it comes back
    /// when that is answered.
    fn drop(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        if !open.connection.busy {
            self.home.idle().push(open);
            return;
        }
        let (home, permit) = (Arc::clone(&self.home), self.permit.take());
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                if open.connection.say("").await.is_ok() {
                    open.connection.busy = false;
                    home.idle().push(open);
                }
                drop(permit);
            });
        }
    }
}
