//! Hashes of content: the same content has the same hash on every machine.

/// Hashes a list of texts; where one ends and the next starts counts.
#[derive(Default)]
pub struct Hasher(blake3::Hasher);

impl Hasher {
    pub fn add(&mut self, text: &str) {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    /// 32 hexadecimal digits: half of BLAKE3's output, ample against accidents.
    pub fn finish(&self) -> String {
        self.0.finalize().to_hex()[..32].to_owned()
    }
}
