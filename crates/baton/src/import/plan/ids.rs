//! Ids of a batch, each greater than the one before 编号.

use kernel::Moment;

/// Mints ids that rise in the order in which they are asked for, so that a million rows are written
/// from one end of an index to the other. A ULID allows it: its eighty bits of chance begin at a
/// random place and go on by random steps.
#[derive(Debug)]
pub(crate) struct Rising {
    at: Moment,
    last: u128,
    state: u64,
}

impl Rising {
    /// `secret` is 256 random bits.
    pub(crate) fn from(at: Moment, secret: &[u8; 32]) -> Rising {
        let number = |bytes: &[u8]| {
            let byte = |sum: u128, byte: &u8| (sum << 8) | u128::from(*byte);
            bytes.iter().fold(0, byte)
        };
        let state = u64::try_from(number(&secret[16..24])).unwrap_or_default();
        // The top bit stays free: steps below 2^48 cannot reach the end in 2^31 ids.
        let last = number(&secret[..10]) >> 1;
        Rising { at, last, state }
    }

    /// The moment and the chance of the next id.
    pub(crate) fn next(&mut self) -> (Moment, [u8; 10]) {
        self.last += 1 + u128::from(self.step() >> 16);
        let bytes = self.last.to_be_bytes();
        let mut chance = [0; 10];
        chance.copy_from_slice(&bytes[6..]);
        (self.at, chance)
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    fn step(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use kernel::{CustomerId, Moment};

    #[test]
    fn ids_rise() {
        for secret in [[0; 32], [0xff; 32], [7; 32]] {
            let mut ids = super::Rising::from(Moment(1), &secret);
            let mut last = String::new();
            for _ in 0..1_000 {
                let (at, chance) = ids.next();
                let id = CustomerId::mint(at, chance).to_string();
                assert!(id > last, "{id} {last}");
                last = id;
            }
        }
    }
}
