#!/usr/bin/env python3
"""Damages copies of a data folder, each in one place, and asks khom of them: it must answer as before or name the damage.

    python3 tests/crash/damaged_stores.py KHOM [COUNT]     KHOM_SEED chooses the places; printed at the end

Never allowed: another answer than that of the whole store, an end by a signal, an end without a word, or no end at all.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

TEXT = "คลองแม่ข่า"


def khom(*words):
    return subprocess.run([KHOM, *words], capture_output=True, timeout=120)


def answers(data):
    """What a folder says, or the run that did not say it."""
    exported = khom("export", "--data", data, "--format", "ndjson")
    if exported.returncode != 0:
        return None, exported
    found = khom("search", "--data", data, "--json", TEXT)
    if found.returncode != 0:
        return None, found
    hits = json.loads(found.stdout)
    hits = hits.get("hits", hits) if isinstance(hits, dict) else hits
    return (exported.stdout, [(hit["entity"]["id"] if "entity" in hit else hit.get("id")) for hit in hits]), None


def flip(path, rng):
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def zero(path, rng):
    data = bytearray(path.read_bytes())
    at = rng.randrange(len(data))
    data[at:at + 512] = bytes(len(data[at:at + 512]))
    path.write_bytes(data)


def cut(path, rng):
    os.truncate(path, rng.randrange(path.stat().st_size))


def lose(path, _):
    path.unlink()


def double(path, _):
    path.write_bytes(path.read_bytes() * 2)


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size and path.name != "LOCK")


def judge(whole, damaged):
    """What is wrong, or empty; and whether the damage was named."""
    try:
        told, refusal = answers(damaged)
        checked = khom("check", "--data", damaged, "--deep")
    except subprocess.TimeoutExpired:
        return "no end", False
    for run in (refusal, checked):
        if run is None or run.returncode == 0:
            continue
        words = run.stderr.decode(errors="replace").strip() or run.stdout.decode(errors="replace").strip()
        if run.returncode not in (1, 3):
            return f"ended with {run.returncode}: {words[-300:]}", False
        if not words:
            return "ended without a word", False
    if told is not None and told != whole:
        return "answered otherwise", False
    return "", told is None


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    seed = int(os.environ.get("KHOM_SEED", random.randrange(1 << 30)))
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="khom-damaged-") as name:
        work = pathlib.Path(name)
        made = khom("import", "--data", work / "whole", SOURCE / "corpus/data/chiang-mai")
        assert made.returncode == 0, made.stderr.decode()
        told, refusal = answers(work / "whole")
        assert told is not None, refusal.stderr.decode()
        bad = named = 0
        for number in range(count):
            damaged = work / "damaged"
            shutil.rmtree(damaged, ignore_errors=True)
            shutil.copytree(work / "whole", damaged)
            path = rng.choice(files_of(damaged))
            how = rng.choice([flip, flip, flip, zero, cut, cut, lose, double])
            how(path, rng)
            wrong, is_named = judge(told, damaged)
            named += is_named
            if wrong:
                bad += 1
                print(f"{number}: {how.__name__} {path.relative_to(damaged)}: {wrong}", flush=True)
    print(f"damaged_stores: seed {seed}: {count} damaged stores, {named} named, {bad} violations")
    return 1 if bad else 0


KHOM = sys.argv[1]
SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.exit(main())
