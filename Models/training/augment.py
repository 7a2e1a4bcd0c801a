"""Changes of crops while training, on batches of [n, 6, 48, 48] in -1 to 1."""

import torch
from torch.nn import functional


def _pick(n, share, rng):
    return (torch.rand(n, generator=rng) < share).view(n, 1, 1, 1)


def _uniform(n, low, high, rng):
    return (low + (high - low) * torch.rand(n, generator=rng)).view(n, 1, 1, 1)


def _normal(n, scale, rng):
    return scale * torch.randn(n, generator=rng).view(n, 1, 1, 1)


def _move(x, rng):
    """Mirrors, shifts, scales a little."""
    n = len(x)
    theta = torch.zeros(n, 2, 3)
    scale = torch.exp(0.1 * torch.randn(n, generator=rng))
    mirror = 1 - 2 * (torch.rand(n, generator=rng) < 0.5).float()
    theta[:, 0, 0] = scale * mirror * torch.exp(0.06 * torch.randn(n, generator=rng))
    theta[:, 0, 1] = 0.04 * torch.randn(n, generator=rng)
    theta[:, 1, 1] = scale
    theta[:, :, 2] = 0.07 * torch.randn(n, 2, generator=rng)
    grid = functional.affine_grid(theta, list(x.shape), align_corners=False)
    return functional.grid_sample(x, grid, padding_mode="border", align_corners=False)


def _tone(x, rng):
    """Gain, offset and gamma of luma and strength of colour, alike in both pictures."""
    n = len(x)
    luma, chroma = x[:, [0, 3]], x[:, [1, 2, 4, 5]]
    light = ((luma + 1) / 2).clamp(1e-3, 1)
    light = light ** torch.exp(_normal(n, 0.2, rng)) * torch.exp(_normal(n, 0.15, rng))
    light = light + _normal(n, 0.04, rng)
    now = torch.exp(_normal(n, 0.04, rng)) * light[:, :1] + _normal(n, 0.012, rng)
    light = torch.cat([now, light[:, 1:]], 1).clamp(0, 1) * 2 - 1
    cast = 0.04 * torch.randn(n, 2, 1, 1, generator=rng)
    colour = chroma * torch.exp(_normal(n, 0.3, rng)) + cast.repeat(1, 2, 1, 1)
    colour = torch.where(_pick(n, 0.12, rng), torch.zeros(1), colour)
    return torch.cat([light[:, :1], colour[:, :2], light[:, 1:], colour[:, 2:]], 1)


def _soften(x, rng):
    """Blur of both or of the background alone; blocks of low resolution."""
    n = len(x)
    soft = functional.avg_pool2d(functional.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    x = torch.where(_pick(n, 0.2, rng), soft, x)
    low = functional.interpolate(functional.avg_pool2d(x, 2), scale_factor=2, mode="bilinear")
    x = torch.where(_pick(n, 0.12, rng), low, x)
    behind = torch.where(_pick(n, 0.25, rng), low[:, 3:], x[:, 3:])
    return torch.cat([x[:, :3], behind], 1)


def _hide(x, rng):
    """A patch of the present picture is hidden by something plain."""
    n = len(x)
    rows = torch.arange(48).view(1, 48, 1)
    columns = torch.arange(48).view(1, 1, 48)
    size = torch.randint(6, 20, (n, 2, 1, 1), generator=rng)
    place = torch.randint(0, 44, (n, 2, 1, 1), generator=rng)
    inside = ((rows >= place[:, 0]) & (rows < place[:, 0] + size[:, 0])
              & (columns >= place[:, 1]) & (columns < place[:, 1] + size[:, 1]))
    plain = torch.rand(n, 3, 1, 1, generator=rng) * torch.tensor([1.6, 0.3, 0.3]).view(1, 3, 1, 1)
    plain = plain - torch.tensor([0.8, 0.15, 0.15]).view(1, 3, 1, 1)
    hidden = inside.unsqueeze(1) & _pick(n, 0.08, rng)
    return torch.cat([torch.where(hidden, plain, x[:, :3]), x[:, 3:]], 1)


def _lost_background(x, is_ghost, rng):
    """For some the background is the present picture or one flat tone: no background is known."""
    n = len(x)
    same = _pick(n, 0.09, rng) & ~is_ghost.view(n, 1, 1, 1)
    flat = _pick(n, 0.04, rng) & ~is_ghost.view(n, 1, 1, 1)
    behind = torch.where(same, x[:, :3], x[:, 3:])
    tone = x[:, :3].mean((2, 3), keepdim=True).expand_as(behind)
    return torch.cat([x[:, :3], torch.where(flat, tone, behind)], 1)


def augment(x, is_ghost, rng):
    """All of it, then noise that differs between the pictures."""
    x = _move(x, rng)
    x = _hide(x, rng)
    x = _soften(x, rng)
    x = _tone(x, rng)
    level = _uniform(len(x), 0, 0.06, rng) * _pick(len(x), 0.5, rng)
    share = torch.tensor([1, 0.5, 0.5, 0.35, 0.2, 0.2]).view(1, 6, 1, 1)
    x = x + level * share * torch.randn(x.shape, generator=rng)
    return _lost_background(x, is_ghost, rng).clamp(-1, 1)
