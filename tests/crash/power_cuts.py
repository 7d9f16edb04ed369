#!/usr/bin/env python3
"""Cuts the power under a writer, again and again: what it said was durable must be there, whole.

    python3 tests/crash/power_cuts.py CRASH_WRITER [CUTS]      needs root (loop device, ext4)

The store lies on an ext4 image behind a loop device. A cut is ext4's shutdown without flushing its journal: whatever was not
synced is gone after mounting again, as after a loss of power. The oracle is what the writer printed, kept by this process.
"""
import fcntl
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN = _IOR('X', 125, __u32)
WITHOUT_FLUSHING = 2
SKIPPED = 77


def run(*words):
    return subprocess.run(words, capture_output=True, text=True)


class Disk:
    def __init__(self, work):
        self.image, self.folder = work / "image", work / "disk"
        self.folder.mkdir()

    def make(self):
        with open(self.image, "wb") as image:
            image.truncate(256 << 20)
        made = run("mkfs.ext4", "-q", "-F", self.image)
        return made.returncode == 0 and self.mount() == ""

    def mount(self):
        return run("mount", "-o", "loop", self.image, self.folder).stderr

    def unmount(self):
        for _ in range(50):
            if run("umount", self.folder).returncode == 0:
                return
            time.sleep(0.1)

    def cut(self):
        folder = os.open(self.folder, os.O_RDONLY)
        fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
        os.close(folder)


def last_line(text):
    whole = text[:text.rfind(b"\n") + 1].split()
    return whole[-1].decode() if whole else ""


def said_around_a_cut(disk, mode, seconds):
    """The last word of a writer that we had heard when the cut began, and its very last: a sync under way meanwhile may fail unseen."""
    writer = subprocess.Popen([WRITER, mode, disk.folder / "graph"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
    os.set_blocking(writer.stdout.fileno(), False)
    heard, end = b"", None
    while writer.poll() is None and (end is None or time.monotonic() < end):
        heard += writer.stdout.read() or b""
        if heard and end is None:
            end = time.monotonic() + seconds
        time.sleep(0.001)
    disk.cut()
    writer.kill()
    writer.wait()
    return last_line(heard), last_line(heard + (writer.stdout.read() or b""))


def found_after(disk):
    disk.unmount()
    problem = disk.mount()
    if problem:
        return None, problem
    checked = run(WRITER, "check", disk.folder / "graph")
    return (int(checked.stdout) if checked.returncode == 0 else None), checked.stderr.strip()


def main():
    cuts = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seed = int(os.environ.get("KHOM_SEED", random.randrange(1 << 30)))
    rng = random.Random(seed)
    bad = 0
    with tempfile.TemporaryDirectory(prefix="khom-power-") as name:
        disk = Disk(pathlib.Path(name))
        if os.geteuid() != 0 or not disk.make():
            print("power_cuts: skipped: needs root, a loop device and mkfs.ext4")
            return SKIPPED
        try:
            last = 0
            for cut in range(cuts):
                is_load = cut % 10 == 9
                if is_load:  # into a store of its own
                    run("rm", "-rf", disk.folder / "graph")
                    os.sync()
                    heard, said = said_around_a_cut(disk, "load", rng.random() * 0.1)
                    least, most = int(heard == "loaded"), 1
                else:
                    heard, said = said_around_a_cut(disk, "batches", rng.random() * 0.15)
                    least, most = max(last, int(heard or 0)), max(last, int(said or 0)) + 1
                revision, why = found_after(disk)
                if revision is None or not least <= revision <= most:
                    bad += 1
                    print(f"{cut}: heard {heard!r}, said {said!r}, found {revision}: {why[:200]}", flush=True)
                if is_load or revision is None:
                    run("rm", "-rf", disk.folder / "graph")
                    os.sync()
                    revision = 0
                last = revision
        finally:
            disk.unmount()
    print(f"power_cuts: seed {seed}: {cuts} cuts, {bad} violations")
    return 1 if bad else 0


WRITER = sys.argv[1]
sys.exit(main())
