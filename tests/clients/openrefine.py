#!/usr/bin/env python3
"""openrefine.py OPENREFINE KHOM: a column of names, reconciled and extended by OpenRefine as it is.

OPENREFINE and KHOM are the addresses of a running OpenRefine 3.6 and a running Khom, e.g.
http://127.0.0.1:3333 and http://127.0.0.1:8080. Everything goes through the commands that OpenRefine's own pages send;
only OpenRefine speaks to Khom. Prints one line a check; the exit code is the number of those that failed.
"""

import json
import sys
import time
import urllib.parse
import urllib.request

REFINE, KHOM = (address.rstrip("/") for address in sys.argv[1:3])

# What a planner's sheet looks like: Thai, English, romanised, misspelt, and one that is not there.
NAMES = [
    ("คลองแม่ข่า", "place:mae-kha-canal"),
    ("Mae Kha Canal", "place:mae-kha-canal"),
    ("maekha", "place:mae-kha-canal"),
    ("ประตูท่าแพ", "place:tha-phae-gate"),
    ("Tha Pae Gate", "place:tha-phae-gate"),
    ("wat chompoo", "place:wat-chomphu"),
    ("พิพิธภัณฑ์พื้นถิ่นล้านนา", "place:lanna-folklife-museum"),
    ("Zanzibar Harbour Office", None),
]


def call(command, parameters=None, form=None):
    """One command of OpenRefine; `form` makes it a POST with the token that it asks for."""
    query = dict(parameters or {})
    data = None
    if form is not None:
        query["csrf_token"] = call("core/get-csrf-token")["token"]
        data = urllib.parse.urlencode(form).encode()
    address = f"{REFINE}/command/{command}?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(urllib.request.Request(address, data=data), timeout=180) as answer:
        text = answer.read().decode()
    return json.loads(text) if text.startswith(("{", "[")) else text


def create_project():
    """Uploads the names as a CSV file, as the page "Create project" does; gives the project's number."""
    job = call("core/create-importing-job", form={})["jobID"]
    boundary = "khom-names"
    names = "name\n" + "".join(f'"{name}"\n' for name, _ in NAMES)
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="upload"; filename="names.csv"\r\n'
        f"Content-Type: text/csv; charset=utf-8\r\n\r\n{names}\r\n--{boundary}--\r\n"
    ).encode()
    where = {"controller": "core/default-importing-controller", "jobID": job}
    token = call("core/get-csrf-token")["token"]
    load = urllib.parse.urlencode({**where, "subCommand": "load-raw-data", "csrf_token": token})
    request = urllib.request.Request(f"{REFINE}/command/core/importing-controller?{load}", data=body)
    request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
    urllib.request.urlopen(request, timeout=180).read()
    options = {"encoding": "UTF-8", "separator": ",", "headerLines": 1, "projectName": "khom names", "trimStrings": True}
    call(
        "core/importing-controller",
        {**where, "subCommand": "create-project"},
        {"format": "text/line-based/*sv", "options": json.dumps(options)},
    )
    for _ in range(300):
        status = call("core/get-importing-job-status", {"jobID": job}, {})["job"]["config"]
        if "projectID" in status:
            return status["projectID"]
        time.sleep(0.2)
    raise RuntimeError("OpenRefine made no project")


def wait_for(project):
    for _ in range(600):
        if not call("core/get-processes", {"project": project})["processes"]:
            return
        time.sleep(0.2)
    raise RuntimeError("OpenRefine does not finish")


def reconcile(project):
    """Starts reconciling the column against Khom, with the settings that OpenRefine takes from the manifest."""
    with urllib.request.urlopen(f"{KHOM}/reconcile", timeout=20) as answer:
        manifest = json.load(answer)
    config = {
        "mode": "standard-service",
        "service": f"{KHOM}/reconcile",
        "identifierSpace": manifest["identifierSpace"],
        "schemaSpace": manifest["schemaSpace"],
        "type": {"id": "place", "name": "Place"},
        "autoMatch": True,
        "columnDetails": [],
        "limit": 5,
    }
    form = {"columnName": "name", "config": json.dumps(config), "engine": json.dumps({"facets": [], "mode": "row-based"})}
    call("core/reconcile", {"project": project}, form)
    wait_for(project)


def rows(project):
    form = {"engine": json.dumps({"facets": [], "mode": "row-based"})}
    got = call("core/get-rows", {"project": project, "start": 0, "limit": 50}, form)
    recons = got.get("pool", {}).get("recons", {})
    return [[None if cell is None else {**cell, "recon": recons.get(str(cell.get("r")))} for cell in row["cells"]] for row in got["rows"]]


def match_best(project):
    """"Match each cell to its best candidate", for the column."""
    form = {"columnName": "name", "engine": json.dumps({"facets": [], "mode": "row-based"})}
    call("core/recon-match-best-candidates", {"project": project}, form)
    wait_for(project)


def extend(project):
    extension = {"properties": [{"id": "name_en", "name": "name_en"}, {"id": "lat", "name": "lat"}, {"id": "located_in", "name": "located_in"}]}
    form = {
        "baseColumnName": "name",
        "endpoint": f"{KHOM}/reconcile",
        "identifierSpace": f"{KHOM}/id/",
        "schemaSpace": f"{KHOM}/ns#",
        "extension": json.dumps(extension),
        "columnInsertIndex": 1,
        "engine": json.dumps({"facets": [], "mode": "row-based"}),
    }
    call("core/extend-data", {"project": project}, form)
    wait_for(project)


failed = 0


def check(claim, holds, seen=""):
    global failed
    failed += not holds
    print(f"{'ok     ' if holds else 'FAILED '} {claim}{'' if holds else ': ' + str(seen)}")


project = create_project()
reconcile(project)
cells = [row[0] for row in rows(project)]
for (name, expected), cell in zip(NAMES, cells):
    recon = cell["recon"] or {}
    candidates = [each["id"] for each in recon.get("c", [])]
    if expected is None:
        check(f"OpenRefine matches nothing to '{name}' by itself", recon.get("j") != "matched", recon)
    else:
        check(f"OpenRefine's first candidate for '{name}' is {expected}", candidates[:1] == [expected] or recon.get("m", {}).get("id") == expected, candidates)
check("A name that is exactly one place's matches by itself", cells[0]["recon"]["j"] == "matched", cells[0])
match_best(project)
extend(project)
values = [[cell and cell.get("v") for cell in row] for row in rows(project)]
check("OpenRefine extends a matched row by a name", "Mae Kha Canal" in values[0], values[0])
check("… by a number", any(isinstance(value, float) and 18 < value < 19 for value in values[3]), values[3])
check("… by what it is linked to", any("Chiang Mai" in str(value) for value in values[0]), values[0])
preview = urllib.request.urlopen(f"{KHOM}/reconcile/preview?id=place:mae-kha-canal", timeout=20)
check("A preview is a small page that may stand in a frame", preview.status == 200 and "แม่ข่า" in preview.read().decode())
call("core/delete-project", form={"project": project})
sys.exit(min(failed, 99))
