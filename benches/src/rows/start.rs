//! Start on full books, and memory of a server that waits 启动与内存.

use std::time::Duration;

use crate::Problem;
use crate::site::Site;
use crate::table::{Bar, Line};

const STARTS: usize = 11;

/// Starts the program some times; after the last start looks at its memory.
pub async fn measure(site: &Site) -> Result<Vec<Line>, Problem> {
    let mut times = Vec::new();
    let mut memory = (0, 0);
    for n in 0..STARTS {
        let server = site.place.serve().await?;
        times.push(server.started_in);
        if n + 1 == STARTS {
            // Jobs and the signer have run by then.
            tokio::time::sleep(Duration::from_secs(5)).await;
            memory = server.memory()?;
        }
        server.stop().await?;
    }
    let (all, anonymous) = memory;
    Ok(vec![
        Line::times(
            "start, to the first answer",
            Bar::P50(Duration::from_millis(300)),
            times,
            format!("{STARTS} starts of the process, /readyz"),
        ),
        Line {
            name: "idle memory (RSS)".to_owned(),
            bar: Bar::Bytes(80_000_000),
            figure: crate::table::Figure::Bytes(all),
            note: format!(
                "5 s after the start; {} MB without file pages",
                anonymous / 1_000_000
            ),
        },
    ])
}
