#!/usr/bin/env python3
"""Trains the network on what prepare.py made.

    train.py --work FOLDER --out MODEL.pt [--epochs 12] [--device cuda]
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from augment import augment
from common import CLASSES
from network import CropNet

GHOST = CLASSES.index("ghost")
UNREAL = [CLASSES.index("light"), GHOST]
SMOOTHING = 0.06
PRICE = 0.4


def loss_of(logits, labels, weights):
    """Cross-entropy, and a price on real things that are called light or ghost."""
    chosen = functional.cross_entropy(logits, labels, label_smoothing=SMOOTHING, reduction="none")
    unreal = logits.softmax(1)[:, UNREAL].sum(1)
    is_real = ~torch.isin(labels, torch.tensor(UNREAL, device=labels.device))
    price = -torch.log1p(-unreal.clamp(max=0.999)) * is_real
    return ((chosen + PRICE * price) * weights).sum() / weights.sum()


def batches(parts, size, rng):
    """Numbers of samples, each part as often as its share says; one epoch is the first part."""
    total = len(parts[0][1])
    order = [rng.permutation(len(labels)) for _, labels, _ in parts]
    at = [0] * len(parts)
    for _ in range(total // size):
        samples, labels = [], []
        for index, (crops, known, share) in enumerate(parts):
            take = int(round(size * share))
            if at[index] + take > len(known):
                order[index], at[index] = rng.permutation(len(known)), 0
            chosen = np.sort(order[index][at[index]:at[index] + take])
            at[index] += take
            samples.append(crops[chosen])
            labels.append(known[chosen])
        yield np.concatenate(samples), np.concatenate(labels)


def mixed(x, labels, rng):
    """Mixes a tenth of a batch in pairs, so that in-between looks get in-between scores."""
    n = len(x) // 10
    if n < 2:
        return x, labels, labels, torch.ones(len(x))
    share = torch.ones(len(x))
    share[:n] = 0.5 + 0.5 * torch.rand(n, generator=rng)
    other = torch.arange(len(x))
    other[:n] = torch.randint(0, len(x), (n,), generator=rng)
    blend = share.view(-1, 1, 1, 1)
    return blend * x + (1 - blend) * x[other], labels, labels[other], share


def train(parts, epochs, seed, device="cpu", rate=3e-3, start=None, batch=128):
    """Trains on parts of (uint8 crops, labels, share of a batch); gives the averaged network."""
    torch.manual_seed(seed)
    rng, order = torch.Generator().manual_seed(seed), np.random.default_rng(seed)
    net = CropNet().to(device, memory_format=torch.channels_last)
    if start is not None:
        net.load_state_dict(start)
    steps = epochs * (len(parts[0][1]) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=steps + 1, pct_start=0.15)
    average = {key: value.detach().clone() for key, value in net.named_parameters()}
    share_of_step = min(0.5, 25 / max(1, steps))
    begin = time.monotonic()
    for epoch in range(epochs):
        losses = []
        net.train()
        for samples, labels in batches(parts, batch, order):
            x = (torch.from_numpy(samples).float() - 128) / 128
            y = torch.from_numpy(labels.astype(np.int64))
            x = augment(x, y == GHOST, rng)
            x, first, second, share = mixed(x, y, rng)
            x, first, second, share = (t.to(device) for t in (x, first, second, share))
            logits, _ = net(x.contiguous(memory_format=torch.channels_last))
            loss = loss_of(logits, first, share) + (
                0.1 * loss_of(logits, second, 1 - share + 1e-6) if (share < 1).any() else 0)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for key, value in net.named_parameters():
                    average[key].lerp_(value, share_of_step)
            losses.append(float(loss.detach()))
        print(f"epoch {epoch + 1}/{epochs} loss {np.mean(losses):.3f} "
              f"{time.monotonic() - begin:.0f} s", flush=True)
    net.load_state_dict(average, strict=False)
    return settle(net, parts, batch, order, rng, device)


def settle(net, parts, batch, order, rng, device):
    """Measures the batch norms' means and variances anew, for the averaged weights."""
    for module in net.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None
    net.train()
    with torch.no_grad():
        for count, (samples, labels) in enumerate(batches(parts, batch, order)):
            if count == 60:
                break
            x = (torch.from_numpy(samples).float() - 128) / 128
            is_ghost = torch.from_numpy(labels.astype(np.int64)) == GHOST
            net(augment(x, is_ghost, rng).to(device))
    return net.eval()


def evened(crops, labels, most=3):
    """Repeats rare classes, at most that often, until they are as many as the commonest."""
    counts = np.bincount(labels, minlength=len(CLASSES))
    times = np.clip(counts.max() // np.maximum(1, counts), 1, most)
    chosen = np.repeat(np.arange(len(labels)), times[labels])
    return crops[chosen], labels[chosen]


def load_parts(work, name="composites"):
    """Composites and, where they were gathered, real crops, with their shares of a batch."""
    data = np.load(work / f"{name}.npz")
    parts = [(data["crops"], data["labels"], 1.0)]
    for extra, share in (("clean", 0.14), ("dumped", 0.08)):
        file = work / f"{extra}.npz"
        if file.exists():
            data = np.load(file)
            parts.append((*evened(data["crops"], data["labels"]), share))
    left = 1 - sum(share for _, _, share in parts[1:])
    parts[0] = (*parts[0][:2], left)
    return parts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="composites")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    net = train(load_parts(args.work, args.name), args.epochs, args.seed, args.device)
    torch.save(net.cpu().state_dict(), args.out)


if __name__ == "__main__":
    main()
