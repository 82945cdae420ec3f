"""One forward and backward pass of the DARTS supernet in PyTorch eager, for `npm run bench -- darts-supernet`.

Written from the definition of the space (Liu, Simonyan, Yang, ICLR 2019): cells of two inputs and four nodes, a mixed
operation of eight candidates on each of the fourteen edges, reduction cells at a third and two thirds of the depth,
batch norm without affine weights, every weight and every choice differentiated.

Usage: darts_supernet.py --threads N --batch N --cells N --channels N --size N --runs N
Prints one JSON document: {"ms": [...], "peakBytes": N, "weights": N, "choices": N, "version": "..."}.
"""

import argparse
import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

INPUTS = 2
NODES = 4
CANDIDATES = ("none", "max_pool_3", "avg_pool_3", "skip", "sep_conv_3", "sep_conv_5", "dil_conv_3", "dil_conv_5")


def norm(channels):
    return nn.BatchNorm2d(channels, affine=False)


def relu_conv_bn(channels_in, channels):
    return nn.Sequential(nn.ReLU(), nn.Conv2d(channels_in, channels, 1, bias=False), norm(channels))


class FactorizedReduce(nn.Module):
    """Halves the map: two strided 1x1 convolutions, the second one a pixel further on."""

    def __init__(self, channels_in, channels):
        super().__init__()
        self.first = nn.Conv2d(channels_in, channels // 2, 1, stride=2, bias=False)
        self.second = nn.Conv2d(channels_in, channels // 2, 1, stride=2, bias=False)
        self.norm = norm(channels)

    def forward(self, x):
        x = F.relu(x)
        shifted = F.pad(x[:, :, 1:, 1:], (0, 1, 0, 1))
        return self.norm(torch.cat([self.first(x), self.second(shifted)], dim=1))


class Zero(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.stride = stride

    def forward(self, x):
        return x[:, :, :: self.stride, :: self.stride] * 0.0


def sep_conv(channels, kernel, stride):
    def half(stride):
        return [
            nn.ReLU(),
            nn.Conv2d(channels, channels, kernel, stride, kernel // 2, groups=channels, bias=False),
            nn.Conv2d(channels, channels, 1, bias=False),
            norm(channels),
        ]

    return nn.Sequential(*half(stride), *half(1))


def dil_conv(channels, kernel, stride):
    return nn.Sequential(
        nn.ReLU(),
        nn.Conv2d(channels, channels, kernel, stride, kernel - 1, dilation=2, groups=channels, bias=False),
        nn.Conv2d(channels, channels, 1, bias=False),
        norm(channels),
    )


def candidate(name, channels, stride):
    if name == "none":
        return Zero(stride)
    if name == "skip":
        return nn.Identity() if stride == 1 else FactorizedReduce(channels, channels)
    if name == "max_pool_3":
        return nn.Sequential(nn.MaxPool2d(3, stride, 1), norm(channels))
    if name == "avg_pool_3":
        return nn.Sequential(nn.AvgPool2d(3, stride, 1, count_include_pad=False), norm(channels))
    kind, kernel = name.rsplit("_", 1)
    return (sep_conv if kind == "sep_conv" else dil_conv)(channels, int(kernel), stride)


class MixedEdge(nn.Module):
    def __init__(self, channels, stride):
        super().__init__()
        self.candidates = nn.ModuleList(candidate(name, channels, stride) for name in CANDIDATES)

    def forward(self, x, weights):
        return sum(weight * operation(x) for weight, operation in zip(weights, self.candidates))


class Cell(nn.Module):
    def __init__(self, before, last, channels, reduction, after_reduction):
        super().__init__()
        self.prepare0 = FactorizedReduce(before, channels) if after_reduction else relu_conv_bn(before, channels)
        self.prepare1 = relu_conv_bn(last, channels)
        self.edges = nn.ModuleList(
            MixedEdge(channels, 2 if reduction and source < INPUTS else 1)
            for node in range(NODES)
            for source in range(INPUTS + node)
        )

    def forward(self, s0, s1, weights):
        states = [self.prepare0(s0), self.prepare1(s1)]
        edge = 0
        for _ in range(NODES):
            total = 0
            for state in states:
                total = total + self.edges[edge](state, weights[edge])
                edge += 1
            states.append(total)
        return torch.cat(states[INPUTS:], dim=1)


class Supernet(nn.Module):
    def __init__(self, cells, channels, classes):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 3 * channels, 3, padding=1, bias=False), nn.BatchNorm2d(3 * channels))
        before = last = 3 * channels
        after_reduction = False
        self.cells = nn.ModuleList()
        self.is_reduction = []
        for index in range(cells):
            reduction = index in (cells // 3, 2 * cells // 3)
            channels = channels * 2 if reduction else channels
            self.cells.append(Cell(before, last, channels, reduction, after_reduction))
            self.is_reduction.append(reduction)
            before, last = last, NODES * channels
            after_reduction = reduction
        self.head = nn.Linear(last, classes)
        edges = sum(INPUTS + node for node in range(NODES))
        self.choices = nn.ParameterDict(
            {
                "normal": nn.Parameter(1e-3 * torch.randn(edges, len(CANDIDATES))),
                "reduction": nn.Parameter(1e-3 * torch.randn(edges, len(CANDIDATES))),
            }
        )

    def forward(self, images):
        shares = {name: F.softmax(logits, dim=-1) for name, logits in self.choices.items()}
        s0 = s1 = self.stem(images)
        for cell, reduction in zip(self.cells, self.is_reduction):
            s0, s1 = s1, cell(s0, s1, shares["reduction" if reduction else "normal"])
        return self.head(s1.mean(dim=(2, 3)))


def main():
    parser = argparse.ArgumentParser()
    for name, default in (("threads", 1), ("batch", 16), ("cells", 8), ("channels", 16), ("size", 32), ("runs", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    model = Supernet(options.cells, options.channels, 10).train()
    choices = sum(parameter.numel() for parameter in model.choices.values())
    weights = sum(parameter.numel() for parameter in model.parameters()) - choices
    images = torch.randn(options.batch, 3, options.size, options.size)
    labels = torch.randint(0, 10, (options.batch,))
    milliseconds = []
    for _ in range(options.runs + 1):
        model.zero_grad(set_to_none=True)
        start = time.perf_counter()
        F.cross_entropy(model(images), labels).backward()
        milliseconds.append((time.perf_counter() - start) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    json.dump(
        {
            # The first pass allocates and is not counted.
            "ms": milliseconds[1:],
            "peakBytes": peak,
            "weights": weights,
            "choices": choices,
            "version": torch.__version__,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
