#!/usr/bin/env python3
"""Measures a model by camera on looks of the detector, and on crops of other data sets.

    evaluate.py --model Models/crops.onnx --dumps FOLDER [--crops FOLDER] [--json FILE]

`--dumps` holds a folder for each clip of scoring.json, written by `patrol tune crops`; `--crops`
holds folders of cut-out pictures by data set.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from common import CLASSES, HERE, crop
from looks import labels_of, read

CARRIED = {"person_inria": "person", "vehicle_gti": "vehicle", "background_gti": "light"}


def scoring_clips():
    """The clips that are measured on, with labels by object."""
    return json.loads((HERE / "scoring.json").read_text())["clips"]


def looks(dumps, clip):
    """Samples, label numbers, objects and longer sides in pixels of the labelled looks."""
    lines, samples = read(dumps, clip["name"])
    known = labels_of(lines, clip)
    kept = [index for index, label in enumerate(known) if label is not None]
    lines = [lines[index] for index in kept]
    sizes = [max(line["box"][2] * line["picture"][0], line["box"][3] * line["picture"][1])
             for line in lines]
    return (samples[kept], np.array([CLASSES.index(known[index]) for index in kept], int),
            np.array([line["object"] for line in lines]), np.array(sizes))


def score(session, samples):
    """Class scores, one row a look."""
    rows = [session.run(["scores"], {"crop": ((s.astype(np.float32) - 128) / 128)[None]})[0][0]
            for s in samples]
    return np.array(rows).reshape(-1, len(CLASSES))


def confusion(labels, guesses):
    table = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(table, (labels, guesses), 1)
    return table


def calibration(scores, labels, bins=10):
    """Expected calibration error."""
    sure, right = scores.max(1), scores.argmax(1) == labels
    error = 0.0
    for index in range(bins):
        inside = (sure > index / bins) & (sure <= (index + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - sure[inside].mean())
    return error


def by_object(scores, labels, objects, clips):
    """The median look of each object: scores and labels."""
    rows, known = [], []
    keys = np.array([f"{clip}:{number}" for clip, number in zip(clips, objects)])
    for key in np.unique(keys):
        chosen = keys == key
        rows.append(np.median(scores[chosen], 0))
        known.append(labels[chosen][0])
    return np.array(rows), np.array(known)


def summary(scores, labels):
    """The figures that matter of a set of looks."""
    guesses = scores.argmax(1)
    is_real, unreal = labels < 4, guesses >= 4
    result = {"looks": int(len(labels)), "accuracy": float((guesses == labels).mean()),
              "recall": {}, "calibration_error": float(calibration(scores, labels))}
    for index, name in enumerate(CLASSES):
        if (labels == index).any():
            result["recall"][name] = float((guesses[labels == index] == index).mean())
    if is_real.any():
        result["real_lost"] = float(unreal[is_real].mean())
        surely = scores[:, 4:].sum(1) > 0.8
        result["real_surely_lost"] = float(surely[is_real].mean())
    if (~is_real).any():
        result["unreal_told"] = float(unreal[~is_real].mean())
    return result


def carried(session, crops):
    """Share of each class on foreign crops, with the picture itself or a flat tone behind."""
    result = {}
    for folder, expected in CARRIED.items():
        for behind_kind in ("same", "flat"):
            samples = []
            for file in sorted((Path(crops) / folder).glob("*.*")):
                picture = cv2.imread(str(file))
                if picture is None:
                    continue
                height, width = (v // 2 * 2 for v in picture.shape[:2])
                i420 = cv2.cvtColor(picture[:height, :width], cv2.COLOR_BGR2YUV_I420)
                half = (height // 2, width // 2)
                flat = i420[height:].ravel()
                count = half[0] * half[1]
                now = [i420[:height], flat[:count].reshape(half),
                       flat[count:2 * count].reshape(half)]
                behind = now if behind_kind == "same" else [
                    np.full_like(plane, int(plane.mean())) for plane in now]
                inner = 1 / 1.25
                margin = ((1 - inner) / 2 * width, (1 - inner) / 2 * height)
                box = (margin[0], margin[1], width - margin[0], height - margin[1])
                if folder.startswith("person"):
                    box = (0, margin[1], width, height - margin[1])
                samples.append(crop(now, behind, box))
            scores = score(session, samples)
            share = np.bincount(scores.argmax(1), minlength=6) / len(scores)
            result[f"{folder}, {behind_kind}"] = {
                "expected": expected, **{c: float(v) for c, v in zip(CLASSES, share)}}
    return result


def table(counts):
    """A confusion matrix as Markdown: rows are the truth."""
    lines = ["| truth \\ told | " + " | ".join(CLASSES) + " | right |",
             "| --- |" + " ---: |" * (len(CLASSES) + 1)]
    for index, name in enumerate(CLASSES):
        total = max(1, counts[index].sum())
        cells = " | ".join(str(v) for v in counts[index])
        lines.append(f"| {name} | {cells} | {100 * counts[index, index] / total:.0f} % |")
    return "\n".join(lines)


def measure(session_or_scorer, dumps):
    """Scores of all labelled looks: scores, labels, objects, sizes, clip and camera names."""
    columns = [[], [], [], [], [], []]
    for clip in scoring_clips():
        samples, labels, objects, sizes = looks(dumps, clip)
        if len(labels) == 0:
            continue
        scores = session_or_scorer(samples)
        for column, value in zip(columns, (scores, labels, objects, sizes,
                                           np.full(len(labels), clip["name"]),
                                           np.full(len(labels), clip["camera"]))):
            column.append(value)
    return [np.concatenate(column) for column in columns]


def report(scores, labels, objects, sizes, clips, cameras):
    """All figures as a dictionary, printed on the way."""
    foreign = ~np.char.startswith(cameras.astype(str), "bxc")
    result = {"all": summary(scores[foreign], labels[foreign]), "cameras": {}, "sizes": {}}
    medians, known = by_object(scores[foreign], labels[foreign], objects[foreign], clips[foreign])
    result["by_object"] = summary(medians, known)
    for camera in np.unique(cameras):
        chosen = cameras == camera
        result["cameras"][str(camera)] = summary(scores[chosen], labels[chosen])
    is_real = (labels < 4) & foreign
    for low, high in ((0, 16), (16, 32), (32, 64), (64, 128), (128, 10000)):
        chosen = is_real & (sizes >= low) & (sizes < high)
        if chosen.any():
            result["sizes"][f"{low} to {high}"] = summary(scores[chosen], labels[chosen])
    sure = scores.max(1) >= 0.6
    result["sure"] = {"share": float(sure[foreign].mean())}
    if (foreign & sure).any():
        result["sure"].update(summary(scores[foreign & sure], labels[foreign & sure]))
    result["confusion"] = confusion(labels[foreign], scores[foreign].argmax(1)).tolist()
    result["confusion_by_object"] = confusion(known, medians.argmax(1)).tolist()
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--dumps", type=Path, required=True)
    parser.add_argument("--crops", type=Path)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(args.model), options)
    result = report(*measure(lambda samples: score(session, samples), args.dumps))
    if args.crops:
        result["carried"] = carried(session, args.crops)
    print(table(np.array(result["confusion"])))
    print(table(np.array(result["confusion_by_object"])))
    print(json.dumps({k: v for k, v in result.items() if not k.startswith("conf")}, indent=1))
    if args.json:
        args.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
