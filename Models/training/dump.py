#!/usr/bin/env python3
"""Runs `patrol tune crops` on every clip of the manifests.

    dump.py --patrol .build/release/patrol --footage FOLDER --dumps FOLDER
"""

import argparse
import subprocess
from pathlib import Path

import footage
from common import manifest
from evaluate import scoring_clips


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patrol", type=Path, required=True)
    parser.add_argument("--footage", type=Path, required=True)
    parser.add_argument("--dumps", type=Path, required=True)
    args = parser.parse_args()
    for clip in manifest()["clips"] + scoring_clips():
        path, out = footage.opened(args.footage, clip), args.dumps / clip["name"]
        subprocess.run([args.patrol, "tune", "crops", path, "--out", out], check=True)


if __name__ == "__main__":
    main()
