//! The figures as a table 结果表.

use std::time::Duration;

/// What a bar asks of a row.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// Half of the measurements take no longer.
    P50(Duration),
    /// Ninety-nine of a hundred take no longer.
    P99(Duration),
    /// No more than so many bytes.
    Bytes(u64),
    /// Nothing is promised; the figure helps to understand the others.
    Open,
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was measured.
    pub name: String,
    /// What is promised.
    pub bar: Bar,
    /// What was measured.
    pub figure: Figure,
    /// How often, on how much, and what else helps to read the figure.
    pub note: String,
}

/// A measured figure.
#[derive(Clone, Debug)]
pub enum Figure {
    /// Times in ascending order, at least one.
    Times(Vec<Duration>),
    /// Bytes.
    Bytes(u64),
    /// It could not be measured, for this reason.
    Failed(String),
}

impl Line {
    /// A line of times; they are sorted here.
    pub fn times(
        name: impl Into<String>,
        bar: Bar,
        mut times: Vec<Duration>,
        note: String,
    ) -> Line {
        times.sort_unstable();
        let figure = if times.is_empty() {
            Figure::Failed("nothing was measured".to_owned())
        } else {
            Figure::Times(times)
        };
        Line {
            name: name.into(),
            bar,
            figure,
            note,
        }
    }

    /// A line that could not be measured.
    pub fn failed(name: impl Into<String>, why: impl std::fmt::Display) -> Line {
        Line {
            name: name.into(),
            bar: Bar::Open,
            figure: Figure::Failed(why.to_string()),
            note: String::new(),
        }
    }

    /// Whether the promise held; `None` where nothing is promised.
    pub fn holds(&self) -> Option<bool> {
        match (&self.figure, self.bar) {
            (Figure::Failed(_), _) => Some(false),
            (Figure::Times(times), Bar::P50(most)) => Some(at(times, 50) <= most),
            (Figure::Times(times), Bar::P99(most)) => Some(at(times, 99) <= most),
            (Figure::Bytes(bytes), Bar::Bytes(most)) => Some(*bytes <= most),
            _ => None,
        }
    }
}

/// The time that so many of a hundred do not exceed.
pub fn at(sorted: &[Duration], percent: usize) -> Duration {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(place).copied().unwrap_or_default()
}

/// `12.3 ms`, `45 µs`.
pub fn told(time: Duration) -> String {
    let nanos = time.as_nanos();
    let (unit, name) = match nanos {
        0..1_000_000 => (1_000, "µs"),
        1_000_000..10_000_000_000 => (1_000_000, "ms"),
        _ => (1_000_000_000, "s"),
    };
    let tenths = nanos * 10 / unit;
    if tenths >= 1_000 {
        format!("{} {name}", tenths / 10)
    } else {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

fn cells(line: &Line) -> [String; 6] {
    let (p50, p99) = match &line.figure {
        Figure::Times(times) => (told(at(times, 50)), told(at(times, 99))),
        Figure::Bytes(bytes) => (megabytes(*bytes), String::new()),
        Figure::Failed(why) => (why.chars().take(60).collect(), String::new()),
    };
    let bar = match line.bar {
        Bar::P50(most) => format!("p50 ≤ {}", told(most)),
        Bar::P99(most) => format!("p99 ≤ {}", told(most)),
        Bar::Bytes(most) => format!("≤ {}", megabytes(most)),
        Bar::Open => "–".to_owned(),
    };
    let verdict = match line.holds() {
        Some(true) => "holds",
        Some(false) => "FAILS",
        None => "",
    };
    [
        line.name.clone(),
        bar,
        p50,
        p99,
        verdict.to_owned(),
        line.note.clone(),
    ]
}

/// The table, in Markdown.
pub fn table(lines: &[Line]) -> String {
    let mut rows = vec![["row", "bar", "p50", "p99", "", "note"].map(str::to_owned)];
    rows.extend(lines.iter().map(cells));
    let widths: Vec<usize> = (0..6)
        .map(|column| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for (n, row) in rows.iter().enumerate() {
        for (cell, width) in row.iter().zip(&widths) {
            let fill = " ".repeat(width - cell.chars().count());
            text.push_str(&format!("| {cell}{fill} "));
        }
        text.push_str("|\n");
        if n == 0 {
            for width in &widths {
                text.push_str(&format!("|{}", "-".repeat(width + 2)));
            }
            text.push_str("|\n");
        }
    }
    text
}
