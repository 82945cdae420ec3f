import type { InferenceProgram } from '../../inference/inference-program.js'
import { constantBytes } from './constant-bytes.js'
import { graphVersion, signatureOf, tensorflowGraph } from './network.js'

/** Name of the file with the weights of a model. */
export const weightsFile = 'group1-shard1of1.bin'

/** A graph model of TensorFlow.js: what `model.json` holds, and the bytes of the weights beside it. */
export function graphModel(program: InferenceProgram, metadata: Readonly<Record<string, string>>) {
  const { nodes, constants } = tensorflowGraph(program, { dilatesDepthwise: true })
  const weights = constants.map(({ name, shape, data }) => ({
    name,
    shape,
    dtype: data instanceof Float32Array ? ('float32' as const) : ('int32' as const),
  }))
  const model = {
    format: 'graph-model',
    generatedBy: metadata['producer'] ?? 'nasc',
    convertedBy: null,
    signature: signatureOf(program),
    userDefinedMetadata: metadata,
    modelTopology: { node: nodes, library: {}, versions: { producer: graphVersion, minConsumer: 12 } },
    weightsManifest: [{ paths: [weightsFile], weights }],
  }
  return { model, weights: Buffer.concat(constants.map(({ data }) => constantBytes(data))) }
}
