#!/usr/bin/env python3
"""A web server that answers as a plan says, and writes down what it was sent.

    webhook-server.py KEY LOG [STEP ...]

A step is a status (200), a status with seconds to wait (429:2), `hang` (no answer), `close` (the
connection ends) or `move` (a redirect to /elsewhere). One step answers one request; after the last
one it is 204. Prints `ready PORT` when it listens.
"""

import hashlib
import hmac
import http.server
import json
import sys
import threading
import time

KEY, LOG, PLAN = sys.argv[1].encode(), sys.argv[2], sys.argv[3:]
LOCK = threading.Lock()


def is_valid(header, body):
    """Whether the signature is right, and of the last minute."""
    parts = dict(part.split("=", 1) for part in header.split(","))
    signed = parts["t"].encode() + b"." + body
    wanted = hmac.new(KEY, signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, parts["v1"]) and abs(time.time() - int(parts["t"])) < 60


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with LOCK:
            step = PLAN.pop(0) if PLAN else "204"
            event = json.loads(body)
            entry = {
                "path": self.path,
                "step": step,
                "id": event["id"],
                "sequence": int(event.get("sequence", "0")),
                "event": event["type"],
                "key": self.headers["Idempotency-Key"],
                "type": self.headers["Content-Type"],
                "authorization": self.headers.get("Authorization", ""),
                "valid": is_valid(self.headers["SmartPatrol-Signature"], body),
            }
            with open(LOG, "a", encoding="utf-8") as log:
                log.write(json.dumps(entry) + "\n")
        if step == "hang":
            time.sleep(3600)
        if step == "close":
            self.close_connection = True
            return
        if step == "move":
            self.answer(307, {"Location": "/elsewhere"})
            return
        status, _, wait = step.partition(":")
        self.answer(int(status), {"Retry-After": wait} if wait else {})

    do_GET = do_POST

    def answer(self, status, headers):
        body = b"" if status == 204 else b"as the plan says"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print("ready", server.server_port, flush=True)
server.serve_forever()
