#!/usr/bin/env python3
"""readers.py http://127.0.0.1:PORT: what others' programs read of what Khom gives away.

NetworkX reads the network formats, rdflib and raptor the linked data, xmllint the XML. One that is not installed is
skipped with a message. Prints one line a check; the exit code is the number of those that failed.
"""

import importlib.util
import io
import json
import shutil
import subprocess
import sys
import urllib.request

BASE = sys.argv[1].rstrip("/")
failed = 0


def fetch(target, accept="*/*"):
    request = urllib.request.Request(BASE + target, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.read()


def check(claim, run):
    global failed
    try:
        run()
        print(f"ok      {claim}")
    except Exception as error:  # whatever a reader throws is a finding
        failed += 1
        print(f"FAILED  {claim}: {type(error).__name__}: {error}")


def with_module(name, claim, run):
    if importlib.util.find_spec(name) is None:
        print(f"skipped {claim}: {name} is not installed")
    else:
        check(claim, run)


def with_program(name, claim, run):
    if shutil.which(name) is None:
        print(f"skipped {claim}: {name} is not installed")
    else:
        check(claim, run)


def elements():
    return json.loads(fetch("/v1/export?format=cytoscape"))["elements"]


def networkx_reads():
    import networkx

    want = elements()
    readers = [("graphml", networkx.read_graphml)]
    if "1.3" in networkx.readwrite.gexf.GEXF.versions:  # NetworkX 3; Debian 12 has 2.8
        readers.append(("gexf", networkx.read_gexf))
    for form, read in readers:
        graph = read(io.BytesIO(fetch(f"/v1/export?format={form}")))
        assert graph.number_of_nodes() == len(want["nodes"]), form
        assert graph.number_of_edges() == len(want["edges"]), form
        gate = graph.nodes["place:tha-phae-gate"]
        assert isinstance(gate["lat"], float), f"{form}: lat is {type(gate['lat'])}"
    lens = networkx.read_graphml(io.BytesIO(fetch("/v1/networks/partners-by-programme?format=graphml&limit=1000")))
    told = json.loads(fetch("/v1/networks/partners-by-programme?limit=1000"))
    assert lens.number_of_edges() == len(told["edges"])
    around = "/v1/entities/place:mae-kha-canal/neighbours?depth=2&limit=250"
    assert set(networkx.read_graphml(io.BytesIO(fetch(around + "&format=graphml")))) == {
        node["id"] for node in json.loads(fetch(around))["nodes"]
    }
    # What Khom says of the network is what NetworkX computes from it.
    core = networkx.core_number(lens)
    components = list(networkx.connected_components(lens))
    for node in told["nodes"]:
        assert node["metrics"]["degree"] == lens.degree(node["id"]), node["id"]
        assert node["metrics"]["core"] == core[node["id"]], node["id"]
    assert components


def triples(body, form):
    import rdflib

    graph = rdflib.Graph()
    graph.parse(data=body, format=form)
    return graph


def rdflib_reads():
    turtle = triples(fetch("/v1/export?format=turtle"), "turtle")
    jsonld = triples(fetch("/v1/export?format=jsonld"), "json-ld")
    assert len(turtle) > 10_000
    assert len(turtle) == len(jsonld), f"{len(turtle)} triples in Turtle, {len(jsonld)} in JSON-LD"
    one = triples(fetch("/v1/entities/place:mae-kha-canal", "text/turtle"), "turtle")
    assert any(str(value) == "คลองแม่ข่า" and value.language == "th" for value in one.objects() if hasattr(value, "language"))


def raptor_reads():
    for accept, form, target in (
        ("text/turtle", "turtle", "/v1/export?format=turtle"),
        ("text/turtle", "turtle", "/v1/entities/program:yi-peng"),
    ):
        ran = subprocess.run(
            ["rapper", "-q", "-i", form, "-o", "ntriples", "-", BASE + target],
            input=fetch(target, accept), capture_output=True, check=False,
        )
        assert ran.returncode == 0, ran.stderr.decode()[:500]
        assert ran.stdout.count(b"\n") > 5, target


def xmllint_reads():
    for target in (
        "/v1/export?format=gexf", "/v1/export?format=graphml", "/opensearch.xml",
        "/v1/networks/partners-by-programme?format=graphml", "/v1/networks/partners-by-programme?format=gexf",
        "/v1/entities/place:mae-kha-canal/neighbours?format=gexf",
    ):
        ran = subprocess.run(["xmllint", "--noout", "-"], input=fetch(target), capture_output=True, check=False)
        assert ran.returncode == 0, target + ": " + ran.stderr.decode()[:500]


with_module("networkx", "NetworkX reads the networks, and finds the figures that Khom gives", networkx_reads)
with_module("rdflib", "rdflib reads the same triples from Turtle and JSON-LD", rdflib_reads)
with_program("rapper", "raptor reads Turtle", raptor_reads)
with_program("xmllint", "xmllint finds all XML well formed", xmllint_reads)
sys.exit(min(failed, 99))
