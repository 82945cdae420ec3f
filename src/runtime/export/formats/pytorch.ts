import { metadataOf } from '../facts.js'
import { runPytorch } from '../verify/pytorch.js'
import type { ExportFormat } from './format.js'
import { torchNetwork } from './pytorch/module.js'
import { encodeSafetensors } from './safetensors/encode.js'

/** A module of PyTorch as readable Python, and its weights. */
export const pytorch: ExportFormat = {
  write(program, facts) {
    const { text, tensors } = torchNetwork(program, facts)
    return [
      { name: 'model.py', content: text },
      { name: 'model.safetensors', content: encodeSafetensors(tensors, metadataOf(facts)) },
    ]
  },
  run: runPytorch,
  use: `PyTorch, with the packages \`torch\` and \`safetensors\`. Images are [batch, channels, height, width].

\`\`\`python
from model import load

logits = load("model.safetensors")(images)
\`\`\`
`,
}
