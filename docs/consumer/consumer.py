#!/usr/bin/env python3
"""Takes alerts, sends somebody, reports. Usage: consumer.py http://127.0.0.1:8420 [TOKEN]"""
import json
import sys
import urllib.request


def ask(path, **body):
    headers = {"Content-Type": "application/json"}
    if len(sys.argv) > 2:
        headers["Authorization"] = "Bearer " + sys.argv[2]
    data = json.dumps(body).encode()
    request = urllib.request.Request(sys.argv[1] + path, data, headers)
    with urllib.request.urlopen(request, timeout=90) as answer:
        return json.load(answer)


while claims := ask("/v1/claims", limit=5, wait=2)["claims"]:
    for claim in claims:
        alert, data = claim["alertId"], claim["event"]["data"]
        print(claim["severity"], data["camera"]["name"], data["kind"], data["startedAt"])
        # Send somebody here; only then:
        ask("/v1/claims/%s/ack" % claim["claim"])
        ask("/v1/alerts/%s/arrive" % alert)
        ask("/v1/alerts/%s/report" % alert, verdict="confirmed", text="dealt with")
