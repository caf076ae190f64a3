//! Repeatable numbers: a function of seed, purpose and place 可重现随机数.

/// Throws numbers that depend on nothing but where it was made.
pub struct Dice(std::cell::Cell<u64>);

impl Dice {
    /// The same seed, purpose and place throw the same numbers, on every machine.
    pub fn new(seed: u64, purpose: &str, place: u32) -> Dice {
        let start = purpose
            .bytes()
            .fold(seed, |sum, byte| mix(sum ^ u64::from(byte)));
        Dice(std::cell::Cell::new(mix(start ^ u64::from(place))))
    }

    fn next(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        mix(state)
    }

    /// A number in `0..sides`.
    pub fn below(&self, sides: u32) -> u32 {
        u32::try_from(self.next() % u64::from(sides.max(1))).unwrap_or(0)
    }

    /// One of these, each as likely.
    pub fn pick<'a, T>(&self, of: &'a [T]) -> &'a T {
        let sides = u32::try_from(of.len()).unwrap_or(u32::MAX);
        &of[usize::try_from(self.below(sides)).unwrap_or(0)]
    }

    /// One of these, the first ones much likelier, as words are in the world (Zipf's law, nearly).
    pub fn favour<'a, T>(&self, of: &'a [T]) -> &'a T {
        let sides = u32::try_from(of.len()).unwrap_or(u32::MAX);
        let reach = self.below(sides) + 1;
        &of[usize::try_from(self.below(reach)).unwrap_or(0)]
    }

    /// Ten bytes for an id.
    pub fn ten(&self) -> [u8; 10] {
        let (a, b) = (self.next().to_be_bytes(), self.next().to_be_bytes());
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&a);
        bytes[8..].copy_from_slice(&b[..2]);
        bytes
    }
}

/// SplitMix64's finaliser (Steele, Lea, Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
