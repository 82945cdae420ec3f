import { Failure } from '../../ir/failure.js'
import type { Engine } from './engine.js'

export const backendNames = ['wasm', 'cpu', 'tensorflow'] as const
export type BackendName = (typeof backendNames)[number]

export interface EngineOptions {
  /** `wasm` if none is named. */
  readonly backend?: BackendName
  /** Threads to use at most; no backend here uses more than one yet. */
  readonly threads?: number
  /** Measure seconds per kind of operation (`Executable.profile`). */
  readonly profile?: boolean
}

/** A backend and the reason for it, in words for `nasc doctor`. */
export interface BackendChoice {
  readonly backend: BackendName
  readonly reason: string
}

export function chooseBackend(asked?: BackendName): BackendChoice {
  if (asked !== undefined) return { backend: asked, reason: 'it was asked for' }
  return { backend: 'wasm', reason: 'the embedded default: SIMD kernels over the memory of TensorFlow.js, one thread' }
}

/**
 * Opens the backend that is asked for or else chosen; only its own modules are loaded.
 *
 * @throws Failure NAS7001, NAS7002, NAS7004 if the wasm backend cannot start, NAS7005 if the backend is not at hand
 */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const { backend } = chooseBackend(options.backend)
  switch (backend) {
    case 'wasm': {
      const { openWasmEngine } = await import('./wasm-engine.js')
      return openWasmEngine({ profile: options.profile ?? false })
    }
    case 'cpu': {
      const { openCpuEngine } = await import('./cpu-engine.js')
      return openCpuEngine()
    }
    case 'tensorflow':
      throw new Failure(
        'NAS7005',
        'native TensorFlow is not supported by this version',
        'Choose the embedded backend with `--backend wasm`, or leave the option out.',
      )
  }
}
