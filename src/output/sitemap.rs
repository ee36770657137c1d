//! For crawlers: the list of pages, and that they are welcome.

use crate::plan::{PageName, Plan};

/// `sitemap.xml`: every page but 404, in reading order. Only with a base URL, because its addresses must be absolute.
pub fn sitemap(plan: &Plan) -> String {
    let base = plan.catalog.site.base_url.as_deref().unwrap_or("/");
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for page in plan.pages.iter().filter(|p| p.name != PageName::NotFound) {
        let route = page.route.as_str();
        let route = if page.name == PageName::Home { "" } else { route };
        let mut url = String::new();
        crate::parse::prose::escape(&format!("{base}{route}"), &mut url);
        let date = plan.changed(&page.name).map(|date| format!("<lastmod>{date}</lastmod>")).unwrap_or_default();
        out.push_str(&format!("<url><loc>{url}</loc>{date}</url>\n"));
    }
    out.push_str("</urlset>\n");
    out
}

/// `robots.txt`
pub fn robots(plan: &Plan) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &plan.catalog.site.base_url {
        out.push_str(&format!("\nSitemap: {base}sitemap.xml\n"));
    }
    out
}
