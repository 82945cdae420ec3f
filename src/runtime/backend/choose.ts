import { Failure } from '../../catalogue/failure.js'
import type { Engine } from './engine/engine.js'
import { defaultThreads as tensorflowThreads } from './tensorflow/thread-count.js'
import { defaultThreads as wasmThreads } from './wasm/thread-count.js'
import { findTensorflow, type Installation, type Trial } from './install/installation.js'

export const backendNames = ['wasm', 'cpu', 'tensorflow'] as const
export type BackendName = (typeof backendNames)[number]

export interface EngineOptions {
  /** The best one at hand if none is named. */
  readonly backend?: BackendName
  /** Threads to use at most. If not told, native TensorFlow uses all processors and wasm two of them; cpu has one thread. */
  readonly threads?: number
  /** Measure seconds per kind of operation (`Executable.profile`). */
  readonly profile?: boolean
}

/** A backend and the reason for it, in words for `nasc doctor`. */
export interface BackendChoice {
  readonly backend: BackendName
  readonly reason: string
}

/**
 * Native TensorFlow where it is installed, unless the embedded backend was faster in the trial at its installation; the
 * embedded backend elsewhere. Loads neither.
 *
 * @param installed native TensorFlow, or null where there is none; looked for if not given
 */
export function chooseBackend(
  asked?: BackendName,
  installed: Pick<Installation, 'gpu' | 'origin' | 'record'> | null = findTensorflow() ?? null,
): BackendChoice {
  if (asked !== undefined) return { backend: asked, reason: 'it was asked for' }
  const trial = installed?.record?.trial
  if (installed !== null && !wonByWasm(trial)) {
    const kind = installed.gpu ? 'native TensorFlow with CUDA' : 'native TensorFlow'
    return { backend: 'tensorflow', reason: `${kind}, ${installed.origin}${trialWords(trial)}` }
  }
  return {
    backend: 'wasm',
    reason: `the embedded default: SIMD kernels over the memory of TensorFlow.js${trialWords(trial)}`,
  }
}

function wonByWasm(trial: Trial | undefined): boolean {
  return trial?.wasmMs !== undefined && trial.wasmMs !== null && trial.wasmMs <= trial.tensorflowMs
}

/** What was measured when it was installed, so that the choice can be judged. */
function trialWords(trial: Trial | undefined): string {
  if (trial?.wasmMs === undefined || trial.wasmMs === null) return ''
  const { threads, tensorflowMs, wasmMs } = trial
  return `; a trial step took ${tensorflowMs.toFixed(0)} ms on native TensorFlow with ${String(threads)} threads, ${wasmMs.toFixed(0)} ms on wasm`
}

/**
 * What {@link openEngine} would open, which is not opened. It may have fewer threads, where they cannot be started.
 *
 * @throws Failure NAS7005 if native TensorFlow is asked for and not installed
 */
export function plannedEngine({ backend: asked, threads }: EngineOptions): Pick<Engine, 'backend' | 'threads'> {
  const installed = findTensorflow()
  const { backend } = chooseBackend(asked, installed ?? null)
  switch (backend) {
    case 'cpu':
      return { backend, threads: 1 }
    case 'wasm':
      return { backend, threads: threads ?? wasmThreads() }
    case 'tensorflow':
      needInstalled(installed)
      return { backend, threads: threads ?? tensorflowThreads() }
  }
}

/**
 * Opens the backend that is asked for or else chosen; only its own modules are loaded. Results are the same bit for bit
 * on the same backend with the same number of threads (any number where our kernels do the work), and to float tolerance
 * elsewhere.
 *
 * @throws Failure NAS7001, NAS7002, NAS7004 if the wasm backend cannot start, NAS7005 if native TensorFlow is not
 * installed, NAS7006 if it does not load
 */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const installed = findTensorflow()
  const { backend } = chooseBackend(options.backend, installed ?? null)
  switch (backend) {
    case 'wasm': {
      const { openWasmEngine } = await import('./wasm/engine.js')
      const { profile = false, threads } = options
      return openWasmEngine({ profile, ...(threads === undefined ? {} : { threads }) })
    }
    case 'cpu': {
      const { openCpuEngine } = await import('./cpu/engine.js')
      return openCpuEngine()
    }
    case 'tensorflow': {
      const { packageFolder } = needInstalled(installed)
      const { openTensorflowEngine } = await import('./tensorflow/engine.js')
      return openTensorflowEngine({
        packageFolder,
        profile: options.profile ?? false,
        ...(options.threads === undefined ? {} : { threads: options.threads }),
      })
    }
  }
}

function needInstalled(installed: Installation | undefined): Installation {
  if (installed === undefined) throw new Failure('tensorflow-not-installed', {})
  return installed
}
