import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../../catalogue/failure.js'
import { loadNewestCheckpoint, saveCheckpoint } from '../../run/checkpoint.js'
import { onDisk } from '../../run/files.js'
import { runFiles, type RunReader } from '../../run/run-directory.js'

/** Weights that stay when the checkpoints of the phases after them have pushed out those that held them. */
export type KeptWeights =
  | { readonly of: KeptSupernet }
  /** A model of a cost, or of scores, that was fitted. */
  | { readonly of: 'predictor' }
  | { readonly of: 'retrained'; readonly architecture: string }
  /** A network that may be trained on. */
  | { readonly of: 'candidate'; readonly name: string }

/** A supernet at the end of its training, or as it was when architectures were scored for a predictor. */
export type KeptSupernet = 'supernet' | 'pretrained'

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

/** Deletes the weights of all candidates but those that are still `wanted`, by their names. */
export function forgetCandidates(run: RunReader, wanted: (name: string) => boolean): void {
  const places = join(run.path, runFiles.checkpoints)
  for (const entry of onDisk(places, () => readdirSync(places))) {
    if (!entry.startsWith(ofCandidate) || wanted(entry.slice(ofCandidate.length))) continue
    onDisk(join(places, entry), () => rmSync(join(places, entry), { recursive: true, force: true }))
  }
}

const ofCandidate = 'candidate-'

function wordsOf(what: KeptWeights): string {
  if (what.of === 'retrained') return `retrained network ${what.architecture}`
  if (what.of === 'pretrained') return 'pretrained supernet'
  return what.of === 'candidate' ? `candidate ${what.name}` : what.of
}

function folderOf(run: RunReader, what: KeptWeights): string {
  const folder =
    what.of === 'retrained'
      ? `retrained-${what.architecture}`
      : what.of === 'candidate'
        ? `${ofCandidate}${what.name}`
        : what.of
  return join(run.path, runFiles.checkpoints, folder)
}
