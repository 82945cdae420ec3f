import { metadataOf } from '../facts.js'
import { runOnnx } from '../verify/onnxruntime.js'
import type { ExportFormat } from './format.js'
import { onnxModel, opset } from './onnx/model.js'

/** ONNX, for onnxruntime and what reads its files. */
export const onnx: ExportFormat = {
  ending: '.onnx',
  write: (program, facts) => [{ name: '', content: onnxModel(program, metadataOf(facts)) }],
  run: runOnnx,
  use: `ONNX, opset ${String(opset)}. Input \`images\` [batch, channels, height, width], output \`logits\` [batch, classes]; any number of images.

\`\`\`python
session = onnxruntime.InferenceSession("network.onnx")
logits, = session.run(None, {"images": images})
\`\`\`
`,
}
