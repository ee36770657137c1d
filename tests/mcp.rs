//! `worthwhile mcp`, as a client meets it that makes mistakes: each is answered with what was wrong and what to send.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A server of the site whose content this repository holds.
struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    sent: u64,
}

impl Server {
    fn start() -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_worthwhile"))
            .args(["mcp", env!("CARGO_MANIFEST_DIR")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let input = child.stdin.take().expect("piped");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let mut server = Server { child, input, output, sent: 0 };
        let about = json!({ "name": "test", "version": "1" });
        server.ask("initialize", json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": about }));
        server.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        server
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input, "{message}").expect("written");
        self.input.flush().expect("written");
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.sent += 1;
        let id = self.sent;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let mut line = String::new();
        self.output.read_line(&mut line).expect("an answer");
        serde_json::from_str(&line).expect("JSON")
    }

    /// What a tool answers: its result.
    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        self.ask("tools/call", json!({ "name": tool, "arguments": arguments }))["result"].take()
    }

    fn value(&mut self, tool: &str, arguments: Value) -> Value {
        let mut result = self.call(tool, arguments);
        assert_ne!(result["isError"], true, "{result}");
        result["structuredContent"].take()
    }

    fn text(&mut self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments);
        assert_ne!(result["isError"], true, "{result}");
        result["content"][0]["text"].as_str().expect("a text").to_owned()
    }

    /// What a tool says against a call.
    fn refused(&mut self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments.clone());
        assert_eq!(result["isError"], true, "{tool} {arguments}: {result}");
        result["content"][0]["text"].as_str().expect("a text").to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_wrong_fact_is_told_with_what_may_be_sent_and_no_file_that_is_not_there() {
    let mut server = Server::start();
    for (facts, help) in [
        (json!({ "microservices": [5, 6] }), "write a whole number, or `{ min: 5, max: 10 }`"),
        (json!({ "microservices": { "min": "5" } }), "write `5` without quotes"),
        (json!({ "microservices": { "min": 5.5 } }), "write whole numbers: `{ min: 5, max: 10 }`"),
        (json!({ "microservices": 1e30 }), "write a number that is nearer to 0"),
        (json!({ "needs_mtls": [true] }), "write `true` or `false`\n"),
        (json!({ "needs_mtls": "yes" }), "write `true` or `false`, without quotes"),
        (json!({ "compliance": { "set": ["gdpr"] } }), "write a list of ids, `[]` for none: `gdpr`, `dora`"),
        (json!({ "compliance": "gdpr" }), "write a list: `[\"gdpr\"]`"),
        (json!({ "compliance": [5] }), "write ids of its options: `gdpr`, `dora`"),
        (json!({ "architecture": [] }), "write the id of one option: `monolith`, `mixed`, `microservices`"),
        (json!({ "architecture": 5 }), "write the id of one option: `monolith`, `mixed`, `microservices`"),
        (json!({ "quorum": 5 }), "`list_facts` names them"),
    ] {
        let said = server.refused("assess", json!({ "facts": facts }));
        assert!(said.contains(help), "{facts}: {said}");
        assert!(!said.contains("content/") && said.matches("-->").count() == 1, "{facts}: {said}");
        assert!(said.ends_with("\n1 error"), "one mistake is told once: {said}");
    }
}

#[test]
fn errors_stay_short() {
    let mut server = Server::start();
    let many: serde_json::Map<String, Value> = (0..2000).map(|n| (format!("nope_{n}"), json!(1))).collect();
    let said = server.refused("assess", json!({ "facts": many }));
    assert!(said.ends_with("20 errors, and 1980 more") && said.len() < 5_000, "{} bytes: {said}", said.len());
    let long = "x".repeat(100_000);
    for (tool, arguments) in [
        ("explain_verdict", json!({ "capability": long })),
        ("draft_decision_record", json!({ "capability": "service-mesh", "option": long })),
        ("search", json!({ "query": "mesh", "limit": long })),
        ("search", json!({ "query": "mesh", "cursor": long })),
    ] {
        let said = server.refused(tool, arguments);
        assert!(said.len() < 11_000, "{tool}: {} bytes", said.len());
    }
}

#[test]
fn an_assessment_of_some_capabilities_is_about_these() {
    let mut server = Server::start();
    let wanted = json!({ "capabilities": ["service-mesh"], "case": "dutch-webshop", "facts": { "needs_mtls": true } });
    let some = server.value("assess", wanted.clone());
    let all = server.value("assess", json!({ "case": "dutch-webshop", "facts": { "needs_mtls": true } }));
    let length = |value: &Value| value.as_array().expect("a list").len();
    assert_eq!(length(&some["capabilities"]), 1);
    assert_eq!(some["order"], json!(["service-mesh"]));
    assert!(length(&all["order"]) > 1, "{}", all["order"]);

    // What to ask touches it, and is one of the facts that its conditions read.
    let read = server.value("list_facts", json!({ "capability": "service-mesh" }));
    let read: Vec<&Value> = read["facts"].as_array().expect("a list").iter().map(|fact| &fact["id"]).collect();
    let asked = some["next_questions"].as_array().expect("a list");
    assert!(!asked.is_empty() && asked.len() < length(&all["next_questions"]), "{asked:?}");
    for question in asked {
        assert!(question["touches"] == 1 && read.contains(&&question["fact"]), "{question}");
    }
    let text = server.text("assess", wanted);
    assert!(text.ends_with(&format!("; {} facts could still tell\n", asked.len())), "{text}");

    // Where it is settled, nothing is left to ask, whatever else is open.
    let settled = server.value("assess", json!({ "capabilities": ["service-mesh"], "case": "dutch-webshop" }));
    assert_eq!((&settled["progress"], length(&settled["next_questions"])), (&json!("settled"), 0), "{settled}");
    assert_eq!(settled["order"], json!([]));
}

#[test]
fn exceptions_that_the_text_leaves_out_are_counted() {
    let mut server = Server::start();
    let document = server.value("assess", json!({}));
    let text = server.text("assess", json!({}));
    for capability in document["capabilities"].as_array().expect("a list") {
        let id = capability["id"].as_str().expect("an id");
        let more = capability["unless"].as_array().expect("a list").len() - 1;
        let line = text.lines().find(|line| line.contains(&format!("(`{id}`)"))).expect("a line");
        assert!(more > 0 && line.ends_with(&format!("; and {more} more")), "{line}");
    }
}

#[test]
fn what_if_says_which_argument_changes_nothing() {
    let mut server = Server::start();
    let known = json!({ "needs_mtls": true });
    for (arguments, says) in [
        (
            json!({ "facts": known, "changes": { "needs_mtls": false }, "forget": ["needs_mtls"] }),
            "`needs_mtls` stands in",
        ),
        (json!({ "facts": known }), "pass `changes`"),
        (json!({ "facts": known, "forget": ["microservices"] }), "of what `forget` names nothing is known"),
        (json!({ "facts": known, "changes": known }), "`changes` says what is known already"),
    ] {
        let said = server.refused("what_if", arguments.clone());
        assert!(said.contains(says), "{arguments}: {said}");
        assert!(arguments["changes"].is_object() || says.starts_with("pass") || !said.contains("changes`"), "{said}");
    }
}

#[test]
fn kinds_and_ids_are_told_as_they_are_taken() {
    let mut server = Server::start();
    for (tool, arguments, says) in [
        ("get", json!({ "kind": "trade_off", "id": "service-mesh" }), "did you mean `trade-off`?"),
        ("get", json!({ "kind": "gadget", "id": "x" }), "page, trade-off"),
        ("get", json!({ "kind": "trigger", "id": "many-services" }), "did you mean `service-mesh.many-services`?"),
        ("get", json!({ "kind": "trigger", "id": "many-servces" }), "did you mean `service-mesh.many-services`?"),
        ("search", json!({ "query": "mesh", "kind": "trade-off" }), "search for kind `capability`"),
        (
            "draft_decision_record",
            json!({ "capability": "service-mesh", "option": "linkrd" }),
            "did you mean `linkerd`?",
        ),
        (
            "draft_decision_record",
            json!({ "capability": "service-mesh", "option": "keep", "date": "2026-02-30" }),
            "`2026-02-30` is no date",
        ),
    ] {
        let said = server.refused(tool, arguments.clone());
        assert!(said.contains(says), "{tool} {arguments}: {said}");
        assert!(said.matches("istio").count() <= 1, "the options are told once: {said}");
    }
}

#[test]
fn arguments_of_another_type_are_named_in_the_words_of_json() {
    let mut server = Server::start();
    for (tool, arguments, says) in [
        ("search", json!({ "query": "a", "limit": "3" }), r#"`limit` is a whole number, 1 or more, not the text "3""#),
        ("list_facts", json!({ "limit": 0 }), "`limit` is a whole number, 1 or more, not 0"),
        ("search", json!({ "query": 5 }), "`query` is a text, not 5"),
        ("assess", json!({ "facts": "{}" }), r#"`facts` is an object, not the text "{}""#),
        ("assess", json!({ "capabilities": "a" }), r#"`capabilities` is a list of texts, not the text "a""#),
        ("what_if", json!({ "forget": ["a", 1] }), "`forget[1]` is a text, not 1"),
        ("explain_verdict", json!({}), "`capability` is missing: The capability, by id"),
    ] {
        assert_eq!(server.refused(tool, arguments), says);
    }
}

#[test]
fn schemas_name_the_words_that_may_stand_there() {
    let mut server = Server::start();
    let mut listed = server.ask("tools/list", json!({}));
    let tools = listed["result"]["tools"].take();
    let argument = |tool: &str, name: &str| {
        let tool = tools.as_array().expect("a list").iter().find(|one| one["name"] == tool).expect("the tool");
        tool["inputSchema"]["properties"][name].clone()
    };
    let words = |tool: &str, name: &str| argument(tool, name)["enum"].as_array().cloned().unwrap_or_default();
    assert!(words("get", "kind").contains(&json!("trade-off")));
    assert!(
        words("search", "kind").contains(&json!("trigger")) && !words("search", "kind").contains(&json!("trade-off"))
    );
    assert_eq!(words("get", "format"), [json!("markdown"), json!("json"), Value::Null]);
    assert_eq!(words("list_capabilities", "complexity"), [json!("low"), json!("medium"), json!("high"), Value::Null]);
    // What differs from site to site is that of this one.
    assert!(words("list_capabilities", "layer").contains(&json!("layer-2")));
    assert!(words("list_facts", "topic").contains(&json!("team")));
    for tool in ["search", "list_capabilities", "list_facts"] {
        assert_eq!(argument(tool, "limit")["minimum"], 1, "{tool}");
    }
    // Every word that a schema names is taken.
    for layer in words("list_capabilities", "layer") {
        server.value("list_capabilities", json!({ "layer": layer }));
    }
    for kind in words("search", "kind") {
        server.value("search", json!({ "query": "service", "kind": kind }));
    }
}

#[test]
fn requests_that_cannot_be_read_are_told_what_is_wrong_with_them() {
    let mut server = Server::start();
    let decide = "write_the_decision_record";
    for (method, params, code, says) in [
        ("tools/call", json!({}), -32602, "tools/call: `name` is missing"),
        ("tools/call", json!({ "name": "assess", "arguments": [] }), -32602, "`arguments` is an object, not a list"),
        ("resources/read", json!({}), -32602, "resources/read: `uri` is missing"),
        ("prompts/get", json!({ "name": 5 }), -32602, "prompts/get: `name` is a text, not 5"),
        ("prompts/get", json!({ "name": decide }), -32602, "`capability` is missing: The id of a capability"),
        (
            "prompts/get",
            json!({ "name": decide, "arguments": { "capability": "service-mesh", "knwon": "x" } }),
            -32602,
            "there is no argument `knwon`; did you mean `known`?",
        ),
        ("tools/sing", json!({}), -32601, "tools/sing"),
    ] {
        let answer = server.ask(method, params.clone());
        let error = &answer["error"];
        assert_eq!(error["code"], code, "{method} {params}: {answer}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(says)), "{method} {params}: {answer}");
    }
}

#[test]
fn a_file_that_is_no_framework_is_said_to_be_none() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worthwhile"));
    command.args(["assess", env!("CARGO_MANIFEST_DIR"), "--format", "json"]);
    let assessment = command.output().expect("runs").stdout;
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("assessment.json");
    std::fs::write(&file, assessment).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_worthwhile"))
        .arg("mcp")
        .arg(&file)
        .stdin(Stdio::null())
        .output()
        .expect("runs");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{talk}");
    assert!(talk.contains("it is no `framework.json`") && talk.lines().count() == 1, "{talk}");
}
