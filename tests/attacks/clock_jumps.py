#!/usr/bin/env python3
"""A wall clock that jumps under a running server harms nothing: ten years on, past 2038, back to 1999, 400 days either way.

    python3 tests/attacks/clock_jumps.py KHOM     a release binary: libfaketime and the address sanitizer do not go together

Needs libfaketime (Debian: faketime), else it ends with 77. Only the wall clock jumps, as it does when NTP or an operator sets it; the
monotonic clock goes on. After each jump: reads, writes and what they say of their time; keys made and revoked; an idempotency key of
each clock before; a connection kept open; a statement and a long poll under way while it jumps; a client that used up its share,
which the jump must neither free nor lock out. At the end of each clock SIGTERM, and a start under the same clock.
"""
import glob
import json
import socket
import sys
import threading
import time

from served import NoAnswer, Served

CLOCKS = ["+0", "+400d", "+10y", "-400d", "@2038-01-19 03:14:04", "@1999-01-01 00:00:00", "@2099-12-31 23:59:58", "+0"]
YEARS = {"+0": None, "@2038-01-19 03:14:04": "2038", "@1999-01-01 00:00:00": "1999", "@2099-12-31 23:59:58": ("2099", "2100")}
NDJSON = [("Content-Type", "application/x-ndjson")]
SLOW = json.dumps({"statement": "UNWIND range(1, 2000000) AS i WITH i % 7 AS k, count(*) AS c RETURN k, c"}).encode()
PROMPT_S = 8


class Clock:
    def __init__(self, path):
        self.path = path
        self.set("+0")

    def set(self, clock):
        fresh = self.path.with_suffix(".new")
        fresh.write_text(clock + "\n")
        fresh.rename(self.path)  # never half written


class Trial:
    def __init__(self, server, clock):
        self.server, self.clock = server, clock
        self.key, self.wrong, self.imports, self.asked = server.key("write"), [], [], 0

    def check(self, holds, what):
        self.asked += 1
        if not holds:
            self.wrong.append(what)

    def ask(self, what, expected, *words, **more):
        begin = time.monotonic()
        try:
            answer = self.server.ask(*words, **more)
        except (OSError, NoAnswer) as silence:
            self.check(False, f"{what}: {silence or type(silence).__name__}")
            return None
        took = time.monotonic() - begin
        self.check(answer.status == expected, f"{what}: {answer.status}, not {expected}: {answer.body[:200]}")
        self.check(took < PROMPT_S, f"{what}: took {took:.1f} s")
        return answer

    def during(self, name, number):
        """What is under way while the clock jumps."""
        held = socket.create_connection(("127.0.0.1", self.server.port), PROMPT_S)
        held.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        held.recv(65536)
        greedy = [("X-Forwarded-For", f"203.0.113.{number}")]
        for _ in range(30):
            limited = self.server.ask("POST", "/v1/query", body=SLOW, headers=greedy)
            if int(limited.headers.get("retry-after", 0)) > 3:  # long enough to see it after the jump
                break
        self.check(limited.status == 429, f"{name}: nobody was limited before the jump")
        limited_at, wait_s = time.monotonic(), int(limited.headers.get("retry-after", 0))
        newest = self.server.revision()
        waits = [threading.Thread(target=self.ask, args=(f"{name}: a statement under way", 200, "POST", "/v1/query"), kwargs={"body": SLOW}),
                 threading.Thread(target=self.ask, args=(f"{name}: a long poll", 200, "GET", f"/v1/changes?since={newest}&wait=2"))]
        for wait in waits:
            wait.start()
        time.sleep(0.1)
        self.clock.set(name)
        still = self.server.ask("POST", "/v1/query", body=SLOW, headers=greedy).status
        if time.monotonic() - limited_at < wait_s - 1:  # else its share has come back by now
            self.check(still == 429, f"{name}: a client that was limited is not any more: {still}")
        for wait in waits:
            wait.join()
        held.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        self.check(b" 200 " in held.recv(65536)[:20], f"{name}: a connection kept open")
        held.close()
        return greedy, limited_at + 2 * wait_s + 2  # it may have been let in once more

    def after(self, name, number):
        """Reads and writes under the new clock."""
        date = self.ask(f"{name}: a read", 200, "GET", "/v1/search?q=lantern").headers.get("date", "")
        years = YEARS.get(name)
        if years:
            self.check(any(year in date for year in ([years] if isinstance(years, str) else years)), f"{name}: the clock did not jump: {date}")
        entity = {"id": f"place:clock-{number}", "kind": "place", "name": {"en": f"Clock {number}"}, "sources": ["source:seed"]}
        body, headers = json.dumps({"entity": entity}).encode(), [*NDJSON, ("Idempotency-Key", f"clock-{number}")]
        before = self.server.revision()
        first = self.ask(f"{name}: an import", 200, "POST", "/v1/admin/imports", self.key, body, headers)
        self.imports.append((body, headers, first.body if first else b""))
        self.check(self.server.revision() == before + 1, f"{name}: the import is one revision")
        for old_body, old_headers, said in self.imports:
            again = self.ask(f"{name}: {old_headers[-1][1]} again", 200, "POST", "/v1/admin/imports", self.key, old_body, old_headers)
            self.check(again is None or again.body == said, f"{name}: {old_headers[-1][1]} is answered differently")
        self.check(self.server.revision() == before + 1, f"{name}: an idempotency key was forgotten")
        found = self.ask(f"{name}: what was imported", 200, "GET", f"/v1/search?q=clock+{number}")
        self.check(f"place:clock-{number}".encode() in found.body, f"{name}: what was imported is not found")
        self.ask(f"{name}: its history", 200, "GET", f"/v1/entities/place:clock-{number}/history")
        self.ask(f"{name}: the timeline", 200, "GET", "/v1/timeline")
        self.ask(f"{name}: the dossier", 200, "GET", "/v1/dossiers/unesco-award-2024")
        view = json.dumps({"kind": "search", "state": {"q": f"clock {number}"}}).encode()
        self.ask(f"{name}: a view", 201, "POST", "/v1/views", body=view)
        other = self.server.key("write")
        merge = json.dumps({"from": "place:none", "into": "place:airport"}).encode()
        self.ask(f"{name}: a new key", 404, "POST", "/v1/admin/merges", other, merge)
        self.server.command("key", "revoke", "--data", self.server.data, other.split("_")[1])
        self.ask(f"{name}: a revoked key", 401, "POST", "/v1/admin/merges", other, merge)
        revisions = [change["rev"] for change in self.ask(f"{name}: the changes", 200, "GET", "/v1/changes?since=1").json()["changes"]]
        self.check(revisions == sorted(revisions), f"{name}: revisions go backwards")

    def restart(self, name):
        revision, begin = self.server.revision(), time.monotonic()
        ended = self.server.stop()
        self.check(ended == 0 and time.monotonic() - begin < 12, f"{name}: SIGTERM: {ended} after {time.monotonic() - begin:.1f} s")
        self.server.start()
        self.check(self.server.revision() == revision, f"{name}: another revision after a restart")


def main():
    found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    if not found:
        print("clock_jumps: needs libfaketime (Debian: apt install faketime). Skipped.")
        return 77
    limits = ["--trust-proxy", "127.0.0.1", "--client-burst", "500", "--client-rate", "50"]
    with Served(sys.argv[1], options=limits) as server:  # starts once without, to have its folder
        server.stop()
        clock = Clock(server.folder / "clock")
        server.environment.update(LD_PRELOAD=found[0], FAKETIME_TIMESTAMP_FILE=str(clock.path), FAKETIME_NO_CACHE="1", DONT_FAKE_MONOTONIC="1")
        server.start()
        trial = Trial(server, clock)
        for number, name in enumerate(CLOCKS):
            greedy, again_at = trial.during(name, number)
            trial.after(name, number)
            time.sleep(max(0, again_at - time.monotonic()))
            trial.ask(f"{name}: a client that was limited may ask again", 200, "GET", "/v1/search?q=lantern", headers=greedy)
            trial.restart(name)
        if server.stop() != 0:
            trial.wrong.append("the server did not end well")
        log = server.log()
    print("\n".join(trial.wrong))
    faults = sum("incident=" in line for line in log.splitlines())
    print(f"clock_jumps: {len(CLOCKS)} clocks, {trial.asked} checks, {faults} faults in the log; {len(trial.wrong)} violations")
    return 1 if trial.wrong or faults else 0


if __name__ == "__main__":
    sys.exit(main())
