//! The values of one column, cut where its cells cut them 取值分段.
//!
//! Between two neighbouring cuts no cell of the column can tell values apart. So a column is a
//! handful of segments (a point, or what lies between two points), and a cell is a set of them.

use crate::bits::Bits;
use crate::bounds;
use crate::cell::{Cell, Test};
use crate::kind::Kind;
use crate::value::Value;
use crate::witness;

/// Values that no cell of the column tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// The missing fact.
    Null,
    /// One value.
    Point(Value),
    /// What lies between, without the ends; a missing end is the end of the kind.
    Open(Option<Value>, Option<Value>),
}

/// Where the cuts lie.
#[derive(Clone, Debug)]
enum Cuts {
    Numbers(Vec<i128>),
    Texts(Vec<String>),
}

/// A column as its segments.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    pub kind: Kind,
    cuts: Cuts,
    /// Segment of each place: before the first cut, at it, behind it, …; nothing when no value is
    /// allowed there.
    places: Vec<Option<u32>>,
    null: Option<u32>,
    pub segments: Vec<Segment>,
    /// A value of each segment that reads well.
    pub samples: Vec<Value>,
}

impl Axis {
    /// Cuts the values of a kind where these cells cut them.
    pub fn cut<'a>(
        kind: &Kind,
        optional: bool,
        allowed: &'a Cell,
        cells: impl Iterator<Item = &'a Cell>,
    ) -> Axis {
        let ends: Vec<&Value> = std::iter::once(allowed)
            .chain(cells)
            .flat_map(Cell::tests)
            .flat_map(Test::ends)
            .collect();
        let (cuts, raw) = match kind {
            Kind::Text => cut_texts(&ends),
            _ => cut_numbers(kind, &ends),
        };
        let mut axis = Axis {
            kind: kind.clone(),
            cuts,
            places: Vec::with_capacity(raw.len()),
            null: None,
            segments: Vec::new(),
            samples: Vec::new(),
        };
        if optional {
            axis.null = Some(0);
            axis.segments.push(Segment::Null);
            axis.samples.push(Value::Null);
        }
        for segment in raw {
            let sample = segment.as_ref().and_then(|it| witness::sample(kind, it));
            let place = match (segment, sample) {
                (Some(segment), Some(sample)) if allowed.holds(&sample) => {
                    axis.segments.push(segment);
                    axis.samples.push(sample);
                    u32::try_from(axis.segments.len() - 1).ok()
                }
                _ => None,
            };
            axis.places.push(place);
        }
        axis
    }

    /// The segment a value lies in; nothing when it is not allowed.
    pub fn segment(&self, value: &Value) -> Option<usize> {
        let place = match (value, &self.cuts) {
            (Value::Null, _) => return self.null.and_then(|it| usize::try_from(it).ok()),
            (Value::Text(text), Cuts::Texts(cuts)) => {
                place(cuts.binary_search_by(|cut| cut.as_str().cmp(text.as_str())))
            }
            (value, Cuts::Numbers(cuts)) => {
                let ordinal = self.kind.ordinal(value)?;
                place(cuts.binary_search(&ordinal))
            }
            _ => return None,
        };
        let segment = (*self.places.get(place)?)?;
        usize::try_from(segment).ok()
    }

    /// The segments a cell lets pass.
    pub fn passes(&self, cell: &Cell) -> Bits {
        let mut bits = Bits::none(self.segments.len());
        for (n, sample) in self.samples.iter().enumerate() {
            if cell.holds(sample) {
                bits.insert(n);
            }
        }
        bits
    }

    /// The cell that lets pass exactly these segments.
    pub fn cell(&self, segments: &Bits) -> Cell {
        let mut tests: Vec<Test> = Vec::new();
        let mut known = 0;
        let mut n = 0;
        while n < self.segments.len() {
            if !segments.contains(n) {
                n += 1;
                continue;
            }
            let first = n;
            let runs = self.kind.is_ordered() && self.segments[n] != Segment::Null;
            while runs && n + 1 < self.segments.len() && segments.contains(n + 1) {
                n += 1;
            }
            known += n - first + usize::from(self.segments[first] != Segment::Null);
            tests.push(run(&self.segments[first], &self.segments[n]));
            n += 1;
        }
        let all = usize::from(self.null.is_some());
        if known + all == self.segments.len() {
            return match (self.null, segments.contains(0)) {
                (Some(_), false) => Cell::NoneOf(vec![Test::Null]),
                _ => Cell::Any,
            };
        }
        if !self.kind.is_ordered() && tests.len() > bounds::TESTS {
            // Too long a list of choices is told by what is not on it.
            let others = (0..self.segments.len()).filter(|n| !segments.contains(*n));
            let others = others.map(|n| run(&self.segments[n], &self.segments[n]));
            return Cell::NoneOf(others.filter(|it| *it != Test::Null).collect());
        }
        Cell::OneOf(tests)
    }
}

/// Places in a line of cuts: even ones lie between, odd ones on a cut.
fn place(found: Result<usize, usize>) -> usize {
    match found {
        Ok(at) => 2 * at + 1,
        Err(at) => 2 * at,
    }
}

fn run(first: &Segment, last: &Segment) -> Test {
    let low = match first {
        Segment::Point(value) => Some((value.clone(), true)),
        Segment::Open(low, _) => low.clone().map(|value| (value, false)),
        Segment::Null => return Test::Null,
    };
    let high = match last {
        Segment::Point(value) => Some((value.clone(), true)),
        Segment::Open(_, high) => high.clone().map(|value| (value, false)),
        Segment::Null => return Test::Null,
    };
    match (low, high) {
        (Some((a, true)), Some((b, true))) if a == b => Test::Equal(a),
        (low, high) => Test::Within { low, high },
    }
}

fn cut_numbers(kind: &Kind, ends: &[&Value]) -> (Cuts, Vec<Option<Segment>>) {
    let (first, last) = kind.ends();
    let mut cuts: Vec<i128> = ends
        .iter()
        .filter_map(|value| kind.ordinal(value))
        .collect();
    if !kind.is_ordered() {
        cuts.extend(first..=last);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut raw = Vec::with_capacity(2 * cuts.len() + 1);
    // Whether a value lies strictly between two of them.
    let room = |low: i128, high: i128| low + 1 < high;
    let mut before: Option<i128> = None;
    for cut in &cuts {
        let low = before.map(|it| kind.value_at(it));
        let open = room(before.unwrap_or(first - 1), *cut);
        raw.push(open.then(|| Segment::Open(low, Some(kind.value_at(*cut)))));
        raw.push(Some(Segment::Point(kind.value_at(*cut))));
        before = Some(*cut);
    }
    let open = room(before.unwrap_or(first - 1), last + 1);
    raw.push(open.then(|| Segment::Open(before.map(|it| kind.value_at(it)), None)));
    (Cuts::Numbers(cuts), raw)
}

fn cut_texts(ends: &[&Value]) -> (Cuts, Vec<Option<Segment>>) {
    let text = |value: &&Value| match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let mut cuts: Vec<String> = ends.iter().filter_map(text).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut raw = Vec::with_capacity(2 * cuts.len() + 1);
    let mut before: Option<Value> = None;
    for cut in &cuts {
        let cut = Value::Text(cut.clone());
        // Whether something lies between is found out by looking for a sample.
        raw.push(Some(Segment::Open(before, Some(cut.clone()))));
        raw.push(Some(Segment::Point(cut.clone())));
        before = Some(cut);
    }
    raw.push(Some(Segment::Open(before, None)));
    (Cuts::Texts(cuts), raw)
}
