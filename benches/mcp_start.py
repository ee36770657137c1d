#!/usr/bin/env python3
"""How long an agent waits: from starting `worthwhile mcp` to the first answer of a tool, in milliseconds.

    python3 benches/mcp_start.py target/release/worthwhile . [RUNS]

Prints the median, the fastest and the slowest of RUNS (30), after three that do not count. It fails above 100 ms.
"""

import json
import statistics
import subprocess
import sys
import time

HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
MESSAGES = [
    {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO},
    {"jsonrpc": "2.0", "method": "notifications/initialized"},
    {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "next_question", "arguments": {}}},
]


def once(program, site):
    start = time.perf_counter()
    with subprocess.Popen([program, "mcp", site], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        server.stdin.write("".join(json.dumps(message) + "\n" for message in MESSAGES))
        server.stdin.flush()
        for line in server.stdout:
            if json.loads(line).get("id") == 2:
                took = time.perf_counter() - start
                break
        else:
            sys.exit("no answer")
        server.stdin.close()
    return 1000 * took


def main(program, site, runs=30):
    for _ in range(3):
        once(program, site)
    took = [once(program, site) for _ in range(int(runs))]
    median = statistics.median(took)
    print(f"start to first answer: median {median:.1f} ms, {min(took):.1f} to {max(took):.1f} ms, {len(took)} runs, {site}")
    if median > 100:
        sys.exit("slower than 100 ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
