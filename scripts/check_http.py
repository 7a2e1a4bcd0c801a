"""What schemathesis is told beside docs/openapi.yaml: which alerts there are, not to wait long."""

import json
import os

import schemathesis

ALERTS = json.loads(os.environ["PATROL_ALERTS"])["alerts"]
IDS = [alert["alertId"] for alert in ALERTS]
FILES = [part["file"].split("/")[-1]
         for alert in ALERTS for part in alert["event"]["data"]["evidence"]]


def known(value, choices):
    """One of the choices in place of two thirds of all values, always the same for a value."""
    number = sum(str(value).encode())
    return choices[number % len(choices)] if number % 3 else value


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Puts ids of alerts that there are in place of most that are made up."""
    parameters = dict(path_parameters or {})
    for name, value in parameters.items():
        if name == "alert" and len(str(value)) == 32:
            parameters[name] = known(value, IDS)
        elif name == "claim" and len(str(value)) > 32:
            parameters[name] = known(value, ["%s-%d" % (id, n) for id in IDS for n in (1, 2, 3)])
        elif name == "file" and str(value).isascii():
            parameters[name] = known(value, FILES)
    return parameters


@schemathesis.hook
def before_call(context, case, kwargs):
    """Waits a hundredth of what is asked for."""
    body = case.body
    if isinstance(body, dict) and isinstance(body.get("wait"), (int, float)):
        if not isinstance(body["wait"], bool) and 0 <= body["wait"] <= 60:
            body["wait"] /= 100
