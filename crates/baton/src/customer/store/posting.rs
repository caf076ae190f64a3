//! What very many customers are found by 批量检索
//!
//! A customer added by itself has a row of `customer_term` for each part of its name. A million
//! customers would have thirty million of them, so customers that come in together share rows: for
//! each part of a name (`terms::grams`) the places of those of one load that have it, as a list of
//! differences. Places stand in `customer.place`. What is found so is looked at once more by the
//! query itself, so a row that says too much (a customer renamed since) does no harm.

use std::collections::HashMap;

use spine::{Binds, Fault, Reader, Select, Writer, binds};

use crate::customer::terms::{self, Gram};

/// The parts of the names of one load, and who has them.
#[derive(Default)]
pub(super) struct Postings {
    by_term: HashMap<String, Vec<u32>>,
}

impl Postings {
    /// Notes what the customer at this place of the load is found by; places only rise.
    pub(super) fn add(&mut self, place: u32, keys: &terms::Keys) {
        for term in &keys.grams {
            match self.by_term.get_mut(term.as_str()) {
                Some(places) if places.last() == Some(&place) => {}
                Some(places) => places.push(place),
                None => {
                    self.by_term.insert(term.clone(), vec![place]);
                }
            }
        }
    }

    /// The rows in the order of the table: part of a name, how many, where; the load's own number
    /// is still to come.
    pub(super) fn rows(self) -> Vec<(String, i64, Vec<u8>)> {
        let mut rows: Vec<_> = self.by_term.into_iter().collect();
        rows.sort_unstable();
        let row = |(term, places): (String, Vec<u32>)| {
            let hits = i64::try_from(places.len()).unwrap_or(i64::MAX);
            (term, hits, packed(&places))
        };
        rows.into_iter().map(row).collect()
    }
}

/// Differences between rising numbers, seven bits a byte, the last byte of each without its top bit.
fn packed(places: &[u32]) -> Vec<u8> {
    let (mut out, mut before) = (Vec::with_capacity(places.len() * 2), 0);
    for place in places {
        let mut rest = place - before;
        while rest > 0x7f {
            out.push(0x80 | u8::try_from(rest & 0x7f).unwrap_or(0));
            rest >>= 7;
        }
        out.push(u8::try_from(rest).unwrap_or(0));
        before = *place;
    }
    out
}

fn unpacked(bytes: &[u8], load: i64, out: &mut Vec<i64>) {
    let (mut place, mut rest, mut shift) = (load, 0_i64, 0_u32);
    for byte in bytes {
        rest |= i64::from(byte & 0x7f) << shift.min(56);
        shift += 7;
        if byte & 0x80 == 0 {
            place += rest;
            out.push(place);
            (rest, shift) = (0, 0);
        }
    }
}

const HEAD: &str = "INSERT INTO customer_posting (term, load, hits, places) VALUES ";

/// Writes the rows of a load whose places begin at `load`.
pub(super) async fn write(
    books: &mut Writer<'_>,
    load: i64,
    rows: Vec<(String, i64, Vec<u8>)>,
) -> Result<(), Fault> {
    let mut rest = rows.into_iter().peekable();
    while rest.peek().is_some() {
        let some: Vec<Binds> = rest
            .by_ref()
            .take(20_000)
            .map(|(term, hits, places)| binds![term, load, hits, places])
            .collect();
        books.insert_many(HEAD, "", some).await?;
    }
    Ok(())
}

const NEXT: Select =
    Select::new("SELECT CAST(coalesce(max(place) + 1, 0) AS BIGINT) AS n FROM customer");

/// The first place that is free.
pub(super) async fn next_place(books: &mut Reader<'_>) -> Result<i64, Fault> {
    books.count(&NEXT, Vec::new()).await
}

/// The places of customers that may have this in what they are found by; none when there are `most`
/// or more.
pub(super) async fn candidates(
    books: &mut Reader<'_>,
    folded: &str,
    most: usize,
) -> Result<Option<Vec<i64>>, Fault> {
    let mut found = Vec::new();
    for way in terms::ways(folded) {
        let Some(places) = along(books, &way, most).await? else {
            return Ok(None);
        };
        found.extend(places);
    }
    found.sort_unstable();
    found.dedup();
    Ok((found.len() < most).then_some(found))
}

const HITS: Select = Select::new(
    "SELECT CAST(coalesce(sum(hits), 0) AS BIGINT) AS n FROM customer_posting \
     WHERE term >= $1 AND term < $2",
);
const PLACES: Select =
    Select::new("SELECT load, places FROM customer_posting WHERE term >= $1 AND term < $2");

/// Beyond so many hits of the rarest part reading them costs more than walking the sorted list.
const MANY: i64 = 200_000;

/// Who has every part of one way to read what was typed; the rarest is read first.
async fn along(
    books: &mut Reader<'_>,
    way: &[Gram],
    most: usize,
) -> Result<Option<Vec<i64>>, Fault> {
    let mut parts = Vec::with_capacity(way.len());
    for gram in way {
        let hits = books.count(&HITS, gram.binds()).await?;
        parts.push((hits, gram));
    }
    parts.sort_by_key(|(hits, _)| *hits);
    let mut left: Option<Vec<i64>> = None;
    for (hits, gram) in parts {
        if hits > MANY {
            break;
        }
        let mut places = Vec::new();
        for row in books.all(&PLACES, gram.binds()).await? {
            unpacked(
                &row.get::<Vec<u8>>("places")?,
                row.get("load")?,
                &mut places,
            );
        }
        places.sort_unstable();
        places.dedup();
        left = Some(match left {
            None => places,
            Some(left) => left
                .into_iter()
                .filter(|place| places.binary_search(place).is_ok())
                .collect(),
        });
        if left.as_ref().is_some_and(|left| left.len() < 64) {
            break;
        }
    }
    Ok(left.filter(|left| left.len() < most))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_come_back(places in prop::collection::btree_set(0..u32::MAX, 0..200), load in 0..1_i64 << 40) {
            let places: Vec<u32> = places.into_iter().collect();
            let mut found = Vec::new();
            super::unpacked(&super::packed(&places), load, &mut found);
            let wanted: Vec<i64> = places.iter().map(|place| load + i64::from(*place)).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
