//! What the proof adds to a transaction, and how long a proof takes 存证开销.

use std::time::{Duration, Instant};

use baton::customer::acts::follow_up::WriteFollowUp;
use baton::house::House;
use kernel::{FollowUpId, Moment};
use spine::By;
use tokio_postgres::{Client, NoTls};

use crate::Problem;
use crate::data::shape;
use crate::data::{Dice, PASSWORD, customer_id, employee_id};
use crate::http::Caller;
use crate::site::Site;
use crate::spans::Spans;
use crate::table::{Bar, Line, at, told};

const ACTS: u32 = 3_000;
const PROOFS: u32 = 2_000;

/// The acts that leave evidence.
const REAL: &str = "talk";

/// What is written in the customers' histories.
const TEXT: &str = "确认交期，下周寄样。";

/// The same act, its rehearsal, and the same statements without a proof, by turns.
#[derive(Default)]
struct Times {
    whole: Vec<Duration>,
    /// With the question about the end of the log beside it where statements travel.
    write: Vec<Duration>,
    append: Vec<Duration>,
    commit: Vec<Duration>,
    rehearsed: Vec<Duration>,
    bare: Vec<Duration>,
}

impl Times {
    /// What the proof adds. In the process of the database that is what the append takes. Where
    /// statements travel, the proof's go beside those of the act and with the commit, so what these
    /// take longer is added.
    fn added(&mut self, travels: bool) -> Vec<Duration> {
        if !travels {
            return std::mem::take(&mut self.append);
        }
        let (write, commit) = (median(&mut self.rehearsed), median(&mut self.bare));
        let each = self.append.iter().zip(&self.write).zip(&self.commit);
        each.map(|((append, wrote), committed)| {
            (*append + *wrote + *committed).saturating_sub(write + commit)
        })
        .collect()
    }

    /// The parts, at the median.
    fn told(&self) -> String {
        let part = |times: &[Duration]| told(median(&mut times.to_vec()));
        format!(
            "append {}, write {} beside {} rehearsed, commit {} beside {} bare",
            part(&self.append),
            part(&self.write),
            part(&self.rehearsed),
            part(&self.commit),
            part(&self.bare)
        )
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    at(times, 50)
}

/// A real act, many times, on a long log; then proofs of entries all over the log.
pub async fn measure(site: &Site, spans: &Spans) -> Result<Vec<Line>, Problem> {
    let house = site.house().await?;
    let mut times = by_turns(site, &house, spans).await?;
    eprintln!("{}", times.told());
    let added = times.added(site.place.database.is_some());
    let whole = times.whole;
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

/// Each act, and where statements travel what it takes without evidence.
async fn by_turns(site: &Site, house: &House, spans: &Spans) -> Result<Times, Problem> {
    let bare = match &site.place.database {
        Some(url) => Some(Bare::connect(url).await?),
        None => None,
    };
    let mut times = Times::default();
    let by = By::system("bench");
    for n in 0..ACTS {
        if bare.is_some() {
            // Like the rehearsal it comes to a server that has just worked for it.
            let act = follow_up(site, "before", n);
            house.spine.dry_run(&act, &by).await?;
        }
        let act = follow_up(site, REAL, n);
        for name in ["write", "append", "commit"] {
            spans.take(name);
        }
        let started = Instant::now();
        house.spine.perform(&act, &by, None).await?;
        times.whole.push(started.elapsed());
        times.write.extend(spans.take("write"));
        times.append.extend(spans.take("append"));
        times.commit.extend(spans.take("commit"));
        if let Some(bare) = &bare {
            let act = follow_up(site, "rehearsed", n);
            house.spine.dry_run(&act, &by).await?;
            times.rehearsed.extend(spans.take("write"));
            times.bare.push(bare.commit(site, n).await?);
        }
    }
    if let Some(bare) = &bare {
        bare.undo().await?;
    }
    Ok(times)
}

fn follow_up(site: &Site, of: &str, n: u32) -> WriteFollowUp {
    // Never the same as of the real acts: what is written beside these is taken back.
    let customer = Dice::new(site.shape.seed, of, n).below(site.shape.customers / 2) * 2;
    let customer = customer + u32::from(of != REAL);
    WriteFollowUp {
        customer: customer_id(site.shape, customer),
        opportunity: None,
        author: employee_id(site.shape, shape::seller(n % shape::SELLERS)),
        kind: "call".to_owned(),
        text: TEXT.to_owned(),
        next_on: None,
    }
}

/// A connection past the program: the statements of the act, and no proof.
struct Bare {
    client: Client,
}

impl Bare {
    async fn connect(url: &str) -> Result<Bare, Problem> {
        let (client, carrying) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(carrying);
        let before = "CREATE TEMPORARY TABLE before AS \
            SELECT id, last_follow_up_on FROM customer WHERE false";
        client.batch_execute(before).await?;
        Ok(Bare { client })
    }

    /// Takes back what has no evidence: the audit of the rows comes after this.
    async fn undo(&self) -> Result<(), Problem> {
        let undo = "DELETE FROM customer_follow_up WHERE at = 1; \
            UPDATE customer SET last_follow_up_on = b.last_follow_up_on FROM before AS b \
            WHERE b.id = customer.id";
        Ok(self.client.batch_execute(undo).await?)
    }

    /// How long the commit takes.
    async fn commit(&self, site: &Site, n: u32) -> Result<Duration, Problem> {
        let act = follow_up(site, "bare", n);
        let (customer, author) = (act.customer.to_string(), act.author.to_string());
        let mut dice = [0; 10];
        dice[..4].copy_from_slice(&n.to_be_bytes());
        let id = FollowUpId::mint(Moment(1), dice).to_string();
        let before = "INSERT INTO before SELECT id, last_follow_up_on FROM customer WHERE id = $1 \
            AND NOT EXISTS (SELECT 1 FROM before b WHERE b.id = customer.id)";
        self.client.execute(before, &[&customer]).await?;
        self.client.batch_execute("BEGIN").await?;
        let duty = "UPDATE customer_follow_up SET duty_id = NULL \
            WHERE customer_id = $1 AND duty_id = $2";
        self.client.execute(duty, &[&customer, &author]).await?;
        let add = "INSERT INTO customer_follow_up \
            (id, customer_id, author_id, at, kind, text) VALUES ($1, $2, $3, 1, 'call', $4)";
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
            [&id, &customer, &author, &TEXT];
        self.client.execute(add, &values).await?;
        let touch = "UPDATE customer SET last_follow_up_on = CAST(current_date AS TEXT) \
            WHERE id = $1 AND (last_follow_up_on IS NULL \
            OR last_follow_up_on < CAST(current_date AS TEXT))";
        self.client.execute(touch, &[&customer]).await?;
        let started = Instant::now();
        self.client.batch_execute("COMMIT").await?;
        Ok(started.elapsed())
    }
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
