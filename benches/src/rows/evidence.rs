//! What the proof adds to a transaction, and how long a proof takes 存证开销.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use baton::customer::acts::follow_up::WriteFollowUp;
use spine::By;
use tracing::span::{Attributes, Id};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::Problem;
use crate::data::shape;
use crate::data::{Dice, PASSWORD, customer_id, employee_id};
use crate::http::Caller;
use crate::site::Site;
use crate::table::{Bar, Line};

const ACTS: u32 = 3_000;
const PROOFS: u32 = 2_000;

/// How long each append took, from inside `perform`.
#[derive(Clone, Default)]
pub struct Appends(Arc<Mutex<Vec<Duration>>>);

impl Appends {
    fn take(&self) -> Vec<Duration> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Began(Instant);

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Appends {
    fn on_new_span(&self, _: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(Began(Instant::now()));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id).filter(|span| span.name() == "append") else {
            return;
        };
        if let Some(Began(began)) = span.extensions().get::<Began>() {
            let took = began.elapsed();
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(took);
        }
    }
}

/// Listens to the spine's own spans from now on.
pub fn watch_appends() -> Appends {
    let appends = Appends::default();
    let listening = Registry::default()
        .with(EnvFilter::new("off,spine[append]=debug"))
        .with(appends.clone());
    let _ = tracing::subscriber::set_global_default(listening);
    appends
}

/// A real act, many times, on a long log; then proofs of entries all over the log.
pub async fn measure(site: &Site, appends: &Appends) -> Result<Vec<Line>, Problem> {
    let house = site.house().await?;
    appends.take();
    let mut whole = Vec::new();
    for n in 0..ACTS {
        let customer = Dice::new(site.shape.seed, "talk", n).below(site.shape.customers);
        let act = WriteFollowUp {
            customer: customer_id(site.shape, customer),
            opportunity: None,
            author: employee_id(site.shape, shape::seller(n % shape::SELLERS)),
            kind: "call".to_owned(),
            text: "确认交期，下周寄样。".to_owned(),
            next_on: None,
        };
        let started = Instant::now();
        house
            .spine
            .perform(&act, &By::system("bench"), None)
            .await?;
        whole.push(started.elapsed());
    }
    let added = appends.take();
    house.signing.sign_if_grown().await?;
    let mut proofs = Vec::new();
    for n in 0..PROOFS {
        let index = Dice::new(site.shape.seed, "proof", n).below(site.entries);
        let started = Instant::now();
        let proof = house.spine.proof_of(index.into()).await?;
        proofs.push(started.elapsed());
        proof.ok_or("an entry without proof")?;
    }
    house.spine.db().close().await;
    let asked = over_http(site).await?;
    let size = site.entries;
    Ok(vec![
        Line::times(
            "evidence added to a transaction",
            Bar::P50(Duration::from_micros(50)),
            added,
            format!("inside perform, {ACTS} × customer.follow_up on a log of {size}"),
        ),
        Line::times(
            "the whole transaction",
            Bar::Open,
            whole,
            "with its commit".to_owned(),
        ),
        Line::times(
            "proof of an entry",
            Bar::P50(Duration::from_millis(1)),
            proofs,
            format!("{PROOFS} entries all over a log of {size}"),
        ),
        Line::times(
            "proof over HTTP",
            Bar::Open,
            asked,
            "as the screen fetches it".to_owned(),
        ),
    ])
}

async fn over_http(site: &Site) -> Result<Vec<Duration>, Problem> {
    let server = site.place.serve().await?;
    let number = shape::number(shape::AUDITOR);
    let mut auditor = Caller::sign_in(&server.address, &number, PASSWORD).await?;
    let mut times = Vec::new();
    for n in 0..PROOFS / 4 {
        let index = Dice::new(site.shape.seed, "asked", n).below(site.entries);
        times.push(
            auditor
                .get(&format!("/api/v1/evidence/{index}/proof"))
                .await?
                .took,
        );
    }
    server.stop().await?;
    Ok(times)
}
