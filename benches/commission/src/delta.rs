//! DELTA_BINARY_PACKED, as the Parquet format defines it, for columns of whole numbers.
//!
//! Blocks of 256 differences in 4 miniblocks of 64; each miniblock is as wide as its largest
//! difference above the block's smallest. Columns that hardly change cost nearly nothing.

const BLOCK: usize = 256;
const MINIS: usize = 4;
const MINI: usize = BLOCK / MINIS;

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 128 {
        out.push((value as u8 & 127) | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

fn zigzag(value: i64, out: &mut Vec<u8>) {
    varint(((value << 1) ^ (value >> 63)) as u64, out);
}

/// Encodes a column; `values` is not empty.
pub fn encode(values: &[i64], out: &mut Vec<u8>) {
    varint(BLOCK as u64, out);
    varint(MINIS as u64, out);
    varint(values.len() as u64, out);
    zigzag(values[0], out);
    let mut rest = &values[1..];
    let mut last = values[0];
    let mut deltas = [0_i64; BLOCK];
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.len().min(BLOCK));
        rest = later;
        // Most blocks of most columns do not change at all: least difference 0, no bits.
        if now.iter().all(|value| *value == last) {
            out.extend([0; 1 + MINIS]);
            continue;
        }
        deltas[0] = now[0].wrapping_sub(last);
        for (delta, pair) in deltas[1..].iter_mut().zip(now.windows(2)) {
            *delta = pair[1].wrapping_sub(pair[0]);
        }
        last = now[now.len() - 1];
        block(&mut deltas, now.len(), out);
    }
}

fn block(deltas: &mut [i64; BLOCK], count: usize, out: &mut Vec<u8>) {
    let least = deltas[..count].iter().copied().min().unwrap_or(0);
    // Differences beyond the count pad the last block; the smallest one packs to nothing.
    deltas[count..].fill(least);
    zigzag(least, out);
    let widths_at = out.len();
    out.extend([0; MINIS]);
    for mini in 0..count.div_ceil(MINI) {
        let part = &deltas[mini * MINI..(mini + 1) * MINI];
        let all = part
            .iter()
            .fold(0, |all, delta| all | delta.wrapping_sub(least) as u64);
        let width = 64 - all.leading_zeros();
        out[widths_at + mini] = width as u8;
        if width > 0 {
            pack(part, least, width, out);
        }
    }
}

/// 64 values of a width are as many 64-bit words as the width.
fn pack(part: &[i64], least: i64, width: u32, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + width as usize * 8, 0);
    let mut words = out[start..].chunks_exact_mut(8);
    let (mut word, mut used) = (0_u64, 0);
    for delta in part {
        let value = delta.wrapping_sub(least) as u64;
        word |= value << used;
        used += width;
        if used >= 64 {
            if let Some(slot) = words.next() {
                slot.copy_from_slice(&word.to_le_bytes());
            }
            used -= 64;
            word = if used == 0 {
                0
            } else {
                value >> (width - used)
            };
        }
    }
}
