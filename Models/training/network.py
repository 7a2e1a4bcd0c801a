"""The network: a crop of 48 by 48 with six planes to six classes; about 100 k parameters."""

import torch
from torch import nn


def _conv(ins, outs, size, stride=1, groups=1, active=True):
    layers = [nn.Conv2d(ins, outs, size, stride, size // 2, groups=groups, bias=False),
              nn.BatchNorm2d(outs)]
    if active:
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


class _Block(nn.Module):
    """Depthwise and pointwise, added to what came in."""

    def __init__(self, width, size):
        super().__init__()
        self.across = _conv(width, width, size, groups=width)
        self.mix = _conv(width, width, 1, active=False)

    def forward(self, x):
        return torch.relu(x + self.mix(self.across(x)))


class CropNet(nn.Module):
    """Input [n, 6, 48, 48], (sample - 128) / 128; output logits and the embedding [n, 96]."""

    EMBEDDING = 96

    def __init__(self):
        super().__init__()
        self.stem = _conv(6, 24, 3, 2)
        self.early = _Block(24, 3)
        self.down = nn.Sequential(_conv(24, 24, 3, 2, groups=24), _conv(24, 48, 1))
        self.dense = _conv(48, 48, 3)
        self.middle = nn.Sequential(_Block(48, 5), _Block(48, 3), _Block(48, 5))
        self.deep = nn.Sequential(_conv(48, 48, 5, 2, groups=48), _conv(48, 96, 1))
        self.late = nn.Sequential(*(_Block(96, size) for size in (5, 5, 5, 3)))
        self.drop = nn.Dropout(0.15)
        self.last = nn.Linear(96, 6)

    def embed(self, x):
        x = self.early(self.stem(x))
        x = self.down(x)
        x = x + self.dense(x)
        x = self.late(self.deep(self.middle(x)))
        return x.mean((2, 3))

    def forward(self, x):
        embedding = self.embed(x)
        return self.last(self.drop(embedding)), embedding
