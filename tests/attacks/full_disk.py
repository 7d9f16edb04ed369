#!/usr/bin/env python3
"""A disk that gets full under a running server: no false 2xx, reads go on, writes come back with the space, without a restart.

    python3 tests/attacks/full_disk.py KHOM [ROUNDS]     10 rounds without it; KHOM_SEED chooses the sizes

The data folder lies on a small tmpfs, which needs the right to mount (else this ends with 77). Each round leaves another rest of the
disk, writes with a key in every way there is, looks that reads go on, frees the disk, and looks that writing has come back, and that
all that was acknowledged is there, and nothing that was refused. The same once more after a restart.
"""
import ctypes
import json
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time

from served import NoAnswer, Served

SIZE_MIB = 96
NDJSON = ("Content-Type", "application/x-ndjson")
JSON = ("Content-Type", "application/json")
BACK_WITHIN_S = 30


class SmallDisk:
    """A tmpfs, and a file that fills it but for a rest."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="khom-full-"))
        self.libc = ctypes.CDLL(None, use_errno=True)
        if self.libc.mount(b"tmpfs", bytes(self.path), b"tmpfs", 0, f"size={SIZE_MIB}m".encode()) != 0:
            self.path.rmdir()
            print(f"full_disk: mounting a tmpfs was refused ({os.strerror(ctypes.get_errno())}); it needs root. Skipped.")
            sys.exit(77)

    def unmount(self):
        detach = 2
        self.libc.umount2(bytes(self.path), detach)
        shutil.rmtree(self.path, ignore_errors=True)

    def leave(self, rest):
        self.free()
        space = os.statvfs(self.path)
        with open(self.path / "filler", "wb") as filler:
            try:
                filler.write(bytes(max(0, space.f_bavail * space.f_frsize - rest)))
                filler.flush()
            except OSError:
                pass

    def free(self):
        (self.path / "filler").unlink(missing_ok=True)


class Writer:
    """Writes in every way there is, and remembers what was said to it."""

    def __init__(self, server, key):
        self.server, self.key, self.number = server, key, 0
        self.there, self.refused, self.answers = [], [], {}

    def ways(self):
        name = f"place:full-{self.number}"
        text = " ".join(f"word{self.number}x{each}" for each in range(400))
        entity = {"id": name, "kind": "place", "name": {"en": f"Full {self.number}"}, "summary": {"en": text}, "sources": ["source:seed"]}
        statement = {"statement": "CREATE (:Place {id: $id, kind: 'place', name_en: 'Full', sources: ['source:seed'], locators: ['']})",
                     "parameters": {"id": f"place:cypher-{self.number}"}}
        view = {"kind": "search", "state": {"q": f"full {self.number}"}}
        yield "import", "POST", "/v1/admin/imports", NDJSON, {"entity": entity}, f"/v1/entities/{name}"
        yield "query", "POST", "/v1/query", JSON, statement, f"/v1/entities/place:cypher-{self.number}"
        yield "view", "POST", "/v1/views", JSON, view, None
        yield "synonyms", "PUT", "/v1/admin/synonyms", JSON, {"synonyms": [["full", f"word{self.number}"]]}, None
        yield "dossier", "POST", "/v1/dossiers/unesco-award-2024/versions", JSON, {}, None

    def write(self, only=None):
        """One more of each; the statuses."""
        self.number += 1
        said = {}
        for name, method, target, content, body, shown_at in self.ways():
            if only in (None, name):
                answer = self.server.ask(method, target, self.key, json.dumps(body).encode(), [content], patience_s=60)
                said[name] = answer.status
                self.answers.setdefault(name, set()).add(answer.status)
                if answer.status < 300 and shown_at is None:
                    shown_at = answer.headers.get("location")
                if shown_at:
                    (self.there if answer.status < 300 else self.refused).append(shown_at)
        return said


def wrong_of(server, writer, when):
    """What should be there and is not, or the other way."""
    for targets, wanted in ((writer.there, 200), (writer.refused, 404)):
        for target in targets:
            status = server.ask("GET", target).status
            if status != wanted:
                yield f"{when}: {target} answers {status}, not {wanted}"


def failed_reads(server):
    for target in ("/healthz", "/v1/search?q=lantern", "/v1/search?q=คลอง", "/v1/entities/place:mae-kha-canal", "/v1/export?format=ndjson",
                   "/v1/connections?source=partner:chang-moi-community&target=place:mae-kha-canal", "/", "/v1/changes?limit=5"):
        try:
            status = server.ask("GET", target.replace("คลอง", "%E0%B8%84%E0%B8%A5%E0%B8%AD%E0%B8%87")).status
        except NoAnswer as silence:
            status = str(silence)
        if status != 200:
            yield f"while full, {target} answers {status}"


def round_of(server, disk, writer, rest):
    """Fills, writes until all is refused, frees; what went wrong."""
    # The store's log may have been given room before the disk got full: then a write is acknowledged, truly, and its answer waits 5 s
    # for the index, which has none. What nobody gave room refuses at once.
    disk.leave(rest)
    for _ in range(30):
        said = writer.write("view")
        if said["view"] >= 300:
            break
        rest = max(0, rest - 8192)
        disk.leave(rest)  # of what was freed meanwhile too
    else:
        yield "the disk never got full"
    said = writer.write()
    yield from (f"refused with {status}: {name}" for name, status in said.items() if 300 <= status != 507)
    yield from failed_reads(server)
    disk.free()
    until = time.monotonic() + BACK_WITHIN_S
    while (said := writer.write())["import"] >= 300 and time.monotonic() < until:
        time.sleep(0.2)
    yield from (f"{BACK_WITHIN_S} s after the disk was freed, {name} answers {status}" for name, status in said.items() if status >= 300)
    newest = f"/v1/search?q=word{writer.number}x7"
    while time.monotonic() < until and server.ask("GET", newest).json()["total"] == 0:
        time.sleep(0.2)
    if server.ask("GET", newest).json()["total"] == 0:
        yield f"what was written after the disk was freed is not found in {BACK_WITHIN_S} s"
    if server.ask("GET", "/readyz").status != 200:
        yield f"not ready again: {server.ask('GET', '/readyz').body.decode()}"


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    seed = int(os.environ.get("KHOM_SEED", random.randrange(1 << 32)))
    rng = random.Random(seed)
    disk = SmallDisk()
    violations = []
    try:
        with Served(sys.argv[1], folder=disk.path) as server:
            writer = Writer(server, server.key("write"))
            for number in range(rounds):
                rest = rng.choice((0, rng.randrange(40_000), rng.randrange(400_000)))
                violations += [f"round {number}, {rest} bytes left: {each}" for each in round_of(server, disk, writer, rest)]
                if number % 5 == 4:
                    violations += wrong_of(server, writer, f"after round {number}")
            if server.stop() != 0:
                violations.append(f"the server ended with {server.process.returncode}: {server.log()[-1500:]}")
            server.start()
            violations += wrong_of(server, writer, "after a restart")
            server.stop()
            server.command("check", "--data", server.data, "--deep")
            log = server.log()
    except BaseException:
        print((disk.path / "log").read_text(errors="replace")[-3000:])
        raise
    finally:
        disk.unmount()
    print("\n".join(violations))
    answers = "; ".join(f"{name} {sorted(statuses)}" for name, statuses in writer.answers.items())
    print(f"full_disk: {rounds} rounds (seed {seed}), {len(writer.there)} acknowledged, {len(writer.refused)} refused ({answers}); "
          f"{len(log.splitlines())} lines of log; {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
