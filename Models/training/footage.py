"""Real material: decoded clips, their median backgrounds, cut-outs and crops with their boxes."""

import hashlib
import json
from pathlib import Path

import av
import cv2
import numpy as np

import compose
from common import crop, manifest
from looks import labels_of, read


def pictures(path, every):
    """Every n-th frame as number and Y, U, V planes."""
    with av.open(str(path)) as reader:
        for number, frame in enumerate(reader.decode(video=0)):
            if number % every == 0:
                yield number, compose.planes(frame)


def rgb(yuv):
    """RGB of 8 bits from limited-range Y, U, V planes."""
    height, width = yuv[0].shape
    y = (yuv[0].astype(np.float32) - 16) * 1.164
    u, v = (cv2.resize(plane, (width, height)).astype(np.float32) - 128 for plane in yuv[1:])
    return np.clip(np.stack([y + 1.596 * v, y - 0.392 * u - 0.813 * v, y + 2.017 * u], -1),
                   0, 255).astype(np.uint8)


def median(path, every, most=45):
    """The background of a clip: the median of frames spread over it."""
    frames = [planes for _, planes in pictures(path, every)]
    step = max(1, len(frames) // most)
    frames = frames[::step]
    return [np.median(np.stack([frame[i] for frame in frames]), 0).astype(np.uint8)
            for i in range(3)]


def proposals(path, clip, teacher):
    """The teacher's boxes at things that differ from the background."""
    behind = median(path, clip["every"])
    found = []
    for number, now in pictures(path, clip["every"]):
        picture = rgb(now)
        change = np.abs(now[0].astype(np.int16) - behind[0])
        for box in teacher.find(picture, clip["enlarge"]):
            x0, y0, x1, y1 = (int(round(max(0, v))) for v in box[:4])
            area = change[y0:y1, x0:x1]
            if area.size >= 60 and (area > 14).mean() > 0.3:
                found.append({"frame": number, "box": [round(v, 1) for v in box[:4]],
                              "score": round(box[4], 2), "label": box[5]})
    return found


def cutout(now, behind, box):
    """RGBA of what differs from the background in a box; None where that is too little."""
    x0, y0, x1, y1 = (int(round(max(0, v))) for v in box)
    change = np.abs(now[y0:y1, x0:x1].astype(np.float32) - behind[y0:y1, x0:x1]).max(-1)
    size = max(change.shape)
    soft = max(1, size // 24) * 2 + 1
    mask = (cv2.GaussianBlur(change, (soft, soft), 0) > 16).astype(np.uint8)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (max(3, size // 10 * 2 + 1),) * 2)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel)
    count, parts, stats, _ = cv2.connectedComponentsWithStats(mask)
    if count < 2:
        return None
    mask = (parts == 1 + stats[1:, cv2.CC_STAT_AREA].argmax()).astype(np.uint8)
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(mask, outlines, -1, 1, -1)
    if not 0.25 < mask.mean() < 0.97:
        return None
    cover = cv2.GaussianBlur(mask.astype(np.float32) * 255, (3, 3), 0)
    return np.dstack([now[y0:y1, x0:x1], cover.astype(np.uint8)])


def boxes(work, clip):
    """The accepted boxes of a clip: the teacher's less the rejected, with corrected labels."""
    file = work / "proposals" / f"{clip['name']}.json"
    found = json.loads(file.read_text()) if file.exists() else []
    changed = {int(key): value for key, value in clip.get("relabel", {}).items()}
    rejected = set(clip.get("reject", []))
    kept = []
    for index, entry in enumerate(found):
        if index not in rejected:
            kept.append(dict(entry, label=changed.get(index, entry["label"])))
    return kept


def sources(footage, work, without=()):
    """Backgrounds and cut-outs of the training clips, and hand-drawn outlines of things."""
    result = compose.Sources()
    for clip in manifest()["clips"]:
        if clip["name"] in without:
            continue
        path = opened(footage, clip)
        behind = rgb(median(path, clip["every"]))
        result.backgrounds.append(behind[clip.get("top", 0):clip.get("bottom", len(behind))])
        wanted = {}
        for entry in boxes(work, clip):
            wanted.setdefault(entry["frame"], []).append(entry)
        for number, now in pictures(path, clip["every"]):
            picture = rgb(now) if wanted.get(number) else None
            for entry in wanted.get(number, []):
                piece = cutout(picture, behind, entry["box"])
                if piece is not None:
                    result.cutouts.setdefault(entry["label"], []).append(piece)
        for outline in clip.get("things", []):
            result.cutouts.setdefault("object", []).append(_outlined(behind, outline))
    return result


def _outlined(picture, outline):
    """RGBA of what lies within an outline drawn by hand (x, y pairs in pixels)."""
    points = np.array(outline, np.int32).reshape(-1, 2)
    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(mask, [points], 255)
    (x0, y0), (x1, y1) = points.min(0), points.max(0) + 1
    return np.dstack([picture, mask])[y0:y1, x0:x1]


def clean_crops(footage, work, without=()):
    """Crops at the accepted boxes with the median behind: samples, labels, clip numbers."""
    samples, labels, clips = [], [], []
    for index, clip in enumerate(manifest()["clips"]):
        if clip["name"] in without:
            continue
        path = opened(footage, clip)
        behind = median(path, clip["every"])
        wanted = {}
        for entry in boxes(work, clip):
            wanted.setdefault(entry["frame"], []).append(entry)
        for number, now in pictures(path, clip["every"]):
            for entry in wanted.get(number, []):
                samples.append(crop(now, behind, entry["box"]))
                labels.append(entry["label"])
                clips.append(index)
    return np.array(samples), np.array(labels), np.array(clips)


def dumped_crops(dumps, clip):
    """The detector's own crops of a clip that have a label: samples, labels, objects."""
    lines, samples = read(dumps, clip["name"])
    known = labels_of(lines, clip)
    keep = [index for index, label in enumerate(known) if label is not None]
    return (samples[keep], np.array([known[index] for index in keep]),
            np.array([lines[index]["object"] for index in keep]))


def opened(footage, clip):
    """Where a clip of the manifest lies, once it is known to be the one that was labelled."""
    path = Path(footage) / clip["file"]
    if not path.is_file():
        raise SystemExit(f"{path}: not there; --footage is the folder that it belongs in")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != clip["sha256"]:
        raise SystemExit(f"{path}: another file than the labels are for: SHA-256 is {found}, "
                         f"expected {clip['sha256']}")
    return path
