import { performance } from 'node:perf_hooks'
import { existsSync } from 'node:fs'
import { openCpuEngine } from '../cpu/engine.js'
import type { Engine } from '../engine/engine.js'
import { noCapabilities, type Capability } from '../tensorflow/capabilities.js'
import { openTensorflowEngine } from '../tensorflow/engine.js'
import { loadTensorflow } from '../tensorflow/load.js'
import { differenceOf } from '../engine/trial-numbers.js'
import { kernelModulePath } from '../../kernels/kernel-module.js'
import type { Trial } from './installation.js'
import { cellOfDarts, smallCell, trialNetwork, wideWindows, type TrialNetwork } from './trial-network.js'

export interface SelfTest {
  readonly tensorflow: string
  /** Whether it runs on a GPU here. */
  readonly onGpu: boolean
  /** What TensorFlow's own operations were found to do on this processor beyond what they do on every one. */
  readonly capabilities: readonly Capability[]
  /** The kind of processor that our kernels are loaded for; null where TensorFlow's own operations do everything. */
  readonly kernels: string | null
  /** Values compared with the plain-JS reference: the loss and the gradients of all weights. */
  readonly compared: number
  /** Greatest difference as a share of the greatest absolute value of its tensor. */
  readonly difference: number
  readonly trial: Trial
}

/** Rounding is all that may differ: float32 has 7 digits, of which batch norms of few rows cost some. */
export const tolerance = 2e-3

/** Runs in a process of its own: an addon that does not fit can end its process. */
export async function selfTest(packageFolder: string): Promise<SelfTest> {
  const { binding, capabilities, native } = loadTensorflow(packageFolder)
  const tensorflow = openTensorflowEngine({ packageFolder })
  // What our kernels cannot do is TensorFlow's, with what it was found to do here and without.
  const variants: readonly Engine[] = [
    tensorflow,
    openTensorflowEngine({ packageFolder, native: false }),
    openTensorflowEngine({ packageFolder, native: false, capabilities: noCapabilities }),
  ]
  const reference = await openCpuEngine()
  const comparisons = [smallCell, wideWindows].map(trialNetwork).flatMap((network) => {
    const expected = resultsOn(reference, network)
    return variants.map((engine) => compare(resultsOn(engine, network), expected))
  })
  return {
    tensorflow: binding.TF_Version,
    onGpu: binding.isUsingGpuDevice(),
    capabilities: [...capabilities],
    kernels: native.loaded ? native.level : null,
    compared: comparisons.reduce((sum, { compared }) => sum + compared, 0),
    difference: Math.max(...comparisons.map(({ difference }) => difference)),
    trial: await measure(tensorflow),
  }
}

/** How many values were compared, and the greatest difference as a share of the greatest absolute value of its tensor. */
function compare(
  found: ReadonlyMap<string, Float32Array>,
  expected: ReadonlyMap<string, Float32Array>,
): Pick<SelfTest, 'compared' | 'difference'> {
  let [compared, difference] = [0, 0]
  for (const [name, numbers] of expected) {
    compared += numbers.length
    difference = Math.max(difference, differenceOf(found.get(name) ?? new Float32Array(), numbers))
  }
  return { compared, difference }
}

function prepareOn(engine: Engine, { program, variables }: TrialNetwork) {
  for (const name of [...engine.variables.names()]) engine.variables.delete(name)
  for (const [name, { shape, data }] of variables) engine.variables.create(name, shape, data)
  return engine.prepare(program)
}

function resultsOn(engine: Engine, network: TrialNetwork): ReadonlyMap<string, Float32Array> {
  const executable = prepareOn(engine, network)
  executable.run(network.inputs)
  const results = new Map(Object.keys(network.program.outputs).map((name) => [name, executable.read(name)]))
  executable.dispose()
  return results
}

/** A training step of a cell on both engines. */
async function measure(tensorflow: Engine): Promise<Trial> {
  const wasm = existsSync(kernelModulePath()) ? await openWasm() : undefined
  const network = trialNetwork(cellOfDarts)
  const engines = wasm === undefined ? [tensorflow] : [tensorflow, wasm]
  const [tensorflowMs = NaN, wasmMs = null] = leastMilliseconds(engines, network)
  return { threads: tensorflow.threads, tensorflowMs, wasmMs }
}

async function openWasm(): Promise<Engine> {
  const { openWasmEngine } = await import('../wasm/engine.js')
  return openWasmEngine()
}

/** The least time of a step on each engine, by turns: what else the machine does makes steps slower and never faster. */
function leastMilliseconds(engines: readonly Engine[], network: TrialNetwork): readonly number[] {
  const executables = engines.map((engine) => prepareOn(engine, network))
  const least = engines.map(() => Infinity)
  for (let run = 0; run < 20; run++) {
    executables.forEach((executable, i) => {
      const start = performance.now()
      executable.run(network.inputs)
      executable.read('loss')
      least[i] = Math.min(least[i] ?? Infinity, performance.now() - start)
    })
  }
  for (const executable of executables) executable.dispose()
  return least
}
