//! When files last changed, by the history that Git keeps of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

/// What stands before the date of a commit.
const MARK: char = '\u{1}';

/// The date (ISO 8601, as the committer's clock had it) of the last commit that changed each file of `content/`, by
/// path relative to `root`. What is not committed yet has no date.
pub fn dates(root: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "core.quotePath=false", "log", "--format=%x01%cs", "--name-only"]);
    git.args(["--no-renames", "--relative", "--", "content"]);
    let output = git.output().context("`dates: git` needs git")?;
    if !output.status.success() {
        bail!("`dates: git` needs the history of the site: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(newest(&String::from_utf8_lossy(&output.stdout)))
}

/// The first date of each file in a log that starts with the newest commit.
fn newest(log: &str) -> BTreeMap<String, String> {
    let (mut dates, mut date) = (BTreeMap::new(), "");
    for line in log.lines() {
        match line.strip_prefix(MARK) {
            Some(of_commit) => date = of_commit,
            None if line.is_empty() => {}
            None => {
                dates.entry(line.to_owned()).or_insert_with(|| date.to_owned());
            }
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::newest;

    #[test]
    fn the_newest_commit_dates_a_file() {
        let dates = newest("\u{1}2026-02-03\n\ncontent/a.yaml\n\u{1}2025-01-01\n\ncontent/a.yaml\ncontent/b c.md\n");
        assert_eq!(dates["content/a.yaml"], "2026-02-03");
        assert_eq!(dates["content/b c.md"], "2025-01-01");
    }
}
