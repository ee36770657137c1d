//! Verdicts: what a capability is worth to one situation.

use std::fmt;

/// The verdict of one capability. The order is the order in which readers see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Adopt,
    Prepare,
    Consider,
    Wait,
    Skip,
    /// Nothing known yet makes it relevant.
    Open,
}

impl Verdict {
    pub const ALL: [Verdict; 6] =
        [Verdict::Adopt, Verdict::Prepare, Verdict::Consider, Verdict::Wait, Verdict::Skip, Verdict::Open];

    pub fn name(self) -> &'static str {
        match self {
            Verdict::Adopt => "adopt",
            Verdict::Prepare => "prepare",
            Verdict::Consider => "consider",
            Verdict::Wait => "wait",
            Verdict::Skip => "skip",
            Verdict::Open => "open",
        }
    }

    pub fn from_name(name: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|v| v.name() == name)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
