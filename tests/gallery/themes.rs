//! Themes of an author's own, broken.

use std::os::unix::fs::symlink;
use std::path::Path;

use super::{Input, put};

fn themed(name: &str, path: &'static str, text: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> Input {
    Input::new(format!("a theme with {name}"), move |root| {
        site(root);
        put(root, Path::new("themes/mine").join(path), &text());
    })
}

fn site(root: &Path) {
    put(root, "content/site.yaml", b"title: T\nquestion: Q\ndescription: D\ntheme: mine\n");
}

pub fn inputs() -> Vec<Input> {
    let text = |text: &'static str| move || text.as_bytes().to_vec();
    let refused = |input: Input| input.refused(&["theme-error"]);
    vec![
        refused(themed("a template that is not one", "templates/page.html", text("{% if %}"))),
        refused(themed("a template that includes itself", "templates/page.html", text("{% include \"page.html\" %}"))),
        refused(themed("a template that extends itself", "templates/page.html", text("{% extends \"page.html\" %}"))),
        refused(themed(
            "a part that includes itself",
            "templates/parts/footer.html",
            text("{% include \"parts/footer.html\" %}"),
        )),
        refused(themed("a value that is not there", "templates/page.html", text("{{ page.nothing }}"))),
        refused(themed("a template that is not UTF-8", "templates/page.html", || b"caf\xe9".to_vec())),
        refused(themed("nesting ten thousand deep", "templates/page.html", || {
            "{% if true %}".repeat(10_000).into_bytes()
        })),
        refused(themed("parentheses ten thousand deep", "templates/page.html", || {
            format!("{{{{ {}1{} }}}}", "(".repeat(10_000), ")".repeat(10_000)).into_bytes()
        })),
        refused(themed("negations ten thousand deep", "templates/page.html", || {
            format!("{{{{ {}true }}}}", "not ".repeat(10_000)).into_bytes()
        })),
        refused(themed("lists ten thousand deep", "templates/page.html", || {
            format!("{{{{ {} }}}}", "[".repeat(10_000)).into_bytes()
        })),
        refused(themed("a sum of ten thousand", "templates/page.html", || {
            format!("{{{{ {}1 }}}}", "-".repeat(10_000)).into_bytes()
        })),
        refused(themed("words that are a bomb", "locales/en.yaml", || "[".repeat(100_000).into_bytes())),
        refused(themed("words that are no words", "locales/en.yaml", text("5\n"))),
        refused(themed(
            "a manifest that leads out",
            "theme.yaml",
            text("styles: [../../../etc/passwd]\nscripts: []\n"),
        )),
        refused(themed("a manifest that is none", "theme.yaml", text("- a\n"))),
        Input::new("a theme with a link out of the site", |root| {
            site(root);
            std::fs::create_dir_all(root.join("themes/mine/styles")).expect("created");
            symlink("/etc/passwd", root.join("themes/mine/styles/base.css")).expect("linked");
        })
        .refused(&["unreadable-file"]),
    ]
}
