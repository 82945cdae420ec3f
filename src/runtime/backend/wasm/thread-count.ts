import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../../support/node/package-root.js'
import { kernelModulePath } from '../../kernels/kernel-module.js'

/** Further threads wait for memory and for each other more than they compute. */
const MOST = 2

/** Threads that the wasm backend starts if nobody says how many. */
export function defaultThreads(): number {
  return Math.min(MOST, availableParallelism())
}

/** Where the compiled program of a thread lies, also for tests, which run the sources. */
export function threadPath(): string {
  return join(packageRoot(), 'dist', 'src', 'runtime', 'backend', 'wasm', 'thread.js')
}

/** Why there cannot be more than one thread, as far as can be told without starting one. */
export function threadObstacle(): string | undefined {
  const missing = [threadPath(), kernelModulePath({ shared: true })].some((path) => !existsSync(path))
  return missing ? 'what threads run is not built: `npm run build`' : undefined
}
