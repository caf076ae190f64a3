//! A connection on which many ask at once, each one question 旁路查询.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::TryStreamExt as _;
use tokio_postgres::{Client, Statement};

use super::pool::Pool;
use super::{Bound, columns, each_alone, kind, taken};
use crate::link::Asked;
use crate::link::arrays::Argument;
use crate::row::Row;
use crate::{Binds, Fault};

/// Asks one and the same statement beside whatever else is said to the server. Nobody has the
/// connection for himself: what is asked is sent, and its answer comes when it is its turn.
#[derive(Clone)]
pub(crate) struct Beside {
    pool: Pool,
    text: &'static str,
    open: Arc<Mutex<Open>>,
}

enum Open {
    Not,
    Soon,
    Yes(Arc<Client>, Statement),
}

impl Beside {
    pub(crate) fn new(pool: &Pool, text: &'static str) -> Beside {
        Beside {
            pool: pool.clone(),
            text,
            open: Arc::new(Mutex::new(Open::Not)),
        }
    }

    /// The answer to come; nothing while the connection is not there, which is being opened then.
    pub(crate) fn ask(&self, binds: Binds) -> Option<Asked> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match &*open {
            Open::Yes(client, statement) if !client.is_closed() => {
                let (client, statement) = (Arc::clone(client), statement.clone());
                Some(Box::pin(answered(client, statement, each_alone(binds))))
            }
            Open::Soon => None,
            Open::Not | Open::Yes(..) => {
                *open = Open::Soon;
                let (beside, kinds) = (self.clone(), each_alone(binds));
                let kinds: Vec<_> = kinds.iter().map(kind).collect();
                tokio::spawn(async move {
                    let client = beside.pool.connect_apart().await;
                    let ready = match client {
                        Ok(client) => client
                            .prepare_typed(beside.text, &kinds)
                            .await
                            .map(|statement| Open::Yes(Arc::new(client), statement))
                            .map_err(Fault::from),
                        Err(fault) => Err(fault),
                    };
                    let ready = ready.unwrap_or_else(|fault| {
                        tracing::debug!(%fault, "no connection to ask beside others");
                        Open::Not
                    });
                    *beside.open.lock().unwrap_or_else(PoisonError::into_inner) = ready;
                });
                None
            }
        }
    }

    /// Hangs up.
    pub(crate) fn close(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Open::Soon;
    }
}

pub(super) async fn answered(
    client: Arc<Client>,
    statement: Statement,
    arguments: Vec<Argument>,
) -> Result<Vec<Row>, Fault> {
    let rows = client.query_raw(&statement, arguments.iter().map(Bound));
    let rows: Vec<tokio_postgres::Row> = rows.await?.try_collect().await?;
    let names = rows.first().map(|row| columns(row.columns()));
    let names = names.unwrap_or_default();
    rows.iter().map(|row| taken(row, &names)).collect()
}
