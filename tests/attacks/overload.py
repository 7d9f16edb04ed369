#!/usr/bin/env python3
"""Ten times what the server can do, then half of it, then clients that want or take nothing: does it shed, and does it stand?

    python3 tests/attacks/overload.py KHOM OPEN_LOOP [SECONDS]     5 seconds of each without it; an idle machine, for the figures

What it can do is measured first, by eight clients that wait for their answers. Figures are printed beside what is promised; only what
no busy machine excuses ends with 1: a 503 without Retry-After, an answer of another kind, a health check that failed, an end that is none.
"""
import http.client
import json
import pathlib
import subprocess
import sys
import threading
import time

from served import Served

QUESTION = json.dumps({"statement": "UNWIND range(1, 1000000) AS i RETURN count(i)"})
CLIENTS, IDLE, DEAD = 8, 500, 50
SLOW_CLIENTS = pathlib.Path(__file__).parents[1] / "crash" / "slow_clients.py"


def capacity(port, seconds):
    """Answers a second to clients that each wait for the last."""
    answered, until = [0] * CLIENTS, time.monotonic() + seconds

    def ask(number):
        client = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < until:
            client.request("POST", "/v1/query", QUESTION, {"Content-Type": "application/json"})
            answer = client.getresponse()
            answer.read()
            answered[number] += answer.status == 200

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / seconds


def main():
    khom, open_loop = sys.argv[1:3]
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    violations = []

    def load(name, rate, *question):
        done = subprocess.run([open_loop, str(port), str(max(1, round(rate))), str(seconds), *question], capture_output=True, text=True)
        figures = json.loads(done.stdout)
        print(f"{name}, {rate:.0f}/s offered: {done.stdout.strip()}")
        for what in ("shed_without_retry", "other", "failed", "health_failed"):
            if figures[what]:
                violations.append(f"{name}: {what} {figures[what]}")
        return figures

    with Served(khom, options=["--answer-cache", "0"]) as server:
        port = server.open_port
        most = capacity(port, seconds)
        over = load("ten times too much", 10 * most, "POST", "/v1/query", QUESTION)
        half = load("half, right after", most / 2, "POST", "/v1/query", QUESTION)
        slow = subprocess.Popen([sys.executable, SLOW_CLIENTS, str(port), str(IDLE), str(DEAD), str(seconds + 2)], stdout=subprocess.PIPE, text=True)
        slow.stdout.readline()
        beside = load(f"beside {IDLE} idle and {DEAD} dead clients", 50, "GET", "/v1/search?q=lantern{n}")
        print(slow.communicate()[0].strip())
        if server.stop() != 0:
            violations.append(f"the server ended with {server.process.returncode}")
    print(f"goodput {100 * over['goodput_s'] / most:.0f} % of {most:.0f}/s (70), p99 of accepted {over['p99_ms']} ms (1,000), health p99 "
          f"{over['health_p99_ms']} ms (100); right after {half['ok']} of {half['sent']}; beside slow clients {beside['ok']} of {beside['sent']} "
          f"(99 %), p99 {beside['p99_ms']} ms (100)")
    print("\n".join(violations))
    print(f"overload: {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
