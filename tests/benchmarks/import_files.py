#!/usr/bin/env python3
"""What peers/gen.py wrote, as files that `khom import` takes: every node an entity with its names, every edge a statement.

    python3 tests/benchmarks/import_files.py DATA OUT [--format ndjson|csv]

Writes OUT/entities.* and OUT/statements.*. Edges become relationships that the ontology knows; where it links the two kinds the
other way round, the ends change places, and an acquaintance of two people becomes a role of the first in some programme.
"""
import argparse
import csv
import json
import pathlib

# edge → relationship type, and whether its ends change places
TYPES = {"ATTENDED": ("has_participant", True), "PARTNERS_IN": ("organized_by", True), "KNOWS": ("role_in", False),
         "MEMBER_OF": ("member_of", False), "HELD_AT": ("held_at", False), "USES": ("uses_object", False),
         "MADE": ("created_by", True), "KEPT_AT": ("located_in", False)}
SOURCE = "source:generated"


def entities(data):
    yield {"id": SOURCE, "name_th": "ข้อมูลสังเคราะห์", "name_en": "Generated data", "sources": SOURCE}
    for row in csv.DictReader(open(data / "nodes.csv", encoding="utf-8")):
        yield {"id": f"{row['kind']}:n{row['id']}", "name_th": row["name_th"], "name_en": row["name_en"], "sources": SOURCE}


def statements(data):
    ids, programmes = [], []
    for row in csv.reader(open(data / "nodes.csv", encoding="utf-8")):
        if row[0] != "id":
            ids.append(f"{row[1]}:n{row[0]}")
            if row[1] == "program":
                programmes.append(ids[-1])
    rows = csv.reader(open(data / "edges.csv", encoding="utf-8"))
    next(rows)
    for source, target, edge, year in rows:
        kind, swapped = TYPES[edge]
        ends = [ids[int(source)], programmes[int(target) % len(programmes)] if edge == "KNOWS" else ids[int(target)]]
        if swapped:
            ends.reverse()
        role = f"knows {target}" if edge == "KNOWS" else ""
        yield {"from": ends[0], "type": kind, "to": ends[1], "time": year, "role": role, "sources": SOURCE}


def as_json(word, row):
    if word == "entity":
        row = {"id": row["id"], "name": {"th": row["name_th"], "en": row["name_en"]}, "sources": [SOURCE]}
    else:
        row = {**{key: value for key, value in row.items() if value}, "sources": [SOURCE]}
    return json.dumps({word: row}, ensure_ascii=False) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--format", choices=["ndjson", "csv"], default="ndjson")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, word, rows in (("entities", "entity", entities(options.data)), ("statements", "statement", statements(options.data))):
        with open(options.out / f"{name}.{options.format}", "w", encoding="utf-8", newline="") as file:
            if options.format == "ndjson":
                file.writelines(as_json(word, row) for row in rows)
                continue
            first = next(rows)
            writer = csv.DictWriter(file, list(first), lineterminator="\n")
            writer.writeheader()
            writer.writerow(first)
            writer.writerows(rows)


main()
