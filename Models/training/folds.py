#!/usr/bin/env python3
"""Leave cameras out: how sure the network may be, and how good it gets with crops of more cameras.

    folds.py temperature --work FOLDER --dumps FOLDER --drawn FILE.npz
    folds.py scoring --work FOLDER --dumps FOLDER --weights MODEL.pt --json FILE

`temperature` trains on drawings without any footage and on the real crops of all training cameras
but one group, and looks at that group: the temperature that suits all groups is printed. `scoring`
goes on from the shipped weights with looks of all measuring cameras but one, and measures that one,
for each in turn, and also goes on without any such looks; nothing of it goes into the shipped
weights.
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


def _measured(net, seen, cameras):
    """Scores, labels, objects, sizes, clips and cameras of the looks of some cameras."""
    rows = [[] for _ in range(6)]
    for clip, (samples, labels, objects, sizes) in seen:
        if clip["camera"] in cameras and len(labels):
            scores = logits_of(net, samples).softmax(1).numpy()
            for row, value in zip(rows, (scores, labels, objects, sizes,
                                         np.full(len(labels), clip["name"]),
                                         np.full(len(labels), clip["camera"]))):
                row.append(value)
    return [np.concatenate(row) for row in rows]


def _trained_on(start, parts, seen, samples):
    """Trains on for an epoch of so many samples, a quarter of them looks that were seen."""
    first = (parts[0][0][:samples], parts[0][1][:samples])
    extra = []
    if seen:
        crops = np.concatenate([found[0] for _, found in seen])
        known = np.concatenate([found[1] for _, found in seen]).astype(np.uint8)
        extra = [(*train.evened(crops, known), 0.25)]
    mix = [(*first, parts[0][2] - 0.25 * len(extra)), *parts[1:], *extra]
    return train.train(mix, 1, 7, rate=1e-3, start=start)


def scoring(args):
    """Measures each camera with looks of the other measuring cameras in training."""
    start = torch.load(args.weights, weights_only=True)
    seen = [(clip, evaluate.looks(args.dumps, clip)) for clip in evaluate.scoring_clips()]
    seen = [pair for pair in seen if len(pair[1][1])]
    parts = train.load_parts(args.work)
    cameras = sorted({clip["camera"] for clip, _ in seen if "training" not in clip["camera"]})
    plain = _measured(_trained_on(start, parts, [], args.samples), seen, cameras)
    rows = []
    for camera in cameras:
        others = [pair for pair in seen if pair[0]["camera"] in cameras
                  and pair[0]["camera"] != camera]
        net = _trained_on(start, parts, others, args.samples)
        rows.append(_measured(net, seen, [camera]))
    result = {"without": evaluate.report(*plain),
              "with": evaluate.report(*(np.concatenate(column) for column in zip(*rows)))}
    for name, figures in result.items():
        print(name, "the looks of the other cameras", json.dumps(figures["all"], indent=1))
        print(evaluate.table(np.array(figures["confusion"])))
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
    parser.add_argument("--samples", type=int, default=16000)
    args = parser.parse_args()
    torch.set_num_threads(1)
    (temperature if args.what == "temperature" else scoring)(args)


if __name__ == "__main__":
    main()
