//! How long the spine's own spans took 计时.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::span::{Attributes, Id};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// How long each span took since it was last asked for, from inside `perform`.
#[derive(Clone, Default)]
pub struct Spans(Arc<Mutex<HashMap<&'static str, Vec<Duration>>>>);

impl Spans {
    /// Takes out what is there of this name.
    pub fn take(&self, name: &str) -> Vec<Duration> {
        let mut spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spans.remove(name).unwrap_or_default()
    }
}

struct Began(Instant);

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, _: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(Began(Instant::now()));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else {
            return;
        };
        if let Some(Began(began)) = span.extensions().get::<Began>() {
            let took = began.elapsed();
            let mut spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            spans.entry(span.name()).or_default().push(took);
        }
    }
}

/// Listens from now on to what an act writes, to what its proof takes and to the commit.
pub fn watch() -> Spans {
    let spans = Spans::default();
    let filter = "off,spine[write]=debug,spine[append]=debug,spine[commit]=debug";
    let listening = Registry::default()
        .with(EnvFilter::new(filter))
        .with(spans.clone());
    let _ = tracing::subscriber::set_global_default(listening);
    spans
}
