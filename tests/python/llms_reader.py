"""Reads a site's llms.txt with the reference parser and compares what it understands with what is published.

    python llms_reader.py SITE
"""

import json
import math
import pathlib
import re
import sys

from llms_txt import parse_llms_file


def main(site):
    text = (site / "llms.txt").read_text()
    index = json.loads((site / "api/v1/index.json").read_text())
    parsed = parse_llms_file(text)
    assert parsed.title == index["name"], parsed.title
    assert parsed.summary.startswith(index["question"]), parsed.summary
    assert "CEL" in parsed.info and "tokens" in parsed.info, parsed.info
    assert list(parsed.sections)[-1] == "Optional", list(parsed.sections)

    # The parser is forgiving, so what it found is compared with every link line there is.
    links = [(section, link) for section, links in parsed.sections.items() for link in links]
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(links) == len(lines) > 50, (len(links), len(lines))
    for (section, link), line in zip(links, lines):
        assert line == f"- [{link.title}]({link.url}): {link.desc}", line
        file = site / link.url
        size = math.ceil(len(file.read_text()) / 4)
        assert re.search(r"\(about (\d+) tokens\)$", link.desc).group(1) == str(size), f"{link.url} has {size} tokens: {link.desc}"
    for total in index["totals"]:
        listed = sum(link.url.startswith(total["json"].removeprefix("api/v1/").removesuffix("index.json")) and not link.url.endswith("index.md") for _, link in links)
        if total["kind"] not in ("trigger",):
            assert listed == total["count"], f"{total['kind']}: {listed} of {total['count']} in llms.txt"
    full = (site / "llms-full.txt").read_text()
    for item in json.loads((site / "api/v1/capabilities/index.json").read_text())["items"]:
        assert f"\n# {item['title']}\n" in full, item["title"]
    print(f"ok: llms.txt, {len(links)} links in {len(parsed.sections)} sections; llms-full.txt, {len(full)} characters")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
