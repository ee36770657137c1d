//! mcp: a compiled site, spoken of over the Model Context Protocol on standard input and output.
//!
//! Everything is read-only and of one moment: the site is read once. An answer depends on the request alone, so an
//! interview needs no session. Nothing but protocol goes to standard output. The only module that names the SDK.

mod arguments;
mod desk;
mod prompts;
mod resources;
mod schema;
mod situation;
mod tools;

use anyhow::Context;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, CustomRequest, CustomResult, ErrorCode,
    ErrorData, GetPromptRequestParams, GetPromptResponse, Implementation, ListPromptsResult,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer, ServerInitializeError, serve_server};

use serde_json::{Value, json};

use crate::plan::Plan;
use crate::view::Words;

use desk::Desk;

/// What an error may take of what an agent reads at once, in bytes.
const LONGEST_ERROR: usize = 10_000;

const INSTRUCTIONS: &str = "\
A decision framework: capabilities that an organisation may adopt, each with the conditions under which it is worth \
its complexity. Verdicts (adopt, prepare, consider, wait, skip, open) are computed by fixed rules from facts about a \
situation; never compute or guess one yourself.

To assess a situation: call `next_question` with the facts that are known, ask the user, add the answer, and repeat \
until `done`; then call `assess`, and `explain_verdict` for what matters. Leave out facts that nobody has given; pass \
\"?\" for what the user does not know. Statements marked as prose have no condition: put them to the user, they decide \
nothing. To browse: `search`, `list_capabilities`, `get`. A link `capabilities/service-mesh.md` in a text is \
get(kind=capability, id=service-mesh).";

/// Answers until the input ends. The input may end before anybody has said hello.
pub fn serve(plan: Plan, words: Words) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("cannot start the protocol")?;
    let server = Server::new(Desk::new(plan, words));
    let result = runtime.block_on(async {
        match serve_server(server, rmcp::transport::stdio()).await {
            Ok(running) => running.waiting().await.map(|_| ()).context("the protocol ended early"),
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(error).context("the client did not start the protocol"),
        }
    });
    // A read of standard input that still waits cannot be cancelled.
    runtime.shutdown_background();
    result
}

/// The handler of every request.
struct Server {
    desk: Desk,
    tools: Vec<tools::Entry>,
}

impl Server {
    fn new(desk: Desk) -> Self {
        let tools = tools::all(&desk);
        Server { desk, tools }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().enable_prompts().build();
        let site = &self.desk.plan.catalog.site;
        let about = Implementation::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")).with_title(&site.title);
        let instructions = format!("{}: {}\n\n{INSTRUCTIONS}", site.title, site.question);
        ServerConfig::new(capabilities).with_server_info(about).with_instructions(instructions)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.iter().map(|entry| entry.tool.clone()).collect()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.tools.iter().find(|entry| entry.tool.name == name).map(|entry| entry.tool.clone())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let names = || self.tools.iter().map(|entry| entry.tool.name.as_ref());
        let Some(entry) = self.tools.iter().find(|entry| entry.tool.name == request.name) else {
            let message = desk::unknown("tool", &request.name, names());
            return Err(ErrorData::invalid_params(message, None));
        };
        let result = match (entry.call)(&self.desk, request.arguments.unwrap_or_default()) {
            Ok(reply) => {
                let mut result = CallToolResult::structured(reply.value);
                if let Some(text) = reply.text {
                    result.content = vec![ContentBlock::text(text)];
                }
                result
            }
            Err(message) => CallToolResult::error(vec![ContentBlock::text(desk::cut(&message, LONGEST_ERROR))]),
        };
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        let (page, next) = desk::page(resources::all(&self.desk), cursor.as_deref(), Some(resources::AT_ONCE))
            .map_err(|message| ErrorData::invalid_params(message, None))?;
        let mut result = ListResourcesResult::with_all_items(page);
        result.next_cursor = next;
        Ok(result)
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(resources::templates()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = resources::read(&self.desk, &request.uri);
        Ok(read.map_err(|message| ErrorData::resource_not_found(message, None))?.into())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(prompts::all()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let made = prompts::get(&self.desk, &request.name, &arguments);
        Ok(made.map_err(|message| ErrorData::invalid_params(message, None))?.into())
    }

    /// What is none of the requests that the SDK knows: another method, or parameters that it could not read.
    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        Err(misread(&request.method, request.params.as_ref()))
    }
}

/// Why a request could not be read.
fn misread(method: &str, params: Option<&Value>) -> ErrorData {
    let text = json!({ "type": "string" });
    let object = json!({ "type": "object" });
    let schema = match method {
        "tools/call" | "prompts/get" => {
            json!({ "properties": { "name": text, "arguments": object }, "required": ["name"] })
        }
        "resources/read" => json!({ "properties": { "uri": text }, "required": ["uri"] }),
        _ => return ErrorData::new(ErrorCode::METHOD_NOT_FOUND, method.to_owned(), None),
    };
    let none = json!({});
    let message = match (params.unwrap_or(&none).as_object(), schema.as_object()) {
        (Some(params), Some(schema)) => arguments::fit(schema, params).err(),
        _ => Some("`params` is an object".to_owned()),
    };
    let message = message.unwrap_or_else(|| "its parameters cannot be read".to_owned());
    ErrorData::invalid_params(format!("{method}: {message}"), None)
}

/// What a client is told to start the server with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// `mcpServers`: most clients.
    Json,
    /// `servers`, with a type.
    Vscode,
    /// A table of TOML.
    Toml,
}

/// The configuration of a client: `program` with these arguments.
pub fn config(client: Client, program: &str, arguments: &[String]) -> String {
    let json = |value: serde_json::Value| serde_json::to_string_pretty(&value).expect("text is JSON") + "\n";
    match client {
        Client::Json => {
            json(serde_json::json!({ "mcpServers": { "worthwhile": { "command": program, "args": arguments } } }))
        }
        Client::Vscode => json(serde_json::json!({
            "servers": { "worthwhile": { "type": "stdio", "command": program, "args": arguments } }
        })),
        Client::Toml => {
            // JSON strings are basic strings of TOML.
            let quoted = |text: &str| serde_json::to_string(text).expect("text is JSON");
            let arguments: Vec<String> = arguments.iter().map(|a| quoted(a)).collect();
            format!("[mcp_servers.worthwhile]\ncommand = {}\nargs = [{}]\n", quoted(program), arguments.join(", "))
        }
    }
}
