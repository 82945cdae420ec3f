import { metadataOf } from '../facts.js'
import { runTfjs } from '../verify/tfjs.js'
import type { ExportFormat } from './format.js'
import { graphModel, weightsFile } from './tensorflow/graph-model.js'

/** A graph model of TensorFlow.js. */
export const tfjs: ExportFormat = {
  write(program, facts) {
    const { model, weights } = graphModel(program, metadataOf(facts))
    return [
      { name: 'model.json', content: `${JSON.stringify(model)}\n` },
      { name: weightsFile, content: weights },
    ]
  },
  run: runTfjs,
  use: `A graph model of TensorFlow.js. Images are [batch, height, width, channels].

\`\`\`js
const model = await tf.loadGraphModel('model.json')
const logits = model.predict(images)
\`\`\`
`,
}
