#!/usr/bin/env python3
"""The corpus of the benchmarks: N capabilities, each a record of facts, options, decisions and about 600 words of prose
with two blocks of code. The same N and seed give the same bytes.

It is neutral: `sites.py` writes it down as the source of one tool after the other.
"""
import json
import random
import re

LAYERS = ["foundation", "platform", "network", "data", "security", "delivery", "observability", "experience"]
COMPLEXITY = ["low", "medium", "high", "extreme"]
NFACTS = 30
WORDS = ("team cluster service traffic policy secret backup restore region latency budget owner request storage volume "
  "gateway ingress certificate rotation audit log metric trace alert pager runbook deploy rollout canary rollback image "
  "registry scan signature build pipeline cache artefact branch review release quota limit node pool autoscaler spot "
  "tenant namespace identity token session role group permission database replica failover shard index query schema "
  "migration queue topic consumer lag retry timeout circuit breaker proxy mesh sidecar kernel runtime sandbox cost "
  "license vendor support contract exit risk control evidence regulator customer outage incident postmortem capacity "
  "forecast growth seasonal peak steady simple managed hosted local remote hybrid edge offline").split()
GLUE = ("the a when because and so that which most few every before after without until unless with from into over "
  "you we it they can should must may does not only often rarely already").split()
VERBS = "needs keeps moves breaks grows costs saves hides shows limits replaces delays proves owns shares checks".split()
ADJ = "small shared early late costly cheap safe risky stable noisy manual automatic central local strict loose".split()

def sl(s): return re.sub(r"[^a-z0-9]+", "-", s.lower()).strip("-")
def esc_yaml(s):
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9 _./,()'\-]*", s) and s.lower() not in ("yes","no","true","false","null","on","off","y","n","~") and not s.endswith(" "):
        return s
    return json.dumps(s, ensure_ascii=False)

def emit(o, ind=0, out=None):
    """Small YAML block emitter (dict/list/str/int/bool/None)."""
    top = out is None
    if top: out = []
    pad = "  " * ind
    if isinstance(o, dict):
        for k, v in o.items():
            if isinstance(v, (dict, list)):
                if not v: out.append(f"{pad}{k}: {'{}' if isinstance(v, dict) else '[]'}\n")
                else:
                    out.append(f"{pad}{k}:\n"); emit(v, ind + 1, out)
            else: out.append(f"{pad}{k}: {scalar(v)}\n")
    elif isinstance(o, list):
        for v in o:
            if isinstance(v, (dict, list)) and v:
                sub = []; emit(v, ind + 1, sub)
                sub[0] = pad + "- " + sub[0][len(pad) + 2:]
                out.extend(sub)
            else: out.append(f"{pad}- {scalar(v)}\n")
    if top: return "".join(out)
def scalar(v):
    if v is True: return "true"
    if v is False: return "false"
    if v is None: return "null"
    if isinstance(v, int): return str(v)
    return esc_yaml(v)

class G:
    def __init__(s, seed): s.r = random.Random(seed)
    def words(s, n):
        r = s.r; o = []
        for i in range(n):
            o.append(r.choice(GLUE) if i % 2 else r.choice((WORDS, WORDS, VERBS, ADJ)[int(r.random()*4)]))
        return o
    def sent(s, lo=8, hi=16):
        w = s.words(s.r.randint(lo, hi)); return w[0].capitalize() + " " + " ".join(w[1:]) + "."
    def phrase(s, lo=4, hi=9):
        w = s.words(s.r.randint(lo, hi)); return w[0].capitalize() + " " + " ".join(w[1:])
    def para(s, n): return " ".join(s.sent() for _ in range(n))

    def code(s, lang):
        r = s.r; w = lambda: r.choice(WORDS); n = lambda a, b: r.randint(a, b)
        if lang == "yaml":
            return (f"apiVersion: apps/v{n(1,3)}\nkind: Deployment\nmetadata:\n  name: {w()}-{w()}\n  labels:\n    app: {w()}\n    tier: \"{w()}\"\n"
              f"spec:\n  replicas: {n(1,9)}  # {w()} {w()}\n  template:\n    spec:\n      containers:\n        - name: {w()}\n          image: registry.example/{w()}:{n(1,9)}.{n(0,20)}\n"
              f"          args: [\"--{w()}={n(1,99)}\", \"--{w()}\"]\n          resources:\n            limits: {{cpu: {n(1,8)}, memory: {n(1,64)}Gi}}\n            requests:\n              cpu: {n(100,900)}m\n      enabled: true\n")
        if lang == "rust":
            a, b, c = w(), w(), w()
            return (f"use std::collections::HashMap;\n\n/// The {a} of a {b}.\n#[derive(Debug, Clone)]\npub struct {a.capitalize()}<'a> {{\n    pub {b}: &'a str,\n    {c}_count: u{r.choice((8,16,32,64))},\n}}\n\n"
              f"impl<'a> {a.capitalize()}<'a> {{\n    pub fn {c}(&self, items: &[String]) -> Option<usize> {{\n        let mut seen: HashMap<&str, usize> = HashMap::new();\n        for (i, it) in items.iter().enumerate() {{\n"
              f"            // {w()} before {w()}\n            if it.len() > {n(2,90)} && !it.starts_with(\"{w()}\") {{\n                *seen.entry(it.as_str()).or_insert(0) += i;\n            }}\n        }}\n        seen.values().copied().max()\n    }}\n}}\n")
        if lang == "hcl":
            a, b = w(), w()
            return (f"variable \"{a}\" {{\n  type    = list(string)\n  default = [\"{w()}\", \"{w()}\"]\n}}\n\nresource \"cloud_{b}\" \"{a}\" {{\n  for_each = toset(var.{a})\n  name     = \"${{each.key}}-{w()}\"\n  size     = {n(1,64)} # {w()}\n\n"
              f"  lifecycle {{\n    prevent_destroy = true\n  }}\n\n  tags = {{\n    owner = \"{w()}\"\n    cost  = format(\"%03d\", {n(1,99)})\n  }}\n}}\n\noutput \"{b}_ids\" {{\n  value = [for k, v in cloud_{b}.{a} : v.id if v.size > {n(1,9)}]\n}}\n")
        if lang == "bash":
            a = w()
            return (f"#!/usr/bin/env bash\nset -euo pipefail\n\n{a.upper()}_DIR=${{1:-/var/{a}}}\nfor f in \"${a.upper()}_DIR\"/*.{w()}; do\n  # {w()} {w()}\n  if [[ -s \"$f\" && $(stat -c %s \"$f\") -gt {n(100,9000)} ]]; then\n"
              f"    {w()}ctl get {w()} --output json | jq -r '.items[] | select(.{w()} == \"{w()}\") | .name' \\\n      | xargs -n {n(1,9)} echo \"{w()}: ${{f##*/}}\"\n  fi\ndone\n\nfunction {a}() {{\n  local x=\"$1\"; shift\n  printf '%s\\n' \"$x\" >&2\n}}\n{a} \"$(date +%F)\" || exit {n(1,9)}\n")
        if lang == "python":
            a, b = w(), w()
            return (f"from dataclasses import dataclass, field\nimport json, pathlib\n\n@dataclass(frozen=True)\nclass {a.capitalize()}:\n    \"\"\"One {a} with its {b}.\"\"\"\n    {b}: str = \"{w()}\"\n    items: list[int] = field(default_factory=list)\n\n"
              f"    def total(self, *, scale: float = {n(1,9)}.{n(0,9)}) -> float:\n        # {w()} {w()}\n        return sum(x * scale for x in self.items if x % {n(2,9)} == 0)\n\ndef load(path: pathlib.Path) -> dict[str, {a.capitalize()}]:\n    raw = json.loads(path.read_text(encoding=\"utf-8\"))\n    return {{k: {a.capitalize()}(**v) for k, v in raw.items()}}\n")
        if lang == "json":
            return json.dumps({w(): n(1, 99), w(): [w(), w(), True, None], w(): {w(): w(), w(): n(1, 9) / 4, "nested": {w(): [n(1, 9), n(1, 9)]}}, "enabled": False, "owner": w()}, indent=2) + "\n"
        if lang == "toml":
            return (f"[package]\nname = \"{w()}\"\nversion = \"{n(0,3)}.{n(0,30)}.{n(0,9)}\"\n\n[{w()}.limits]  # {w()}\nmax = {n(1,9999)}\nratio = 0.{n(1,99)}\nnames = [\"{w()}\", '{w()}']\nwhen = 2026-0{n(1,9)}-1{n(0,9)}T07:32:00Z\n\n[[{w()}]]\nid = \"{w()}\"\non = true\n\n[[{w()}]]\nid = \"{w()}\"\nnotes = \"\"\"\n{s.sent()}\n\"\"\"\n")
        if lang == "sql":
            a = w()
            return (f"-- {w()} per {w()}\nWITH recent AS (\n  SELECT {a}_id, count(*) AS n, max(created_at) AS last\n  FROM {a}_events\n  WHERE created_at > now() - interval '{n(1,90)} days' AND kind <> '{w()}'\n  GROUP BY 1\n)\nSELECT t.name, coalesce(r.n, 0) AS n\nFROM {a} t\nLEFT JOIN recent r ON r.{a}_id = t.id\nWHERE t.region IN ('{w()}', '{w()}')\nORDER BY n DESC\nLIMIT {n(1,100)};\n")

    def prose(s, rec, slugs, titles):
        r = s.r
        langs = r.sample(["yaml", "rust", "hcl", "bash", "yaml", "python", "json", "toml", "sql", "bash"], 2)
        x = lambda: (lambda j: f"[{titles[j]}](/c/{slugs[j]}/)")(r.randrange(len(slugs)))
        em = lambda t: re.sub(r"^(\w+) (\w+)", r"**\1** *\2*", t)
        o = [s.para(3), "", f"It leans on {x()} and is often chosen together with {x()}. " + s.para(2) + f" Use `{r.choice(WORDS)}_{r.choice(WORDS)}` first.", ""]
        o += ["## Why it matters", "", em(s.para(4)), "", s.para(3), ""]
        o += [f"- {s.phrase()}: see {x()}." if i == 1 else f"- {s.sent(6,11)}" for i in range(4)] + [""]
        o += ["## How teams start", "", s.para(3), "", "```" + langs[0], s.code(langs[0]).rstrip("\n"), "```", "", s.para(2), ""]
        o += ["### What to compare", "", "| Aspect | Small team | Large team | Note |", "|---|---|:--:|---|"]
        o += [f"| {s.phrase(1,2)} | {s.phrase(2,3)} | {s.phrase(2,3)} | {s.phrase(2,4)} |" for _ in range(5)] + [""]
        o += ["## Common traps", ""] + [f"{i+1}. {s.sent(8,12)}" for i in range(3)] + ["", f"> {s.sent()} {s.sent()}", ""]
        o += ["```" + langs[1], s.code(langs[1]).rstrip("\n"), "```", ""]
        o += ["## When to stop", "", s.para(4), "", f"Next: {x()}, then {x()}, and [the matrix](/matrix/)."]
        return "\n".join(o) + "\n"

def corpus(n, seed=1):
    g = G(seed); r = g.r
    facts = []
    for i in range(NFACTS):
        f = f"{r.choice(ADJ)}-{WORDS[(i*3) % len(WORDS)]}"
        facts.append({"id": f, "title": f.replace("-", " ").capitalize(), "kind": r.choice(["bool", "number", "choice"]), "question": g.phrase(6, 11) + "?", "help": g.para(2)})
    tools = []
    for i in range(max(n, 8)):
        t = f"{r.choice(WORDS).capitalize()}{r.choice(WORDS).capitalize()} {i}"
        tools.append({"id": sl(t), "title": t, "license": r.choice(["Apache-2.0", "MIT", "MPL-2.0", "proprietary"]), "summary": g.para(2), "homepage": f"https://{sl(t)}.example/"})
    titles = [f"{r.choice(ADJ).capitalize()} {r.choice(WORDS)} {r.choice(WORDS)} {i}" for i in range(n)]
    slugs = [sl(t) for t in titles]
    layer = [i * len(LAYERS) // n if n >= len(LAYERS) else i % len(LAYERS) for i in range(n)]
    def cond():
        f = r.choice(facts)["id"]
        return {"fact": f, "op": r.choice(["is", ">=", "<"]), "value": r.randint(1, 500)}
    for i in range(n):
        lo = [j for j in (r.randrange(0, i) for _ in range(3))] if i else []
        rec = {"id": slugs[i], "title": titles[i], "layer": LAYERS[layer[i]], "complexity": r.choice(COMPLEXITY),
          "summary": g.sent(14, 20), "owner": r.choice(WORDS),
          "triggers": [dict(text=g.phrase(7, 13), weight=r.randint(1, 5), **({"when": cond()} if r.random() < .6 else {})) for _ in range(5)],
          "skip": [dict(text=g.phrase(6, 12), **({"when": cond()} if r.random() < .4 else {})) for _ in range(4)],
          "options": [{"tool": tools[t]["id"], "title": tools[t]["title"], "pro": [g.phrase(5, 9) for _ in range(3)], "contra": [g.phrase(5, 9) for _ in range(3)], "use_when": g.sent(9, 15)} for t in r.sample(range(len(tools)), 4)],
          "decisions": [{"group": g.phrase(2, 4), "questions": [{"q": g.phrase(7, 12) + "?", "why": g.sent(8, 13), "default": g.phrase(2, 4)} for _ in range(3)]} for _ in range(3)],
          "timing": {"now": [g.phrase(5, 9) for _ in range(3)], "later": [g.phrase(5, 9) for _ in range(3)]},
          "builds_on": [{"id": slugs[j], "title": titles[j]} for j in lo],
          "links": [{"id": slugs[j], "title": titles[j]} for j in (r.randrange(n) for _ in range(3))]}
        yield_rec = rec
        yield facts, tools, yield_rec, g.prose(rec, slugs, titles)

