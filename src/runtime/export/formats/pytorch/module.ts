import type { NetworkFacts } from '../../facts.js'
import type { InferenceProgram } from '../../inference/inference-program.js'
import type { StoredTensor } from '../safetensors/encode.js'
import { torchOperations } from './operations.js'
import { TorchSource } from './source.js'

export interface TorchNetwork {
  /** Text of a module in Python that has a class `Network` and a function `load`. */
  readonly text: string
  /** What its `load_state_dict` takes. */
  readonly tensors: readonly StoredTensor[]
}

/** A network as a module of PyTorch: images [images, channels, height, width] to logits [images, classes]. */
export function torchNetwork(program: InferenceProgram, facts?: NetworkFacts): TorchNetwork {
  const source = new TorchSource(program)
  source.layouts.define(program.images, 'channels-first', 'images')
  for (const operation of program.operations) torchOperations[operation.operation](source, operation)
  source.lines.push(`return ${source.layouts.read(program.logits)}`)
  const what = facts === undefined ? 'A network.' : `${facts.name} of ${facts.space}, written by nasc ${facts.version}.`
  return { text: moduleText(what, source), tensors: source.tensors }
}

function moduleText(what: string, { modules, lines }: TorchSource): string {
  const indented = (texts: readonly string[]): string => texts.map((text) => `        ${text}\n`).join('')
  return `"""${what}

Images [images, channels, height, width], normalised, to logits [images, classes].
"""

import torch
from torch import nn
from torch.nn import functional as F


class Weight(nn.Module):
    """A weight that is added or multiplied."""

    def __init__(self, *shape):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(shape))


class Resample(nn.Module):
    """A linear map along the rows, and one along the columns."""

    def __init__(self, rows, columns):
        super().__init__()
        self.register_buffer("rows", None if rows is None else torch.zeros(rows))
        self.register_buffer("columns", None if columns is None else torch.zeros(columns))

    def forward(self, x):
        x = x if self.rows is None else self.rows @ x
        return x if self.columns is None else x @ self.columns.t()


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = {}
${indented(modules)}
    def add(self, path, module):
        """Puts a module at its path in the network."""
        *parents, name = path.split(".")
        place = self
        for parent in parents:
            place = place._modules.setdefault(parent, nn.Module())
        if name in place._modules:
            module._modules.update(place._modules[name]._modules)
        place._modules[name] = module
        self.layers[path] = module

    def forward(self, images):
${indented(lines)}

def load(path="model.safetensors"):
    """The network with its weights, ready to classify."""
    from safetensors.torch import load_file

    network = Network()
    network.load_state_dict(load_file(path))
    return network.eval()
`
}
