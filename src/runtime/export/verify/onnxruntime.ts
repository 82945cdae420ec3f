import { readFileSync } from 'node:fs'
import { channelsFirst } from './channels-first.js'
import { inParts, type ForeignRun } from './foreign.js'
import { importOptional } from './import-optional.js'

/** As much as is called of either package. */
interface Onnxruntime {
  readonly env: { readonly versions?: Readonly<Record<string, string | undefined>> }
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => unknown
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options?: object,
    ): Promise<{
      run(inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>
      release(): Promise<void>
    }>
  }
}

/** The native one first: it is much faster. */
const packages = ['onnxruntime-node', 'onnxruntime-web'] as const

/** An ONNX model in onnxruntime. */
export const runOnnx: ForeignRun = async (path, sample) => {
  const found = await importOptional(packages)
  if (found === undefined) {
    return { kind: 'absent', program: 'onnxruntime', install: 'npm install --no-save onnxruntime-web@1.30.0' }
  }
  const { module, name } = found
  if (!isOnnxruntime(module)) throw new Error(`${name} has no InferenceSession`)
  const { height, width, channels } = sample.shape
  const session = await module.InferenceSession.create(readFileSync(path), { logSeverityLevel: 3 })
  try {
    const logits = await inParts(sample, async (images, count) => {
      const data = channelsFirst(images, sample.shape)
      const tensor = new module.Tensor('float32', data, [count, channels, height, width])
      const { logits } = await session.run({ images: tensor })
      if (logits === undefined) throw new Error('the model has no output `logits`')
      return logits.data
    })
    return { kind: 'ran', program: `${name} ${versionOf(module)}`, logits }
  } finally {
    await session.release()
  }
}

function isOnnxruntime(module: unknown): module is Onnxruntime {
  return typeof module === 'object' && module !== null && 'InferenceSession' in module && 'Tensor' in module
}

function versionOf({ env }: Onnxruntime): string {
  return Object.values(env.versions ?? {}).at(-1) ?? ''
}
