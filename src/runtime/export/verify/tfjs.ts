import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { io } from '@tensorflow/tfjs-core'
import { openWasmMemory } from '../../backend/wasm/memory.js'
import { inParts, type ForeignRun } from './foreign.js'

/** A folder with `model.json`, in TensorFlow.js. */
export const runTfjs: ForeignRun = async (path, sample) => {
  const [tf, { loadGraphModel }] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('@tensorflow/tfjs-converter'),
  ])
  const before = tf.getBackend() as string | undefined // its type does not say so
  // Of its own backends the fastest; the engine of a run may be on another one.
  await openWasmMemory()
  await tf.setBackend('wasm')
  const model = await loadGraphModel({ load: () => Promise.resolve(artifactsIn(path)) })
  try {
    const { height, width, channels } = sample.shape
    const logits = await inParts(sample, async (images, count) => {
      const input = tf.tensor4d(images, [count, height, width, channels])
      const output = model.execute({ images: input }, 'logits')
      const [only] = Array.isArray(output) ? output : [output]
      if (only === undefined) throw new Error('the model has no output `logits`')
      const data = await only.data()
      tf.dispose([input, only])
      return Float32Array.from(data)
    })
    return { kind: 'ran', program: `TensorFlow.js ${tf.version_core}`, logits }
  } finally {
    model.dispose()
    if (before !== undefined) await tf.setBackend(before)
  }
}

/** The files of a model, as its loader wants them. */
function artifactsIn(folder: string): io.ModelArtifacts {
  const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as io.ModelJSON // as it was just written
  const weights = model.weightsManifest.flatMap(({ paths }) => paths.map((path) => readFileSync(join(folder, path))))
  const bytes = Uint8Array.from(Buffer.concat(weights))
  const { modelTopology, signature, userDefinedMetadata } = model
  return {
    modelTopology,
    weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
    weightData: bytes.buffer,
    ...(signature !== undefined && { signature }),
    ...(userDefinedMetadata !== undefined && { userDefinedMetadata }),
  }
}
