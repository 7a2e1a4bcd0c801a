#!/usr/bin/env bash
# Takes the most urgent alert to its report with curl. Usage: walk.sh http://127.0.0.1:8420 [TOKEN]
set -euo pipefail

ask() {
    curl --silent --show-error --fail-with-body --max-time 90 \
        ${token:+--header "Authorization: Bearer $token"} \
        --header 'Content-Type: application/json' "$@"
    echo
}
box=$1 token=${2-}

# 1. Take the most urgent alert; wait up to 2 seconds for one. Nobody else gets it for a minute.
answer=$(ask --data '{"limit": 1, "lease": 60, "wait": 2}' "$box/v1/claims")
echo "$answer"
claim=$(sed -E 's/^\{"claims":\[\{"claim":"([^"]*)".*/\1/' <<<"$answer")
alert=${claim%-*}

# 2. Look at the evidence; its names are in the alert's events.
file=$(grep -oE '"file":"[^"]*"' <<<"$answer" | head -n 1 | sed -E 's|.*/([^/"]*)"|\1|')
ask --output picture.jpg "$box/v1/evidence/$alert/$file"

# 3. The order goes out, somebody is on the spot, and reports.
ask --data '{}' "$box/v1/claims/$claim/ack"
ask --data '{}' "$box/v1/alerts/$alert/arrive"
ask --data '{"verdict": "confirmed", "text": "car moved"}' "$box/v1/alerts/$alert/report"
