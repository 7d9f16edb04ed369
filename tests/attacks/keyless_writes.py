#!/usr/bin/env python3
"""Nothing is written without a key, and a read query writes nothing: many ways to come, and the graph is the same after each.

    python3 tests/attacks/keyless_writes.py KHOM [COUNT]     COUNT of all attempts, chosen by KHOM_SEED; all without it

The attempts are made of the writing routes that the server's own description names, times the ways to come with no key or a bad one,
and of writing clauses of openCypher, times the ways to hide one. After each the graph's revision must be what it was, and the answer
no 2xx where there is something to refuse, no 5xx (but 501 for methods nobody knows) and never silence. At the end the exported graph, the words of the search, and the
kept dossiers are what they were. A write with a good key goes before and after: else nothing here would show anything.
"""
import base64
import collections
import hashlib
import json
import os
import random
import sys
import time
import urllib.parse

from served import NoAnswer, Served

NDJSON = "application/x-ndjson"
PLACE = {"entity": {"id": "place:attacked", "kind": "place", "name": {"en": "Attacked"}, "sources": ["source:seed"]}}
BODIES = {
    "importBatch": (NDJSON, json.dumps(PLACE)),
    "merge": ("application/json", json.dumps({"from": "place:airport", "into": "place:anusan-market"})),
    "putDictionary": ("application/json", json.dumps({"words": ["ม่อนแจ่ม"]})),
    "putSynonyms": ("application/json", json.dumps({"synonyms": [["attack", "assault"]]})),
    "query": ("application/json", json.dumps({"statement": "CREATE (:Attack {id: 'attack:1'})"})),
}
ARGUMENTS = {"{batch}": "b-1", "{id}": "unesco-award-2024"}

# refused: an answer of 2xx is a violation. harmless: it may be answered, if nothing changes.
Attempt = collections.namedtuple("Attempt", "name expect raw")


def request(method, target, headers, body):
    data = body.encode()
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", *(f"{n}: {v}" for n, v in headers)]
    if data or method in ("POST", "PUT"):
        lines.append(f"Content-Length: {len(data)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def writing_operations(description):
    """What needs a key to be done, by the description, and the statement route, which sometimes does."""
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            security = operation.get("security", description.get("security", []))
            if method in ("post", "put", "patch", "delete") and security:
                target = path
                for name, value in ARGUMENTS.items():
                    target = target.replace(name, value)
                content, body = BODIES.get(operation["operationId"], ("application/json", ""))
                yield operation["operationId"], method.upper(), target, content, body


def bad_keys(keys):
    """Headers that hold no key, or one that is not good for writing."""
    good = keys["write"]
    secret = good.rsplit("_", 1)[1]
    other = good.replace(secret, secret[::-1] if secret != secret[::-1] else "0" * 64)
    wrong = {
        "no key": None, "wrong secret": other, "revoked": keys["revoked"], "read key": keys["read"], "cut": good[:-1],
        "longer": good + "0", "upper case": good.upper(), "only the secret": secret, "no id": "khom__" + secret, "star": "*",
        "hash of the secret": "khom_" + good.split("_")[1] + "_" + hashlib.sha256(secret.encode()).hexdigest(),
        "read id with the write secret": keys["read"].rsplit("_", 1)[0] + "_" + secret, "empty": "", "null": "null", "quoted": f'"{good}"',
        "long": "khom_" + "k" * 4000 + "_" + secret, "nul escaped": good + "%00", "two in one": f"{keys['read']},{good}",
    }
    for name, key in wrong.items():
        yield name, [] if key is None else [("Authorization", f"Bearer {key}")]
        if key:
            yield name + " in X-API-Key", [("X-API-Key", key)]
    basic = base64.b64encode(f"khom:{good}".encode()).decode()
    for scheme, value in (("Basic", basic), ("Digest", f'username="{good}"'), ("Token", good), ("Bearer:", good), ("Negotiate", good)):
        yield scheme, [("Authorization", f"{scheme} {value}")]
    yield "bare", [("Authorization", "x" + good)]
    yield "read key before a good one", [("Authorization", f"Bearer {keys['read']}"), ("X-API-Key", good)]
    for name in ("Cookie", "Proxy-Authorization", "X-Auth-Token", "X-Typesense-Api-Key", "X-Forwarded-Authorization", "X_API_KEY", "Referer"):
        yield "key in " + name, [(name, f"key={good}" if name == "Cookie" else good)]


def crooked_targets(target, good):
    """Other spellings of a path, and the key where no key is read."""
    first, rest = target[:4], target[4:]
    yield from (target + "/", "/" + target, target.replace("/", "//"), target.upper(), target + "%20", target + "%00", target + ";a=b",
                target + ".json", target + "/.", target + "/..;/", "/." + target, "/x/.." + target, "/%2e" + target, "/x/%2e%2e" + target,
                "/v1/search/../.." + target, "/compat" + target, "/compat/typesense" + target, "/reconcile" + target, "\\" + target[1:],
                first + "%61" + rest[1:] if rest.startswith("a") else first + "%" + format(ord(rest[0]), "02x") + rest[1:],
                target.replace("/", "%2F"), "/" + urllib.parse.quote(target[1:], safe=""), "http://localhost" + target, "*", target + "%0d%0a",
                target.replace("v1", "v%31"), target.replace("v1", "V1"), target.replace("v1", "v1/v1"), target.replace("v1", "ｖ1"))
    for name in ("key", "api_key", "apikey", "access_token", "x-typesense-api-key", "token", "Authorization"):
        yield f"{target}?{name}={good}"
    for name in ("_method", "method", "X-HTTP-Method-Override"):
        yield f"{target}?{name}=PUT"


def crooked_methods(method):
    """Ways to say one method and mean another."""
    for other in ("GET", "HEAD", "OPTIONS", "POST", "PATCH", "TRACE", "QUERY", "PROPFIND", method.lower()):
        yield other, []
        for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
            yield other, [(name, method)]


def other_origins(method):
    """What a page of somebody else can make a browser send."""
    evil = ("Origin", "https://evil.example")
    asks = [("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "authorization, content-type")]
    yield "preflight", "OPTIONS", [evil, *asks], None
    yield "preflight of no origin", "OPTIONS", [("Origin", "null"), *asks], None
    for content in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; application/json", ""):
        yield "simple " + content, "POST", [evil, ("Content-Type", content)], content
    for site in ("same-origin", "cross-site", "none"):
        yield "fetch " + site, method, [evil, ("Sec-Fetch-Site", site), ("X-Requested-With", "XMLHttpRequest")], None


def on_routes(description, keys):
    for name, method, target, content, body in writing_operations(description):
        typed = [("Content-Type", content)]
        for how, headers in bad_keys(keys):
            yield Attempt(f"{name}: {how}", "refused", request(method, target, typed + headers, body))
        read = [("Authorization", f"Bearer {keys['read']}")]
        for crooked in crooked_targets(target, keys["write"]):
            yield Attempt(f"{name} at {crooked}", "harmless" if crooked == "*" else "refused", request(method, crooked, typed, body))
            if "?" not in crooked:
                yield Attempt(f"{name} at {crooked}, read key", "refused", request(method, crooked, typed + read, body))
        for other, headers in crooked_methods(method):
            yield Attempt(f"{name} as {other} {headers}", "harmless", request(other, target, typed + headers, body))
        for how, other, headers, own in other_origins(method):
            sent = headers if own is not None else typed + headers
            yield Attempt(f"{name}: {how}", "harmless" if other == "OPTIONS" else "refused", request(other, target, sent, body))


CLAUSES = [
    "CREATE (:Attack {id: 'attack:1'})", "CREATE (:Attack)-[:ATTACKS {since: '2024'}]->(:Attack)", "MERGE (:Attack {id: 'attack:2'})",
    "MERGE (a:Attack {id: 'attack:3'}) ON CREATE SET a.x = 1 ON MATCH SET a.x = 2", "MATCH (n) SET n.attack = 1", "MATCH (n) SET n = {}",
    "MATCH (n) SET n += {attack: 1}", "MATCH (n) SET n:Attack", "MATCH (n) REMOVE n.id", "MATCH (n:Place) REMOVE n:Place",
    "MATCH ()-[r]->() DELETE r", "MATCH (n) DETACH DELETE n", "MATCH ()-[r]->() SET r.attack = true",
    "MATCH (n) WITH n LIMIT 1 SET n['attack'] = 1", "MATCH p = ()-->() WITH p LIMIT 1 DELETE p",
]
NOT_OURS = [
    "FOREACH (i IN [1, 2] | CREATE (:Attack))", "CREATE INDEX FOR (n:Place) ON (n.x)", "CREATE CONSTRAINT FOR (n:Place) REQUIRE n.x IS UNIQUE",
    "DROP INDEX x", "LOAD CSV FROM 'file:///etc/passwd' AS row CREATE (:Attack)", "CALL apoc.create.node(['Attack'], {})",
    "CALL db.createLabel('Attack')", "CALL dbms.security.createUser('x', 'y', false)", "INSERT (:Attack)", "DROP DATABASE khom", "USE khom CREATE (:Attack)",
    "CALL apoc.cypher.doIt('CREATE (:Attack)', {})", "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DELETE n', {})",
    "CALL { CREATE (:Attack) } IN TRANSACTIONS", "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'", "BEGIN", "COMMIT", ":param x => 1",
]
HIDINGS = [
    "{}", "{} RETURN 1", "/* MATCH (n) RETURN n */ {}", "// RETURN 1\n{}", "{} // RETURN 1", "{}; RETURN 1", "RETURN 1; {}", "\ufeff{}", "\u00a0{}",
    "WITH 1 AS a {}", "UNWIND [1, 2] AS i {}", "UNWIND [] AS i {}", "OPTIONAL MATCH (m:Nothing) WITH m {}", "MATCH (m) WITH m LIMIT 0 {}",
    "RETURN 1 AS x UNION {} RETURN 1 AS x", "{} RETURN 1 AS x UNION ALL RETURN 1 AS x", "CALL {{ {} RETURN 1 AS x }} RETURN x",
    "CALL {{ WITH 1 AS a CALL {{ {} RETURN 1 AS x }} RETURN x }} RETURN x", "MATCH (m) CALL {{ {} }} RETURN 1",
    "MATCH (m) WHERE EXISTS {{ {} }} RETURN m", "RETURN COUNT {{ {} }} AS c", "EXPLAIN {}", "PROFILE {}", "CYPHER runtime=slotted {}",
    "CALL db.labels() YIELD label {}", "RETURN [x IN [1] | {}]",
]
HARMLESS = [
    "RETURN 'CREATE (:Attack)' AS text", "MATCH (n) RETURN n.`SET n.x = 1` LIMIT 1", "RETURN $p", "WITH {CREATE: 1} AS map RETURN map.CREATE", "// CREATE (:Attack)\nRETURN 1",
    "/* MATCH (n) DETACH DELETE n */ MATCH (n) RETURN count(n)", "CALL db.labels()", "CALL db.relationshipTypes()", "CALL db.propertyKeys()",
]


def spoken(statement, rng):
    """The same letters, said differently."""
    yield "as it is", statement
    yield "mixed case", "".join(rng.choice((c.lower(), c.upper())) if c.isascii() and "'" not in statement else c for c in statement)
    yield "escaped", "".join(f"\\u{ord(c):04x}" for c in statement[:6]) + statement[6:]
    yield "broken", statement.replace(" ", "\r\n\t ", 2)


def in_queries(keys, rng):
    def ask(statement, headers=(), accept="application/json", **more):
        body = json.dumps({"statement": statement, "parameters": {"p": "CREATE (:Attack)"}, **more})
        return request("POST", "/v1/query", [("Content-Type", "application/json"), ("Accept", accept), *headers], body)

    read = [("Authorization", f"Bearer {keys['read']}")]
    ways = [([], "application/json"), (read, "application/json"), ([], NDJSON), (read, "text/csv")]
    for number, clause in enumerate(CLAUSES + NOT_OURS):
        for turn, hiding in enumerate(HIDINGS if clause in CLAUSES else HIDINGS[:4]):
            headers, accept = ways[(number + turn) % len(ways)]
            expect = "refused" if hiding in ("{}", "{} RETURN 1") else "harmless"
            yield Attempt(f"query, {accept}: {hiding.format(clause)}", expect, ask(hiding.format(clause), headers, accept))
        for how, statement in spoken(clause, rng):
            yield Attempt(f"query {how}: {statement}", "refused", ask(statement, *rng.choice(ways)))
    for statement in HARMLESS:
        for headers, accept in ways:
            yield Attempt(f"query: {statement}", "harmless", ask(statement, headers, accept))
    more = [{"access_mode": "WRITE"}, {"accessMode": "Write"}, {"write": True}, {"key": keys["write"]}, {"max_rows": 0}, {"dry_run": False}]
    for member in more:
        yield Attempt(f"query with {member}", "refused", ask(CLAUSES[0], **member))
    for body in ('{"statement": "RETURN 1", "statement": "CREATE (:Attack)"}', '{"statement": "CREATE (:Attack)", "statement": "RETURN 1"}',
                 '{"statement": ["RETURN 1", "CREATE (:Attack)"]}', '{"statements": [{"statement": "CREATE (:Attack)"}]}', "CREATE (:Attack)",
                 '[{"statement": "CREATE (:Attack)"}]', '{"statement": "$p", "parameters": {"p": "CREATE (:Attack)"}}'):
        for content in ("application/json", "text/plain"):
            yield Attempt(f"query body {body}", "harmless", request("POST", "/v1/query", [("Content-Type", content)], body))
    for clause in CLAUSES + NOT_OURS:
        said = urllib.parse.quote(clause)
        yield Attempt(f"page: {clause}", "harmless", request("GET", f"/cypher?q={said}&statement={said}&run=1", [], ""))


def elsewhere(description, keys):
    """Routes that never write but take a body, and writes that another server would take there."""
    body = json.dumps({"searches": [{"collection": "entities", "q": "x"}]})
    for target in ("/compat/typesense/collections", "/compat/typesense/collections/entities/documents", "/compat/typesense/keys",
                   "/compat/typesense/collections/entities/documents/import?action=upsert", "/compat/typesense/multi_search",
                   "/compat/typesense/collections/entities/documents/place:airport", "/reconcile", "/reconcile/match", "/v1/export",
                   "/v1/entities/place:airport", "/v1/changes", "/v1/search", "/v1/context.jsonld", "/id/place:airport", "/metrics", "/curate", "/"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            sent = [("Content-Type", "text/plain"), ("X-Typesense-Api-Key", keys["read"])]
            yield Attempt(f"{method} {target}", "harmless", request(method, target, sent, body))


def state(server, admin):
    """All that a write could change, but for saved views, which anybody may save."""
    digest = hashlib.sha256()
    for target in ("/v1/export?format=ndjson", "/v1/admin/dictionary", "/v1/admin/synonyms"):
        answer = server.ask("GET", target, key=admin)
        assert answer.status == 200, answer.raw[:200]
        digest.update(answer.body)
    for path in sorted(server.data.glob("kept/*/*")):
        if path.parent.name != "views":
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def written(server, key, number):
    """Whether a good key still writes."""
    body = json.dumps({"entity": {**PLACE["entity"], "id": f"place:control-{number}"}}).encode()
    before = server.revision()
    answer = server.ask("POST", "/v1/admin/imports", key=key, body=body, headers=[("Content-Type", NDJSON)])
    return answer.status == 200 and server.revision() == before + 1


def answered(server, attempt, port):
    """The status; what a busy server sheds was not judged, and is sent again."""
    for _ in range(10):
        status = server.send(attempt.raw, port).status
        if status != 503:
            break
        time.sleep(0.5)
    return status


def attacked(server, attempts):
    violations, statuses = [], collections.Counter()
    revision = server.revision()
    for attempt in attempts:
        for port in (server.port, server.open_port):  # with the admin routes, and without
            try:
                status = answered(server, attempt, port)
            except NoAnswer as silence:
                violations.append(f"{attempt.name}: no answer ({silence})")
                continue
            statuses[f"{status // 100}xx"] += 1
            unknown_method = status == 501
            if (status >= 500 and not unknown_method) or (attempt.expect == "refused" and status < 300):
                violations.append(f"{attempt.name}: {status}")
        now = server.revision()
        if now != revision:
            violations.append(f"{attempt.name}: revision {revision} became {now}")
            revision = now
    return violations, statuses


def main():
    seed = int(os.environ.get("KHOM_SEED", random.randrange(1 << 32)))
    rng = random.Random(seed)
    with Served(sys.argv[1]) as server:
        keys = {"write": server.key("write"), "admin": server.key("admin"), "read": server.key("read-private"), "revoked": server.key("admin")}
        server.command("key", "revoke", "--data", server.data, keys["revoked"].split("_")[1])
        description = server.ask("GET", "/v1/openapi.json").json()
        attempts = [*on_routes(description, keys), *in_queries(keys, rng), *elsewhere(description, keys)]
        if len(sys.argv) > 2:
            attempts = rng.sample(attempts, min(int(sys.argv[2]), len(attempts)))
        violations = [] if written(server, keys["write"], 1) else ["a good key did not write before the attempts"]
        before = state(server, keys["admin"])
        found, statuses = attacked(server, attempts)
        violations += found
        if state(server, keys["admin"]) != before:
            violations.append("the exported graph, the words of the search or what is kept has changed")
        if not written(server, keys["write"], 2):
            violations.append("a good key did not write after the attempts")
        violations += [f"a key is in the log: {name}" for name, key in keys.items() if key.rsplit("_", 1)[1] in server.log()]
        if server.stop() != 0:
            violations.append(f"the server ended with {server.process.returncode}: {server.log()[-500:]}")
    print("\n".join(violations))
    answered = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
    print(f"keyless_writes: {len(attempts)} attempts on two listeners (seed {seed}): {answered}; {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
