import { metadataOf } from '../facts.js'
import { runSafetensors } from '../verify/pytorch.js'
import type { ExportFormat } from './format.js'
import { torchNetwork } from './pytorch/module.js'
import { encodeSafetensors } from './safetensors/encode.js'

/** Weights alone, by their paths, laid out as PyTorch has them. */
export const safetensors: ExportFormat = {
  ending: '.safetensors',
  write: (program, facts) => [
    { name: '', content: encodeSafetensors(torchNetwork(program).tensors, metadataOf(facts)) },
  ],
  run: runSafetensors,
  use: `Weights by their paths in the network, laid out as PyTorch has them: kernels are [out, in / groups, height, width]. The module that
\`--to pytorch\` writes takes them with \`load_state_dict\`.

\`\`\`python
from safetensors.torch import load_file

weights = load_file("network.safetensors")
\`\`\`
`,
}
