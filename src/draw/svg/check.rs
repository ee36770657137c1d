//! What the tests of the drawings share: a strict reader of the written markup, and the boxes that its texts fill.

use crate::draw::measure::{Face, width};

/// An element of a drawing, or a text in it.
#[derive(Debug)]
pub enum Node {
    Element { name: String, attributes: Vec<(String, String)>, children: Vec<Node> },
    Text(String),
}

impl Node {
    pub fn name(&self) -> &str {
        match self {
            Node::Element { name, .. } => name,
            Node::Text(_) => "",
        }
    }

    pub fn get(&self, wanted: &str) -> Option<&str> {
        match self {
            Node::Element { attributes, .. } => {
                attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
            }
            Node::Text(_) => None,
        }
    }

    pub fn children(&self) -> &[Node] {
        match self {
            Node::Element { children, .. } => children,
            Node::Text(_) => &[],
        }
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|c| c.split(' ').any(|c| c == class))
    }

    /// All text below, in order.
    pub fn text(&self) -> String {
        match self {
            Node::Element { children, .. } => children.iter().map(Node::text).collect(),
            Node::Text(text) => text.clone(),
        }
    }

    /// This node and everything below it, in document order.
    pub fn all(&self) -> Vec<&Node> {
        let mut found = vec![self];
        found.extend(self.children().iter().flat_map(Node::all));
        found
    }
}

/// Reads markup strictly: every element closed, every attribute quoted and given once, every entity known.
/// Panics where it is not well-formed.
pub fn parse(markup: &str) -> Vec<Node> {
    let mut rest = markup;
    let nodes = content(&mut rest, None);
    assert!(rest.is_empty(), "left over: {rest}");
    nodes
}

fn content(rest: &mut &str, inside: Option<&str>) -> Vec<Node> {
    let mut nodes = Vec::new();
    loop {
        let end = rest.find('<').unwrap_or(rest.len());
        if end > 0 {
            nodes.push(Node::Text(decode(&rest[..end])));
            *rest = &rest[end..];
        }
        if rest.is_empty() {
            assert!(inside.is_none(), "<{}> is not closed", inside.unwrap_or_default());
            return nodes;
        }
        if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').expect("an end tag ends");
            assert_eq!(Some(name), inside, "closes what is not open");
            *rest = after;
            return nodes;
        }
        nodes.push(element(rest));
    }
}

fn element(rest: &mut &str) -> Node {
    *rest = &rest[1..];
    let end = rest.find([' ', '>', '/']).expect("a tag ends");
    let name = rest[..end].to_owned();
    assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()), "a tag's name: {name:?}");
    *rest = &rest[end..];
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix("/>") {
            *rest = after;
            return Node::Element { name, attributes, children: Vec::new() };
        }
        if let Some(after) = rest.strip_prefix('>') {
            *rest = after;
            let children = content(rest, Some(&name));
            return Node::Element { name, attributes, children };
        }
        let after = rest.strip_prefix(' ').unwrap_or_else(|| panic!("an attribute of <{name}> expected at {rest:.40}"));
        let (key, after) = after.split_once("=\"").expect("an attribute has a quoted value");
        let (value, after) = after.split_once('"').expect("a value ends");
        assert!(!value.contains('<') && !key.contains([' ', '<', '>']), "{key}={value}");
        assert!(attributes.iter().all(|(k, _)| k != key), "<{name}> has {key} twice");
        attributes.push((key.to_owned(), decode(value)));
        *rest = after;
    }
}

fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (entity, after) = rest[at + 1..].split_once(';').expect("an entity ends");
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            other => panic!("unknown entity {other}"),
        });
        rest = &rest[at + entity.len() + 2..];
        debug_assert_eq!(rest, after);
    }
    out + rest
}

/// What every drawing must keep to, whatever it shows; `markup` is a whole page's drawings, so that ids are unique.
pub fn assert_publishable(markup: &str) -> Vec<Node> {
    let nodes = parse(markup);
    let mut ids = std::collections::BTreeSet::new();
    let all: Vec<&Node> = nodes.iter().flat_map(Node::all).collect();
    for node in &all {
        let Node::Element { name, attributes, .. } = node else { continue };
        assert!(!matches!(name.as_str(), "script" | "style" | "foreignObject"), "<{name}>");
        for (key, value) in attributes {
            assert!(key != "style" && !key.starts_with("on"), "{key} on <{name}>");
            let words = matches!(key.as_str(), "aria-label" | "href");
            assert!(words || !value.contains("NaN") && !value.contains("inf"), "{key}={value}");
            if key == "id" {
                assert!(ids.insert(value.clone()), "id {value} twice");
            }
        }
        if let Some(image) = node.get("role") {
            let named = node.get("aria-label").is_some_and(|l| !l.is_empty()) || node.get("aria-labelledby").is_some();
            assert!(named, "role {image} without a name");
        }
    }
    for node in &all {
        let reference = node.get("fill").and_then(|f| f.strip_prefix("url(#")).map(|f| f.trim_end_matches(')'));
        for id in reference.into_iter().chain(node.get("aria-labelledby")) {
            assert!(ids.contains(id), "nothing has the id {id}");
        }
    }
    nodes
}

/// Where a line of text stands, in px.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBox {
    pub text: String,
    pub class: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl TextBox {
    pub fn overlaps(&self, other: &TextBox) -> bool {
        let slack = 0.01;
        self.left < other.right - slack
            && other.left < self.right - slack
            && self.top < other.bottom - slack
            && other.top < self.bottom - slack
    }
}

/// The boxes of every line of text in a drawing that is `wide` px wide (its viewBox, where it has one). `font` says
/// from the class and the drawing's class what a text is set in; texts for which it says None are not shown.
pub fn text_boxes(svg: &Node, wide: f64, font: &dyn Fn(&Node) -> Option<(f64, Face)>) -> Vec<TextBox> {
    let mut boxes = Vec::new();
    for child in svg.children() {
        walk(child, wide, (0.0, 0.0), font, &mut boxes);
    }
    boxes
}

fn walk(node: &Node, wide: f64, at: (f64, f64), font: &dyn Fn(&Node) -> Option<(f64, Face)>, boxes: &mut Vec<TextBox>) {
    match node.name() {
        "title" | "desc" => {}
        "text" => {
            let Some((size, face)) = font(node) else { return };
            let rotated = node.get("transform").map(|t| {
                let numbers: Vec<f64> =
                    t.split(['(', ')', ' ']).filter_map(|part| part.parse().ok()).collect::<Vec<f64>>();
                assert!(t.ends_with("rotate(-90)"), "an unknown transform: {t}");
                (numbers[0], numbers[1])
            });
            let x = at.0 + length(node, "x", wide) + length(node, "dx", wide);
            let mut y = at.1 + length(node, "y", wide);
            let spans: Vec<&Node> = node.children().iter().filter(|c| c.name() == "tspan").collect();
            let parts: Vec<(f64, f64, String)> = if spans.is_empty() {
                vec![(x, 0.0, node.text())]
            } else {
                spans
                    .iter()
                    .map(|s| (at.0 + length(s, "x", wide), length(s, "dy", wide), s.text().trim().to_owned()))
                    .collect()
            };
            for (x, dy, text) in parts {
                y += dy;
                let w = width(&text, size, face);
                let left = match node.get("text-anchor") {
                    Some("middle") => x - w / 2.0,
                    Some("end") => x - w,
                    _ => x,
                };
                let class = node.get("class").unwrap_or_default().to_owned();
                // From the top of capitals to the foot of descenders.
                let (up, down) = (size * 0.74, size * 0.24);
                boxes.push(match rotated {
                    Some((x, y)) => TextBox { text, class, left: x - up, top: y - w, right: x + down, bottom: y },
                    None => TextBox { text, class, left, top: y - up, right: left + w, bottom: y + down },
                });
            }
        }
        name => {
            let at = if name == "svg" { (at.0 + length(node, "x", wide), at.1 + length(node, "y", wide)) } else { at };
            for child in node.children() {
                walk(child, wide, at, font, boxes);
            }
        }
    }
}

fn length(node: &Node, name: &str, wide: f64) -> f64 {
    let Some(value) = node.get(name) else { return 0.0 };
    match value.strip_suffix('%') {
        Some(share) => share.parse::<f64>().expect("a share") / 100.0 * wide,
        None => value.parse().expect("a number"),
    }
}

/// Panics where two texts overlap, or one leaves the drawing (of `size` px) by more than `margin`.
pub fn assert_readable(boxes: &[TextBox], size: (f64, f64), margin: f64) {
    for (i, one) in boxes.iter().enumerate() {
        let inside = one.left >= -margin && one.right <= size.0 + margin && one.top >= 0.0 && one.bottom <= size.1;
        assert!(inside, "{one:?} leaves the drawing of {size:?}");
        for other in &boxes[i + 1..] {
            assert!(!one.overlaps(other), "overlap:\n{one:?}\n{other:?}");
        }
    }
}
