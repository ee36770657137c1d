"""Speaks with `worthwhile mcp` as an agent does, with other people's client: in the current and the legacy protocol,
on a content folder and on a published framework.json.

    python mcp_client.py PROGRAM FOLDER FRAMEWORK
    python mcp_client.py PROGRAM SITE --transcript CASE

Every structured result is judged by the schema that its tool declares. An interview that knows nothing but tool results
must come to the assessment of the command line. With --transcript it prints one such interview and judges nothing: the
webshop's, with `webshop.json` for what its case leaves open, ends with every verdict settled.
"""

import asyncio
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import time

from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters, stdio_client

TOOLS = [
    "search", "list_capabilities", "get", "list_facts", "assess", "next_question", "explain_verdict", "what_if",
    "compare_options", "draft_decision_record",
]
# What the case of the webshop leaves open, answered as such a shop might.
REST = json.loads((pathlib.Path(__file__).parent / "webshop.json").read_text())
PROMPTS = ["assess_my_platform", "write_the_decision_record", "challenge_this_verdict"]


def tokens(text):
    return math.ceil(len(text) / 4)


def check(is_so, what):
    if not is_so:
        raise AssertionError(what)


class Agent:
    """A client that judges what it is told."""

    def __init__(self, client):
        self.client = client
        self.schemas = {}
        self.calls = 0

    async def learn(self):
        tools = (await self.client.list_tools()).tools
        for tool in tools:
            Draft202012Validator.check_schema(tool.input_schema)
            Draft202012Validator.check_schema(tool.output_schema)
            self.schemas[tool.name] = (Draft202012Validator(tool.input_schema), Draft202012Validator(tool.output_schema))
        return tools

    async def ask(self, tool, **arguments):
        """The structured result, which must be what the tool promises."""
        takes, gives = self.schemas[tool]
        takes.validate(arguments)
        self.calls += 1
        result = await self.client.call_tool(tool, arguments)
        check(not result.is_error, f"{tool} {arguments}: {result.content}")
        gives.validate(result.structured_content)
        check(result.content[0].text.strip(), f"{tool} says nothing in text")
        return result.structured_content

    async def text(self, tool, **arguments):
        result = await self.client.call_tool(tool, arguments)
        check(not result.is_error, f"{tool} {arguments}: {result.content}")
        return result.content[0].text

    async def refused(self, tool, says, **arguments):
        result = await self.client.call_tool(tool, arguments)
        text = result.content[0].text
        check(result.is_error, f"{tool} {arguments} was accepted: {text}")
        for words in says:
            check(words in text, f"{tool} {arguments} is refused without {words!r}: {text}")
        check("content/" not in text, f"{tool} {arguments} names a file that the agent cannot read: {text}")
        check(tokens(text) <= 2500, f"{tool}: a mistake costs {tokens(text)} tokens")


def server(program, site, errors):
    return stdio_client(StdioServerParameters(command=program, args=["mcp", site]), errlog=errors)


def value_of(answer):
    """An answer as published -> as it is passed."""
    for key in ("boolean", "number", "option", "one_of", "set"):
        if key in answer:
            return answer[key]
    return answer.get("range", "?")


async def interview(agent, known, say=None):
    """Asks until done; answers what `known` has, and "?" otherwise. Gives the facts and the number of questions."""
    facts, asked = {}, 0
    while True:
        next_ = await agent.ask("next_question", facts=facts)
        if next_["done"]:
            return facts, asked, next_
        asked += 1
        check(asked < 200, "the interview does not end")
        fact = next_["question"]["id"]
        check(fact not in facts, f"{fact} is asked twice")
        facts[fact] = known.get(fact, "?")
        if say:
            say(asked, next_, facts[fact])


async def judge(program, folder, site, mode):
    with tempfile.TemporaryFile("w+") as errors:
        async with Client(server(program, site, errors), mode=mode) as client:
            agent = Agent(client)
            if mode == "auto":
                check(client.protocol_version >= "2026-07-28", f"the current protocol is not spoken: {client.protocol_version}")
            else:
                check(client.protocol_version < "2026-07-28", f"legacy is not spoken: {client.protocol_version}")
            version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
            check(client.server_info.name == "worthwhile" and client.server_info.version == version, client.server_info)
            check("next_question" in client.instructions, "the instructions do not say how to interview")

            tools = await agent.learn()
            check([tool.name for tool in tools] == TOOLS, f"tools: {[tool.name for tool in tools]}")
            for tool in tools:
                hints = tool.annotations
                check(hints.read_only_hint and not hints.destructive_hint and not hints.open_world_hint, f"{tool.name} may change something")
                check(tool.description and tool.title, f"{tool.name} is not described")

            await browse(agent)
            await judge_verdicts(agent, program, folder)
            await guesses(agent)
            await mistakes(agent)
            await rest(client)
            again = [await agent.text("search", query="tracing"), await agent.text("list_facts")]
            check(again == [await agent.text("search", query="tracing"), await agent.text("list_facts")], "answers differ")
        errors.seek(0)
        said = errors.read()
        check(said == "", f"the server talks on stderr: {said}")


async def browse(agent):
    listed = await agent.ask("list_capabilities")
    size = tokens(await agent.text("list_capabilities"))
    check(size <= 1500, f"list_capabilities costs {size} tokens")
    check(listed["total"] == len(listed["capabilities"]) > 0, "capabilities are missing")
    for capability in listed["capabilities"]:
        thing = await agent.ask("get", kind="capability", id=capability["id"])
        text = await agent.text("get", kind="capability", id=capability["id"])
        check(text == thing["markdown"] and tokens(text) == thing["tokens"] <= 4000, f"{capability['id']} costs {tokens(text)} tokens")
        item = await agent.ask("get", kind="capability", id=capability["id"], format="json")
        check(item["json"]["id"] == capability["id"], "another thing is given")
        found = await agent.ask("search", query=capability["title"])
        check(found["results"][0]["id"] == capability["id"], f"search for {capability['title']!r} finds {found['results'][0]}")
    trade_off = await agent.ask("get", kind="trade-off", id="service-mesh")
    check("Linkerd" in trade_off["markdown"], "the trade-off lacks an option")
    low = await agent.ask("list_capabilities", complexity="low", layer="layer-2")
    check(0 < low["total"] < listed["total"], f"{low['total']} are of low complexity")

    # Pages of a long list, put together, are the list.
    facts, cursor = [], None
    while True:
        part = await agent.ask("list_facts", limit=7, **({"cursor": cursor} if cursor else {}))
        facts += part["facts"]
        cursor = part.get("next_cursor")
        if not cursor:
            break
    check(len(facts) == part["total"] == len({fact["id"] for fact in facts}), "pages of facts overlap or leave out")
    of_mesh = await agent.ask("list_facts", capability="service-mesh")
    check("microservices" in [fact["id"] for fact in of_mesh["facts"]] and of_mesh["total"] < len(facts), "facts of a capability")


async def judge_verdicts(agent, program, folder):
    cases = await agent.ask("search", query="case webshop", kind="case")
    check(cases["results"][0]["id"] == "dutch-webshop", cases)
    for case in ("dutch-webshop", "regulated-bank"):
        item = (await agent.ask("get", kind="case", id=case, format="json"))["json"]
        known = {answer["fact"]: value_of(answer) for answer in item["facts"]}
        facts, asked, end = await interview(agent, known)
        assessed = await agent.ask("assess", facts=facts)
        check(assessed["progress"] == end["progress"] != "asking", f"{case}: {end}")
        if case == "dutch-webshop":
            everything = REST | known
            full, _, end_of_full = await interview(agent, everything)
            check(end_of_full["progress"] == "settled" and end_of_full["settled"] == end_of_full["total"], f"not settled: {end_of_full}")
            check(len(full) < len(everything), "every fact there is was asked for")
        for expect in item["expect"]:
            got = next(c for c in assessed["capabilities"] if c["id"] == expect["capability"]["id"])
            check(got["verdict"] in expect["verdicts"], f"{case}: {got['id']} is {got['verdict']} after {asked} questions")
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as profile:
            json.dump({"facts": facts}, profile)
            profile.flush()
            line = [program, "assess", folder, "--profile", profile.name, "--format", "json"]
            printed = json.loads(subprocess.run(line, capture_output=True, text=True, check=True).stdout)
        check(printed == assessed, f"{case}: the command line comes to something else")

    # Who asks about one capability is told of nothing else.
    mesh = await agent.ask("assess", facts={"microservices": 8}, capabilities=["service-mesh"])
    read = [fact["id"] for fact in (await agent.ask("list_facts", capability="service-mesh"))["facts"]]
    check(mesh["next_questions"] and all(q["fact"] in read and q["touches"] == 1 for q in mesh["next_questions"]), mesh["next_questions"])
    check(set(mesh["order"]) <= {"service-mesh"}, mesh["order"])

    # What was never asked changes nothing that is settled.
    one = await agent.ask("explain_verdict", capability="service-mesh", case="dutch-webshop")
    check(one["verdict"] == "skip" and one["settled"] and one["because"], one)
    other = await agent.ask("what_if", case="dutch-webshop", changes={"needs_mtls": True})
    mesh = next(d for d in other["changed"] if d["capability"] == "service-mesh")
    check(mesh["before"]["verdict"] == "skip" != mesh["after"]["verdict"], mesh)
    forgot = await agent.ask("what_if", case="dutch-webshop", forget=["developers", "compliance"])
    check(forgot["changed"], "forgetting changes nothing")
    for capability in ("service-mesh", "security-auditing"):
        compared = await agent.ask("compare_options", capability=capability, case="regulated-bank")
        check({row["fit"] for row in compared["options"]} & {"fits", "does-not-fit"}, compared)
    record = await agent.ask("draft_decision_record", capability="distributed-tracing", option="opentelemetry-tempo", case="dutch-webshop", date="2026-11-25")
    with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
        file.write(record["markdown"])
        file.flush()
        line = [program, "assess", folder, "--decision", file.name]
        held = subprocess.run(line, capture_output=True, text=True)
        check(held.returncode == 0, f"the premises of a record do not hold: {held.stdout}{held.stderr}")
    keep = await agent.ask("draft_decision_record", capability="service-mesh", option="keep", case="dutch-webshop")
    check("Keep what you have" in keep["markdown"], keep)


async def guesses(agent):
    """What nobody has said is no reason: the text of an assessment says that it is not known."""
    lines = (await agent.text("assess")).splitlines()
    rows = [line for line in lines if "(`open`)" in line and "Because: " in line]
    check(rows, "nothing is open where nothing is known")
    for row in rows:
        check("Because: not known yet: " in row, row)


async def mistakes(agent):
    await agent.refused("assess", ["microservice", "facts:3", "did you mean `microservices`?"], facts={"microservice": 8})
    await agent.refused("assess", ["architecture", "monolith"], facts={"architecture": "monolyth"})
    await agent.refused("next_question", ["microservices", "integer"], facts={"microservices": 2.5})
    await agent.refused("explain_verdict", ["did you mean `service-mesh`?"], capability="servce-mesh")
    await agent.refused("assess", ["did you mean `dutch-webshop`?"], case="dutch-webshp")
    await agent.refused("assess", ["there is no argument `fact`", "facts"], fact={"microservices": 8})
    await agent.refused("get", ["possible", "capability"], kind="gadget", id="x")
    await agent.refused("draft_decision_record", ["linkerd", "keep"], capability="service-mesh", option="linkerdd")
    await agent.refused("list_facts", ["cursor"], cursor="soon")
    await agent.refused("search", ["query"], query=" ")
    await agent.refused("search", ["`limit` is a whole number", 'not the text "3"'], query="mesh", limit="3")
    await agent.refused("assess", ["`capabilities` is a list of texts"], capabilities="service-mesh")
    await agent.refused("get", ["did you mean `trade-off`?"], kind="trade_off", id="service-mesh")
    await agent.refused("get", ["did you mean `service-mesh.many-services`?"], kind="trigger", id="many-services")
    await agent.refused("what_if", ["`needs_mtls` stands in `changes` and in `forget`"], changes={"needs_mtls": True}, forget=["needs_mtls"])
    await agent.refused("what_if", ["`forget`"], forget=["needs_mtls"])
    await agent.refused("draft_decision_record", ["no date"], capability="service-mesh", option="keep", date="2026-02-30")
    await agent.refused("assess", ["and 1980 more"], facts={f"nope_{n}": 1 for n in range(2000)})
    # Time grows with the words, so only the first of very many are looked for.
    started = time.monotonic()
    await agent.ask("search", query=" ".join(f"word{n}" for n in range(200_000)))
    check(time.monotonic() - started < 10, "a search for two megabytes takes long")


async def rest(client):
    """Resources and prompts."""
    resources, cursor = [], None
    while True:
        part = await client.list_resources(cursor=cursor)
        resources += part.resources
        cursor = part.next_cursor
        if cursor is None:
            break
    uris = [str(resource.uri) for resource in resources]
    check(len(uris) == len(set(uris)) > 100, f"{len(uris)} resources")
    for uri in ("capabilities/service-mesh.md", "facts/microservices.md", "schemas/v1/assessment.schema.json", "api/v1/framework.json"):
        check(f"worthwhile://site/{uri}" in uris, f"there is no resource {uri}")
    for resource in resources[::9]:
        [content] = (await client.read_resource(resource.uri)).contents
        check(content.text and content.mime_type == resource.mime_type, f"{resource.uri}: {content.mime_type}")
        if content.mime_type.endswith("json"):
            json.loads(content.text)
        else:
            check(content.text.startswith("---\n"), f"{resource.uri} has no front matter")
    check((await client.list_resource_templates()).resource_templates, "there is no template")
    try:
        await client.read_resource("worthwhile://site/capabilities/servce-mesh.md")
    except Exception as error:
        check("service-mesh.md" in str(error), f"an unknown resource is refused without help: {error}")
    else:
        raise AssertionError("an unknown resource is read")
    prompts = (await client.list_prompts()).prompts
    check([prompt.name for prompt in prompts] == PROMPTS, prompts)
    for name, wrong in ((PROMPTS[1], {}), (PROMPTS[0], {"knwon": "8 services"})):
        try:
            await client.get_prompt(name, wrong)
        except Exception as error:
            check("`capability` is missing" in str(error) or "did you mean `known`?" in str(error), f"{name} {wrong}: {error}")
        else:
            raise AssertionError(f"{name} takes {wrong}")
    for name in PROMPTS:
        arguments = {"known": "8 services"} | ({} if name == PROMPTS[0] else {"capability": "service-mesh"})
        [message] = (await client.get_prompt(name, arguments)).messages
        check("8 services" in message.content.text, f"{name} forgets what is known")


async def transcript(program, site, case):
    """One interview, as text."""
    with tempfile.TemporaryFile("w+") as errors:
        async with Client(server(program, site, errors)) as client:
            agent = Agent(client)
            await agent.learn()
            item = (await agent.ask("get", kind="case", id=case, format="json"))["json"]
            known = {answer["fact"]: value_of(answer) for answer in item["facts"]}

            def say(asked, next_, answer):
                question = next_["question"]
                print(f"{asked:>3}  {question['question']}")
                print(f"     {next_['settled']} of {next_['total']} settled; touches {next_['touches']}, could settle {next_['could_settle']}")
                print(f"     -> {{{json.dumps(question['id'])}: {json.dumps(answer)}}}\n")

            if case == "dutch-webshop":
                known = REST | known
            print(f"# {item['title']}, from nothing known\n")
            facts, asked, end = await interview(agent, known, say)
            given = sum(answer != "?" for answer in facts.values())
            print(f"done after {asked} questions ({given} answered, {asked - given} not known): progress {end['progress']}, {end['settled']} of {end['total']} verdicts settled\n")
            print(await agent.text("assess", facts=facts))


def inspect(program, folder):
    """The inspector's command line lists and calls."""
    inspector = "node_modules/.bin/mcp-inspector"

    def run(*arguments):
        line = [inspector, "--cli", program, "mcp", folder, "--method", *arguments]
        done = subprocess.run(line, capture_output=True, text=True, cwd="tests/browser", timeout=60)
        check(done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    check([tool["name"] for tool in run("tools/list")["tools"]] == TOOLS, "the inspector sees other tools")
    called = run("tools/call", "--tool-name", "list_facts", "--tool-arg", "topic=team")
    check(called["structuredContent"]["total"] > 0, called)
    check(run("resources/list")["resources"], "the inspector sees no resource")
    check([prompt["name"] for prompt in run("prompts/list")["prompts"]] == PROMPTS, "the inspector sees other prompts")


async def main(program, folder, framework):
    for site in (folder, framework):
        for mode in ("auto", "legacy"):
            await judge(program, folder, site, mode)
            print(f"ok: {site}, {mode}")
    nothing = subprocess.run([program, "mcp", folder], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    check((nothing.returncode, nothing.stdout, nothing.stderr) == (0, b"", b""), f"no input: {nothing}")
    inspect(program, folder)
    print("ok: the inspector")


if __name__ == "__main__":
    if "--transcript" in sys.argv:
        asyncio.run(transcript(sys.argv[1], sys.argv[2], sys.argv[-1]))
    else:
        asyncio.run(main(*sys.argv[1:4]))
