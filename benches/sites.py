#!/usr/bin/env python3
"""Writes the corpus as the source of a site of one tool.

    sites.py TOOL N OUT          TOOL: worthwhile | hugo | hugo-alike | mdbook | eleventy

Every tool gets the same records and the same prose, as the files that it reads by itself. What a tool cannot make of
data, it gets ready made: mdBook, which has no data, gets Markdown and finished JSON.
"""
import json
import os
import re
import shutil
import sys

from corpus import COMPLEXITY, LAYERS, corpus, emit

HERE = os.path.dirname(os.path.abspath(__file__))


def write(folder, path, text):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def facts_of(rec):
    return sorted({x["when"]["fact"] for x in rec["triggers"] + rec["skip"] if "when" in x})


def tools_of(rec):
    return [option["tool"] for option in rec["options"]]


def uses(recs):
    """Tool -> who uses it; fact -> who reads it."""
    tools, facts = {}, {}
    for rec in recs:
        short = {"id": rec["id"], "title": rec["title"], "layer": rec["layer"]}
        for tool in tools_of(rec):
            tools.setdefault(tool, []).append(short)
        for fact in facts_of(rec):
            facts.setdefault(fact, []).append(short)
    return tools, facts


# worthwhile

ANSWERS = ["none", "some", "many", "all"]


def condition(fact, when):
    """The neutral condition in the grammar of worthwhile, by the fact's type."""
    name = fact["id"].replace("-", "_")
    op, value = when["op"], when["value"]
    if fact["kind"] == "bool":
        return f"!{name}" if op == "<" else name
    if fact["kind"] == "number":
        return f"{name} {'==' if op == 'is' else op} {value}"
    answer = ANSWERS[value % len(ANSWERS)]
    return f'{name} {"!=" if op == "<" else "=="} "{answer}"'


def conditions(rec, facts):
    """The conditions of a record's statements, by identity. Within one capability every fact is read once, as an author
    would write it: else statements imply each other, and the build spends its time on warnings."""
    order = [fact["id"] for fact in facts]
    by_id = {fact["id"]: fact for fact in facts}
    read, found = set(), {}
    for statement in rec["triggers"] + rec["skip"]:
        if "when" in statement:
            at = order.index(statement["when"]["fact"])
            while order[at % len(order)] in read:
                at += 1
            fact = order[at % len(order)]
            read.add(fact)
            found[id(statement)] = condition(by_id[fact], statement["when"])
    return found


def worthwhile(recs, prose, facts, tools, out):
    site = {
        "format": 1, "title": "Bench decisions", "base_url": "https://bench.example/",
        "question": "When is it worth it?", "description": "A corpus for benchmarks.",
    }
    write(out, "content/site.yaml", emit(site))
    for n, layer in enumerate(LAYERS):
        title = layer.capitalize()
        write(out, f"content/layers/{layer}.yaml", emit({"title": title, "order": n, "summary": f"Layer {title}."}))
    declared = {}
    for fact in facts:
        kind = {"bool": "boolean", "number": "integer", "choice": "choice"}[fact["kind"]]
        entry = {"title": fact["title"], "question": fact["question"], "type": kind, "help": fact["help"]}
        if kind == "choice":
            entry["options"] = {answer: answer.capitalize() for answer in ANSWERS}
        declared[fact["id"].replace("-", "_")] = entry
    write(out, "content/facts/all.yaml", emit(declared))
    for tool in tools:
        entry = {"title": tool["title"], "kind": "tool", "summary": tool["summary"], "url": tool["homepage"],
                 "licence": tool["license"]}
        write(out, f"content/options/{tool['id']}.yaml", emit(entry))
    for rec in recs:
        when = conditions(rec, facts)

        def statement(source, **more):
            own = when.get(id(source))
            return dict(more, text=source["text"], **({"when": own} if own else {}))

        entry = {
            "title": rec["title"], "layer": rec["layer"], "summary": rec["summary"],
            "complexity": rec["complexity"] if rec["complexity"] in COMPLEXITY[:3] else "high",
            "complexity_note": f"{rec['complexity']}, owned by {rec['owner']}",
            "triggers": [statement(x, id=f"trigger-{n + 1}") for n, x in enumerate(rec["triggers"])],
            "not_when": [statement(x) for x in rec["skip"]],
            "trade_offs": {
                "title": "Options", "summary": rec["summary"],
                "options": [{"option": x["tool"], "pros": x["pro"], "cons": x["contra"], "use_when": [x["use_when"]]}
                            for x in rec["options"]],
            },
            "decision_points": [
                {"id": f"decision-{n + 1}", "question": group["group"],
                 "ask": [f"{q['q']} {q['why']} Default: {q['default']}." for q in group["questions"]]}
                for n, group in enumerate(rec["decisions"])
            ],
            "timing": rec["timing"],
            "builds_on": [{"capability": x["id"], "adds": x["title"]} for x in rec["builds_on"]],
            "related": sorted({x["id"] for x in rec["links"]} - {rec["id"]}),
        }
        write(out, f"content/capabilities/{rec['id']}.yaml", emit({k: v for k, v in entry.items() if v}))
        text = re.sub(r"\]\(/c/([a-z0-9-]+)/\)", r"](\1.md)", prose[rec["id"]])
        text = text.replace("](/matrix/)", f"](../layers/{rec['layer']}.yaml)")
        write(out, f"content/capabilities/{rec['id']}.md", text)


# hugo

def hugo(recs, prose, facts, tools, out):
    """The whole record in the front matter; tools, facts and layers are taxonomies."""
    for rec in recs:
        front = {"title": rec["title"], "slug": rec["id"], "t": tools_of(rec), "f": facts_of(rec), "l": [rec["layer"]],
                 "params": {"rec": rec}}
        write(out, f"content/c/{rec['id']}.md", "---\n" + emit(front) + "---\n" + prose[rec["id"]])
    write(out, "data/tools.json", json.dumps({tool["id"]: tool for tool in tools}))
    write(out, "data/facts.json", json.dumps({fact["id"]: fact for fact in facts}))


def hugo_alike(recs, prose, facts, tools, out):
    """The same, that Hugo makes the files of worthwhile of it: triggers and trade-offs have pages too."""
    hugo(recs, prose, facts, tools, out)
    write(out, "data/records.json", json.dumps(recs))


# eleventy

def eleventy(recs, prose, facts, tools, out):
    by_tool, by_fact = uses(recs)
    for rec in recs:
        front = emit({"title": rec["title"], "rec": rec})
        write(out, f"c/{rec['id']}.md", "---\n" + front + "---\n" + prose[rec["id"]])
    write(out, "_data/tools.json", json.dumps([dict(t, used_by=by_tool.get(t["id"], [])) for t in tools]))
    write(out, "_data/facts.json", json.dumps([dict(f, used_by=by_fact.get(f["id"], [])) for f in facts]))
    write(out, "_data/site.json", json.dumps({"layers": LAYERS}))
    write(out, "package.json", '{"type": "module"}\n')


# mdbook

def bullets(items):
    return "\n".join(f"- {item}" for item in items) + "\n"


def capability_page(rec, prose):
    def when(x):
        own = x.get("when")
        return f"[{own['fact']}](../f/{own['fact']}.md) {own['op'].replace('<', '&lt;')} {own['value']}" if own else ""

    def links(items):
        return bullets(f"[{x['title']}](../c/{x['id']}.md)" for x in items)

    yield f"# {rec['title']}\n\n{rec['summary']}\n"
    yield f"Layer: [{rec['layer']}](../l/{rec['layer']}.md) · complexity {rec['complexity']} · owner {rec['owner']}\n"
    yield "## Triggers\n\n| Trigger | Weight | When |\n|---|---|---|"
    for x in rec["triggers"]:
        yield f"| {x['text']} | {x['weight']} | {when(x)} |"
    yield "\n## Skip when\n\n" + bullets(f"{x['text']} {when(x)}" for x in rec["skip"])
    yield "## Options\n"
    for x in rec["options"]:
        yield f"### [{x['title']}](../t/{x['tool']}.md)\n\nPro\n\n{bullets(x['pro'])}\nContra\n\n{bullets(x['contra'])}"
        yield f"Use when: {x['use_when']}\n"
    yield "## Decisions\n"
    for group in rec["decisions"]:
        questions = bullets(f"**{q['q']}** {q['why']} Default: {q['default']}" for q in group["questions"])
        yield f"### {group['group']}\n\n{questions}"
    yield f"## Timing\n\nNow\n\n{bullets(rec['timing']['now'])}\nLater\n\n{bullets(rec['timing']['later'])}"
    yield f"## Builds on\n\n{links(rec['builds_on'])}\n## Links\n\n{links(rec['links'])}"
    yield re.sub(r"\]\(/c/([a-z0-9-]+)/\)", r"](../c/\1.md)", prose).replace("](/matrix/)", "](../matrix.md)")


def mdbook(recs, prose, facts, tools, out):
    """Everything as Markdown, and the JSON ready made: mdBook has no data of its own."""
    by_tool, by_fact = uses(recs)

    def users(items):
        return bullets(f"[{x['title']}](../c/{x['id']}.md) ({x['layer']})" for x in items)

    summary = ["# Summary\n", "[Home](index.md)", "[Matrix](matrix.md)"]
    heads = bullets(f"[{x}](l/{x}.md): {sum(r['layer'] == x for r in recs)} capabilities" for x in LAYERS)
    write(out, "src/index.md", "# Bench decisions\n\n" + heads)
    rows = [f"| [{r['title']}](c/{r['id']}.md) | [{r['layer']}](l/{r['layer']}.md) | {r['complexity']} "
            f"| {len(r['triggers'])} | {len(r['options'])} | {r['owner']} |" for r in recs]
    head = "# Matrix\n\n| Capability | Layer | Complexity | Triggers | Options | Owner |\n|---|---|---|---|---|---|\n"
    write(out, "src/matrix.md", head + "\n".join(rows) + "\n")

    def part(title, pages):
        summary.append(f"\n# {title}\n")
        for path, name, text in pages:
            write(out, f"src/{path}", text)
            summary.append(f"- [{name}]({path})")

    for layer in LAYERS:
        own = [rec for rec in recs if rec["layer"] == layer]
        part(layer, ((f"c/{r['id']}.md", r["title"], "\n".join(capability_page(r, prose[r["id"]]))) for r in own))
    part("Tools", ((f"t/{t['id']}.md", t["title"],
                    f"# {t['title']}\n\n{t['summary']}\n\nLicence {t['license']}, <{t['homepage']}>\n\n## Used by\n\n"
                    + users(by_tool.get(t["id"], []))) for t in tools))
    part("Facts", ((f"f/{f['id']}.md", f["title"], f"# {f['title']}\n\n{f['question']}\n\n{f['help']}\n\n## Read by\n\n"
                    + users(by_fact.get(f["id"], []))) for f in facts))
    part("Layers", ((f"l/{x}.md", x, f"# {x}\n\n" + users(r for r in recs if r["layer"] == x)) for x in LAYERS))
    write(out, "src/SUMMARY.md", "\n".join(summary) + "\n")
    for rec in recs:
        write(out, f"src/c/{rec['id']}.json", json.dumps(rec))
    write(out, "src/all.json", json.dumps({"capabilities": recs, "facts": facts, "tools": tools}))


TOOLS = {"worthwhile": worthwhile, "hugo": hugo, "hugo-alike": hugo_alike, "mdbook": mdbook, "eleventy": eleventy}


def make(tool, n, out):
    """Writes the site of N capabilities; what stood there goes."""
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    # What a folder does not have, the one before it has.
    for name in ("hugo", tool) if tool == "hugo-alike" else (tool,):
        templates = os.path.join(HERE, "templates", name)
        if os.path.isdir(templates):
            shutil.copytree(templates, out, dirs_exist_ok=True)
    recs, prose, facts, tools = [], {}, [], []
    for facts, tools, rec, text in corpus(n):
        recs.append(rec)
        prose[rec["id"]] = text
    TOOLS[tool](recs, prose, facts, tools, out)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in TOOLS:
        sys.exit(__doc__)
    make(sys.argv[1], int(sys.argv[2]), sys.argv[3])
