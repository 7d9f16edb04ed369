"""A `khom serve` of its own, on loopback and a scratch folder, for the scripts beside this file."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

CORPUS = pathlib.Path(__file__).parents[2] / "corpus" / "data" / "chiang-mai"


class NoAnswer(Exception):
    """The server closed, or was silent, where an answer is due."""


class Answer:
    def __init__(self, raw, status, headers, body):
        self.raw, self.status, self.headers, self.body = raw, status, headers, body

    def json(self):
        return json.loads(self.body)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_answer(client):
    raw = b""
    while piece := client.recv(65536):
        raw += piece
    if not raw.startswith(b"HTTP/1.1 "):
        raise NoAnswer(repr(raw[:80]))
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if headers.get("transfer-encoding") == "chunked":
        body = b"".join(chunks(body))
    return Answer(raw, int(lines[0].split()[1]), headers, body)


def chunks(body):
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        yield rest[:length]
        body = rest[length + 2:]


class Served:
    """Imports the corpus into a new folder and serves it; ends the server and removes the folder when left."""

    def __init__(self, khom, folder=None, options=(), environment=None, before=(), imported=True):
        self.khom = str(pathlib.Path(khom).resolve())
        self.own = folder is None
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="khom-attack-"))
        self.data = self.folder / "data"
        self.options, self.before = list(options), list(before)
        self.environment = dict(os.environ, **(environment or {}))
        self.process = None
        if imported:
            self.command("import", "--data", self.data, CORPUS)

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.own:
            shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *words):
        done = subprocess.run([self.khom, *map(str, words)], capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"khom {words[0]}: {done.stderr or done.stdout}")
        return done.stdout

    def key(self, scope, name="attack"):
        return self.command("key", "create", "--data", self.data, "--scope", scope, "--name", name).split()[0]

    def start(self, patience_s=180):
        """Returns when /readyz says so."""
        self.port, self.open_port = free_port(), free_port()
        # Two listeners: the admin routes answer on `port`, the public ones on `open_port` too.
        with open(self.folder / "log", "a") as log:
            self.process = subprocess.Popen(
                [*self.before, self.khom, "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{self.open_port}",
                 "--admin-listen", f"127.0.0.1:{self.port}", *self.options], stdout=log, stderr=log, env=self.environment)
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"khom serve ended with {self.process.returncode}: {self.log()[-2000:]}")
            try:
                if self.ask("GET", "/readyz").status == 200:
                    return
            except (OSError, NoAnswer):
                pass
            time.sleep(0.1)
        raise RuntimeError("khom serve was not ready in time")

    def stop(self, patience_s=30):
        """SIGTERM; what it ended with."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience_s)

    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def send(self, raw, port=None, patience_s=20):
        """These bytes on a connection of their own, and what came back. The request must ask to close."""
        with socket.create_connection(("127.0.0.1", port or self.port), patience_s) as client:
            client.sendall(raw)
            try:
                return read_answer(client)
            except (ConnectionError, TimeoutError) as error:
                raise NoAnswer(str(error)) from error

    def ask(self, method, target, key=None, body=b"", headers=(), port=None, patience_s=20):
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", *(f"{n}: {v}" for n, v in headers)]
        if key:
            lines.append(f"Authorization: Bearer {key}")
        if body or method in ("POST", "PUT"):
            lines.append(f"Content-Length: {len(body)}")
        return self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body, port, patience_s)

    def metric(self, name):
        for line in self.ask("GET", "/metrics").body.decode().splitlines():
            if line.startswith(name + " "):
                return float(line.split()[1])
        raise KeyError(name)

    def revision(self):
        return int(self.metric("khom_revision"))
