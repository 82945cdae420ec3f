import { runSavedModel } from '../verify/saved-model.js'
import type { ExportFormat } from './format.js'
import { savedModelBytes } from './tensorflow/saved-model.js'

/** A SavedModel of TensorFlow, its weights constants of the graph. */
export const savedModel: ExportFormat = {
  write: (program) => [{ name: 'saved_model.pb', content: savedModelBytes(program) }],
  run: runSavedModel,
  use: `A SavedModel of TensorFlow, tag \`serve\`, signature \`serving_default\`; weights are constants of the graph. Images are [batch, height, width,
channels].

\`\`\`python
network = tf.saved_model.load("FOLDER").signatures["serving_default"]
logits = network(images=images)["logits"]
\`\`\`
`,
}
