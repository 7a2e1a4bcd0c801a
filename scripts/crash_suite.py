#!/usr/bin/env python3
"""Kills the running program at random moments and checks that no alert was lost or handed out
twice in effect.

    scripts/crash_suite.py --patrol .build/release/patrol --kills 300 --seed 1

Half of the kills hit `patrol run` on recordings played fast, half a load of 200 alerts a second,
which is committed as the service commits them. Consumers claim and acknowledge meanwhile, by the
command line and, under the load, also within the program; some of them die, too. After each kill
`patrol queue check` must find nothing, and whatever was answered must be there. At the end of each
folder every alert must have been acknowledged exactly once; of the recordings, every alert must be
there as it is after a run that nobody disturbed, and every picture as its event names it.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

RATE = 200
LEASE = 1
KILLS_PER_FOLDER = 20
PATIENCE = 120


class Broken(Exception):
    """Something that must not be."""


def require(holds, message):
    if not holds:
        raise Broken(message)


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False,
                          **more)


class Consumer(threading.Thread):
    """Takes alerts by the command line until it is told to stop, and keeps what was answered."""

    def __init__(self, patrol, folder, name, seed):
        super().__init__(name=name, daemon=True)
        self.patrol, self.folder, self.random = patrol, folder, random.Random(seed)
        self.ending = threading.Event()
        self.claimed, self.acknowledged, self.failure = [], [], None

    def queue(self, *arguments):
        return [self.patrol, "queue", arguments[0], "--data", self.folder, "--by", self.name,
                *arguments[1:]]

    def run(self):
        try:
            while not self.ending.is_set():
                self.turn()
        except Exception as error:  # noqa: BLE001  Told by the main thread.
            self.failure = "%s: %s" % (self.name, error)

    def turn(self):
        if not os.path.exists(os.path.join(self.folder, "alerts.sqlite")):
            time.sleep(0.02)
            return
        told = run(self.queue("claim", "--json", "--limit", "8", "--lease", str(LEASE),
                              "--wait", "0.3"))
        if told.returncode != 0:
            # The program may be just about to make the queue.
            require("there is no alert queue" in told.stderr or "holds no alert" in told.stderr,
                    "claim: " + told.stderr)
            return
        claims = [json.loads(line) for line in told.stdout.splitlines()]
        self.claimed += [(claim["claim"], claim["alertId"]) for claim in claims]
        for claim in claims:
            # A tenth of all dies with the claim in hand.
            if self.random.random() < 0.1:
                continue
            command = self.queue("ack", claim["claim"])
            if self.random.random() < 0.1:
                self.half(command)
            told = run(command)
            if told.returncode == 0:
                self.acknowledged.append(claim["alertId"])
            else:
                require("has lapsed" in told.stderr or "was lapsed already" in told.stderr,
                        "ack: " + told.stderr)

    def half(self, command):
        """Is killed while it acknowledges; whoever takes its place asks again."""
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.random.uniform(0, 0.05))
        process.kill()
        process.wait()


class Folder:
    """A data folder with consumers at it."""

    def __init__(self, suite, name, consumers):
        self.suite, self.path = suite, os.path.join(suite.work, name)
        os.makedirs(self.path)
        self.answers = os.path.join(suite.work, name + ".answers")
        self.consumers = [
            Consumer(suite.patrol, self.path, "consumer-%d" % number, suite.random.random())
            for number in range(consumers)]
        for consumer in self.consumers:
            consumer.start()

    def rows(self, sql):
        base = sqlite3.connect(os.path.join(self.path, "alerts.sqlite"), timeout=30)
        try:
            return base.execute(sql).fetchall()
        finally:
            base.close()

    def told(self, what):
        """What the program noted as answered before it was killed; a torn last line is none."""
        if not os.path.exists(self.answers):
            return []
        with open(self.answers, encoding="utf-8") as file:
            lines = file.read().split("\n")[:-1]
        return [line.split()[1] for line in lines if line.startswith(what + " ")]

    def check(self):
        """What must hold at every moment."""
        for consumer in self.consumers:
            require(consumer.failure is None, consumer.failure)
        if not os.path.exists(os.path.join(self.path, "alerts.sqlite")):
            return
        # The consumers go on meanwhile: what they have by now must be there afterwards.
        claimed = [claim for consumer in self.consumers for claim, _ in list(consumer.claimed)]
        told = run([self.suite.patrol, "queue", "check", "--data", self.path])
        if told.returncode != 0 and "holds no alert queue" in told.stderr:
            return
        require(told.returncode == 0, "queue check: " + told.stdout + told.stderr)
        held = {row[0] for row in self.rows("SELECT matterId FROM matter")}
        lost = set(self.told("kept")) - held
        require(not lost, "answered as durable and not there: %s" % sorted(lost)[:3])
        ended = dict(self.rows("SELECT id, ending FROM claim"))
        for claim in self.told("claimed"):
            require(claim in ended, "claim %s was answered and is not there" % claim)
        for claim in self.told("acknowledged"):
            require(ended.get(claim) == "acknowledged",
                    "claim %s was answered as acknowledged and is %s" % (claim, ended.get(claim)))
        for claim in claimed:
            require(claim in ended, "claim %s was handed out and is not there" % claim)
        twice = self.rows("""
            SELECT matterId FROM (SELECT matterId, what, lag(what) OVER
                (PARTITION BY matterId ORDER BY number) AS before FROM transition
                WHERE what IN ('claimed', 'released', 'lapsed', 'acknowledged'))
            WHERE what = 'claimed' AND before IN ('claimed', 'acknowledged') LIMIT 3""")
        require(not twice, "handed out while it was held or ordered: %s" % twice)

    def finish(self):
        """Lets the consumers take the rest; then every alert was acknowledged exactly once."""
        end = time.monotonic() + PATIENCE
        while self.rows("SELECT 1 FROM matter WHERE isAlert AND state <> 'acknowledged' LIMIT 1"):
            for consumer in self.consumers:
                require(consumer.failure is None, consumer.failure)
            for name, in self.rows("SELECT matterId FROM matter WHERE state = 'dead'"):
                run([self.suite.patrol, "queue", "retry", "--data", self.path, "--by", "suite",
                     name])
            require(time.monotonic() < end, "alerts are left: %s" % self.rows(
                "SELECT state, count(*) FROM matter GROUP BY state"))
            time.sleep(0.1)
        for consumer in self.consumers:
            consumer.ending.set()
        for consumer in self.consumers:
            consumer.join()
        self.check()
        taken = [name for consumer in self.consumers for name in consumer.acknowledged]
        taken += [claim.rsplit("-", 1)[0] for claim in self.told("acknowledged")]
        require(len(taken) == len(set(taken)), "an order went out twice: %s" % sorted(
            name for name in set(taken) if taken.count(name) > 1)[:3])
        handed = self.rows("""
            SELECT matterId FROM claim WHERE ending = 'acknowledged'
            GROUP BY matterId HAVING count(*) > 1""")
        require(not handed, "acknowledged twice: %s" % handed[:3])
        alerts = self.rows("SELECT count(*) FROM matter WHERE isAlert")[0][0]
        return alerts


class Suite:
    """The whole of it."""

    def __init__(self, options, work):
        self.patrol = os.path.abspath(options.patrol)
        self.samples = os.path.abspath(options.samples)
        self.random = random.Random(options.seed)
        self.work = work
        self.alerts = 0
        self.kills = 0

    def killed(self, command, within):
        """Runs a command and kills it within so many seconds.

        Returns its exit status where it was done before, else None.
        """
        with open(os.path.join(self.work, "log"), "w+", encoding="utf-8") as log:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
            try:
                process.wait(timeout=self.random.uniform(0, within))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                self.kills += process.returncode == -signal.SIGKILL
            if process.returncode != 0 and process.returncode != -signal.SIGKILL:
                log.seek(0)
                raise Broken("%s ended with %d: %s" % (command, process.returncode, log.read()))
        return 0 if process.returncode == 0 else None

    def load(self, kills):
        """Kills the load again and again."""
        done = 0
        while done < kills:
            folder = Folder(self, "load-%d" % done, consumers=2)
            for _ in range(min(KILLS_PER_FOLDER, kills - done)):
                self.killed(
                    [self.patrol, "bench", "queue", "--data", folder.path, "--rate", str(RATE),
                     "--seconds", "600", "--cameras", "8", "--consumers", "2", "--work", "0.02",
                     "--lease", str(LEASE), "--answers", folder.answers], within=1.5)
                folder.check()
                done += 1
            # The backlog goes to a consumer of its own, faster than the command line.
            told = run([self.patrol, "bench", "queue", "--data", folder.path, "--rate", "10",
                        "--seconds", "2.5", "--consumers", "2", "--work", "0", "--lease",
                        str(LEASE), "--answers", folder.answers])
            require(told.returncode == 0, "the load: " + told.stderr)
            alerts = folder.finish()
            self.alerts += alerts
            print("load: %d kills, %d alerts in this folder, all sound" % (done, alerts),
                  flush=True)

    def site(self):
        """A site on the sample streams whose zones give alerts all the time."""
        clips = {
            "parked_car.mp4": ("no_parking", "[[0.2531, 0.6889], [0.7891, 0.5167], "
                               "[0.7484, 0.4389], [0.2438, 0.5778]]"),
            "goods_on_pavement.mp4": ("road_occupation", "[[0, 0], [1, 0], [1, 1], [0, 1]]"),
        }
        lines = ["version: 1", "site:", "  id: crash", "dispatch:", "  lease: 1s",
                 "  tries: 1000", "  storms: {coolDown: 0, mergeWithin: 0, ceiling: 100000}",
                 "cameras:"]
        for number, (clip, (kind, polygon)) in enumerate(clips.items()):
            lines += ["  - id: camera-%d" % number,
                      "    source: %s" % json.dumps(os.path.join(self.samples, clip)),
                      '    startTime: "2026-05-01T08:00:00+08:00"', "    zones:"]
            for dwell in range(1, 40, 2):
                lines += ["      - id: zone-%d" % dwell, "        kind: " + kind,
                          "        polygon: " + polygon, "        dwell: %ds" % dwell]
        path = os.path.join(self.work, "site.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def service(self, kills):
        """Kills the service again and again until it has come to the end of its recordings."""
        if kills == 0:
            return
        site = self.site()

        def command(folder):
            return [self.patrol, "run", "--site", site, "--data", folder, "--replay-speed", "100"]

        reference = os.path.join(self.work, "reference")
        begin = time.monotonic()
        told = run(command(reference))
        within = (time.monotonic() - begin) * 1.2
        require(told.returncode == 0, "the service: " + told.stderr)
        expected = self.lines(reference)
        require(len(expected) > 10, "only %d events in the recordings" % len(expected))
        done = 0
        while done < kills:
            folder = Folder(self, "run-%d" % done, consumers=2)
            last = min(kills, done + KILLS_PER_FOLDER)
            while True:
                status = None
                if done < last:
                    status = self.killed(command(folder.path), within)
                else:
                    told = run(command(folder.path))
                    status = told.returncode
                    require(status == 0, "the service: " + told.stderr)
                folder.check()
                if status == 0:
                    break
                done += 1
            self.alerts += folder.finish()
            found = self.lines(folder.path)
            require(len(found) == len(set(found)), "an event is in the log twice")
            require(sorted(found) == sorted(expected), "%d events, %d after a run undisturbed" % (
                len(found), len(expected)))
            self.evidence(folder.path, found)
            print("run: %d kills, %d events as in a run undisturbed" % (done, len(found)),
                  flush=True)

    @staticmethod
    def lines(folder):
        with open(os.path.join(folder, "alerts.jsonl"), encoding="utf-8") as file:
            text = file.read()
        require(text.endswith("\n"), "the log ends in a torn line")
        return text.split("\n")[:-1]

    @staticmethod
    def evidence(folder, lines):
        for line in lines:
            for item in json.loads(line)["data"]["evidence"]:
                with open(os.path.join(folder, item["file"]), "rb") as file:
                    digest = hashlib.sha256(file.read()).hexdigest()
                require(digest == item["sha256"], "%s is not what its event says" % item["file"])


def main():
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--patrol", default=os.path.join(root, ".build/release/patrol"))
    parser.add_argument("--samples", default=os.path.join(root, "SampleStreams"))
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--part", choices=("load", "service"), help="only this half of it")
    parser.add_argument("--work", help="folder for the queues; a temporary one unless given")
    options = parser.parse_args()
    print("seed %d" % options.seed, flush=True)
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        suite = Suite(options, work)
        try:
            half = options.kills // 2
            if options.part != "service":
                suite.load(options.kills - half)
            if options.part != "load":
                suite.service(half)
        except Broken as broken:
            sys.exit("crash suite, seed %d: %s" % (options.seed, broken))
    print("%d kills, %d alerts: none lost, none handed out twice in effect, every queue sound" % (
        suite.kills, suite.alerts))


if __name__ == "__main__":
    main()
