"""Steps of the sandwich rule over the supernet of AttentiveNAS in PyTorch eager, for `npm run bench -- attentive-sandwich`.

Written from the definition of the space (Wang et al., CVPR 2021): inverted residuals with squeeze and excitation, every network
the first channels, the first layers and the centre of the kernels of one set of weights, statistics of the batch. A step trains
the largest network on labels, the others on its softmax; gradients are added up, clipped by value, and applied once.

Usage: attentive_sandwich.py --networks FILE --threads N --batch N --size N --classes N --runs N
FILE holds, for each step, the networks as option values by decision, the largest one first.
Prints one JSON document: {"ms": [...], "cpuMs": [...], "peakBytes": N, "weights": N, "version": "..."}.
"""

import argparse
import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

# Name, stride, squeeze and excitation; widths, depths and expansions are read off the networks.
STAGES = (
    ("mb1", 1, False),
    ("mb2", 2, False),
    ("mb3", 2, True),
    ("mb4", 2, False),
    ("mb5", 1, True),
    ("mb6", 2, True),
    ("mb7", 1, True),
)
FIXED_EXPANSION = {"mb1": 1, "mb6": 6, "mb7": 6}


def round8(x):
    rounded = max(8, int(x + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * x else rounded


def expansion_of(network, stage):
    return FIXED_EXPANSION.get(stage) or int(network[f"{stage}.expand"])


class SlicedConv(nn.Module):
    """The first output and input channels of one kernel, and its centre."""

    def __init__(self, channels_in, channels, kernel=1, stride=1, depthwise=False, bias=False):
        super().__init__()
        fan_in = kernel * kernel * (1 if depthwise else channels_in)
        shape = (channels, 1 if depthwise else channels_in, kernel, kernel)
        self.kernel = nn.Parameter(torch.randn(shape) * (2 / fan_in) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(channels)) if bias else None
        self.stride, self.depthwise = stride, depthwise

    def forward(self, x, channels, kernel=1):
        margin = (self.kernel.shape[-1] - kernel) // 2
        inputs = 1 if self.depthwise else x.shape[1]
        weight = self.kernel[:channels, :inputs, margin : margin + kernel, margin : margin + kernel]
        bias = None if self.bias is None else self.bias[:channels]
        return F.conv2d(x, weight, bias, self.stride, kernel // 2, groups=channels if self.depthwise else 1)


class SlicedNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(channels))
        self.shift = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        channels = x.shape[1]
        return F.batch_norm(x, None, None, self.scale[:channels], self.shift[:channels], training=True)


class Block(nn.Module):
    def __init__(self, channels_in, channels, expansion, stride, squeeze):
        super().__init__()
        inner = round8(round(channels_in * expansion))
        self.stride = stride
        self.widen = None if expansion == 1 else SlicedConv(channels_in, inner)
        self.widen_norm = None if expansion == 1 else SlicedNorm(inner)
        self.depthwise = SlicedConv(inner, inner, 5, stride, depthwise=True)
        self.depthwise_norm = SlicedNorm(inner)
        self.squeeze = SlicedConv(inner, round8(inner // 4), bias=True) if squeeze else None
        self.excite = SlicedConv(round8(inner // 4), inner, bias=True) if squeeze else None
        self.project = SlicedConv(inner, channels)
        self.project_norm = SlicedNorm(channels)
        # Also where the largest network needs none: smaller ones may.
        self.shortcut = None
        self.shape = (channels_in, channels)

    def with_shortcut(self):
        self.shortcut = SlicedConv(*self.shape)
        return self

    def forward(self, x, channels, kernel, expansion):
        channels_in = x.shape[1]
        inner = round8(round(channels_in * expansion))
        y = x if self.widen is None else F.silu(self.widen_norm(self.widen(x, inner)))
        y = F.silu(self.depthwise_norm(self.depthwise(y, inner, kernel)))
        if self.squeeze is not None:
            gate = F.relu(self.squeeze(y.mean((2, 3), keepdim=True), round8(inner // 4)))
            y = y * F.hardsigmoid(self.excite(gate, inner))
        y = self.project_norm(self.project(y, channels))
        if self.stride > 1:
            x = F.avg_pool2d(x, self.stride, self.stride, padding=x.shape[-1] % 2)
        if channels_in != channels:
            x = self.shortcut(x, channels)
        return x + y


class Supernet(nn.Module):
    def __init__(self, largest, classes):
        super().__init__()
        width = int(largest["stem.width"])
        self.stem = SlicedConv(3, width, 3, 2)
        self.stem_norm = SlicedNorm(width)
        self.stages = nn.ModuleDict()
        for name, stride, squeeze in STAGES:
            channels, blocks = int(largest[f"{name}.width"]), []
            for index in range(int(largest[f"{name}.depth"])):
                block = Block(width, channels, expansion_of(largest, name), stride if index == 0 else 1, squeeze)
                blocks.append(block.with_shortcut() if index == 0 else block)
                width = channels
            self.stages[name] = nn.ModuleList(blocks)
        self.widen = SlicedConv(width, 6 * width)
        self.widen_norm = SlicedNorm(6 * width)
        self.head = SlicedConv(6 * width, int(largest["head.width"]))
        self.classifier = nn.Linear(int(largest["head.width"]), classes)

    def forward(self, x, network):
        x = F.silu(self.stem_norm(self.stem(x, int(network["stem.width"]), 3)))
        for name, _, _ in STAGES:
            channels, kernel = int(network[f"{name}.width"]), int(network[f"{name}.kernel"])
            for block in self.stages[name][: int(network[f"{name}.depth"])]:
                x = block(x, channels, kernel, expansion_of(network, name))
        x = F.silu(self.widen_norm(self.widen(x, 6 * x.shape[1]))).mean((2, 3), keepdim=True)
        x = F.silu(self.head(x, int(network["head.width"]))).flatten(1)
        return F.linear(x, self.classifier.weight[:, : x.shape[1]], self.classifier.bias)

    def weights_of_largest(self):
        unused = sum(
            block.shortcut.kernel.numel()
            for blocks in self.stages.values()
            for block in blocks
            if block.shortcut is not None and block.shape[0] == block.shape[1]
        )
        return sum(parameter.numel() for parameter in self.parameters()) - unused


def train(model, optimiser, images, labels, networks):
    optimiser.zero_grad(set_to_none=True)
    logits = model(images, networks[0])
    F.cross_entropy(logits, labels, label_smoothing=0.1).backward()
    told = F.softmax(logits.detach(), dim=1)
    for network in networks[1:]:
        F.cross_entropy(model(images, network), told).backward()
    nn.utils.clip_grad_value_(model.parameters(), 1)
    optimiser.step()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--networks", required=True)
    for name, default in (("threads", 1), ("batch", 8), ("size", 64), ("classes", 10), ("runs", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    with open(options.networks, encoding="utf8") as file:
        steps = json.load(file)
    model = Supernet(steps[0][0], options.classes).train()
    kernels = [parameter for parameter in model.parameters() if parameter.dim() > 1]
    others = [parameter for parameter in model.parameters() if parameter.dim() <= 1]
    groups = [{"params": kernels, "weight_decay": 1e-5}, {"params": others, "weight_decay": 0}]
    optimiser = torch.optim.SGD(groups, lr=0.01, momentum=0.9, nesterov=True)
    images = torch.randn(options.batch, 3, options.size, options.size)
    labels = torch.randint(0, options.classes, (options.batch,))
    milliseconds, processor = [], []
    for networks in steps[: options.runs + 1]:
        start, processor_start = time.perf_counter(), time.process_time()
        train(model, optimiser, images, labels, networks)
        milliseconds.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - processor_start) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    json.dump(
        {
            # The first step allocates and is not counted.
            "ms": milliseconds[1:],
            "cpuMs": processor[1:],
            "peakBytes": peak,
            "weights": model.weights_of_largest(),
            "version": torch.__version__,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
