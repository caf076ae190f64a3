//! Unfolds the streams a reader must understand: cross references and packed objects.

use std::io::Read;

use super::object::{Dict, Object};
use crate::trouble::{Outcome, too_much, unreadable};

/// The bytes of a stream, at most `budget` of them.
pub(crate) fn unfold(dict: &Dict, raw: &[u8], budget: usize) -> Outcome<Vec<u8>> {
    let filter = match dict.get("Filter") {
        None | Some(Object::Null) => None,
        Some(Object::Array(names)) if names.is_empty() => None,
        Some(Object::Array(names)) if names.len() == 1 => names.first(),
        one => one,
    };
    let Some(filter) = filter else {
        return if raw.len() > budget {
            Err(bomb())
        } else {
            Ok(raw.to_vec())
        };
    };
    if *filter != Object::name("FlateDecode") {
        return Err(unreadable(
            "压缩方式不支持",
            "a filter that is not FlateDecode",
        ));
    }
    let mut plain = Vec::new();
    let limit = u64::try_from(budget).unwrap_or(u64::MAX);
    flate2::read::ZlibDecoder::new(raw)
        .take(limit.saturating_add(1))
        .read_to_end(&mut plain)
        .map_err(|_| unreadable("压缩数据损坏", "broken compressed data"))?;
    if plain.len() > budget {
        return Err(bomb());
    }
    let parameters = match dict.get("DecodeParms") {
        Some(Object::Array(values)) => values.first().and_then(Object::dict),
        Some(value) => value.dict(),
        None => None,
    };
    match parameters.and_then(|parameters| parameters.int("Predictor")) {
        None | Some(1) => Ok(plain),
        Some(10..=15) => undo_prediction(&plain, parameters),
        Some(_) => Err(unreadable("预测器不支持", "a predictor that is not of PNG")),
    }
}

fn bomb() -> kernel::Refusal {
    too_much("压缩内容展开过大", "compressed data unfolds to too much")
}

/// PNG prediction, for one colour of eight bits, as all writers of cross references use it.
fn undo_prediction(plain: &[u8], parameters: Option<&Dict>) -> Outcome<Vec<u8>> {
    let of = |key, usual| parameters.and_then(|dict| dict.int(key)).unwrap_or(usual);
    let width = usize::try_from(of("Columns", 1)).unwrap_or(0);
    if of("Colors", 1) != 1 || of("BitsPerComponent", 8) != 8 || !(1..=4096).contains(&width) {
        return Err(unreadable(
            "预测器参数不支持",
            "unusual predictor parameters",
        ));
    }
    let mut above = vec![0_u8; width];
    let mut out = Vec::with_capacity(plain.len());
    for row in plain.chunks(width + 1) {
        let (kind, row) = row.split_first().unwrap_or((&0, &[]));
        if row.len() != width {
            return Err(unreadable(
                "预测器数据不完整",
                "an incomplete predicted row",
            ));
        }
        let mut line = row.to_vec();
        for i in 0..width {
            let left = if i == 0 { 0 } else { line[i - 1] };
            let corner = if i == 0 { 0 } else { above[i - 1] };
            let add = match kind {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => left.midpoint(above[i]),
                4 => paeth(left, above[i], corner),
                _ => return Err(unreadable("预测器类型未知", "an unknown predictor")),
            };
            line[i] = line[i].wrapping_add(add);
        }
        out.extend_from_slice(&line);
        above = line;
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |from: u8| (guess - i16::from(from)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}
