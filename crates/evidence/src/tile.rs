//! Tiles: names, places and growth 瓦片.
//!
//! C2SP tlog-tiles. Tile (level, index) holds up to 256 hashes, each over 256^level entries; it is
//! full with 256. A tile that is full never changes.

use std::fmt;
use std::str::FromStr;

/// A full tile spans 2^8 hashes.
pub const HEIGHT: u32 = 8;

/// How many hashes a full tile has.
pub const FULL: u16 = 256;

/// One tile, at one stage of its growth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 holds leaf hashes; 0..=63.
    pub level: u8,
    /// Number of the tile on its level.
    pub index: u64,
    /// How many hashes, 1..=256.
    pub width: u16,
}

/// What lies under `tile/` in a published log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TilePath {
    /// Hashes: `tile/<level>/<index>[.p/<width>]`.
    Hashes(TileId),
    /// A bundle of entries: `tile/entries/<index>[.p/<width>]`.
    Entries {
        /// Number of the bundle: entries from 256 * index.
        index: u64,
        /// How many entries, 1..=256.
        width: u16,
    },
}

/// The text is not the path of a tile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」不是瓦片路径，应为 tile/<层>/<编号>[.p/<宽度>]")]
pub struct TilePathError(String);

impl TileId {
    /// Whether all 256 hashes are there.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.width == FULL
    }

    /// Tile (level, index) as it stands in a tree of `size` entries; `None` while it is empty.
    #[must_use]
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<TileId> {
        let hashes = size.checked_shr(HEIGHT * u32::from(level)).unwrap_or(0);
        let here = hashes.checked_sub(index.checked_mul(FULL.into())?)?;
        let width = u16::try_from(here.min(FULL.into())).ok()?;
        (width > 0).then_some(TileId {
            level,
            index,
            width,
        })
    }
}

/// The tiles, partial ones included, that a tree of `to` entries has and one of `from` had not
/// or had narrower; lowest level first. `height` is [`HEIGHT`] in C2SP logs; sum.golang.org uses
/// others.
#[must_use]
pub fn new_tiles(height: u32, from: u64, to: u64) -> Vec<TileId> {
    let mut tiles = Vec::new();
    for level in 0_u8..64 {
        let shift = height * u32::from(level);
        let hashes = |size: u64| size.checked_shr(shift).unwrap_or(0);
        let (before, after) = (hashes(from), hashes(to));
        if after == 0 {
            break;
        }
        if before >= after {
            continue;
        }
        let full = 1_u64 << height;
        for index in before / full..after.div_ceil(full) {
            let width = (after - index * full).min(full);
            tiles.push(TileId {
                level,
                index,
                width: u16::try_from(width).unwrap_or(u16::MAX),
            });
        }
    }
    tiles
}

/// The tiles which become full when the log grows from `from` to `to` entries, lowest level first.
#[must_use]
pub fn full_tiles_between(from: u64, to: u64) -> Vec<TileId> {
    let mut tiles = new_tiles(HEIGHT, from, to);
    tiles.retain(TileId::is_full);
    tiles
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, width) = match *self {
            TilePath::Hashes(tile) => {
                write!(f, "tile/{}/", tile.level)?;
                (tile.index, tile.width)
            }
            TilePath::Entries { index, width } => {
                f.write_str("tile/entries/")?;
                (index, width)
            }
        };
        write_index(f, index)?;
        if width == FULL {
            Ok(())
        } else {
            write!(f, ".p/{width}")
        }
    }
}

/// Groups of three digits, all but the last behind an `x`: 1234067 is `x001/x234/067`.
fn write_index(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    let digits = index.to_string();
    let padded = format!("{digits:0>width$}", width = digits.len().div_ceil(3) * 3);
    let (last, leading) = (padded.len() - 3, padded.len() - 3);
    for start in (0..leading).step_by(3) {
        write!(f, "x{}/", &padded[start..start + 3])?;
    }
    f.write_str(&padded[last..])
}

impl FromStr for TilePath {
    type Err = TilePathError;
    fn from_str(text: &str) -> Result<TilePath, TilePathError> {
        parse(text)
            // INVARIANT: one spelling for each tile; leading zeros and the like do not survive.
            .filter(|path| path.to_string() == text)
            .ok_or_else(|| TilePathError(text.chars().take(80).collect()))
    }
}

fn parse(text: &str) -> Option<TilePath> {
    let (layer, rest) = text.strip_prefix("tile/")?.split_once('/')?;
    let (index, width) = match rest.split_once(".p/") {
        Some((index, width)) => (index, width.parse().ok().filter(|w| (1..FULL).contains(w))?),
        None => (rest, FULL),
    };
    let index = index.replace(['x', '/'], "").parse().ok()?;
    if layer == "entries" {
        return Some(TilePath::Entries { index, width });
    }
    let level = layer.parse().ok().filter(|level| *level < 64)?;
    Some(TilePath::Hashes(TileId {
        level,
        index,
        width,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_grows_until_it_is_full() {
        let at = |level, index, size| TileId::in_tree(level, index, size).map(|tile| tile.width);
        assert_eq!(at(0, 273, 70_000), Some(112));
        assert_eq!(at(0, 272, 70_000), Some(256));
        assert_eq!(at(0, 274, 70_000), None);
        assert_eq!(at(1, 1, 70_000), Some(17));
        assert_eq!(at(2, 0, 70_000), Some(1));
        assert_eq!(at(3, 0, 70_000), None);
        assert_eq!(at(63, 0, u64::MAX), None);
    }

    #[test]
    fn tiles_become_full_one_level_after_another() {
        let names = |from, to| -> Vec<String> {
            full_tiles_between(from, to)
                .into_iter()
                .map(|tile| TilePath::Hashes(tile).to_string())
                .collect()
        };
        assert_eq!(names(0, 255), [""; 0]);
        assert_eq!(names(255, 256), ["tile/0/000"]);
        assert_eq!(names(256, 513), ["tile/0/001"]);
        assert_eq!(names(65_535, 65_536), ["tile/0/255", "tile/1/000"]);
    }

    #[test]
    fn every_tile_has_one_path() {
        for wrong in [
            "tile/0/1",
            "tile/0/0001",
            "tile/0/x000/001",
            "tile/0/001.p/256",
            "tile/0/001.p/0",
            "tile/0/001.p/05",
            "tile/64/001",
            "tile/00/001",
            "tile/0/x1/001",
            "tile/0/+01",
            "tile/0/001/",
            "/tile/0/001",
            "tile/0/x001",
            "tile/0/001/002",
            "tile/0/",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ] {
            assert!(wrong.parse::<TilePath>().is_err(), "{wrong}");
        }
        let largest = TilePath::Hashes(TileId {
            level: 63,
            index: u64::MAX,
            width: 255,
        });
        assert_eq!(largest.to_string().parse(), Ok(largest));
    }
}
