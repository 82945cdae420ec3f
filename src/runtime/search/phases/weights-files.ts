import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../../catalogue/failure.js'
import { loadNewestCheckpoint, saveCheckpoint } from '../../run/checkpoint.js'
import { onDisk } from '../../run/files.js'
import { runFiles, type RunReader } from '../../run/run-directory.js'

/** Weights that stay when the checkpoints of the phases after them have pushed out those that held them. */
export type KeptWeights =
  | { readonly of: 'supernet' }
  /** A model of a cost that was fitted. */
  | { readonly of: 'predictor' }
  | { readonly of: 'retrained'; readonly architecture: string }

/** Keeps all variables as they stand, in a folder of their own beside the checkpoints. */
export function keepWeights(run: RunReader, what: KeptWeights, arrays: ReadonlyMap<string, Float32Array>): void {
  const folder = folderOf(run, what)
  onDisk(folder, () => mkdirSync(folder, { recursive: true }))
  saveCheckpoint(folder, { state: what, arrays }, 0, 1)
}

export function hasWeights(run: RunReader, what: KeptWeights): boolean {
  return existsSync(folderOf(run, what))
}

/** @throws Failure NAS7521 if the run has not come to them, NAS7209 if they are damaged */
export function loadWeights(run: RunReader, what: KeptWeights): ReadonlyMap<string, Float32Array> {
  const found = hasWeights(run, what) ? loadNewestCheckpoint(folderOf(run, what)) : undefined
  if (found !== undefined) return found.checkpoint.arrays
  throw new Failure('nothing-to-evaluate', { run: run.path, what: `no weights of the ${wordsOf(what)}` })
}

function wordsOf(what: KeptWeights): string {
  return what.of === 'retrained' ? `retrained network ${what.architecture}` : what.of
}

function folderOf(run: RunReader, what: KeptWeights): string {
  const folder = what.of === 'retrained' ? `retrained-${what.architecture}` : what.of
  return join(run.path, runFiles.checkpoints, folder)
}
