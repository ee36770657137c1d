//! A process that publishes is killed, at any moment.

use super::*;

/// Two sites of a hundred files that share some, in part with other bytes.
pub fn big(letter: char) -> Files {
    let page = |n: usize| {
        let shared = n.is_multiple_of(3);
        let route = if n % 3 == 1 { format!("{letter}/{}/{n}.html", n % 7) } else { format!("all/{}/{n}.html", n % 7) };
        let text = format!("{} {n}\n", if shared { '-' } else { letter }).repeat(200 + n);
        (route, text.into_bytes().into())
    };
    (0..120).map(page).collect()
}

pub fn as_texts(files: &Files) -> BTreeMap<String, String> {
    files.iter().map(|(r, b)| (r.clone(), String::from_utf8(b.to_vec()).expect("text"))).collect()
}

const TARGET: &str = "WORTHWHILE_TEST_TARGET";
const TASK: &str = "WORTHWHILE_TEST_TASK";

/// Runs this test binary again for [`helper`].
pub fn helper_command(program: &Path, task: &str, target: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", "killed::helper", "--nocapture", "--test-threads=1"]);
    command.env(TASK, task).env(TARGET, target).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Not a test: what the other tests start as a process of its own.
#[test]
fn helper() {
    let (Ok(task), Some(target)) = (std::env::var(TASK), std::env::var_os(TARGET)) else { return };
    let target = PathBuf::from(target);
    let (a, b) = (big('a'), big('b'));
    match task.as_str() {
        // Until killed.
        "publish" => loop {
            for files in [&b, &a] {
                println!("next");
                publish(files, &target, &Options::default()).expect("publishes");
            }
        },
        "publish once" => drop(publish(&b, &target, &Options::default()).expect("publishes")),
        other => panic!("no task {other}"),
    }
}

pub fn this_program() -> PathBuf {
    std::env::current_exe().expect("this program")
}

/// Kills a publishing process at many moments, or as many as `WORTHWHILE_KILLS` says; `whole` looks at the target after
/// each.
fn kill_often(out: &Path, kills: usize, whole: impl Fn(&BTreeMap<String, String>)) -> (usize, usize) {
    let kills = std::env::var("WORTHWHILE_KILLS").map_or(kills, |n| n.parse().expect("a number"));
    let mut seen = (0, 0);
    let a = as_texts(&big('a'));
    // How long a publication takes here, so that the kills are spread over it.
    let mut takes = Duration::from_millis(10);
    for n in 0..kills {
        let mut child = helper_command(&this_program(), "publish", out).stdout(Stdio::piped()).spawn().expect("starts");
        let said = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut nexts = said.filter(|line| line.as_ref().is_ok_and(|line| line == "next"));
        nexts.next().expect("started").expect("text");
        for _ in 0..n % 3 {
            let started = Instant::now();
            nexts.next().expect("published").expect("text");
            takes = started.elapsed();
        }
        std::thread::sleep(takes * (n * 7 % 200) as u32 / 200);
        child.kill().expect("killed");
        child.wait().expect("ended");
        let mut found = read(out);
        assert_eq!(found.remove("mine.txt").as_deref(), Some("mine"), "what is not ours is there");
        whole(&found);
        if found == a { seen.0 += 1 } else { seen.1 += 1 }
    }
    seen
}

#[test]
fn old_or_new_whole_after_a_kill_at_any_moment() {
    let (home, out) = home();
    let (a, b) = (big('a'), big('b'));
    publish(&a, &out, &Options::default()).expect("publishes");
    fs::write(out.join("mine.txt"), "mine").expect("written");
    let (a, b) = (as_texts(&a), as_texts(&b));
    let seen = kill_often(&out, 200, |found| assert!(*found == a || *found == b, "neither: {} files", found.len()));
    assert!(seen.0 > 0 && seen.1 > 0, "kills fell on both sites: {seen:?}");

    // One more build leaves nothing of the killed ones.
    publish(&big('b'), &out, &Options::default()).expect("publishes");
    let mut found = read(&out);
    found.remove("mine.txt");
    assert_eq!(found, b);
    assert_eq!(names(home.path()), ["public"]);
}

#[test]
fn file_by_file_every_file_is_whole_after_a_kill_and_the_next_build_completes_the_site() {
    let (home, out) = home();
    let (a, b) = (big('a'), big('b'));
    publish(&a, &out, &Options::default()).expect("publishes");
    fs::write(out.join("mine.txt"), "mine").expect("written");
    fs::write(out.join(".git"), "gitdir").expect("written");
    let (a, b) = (as_texts(&a), as_texts(&b));
    kill_often(&out, 60, |found| {
        for (route, text) in found.iter().filter(|(route, _)| !route.starts_with('.')) {
            assert!(a.get(route) == Some(text) || b.get(route) == Some(text), "{route} is torn");
        }
    });
    publish(&big('b'), &out, &Options::default()).expect("publishes");
    let mut found = read(&out);
    assert_eq!(found.remove(".git").as_deref(), Some("gitdir"));
    assert_eq!(found.remove("mine.txt").as_deref(), Some("mine"));
    assert_eq!(found, b);
    assert_eq!(names(home.path()), ["public"]);
}
