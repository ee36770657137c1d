//! Hostile and broken inputs. Each ends in the diagnostics that it deserves or in a correct site: never in a panic,
//! never in a hang, never in more memory than a small machine has.
//!
//! Each input is written over a small site without fault, in a folder of its own, and the real program builds it as a
//! process of its own, which the system ends when it takes more than [`CPU_SECONDS`] or [`MEMORY_KB`]. To add one, add
//! a line to the list of its group.

#[path = "../gallery/mod.rs"]
#[allow(dead_code)]
mod gallery;
#[path = "../small_site/mod.rs"]
mod small_site;
mod vanishing;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use gallery::{End, Input, gallery, put};
use small_site::SMALL_SITE;

/// Of all threads together, by the program as it is released (`PROGRAM` names it).
const CPU_SECONDS: u32 = 10;
/// By one without optimisation, which takes several times as long; and some systems count the time that a busy machine keeps a
/// process waiting.
const CPU_SECONDS_UNOPTIMISED: u32 = 120;
const MEMORY_KB: u32 = 500_000;
/// A process that waits takes no processor time: this bounds the hang.
const WALL_SECONDS: u32 = 240;

#[test]
fn every_input_ends_as_it_should() {
    let only = std::env::var("HOSTILE").ok();
    let inputs: Vec<Input> =
        gallery().into_iter().filter(|input| only.as_ref().is_none_or(|only| input.name.contains(only))).collect();
    let mut names = BTreeSet::new();
    let twice: Vec<&str> = inputs.iter().map(|i| i.name.as_str()).filter(|name| !names.insert(*name)).collect();
    assert!(twice.is_empty(), "two inputs of one name: {twice:?}");
    assert!(only.is_some() || inputs.len() >= 150, "only {} inputs", inputs.len());
    let home = tempfile::tempdir().expect("a folder for the test");
    let program = shared_program(home.path());
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((n, input)) = {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    inputs.get(n).map(|i| (n, i))
                } {
                    let folder = home.path().join(n.to_string());
                    if let Err(why) = try_out(input, &folder, &program) {
                        wrong.lock().expect("no panic").push(format!("{}: {why}", input.name));
                    }
                    let _ = fs::remove_dir_all(&folder);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{} of {} inputs:\n\n{}", wrong.len(), inputs.len(), wrong.join("\n\n"));
    println!("{} inputs", inputs.len());
}

/// A copy of the program where every user may run it.
fn shared_program(home: &Path) -> PathBuf {
    let program = home.join("worthwhile");
    let built = std::env::var("PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_worthwhile").into());
    fs::copy(built, &program).expect("copied");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(home, fs::Permissions::from_mode(0o755)).expect("mode set");
    }
    program
}

/// What a run of the program came to.
struct Ran {
    code: Option<i32>,
    said: String,
}

/// Runs the program in a folder, within the bounds.
fn run(program: &Path, folder: &Path, arguments: &[&str], as_nobody: bool) -> Ran {
    let mut command = Command::new("timeout");
    let seconds = if std::env::var_os("PROGRAM").is_some() { CPU_SECONDS } else { CPU_SECONDS_UNOPTIMISED };
    let limits = format!("ulimit -t {seconds} -d {MEMORY_KB} -c 0; exec \"$0\" \"$@\"");
    command.args(["-s", "KILL", &WALL_SECONDS.to_string(), "bash", "-c", &limits]).arg(program).args(arguments);
    command.current_dir(folder).env("RAYON_NUM_THREADS", "2").env_remove("RUST_BACKTRACE").stdin(Stdio::null());
    #[cfg(unix)]
    if as_nobody && fs::metadata(folder).is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0) {
        use std::os::unix::process::CommandExt;
        command.uid(65534).gid(65534);
    }
    let output = command.output().expect("ran");
    Ran { code: output.status.code(), said: String::from_utf8_lossy(&output.stderr).into_owned() }
}

fn try_out(input: &Input, folder: &Path, program: &Path) -> Result<(), String> {
    let (site, out) = (folder.join("site"), folder.join("out"));
    for (path, text) in SMALL_SITE {
        put(&site, path, text.as_bytes());
    }
    input.write(&site);
    #[cfg(unix)]
    if input.as_nobody {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("mode set");
    }
    let usual = ["build", ".", "--out", "../out", "-q"];
    let arguments = if input.arguments.is_empty() { &usual[..] } else { &input.arguments };
    let ran = run(program, &site, arguments, input.as_nobody);
    let said = || ran.said.chars().take(1500).collect::<String>();
    let found = codes(&ran.said);
    if ran.said.contains("panicked at") {
        return Err(format!("it panicked: {}", said()));
    }
    match (&input.end, ran.code) {
        (End::Refused(codes), Some(1)) => {
            if found.iter().map(String::as_str).collect::<BTreeSet<_>>() != *codes {
                return Err(format!("expected {codes:?}, found {found:?}: {}", said()));
            }
            if out.exists() {
                return Err("something was published all the same".into());
            }
        }
        (End::World(words), Some(3)) => {
            if !ran.said.contains(words) {
                return Err(format!("expected {words:?}: {}", said()));
            }
        }
        (End::Published { warnings, holds }, Some(0)) => {
            if found.iter().map(String::as_str).collect::<BTreeSet<_>>() != *warnings {
                return Err(format!("expected the warnings {warnings:?}, found {found:?}: {}", said()));
            }
            for (file, text) in holds {
                let page = fs::read(out.join(file)).map_err(|e| format!("{file}: {e}"))?;
                if !String::from_utf8_lossy(&page).contains(text.as_str()) {
                    let page: String = String::from_utf8_lossy(&page).chars().take(6000).collect();
                    return Err(format!("{file} does not hold {text:?}:\n{page}"));
                }
            }
            if input.arguments.is_empty() {
                check_scripts(&out)?;
            }
        }
        (_, Some(124 | 137)) | (_, None) => return Err(format!("it was ended: out of its bounds: {}", said())),
        (_, code) => return Err(format!("exit code {code:?}: {}", said())),
    }
    Ok(())
}

/// The codes of the findings that were printed.
fn codes(said: &str) -> BTreeSet<String> {
    let code = |line: &str| {
        let rest = line.strip_prefix("error[").or(line.strip_prefix("warning["))?;
        rest.split_once("]: ").map(|(code, _)| code.to_owned())
    };
    said.lines().filter_map(code).collect()
}

/// Every script in a published page is a file of the site or data.
fn check_scripts(out: &Path) -> Result<(), String> {
    let mut folders = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| e.to_string())? {
            let path = entry.map_err(|e| e.to_string())?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "html") && !path.starts_with(out.join("assets")) {
                let page = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                let lower = page.to_ascii_lowercase();
                let plain = lower.match_indices("<script").find(|(at, _)| {
                    let tag = &lower[*at..lower[*at..].find('>').map_or(lower.len(), |end| at + end)];
                    !tag.contains(" src=\"") && !tag.contains("type=\"application/")
                });
                if let Some((at, _)) = plain {
                    let rest: String = page[at..].chars().take(200).collect();
                    return Err(format!("{}: a script: {rest}", path.display()));
                }
            }
        }
    }
    Ok(())
}
