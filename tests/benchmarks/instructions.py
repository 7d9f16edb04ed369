#!/usr/bin/env python3
"""Counts the instructions of the hot traversals under callgrind, and fails if one takes more than its bound.

    python3 tests/benchmarks/instructions.py TRAVERSAL_STEPS

Instructions do not depend on what else the machine does: with one compiler they are the same to a few in a thousand. The bounds,
of GCC 12 at -O2 on x86-64, are for 200 answers; lower one when a change makes it cheaper. `sum` guards against wrong answers.
"""
import re
import shutil
import subprocess
import sys
import tempfile

TOLERANCE = 1.10
# question: (sum of the answers, instructions)
BOUNDS = {"one_hop": (4802, 557_047), "two_hops": (123_385, 4_403_303), "path": (522, 728_501), "shared_programmes": (363, 649_029)}


def counted(program, question):
    with tempfile.NamedTemporaryFile(prefix="khom-callgrind-") as out:
        run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", "--collect-atstart=no",
                              "--toggle-collect=*counted_answers_to_all*", program, question], capture_output=True, text=True, check=True)
        return int(run.stdout), int(re.search(r"^(?:summary|totals): (\d+)", open(out.name).read(), re.M).group(1))


def main():
    if shutil.which("valgrind") is None:
        print("instructions: skipped: valgrind is not installed")
        return 77
    worse = False
    for question, (expected, bound) in BOUNDS.items():
        answered, instructions = counted(sys.argv[1], question)
        bad = answered != expected or instructions > bound * TOLERANCE
        worse = worse or bad
        print(f"{question}: {instructions} instructions, bound {bound}; sum {answered}, expected {expected}{'  WORSE' if bad else ''}")
    return 1 if worse else 0


sys.exit(main())
