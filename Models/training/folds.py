#!/usr/bin/env python3
"""Leave-cameras-out: how sure the network may be, and how good it gets with crops of more cameras.

    folds.py temperature --work FOLDER --dumps FOLDER --drawn FILE.npz
    folds.py scoring --work FOLDER --dumps FOLDER --weights MODEL.pt --json FILE

`temperature` trains on drawings without any footage and on the real crops of all training cameras
but one group, and looks at that group: the temperature that suits all groups is printed. `scoring`
goes on from the shipped weights with looks of the measuring clips of all cameras but one group, and
measures that group; nothing of it goes into the shipped weights.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

import evaluate
import train
from common import manifest

TRAINING_GROUPS = (("u_bxc_test", "u_intelgif_person-bicycle-car-detection"),
                   ("u_iacv_camera1", "u_iacv_foreste", "u_iacv_milanoest"),
                   ("u_frigate_motion2", "u_lrs_shop"))
SCORING_GROUPS = (("aboda", "casino", "rf"), ("ahmet", "cdnet", "intel_person"),
                  ("bgs", "borislav", "mall"), ("diego", "mirsabayu", "phil"),
                  ("intel_car", "parking", "pets", "thaitin"))


def logits_of(net, samples):
    """Logits of crops of 0 to 255."""
    with torch.no_grad():
        parts = [net((torch.from_numpy(samples[i:i + 256]).float() - 128) / 128)[0]
                 for i in range(0, len(samples), 256)]
    return torch.cat(parts)


def fitted_temperature(logits, labels):
    """The temperature of least negative log-likelihood, 0.5 to 4."""
    values = np.linspace(0.5, 4, 71)
    losses = [float(functional.cross_entropy(logits / t, labels)) for t in values]
    return float(values[int(np.argmin(losses))])


def temperature(args):
    """Prints the temperature that suits cameras which were not seen."""
    drawn = np.load(args.drawn)
    names = [clip["name"] for clip in manifest()["clips"]]
    clean, dumped = np.load(args.work / "clean.npz"), np.load(args.work / "dumped.npz")
    start, logits, labels = None, [], []
    for group in TRAINING_GROUPS:
        out = [names.index(name) for name in group]
        parts = [(drawn["crops"], drawn["labels"], 0.78)]
        for data, share in ((clean, 0.14), (dumped, 0.08)):
            keep = ~np.isin(data["clips"], out)
            parts.append((*train.evened(data["crops"][keep], data["labels"][keep]), share))
            held = np.isin(data["clips"], out)
            logits_labels = data["labels"][held].astype(np.int64)
            labels.append((data["crops"][held], logits_labels))
        if start is None:
            start = train.train(parts[:1], args.epochs, 5).state_dict()
        net = train.train(parts, 1, 6, rate=1e-3, start=start)
        for samples, known in labels[-2:]:
            logits.append(logits_of(net, samples))
    known = torch.from_numpy(np.concatenate([pair[1] for pair in labels]))
    logits = torch.cat(logits)
    best = fitted_temperature(logits, known)
    right = float((logits.argmax(1) == known).float().mean())
    print(f"{len(known)} crops of unseen cameras, {100 * right:.0f} % right, "
          f"temperature {best:.2f}")


def scoring(args):
    """Measures with crops of the other measuring clips in training."""
    start = torch.load(args.weights, weights_only=True)
    clips = evaluate.scoring_clips()
    seen = {clip["name"]: evaluate.looks(args.dumps, clip) for clip in clips}
    parts = train.load_parts(args.work)
    rows = [[] for _ in range(6)]
    for group in SCORING_GROUPS:
        others = [clip for clip in clips if clip["camera"] not in group and len(
            seen[clip["name"]][1])]
        crops = np.concatenate([seen[clip["name"]][0] for clip in others])
        known = np.concatenate([seen[clip["name"]][1] for clip in others]).astype(np.uint8)
        mix = [(*parts[0][:2], parts[0][2] - 0.25), *parts[1:],
               (*train.evened(crops, known), 0.25)]
        short = [(mix[0][0][:args.samples], mix[0][1][:args.samples], mix[0][2]), *mix[1:]]
        net = train.train(short, 1, 7, rate=1e-3, start=start)
        for clip in clips:
            samples, labels, objects, sizes = seen[clip["name"]]
            if clip["camera"] not in group or len(labels) == 0:
                continue
            scores = logits_of(net, samples).softmax(1).numpy()
            for row, value in zip(rows, (scores, labels, objects, sizes,
                                         np.full(len(labels), clip["name"]),
                                         np.full(len(labels), clip["camera"]))):
                row.append(value)
    result = evaluate.report(*(np.concatenate(row) for row in rows))
    print(evaluate.table(np.array(result["confusion"])))
    print(json.dumps(result["all"], indent=1))
    args.json.write_text(json.dumps(result, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("temperature", "scoring"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--dumps", type=Path, required=True)
    parser.add_argument("--drawn", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--samples", type=int, default=24000)
    args = parser.parse_args()
    torch.set_num_threads(1)
    (temperature if args.what == "temperature" else scoring)(args)


if __name__ == "__main__":
    main()
