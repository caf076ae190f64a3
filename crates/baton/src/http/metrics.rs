//! Figures for Prometheus 监控指标.

use prometheus::{Encoder as _, IntGauge, Registry, TextEncoder};
use spine::{MOST_ATTEMPTS, Query};

use crate::house::House;

/// The gauges this house shows.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    log_size: IntGauge,
    log_signed: IntGauge,
    jobs_waiting: IntGauge,
    jobs_failed: IntGauge,
    alerts_open: IntGauge,
    sessions_open: IntGauge,
}

impl Default for Metrics {
    /// Registers the gauges.
    fn default() -> Metrics {
        let registry = Registry::new();
        let gauge = |name: &str, help: &str| {
            // INVARIANT: the names below are valid and distinct, so neither call can fail.
            #[expect(clippy::expect_used, reason = "constant names")]
            let gauge = IntGauge::new(name, help).expect("a valid name");
            let _ = registry.register(Box::new(gauge.clone()));
            gauge
        };
        Metrics {
            log_size: gauge("baton_log_entries", "Entries in the evidence log"),
            log_signed: gauge(
                "baton_log_signed_entries",
                "Entries under the newest checkpoint",
            ),
            jobs_waiting: gauge("baton_jobs_waiting", "Jobs that are due and not done"),
            jobs_failed: gauge("baton_jobs_failed", "Jobs that failed for good"),
            alerts_open: gauge("baton_alerts_open", "Alerts that nobody has taken"),
            sessions_open: gauge("baton_sessions_open", "Sessions that have not ended"),
            registry: registry.clone(),
        }
    }
}

impl Metrics {
    /// Reads the figures and writes them in Prometheus' text form.
    pub(crate) async fn text(&self, house: &House) -> String {
        let now = house.spine.now();
        let mut jobs =
            Query::new("SELECT count(*) AS n FROM job WHERE done_at IS NULL AND run_at <= ");
        jobs.bind(now).push(" AND attempts < ").bind(MOST_ATTEMPTS);
        let mut failed =
            Query::new("SELECT count(*) AS n FROM job WHERE done_at IS NULL AND attempts >= ");
        failed.bind(MOST_ATTEMPTS);
        let alerts = Query::new("SELECT count(*) AS n FROM alert WHERE state = 'open'");
        let mut sessions = Query::new(
            "SELECT count(*) AS n FROM session WHERE ended_at IS NULL AND expires_at > ",
        );
        sessions.bind(now);
        let size = Query::new("SELECT size AS n FROM log_head WHERE id = 1");
        let signed = Query::new("SELECT coalesce(max(size), 0) AS n FROM log_checkpoint");
        for (gauge, query) in [
            (&self.log_size, size),
            (&self.log_signed, signed),
            (&self.jobs_waiting, jobs),
            (&self.jobs_failed, failed),
            (&self.alerts_open, alerts),
            (&self.sessions_open, sessions),
        ] {
            let (select, values) = query.select();
            let rows = house
                .spine
                .db()
                .read(&select, values)
                .await
                .unwrap_or_default();
            let figure = rows.first().and_then(|row| row.get::<i64>("n").ok());
            gauge.set(figure.unwrap_or(0));
        }
        let mut text = Vec::new();
        let _ = TextEncoder::new().encode(&self.registry.gather(), &mut text);
        String::from_utf8(text).unwrap_or_default()
    }
}
