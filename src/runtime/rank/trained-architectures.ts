import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../catalogue/failure.js'
import type { DecisionLabel } from '../run/events.js'
import { onDisk } from '../run/files.js'
import { readRun, runFiles, type RunReader } from '../run/run-directory.js'
import type { SelectedOptions } from '../search/components/derivations/derivation.js'
import type { ResolvedSearch } from '../search/step/resolved-search.js'

/** An architecture that was trained from scratch. */
export interface TrainedArchitecture {
  readonly name: string
  readonly decisions: SelectedOptions
  /** On the test images of its run. */
  readonly accuracy: number
}

/** A run that says nothing here, and why. */
export interface LeftOut {
  readonly what: string
  readonly reason: string
}

/**
 * What runs have trained from scratch. A folder of runs stands for those in it that have.
 *
 * @throws Failure NAS7582 if a run that is named has trained none, NAS7583 if it is of another space
 */
export function trainedIn(
  folders: readonly string[],
  search: ResolvedSearch,
): { readonly trained: readonly TrainedArchitecture[]; readonly leftOut: readonly LeftOut[] } {
  const trained: TrainedArchitecture[] = []
  const leftOut: LeftOut[] = []
  for (const folder of folders) {
    const inside = runsInside(folder)
    for (const each of inside ?? [folder]) {
      try {
        trained.push(...trainedBy(readRun(each), search))
      } catch (error) {
        const isSaid =
          error instanceof Failure && (error.slug === 'not-trained' || error.slug === 'trained-other-space')
        if (inside === undefined || !isSaid) throw error
        leftOut.push({ what: each, reason: error.message })
      }
    }
  }
  return { trained, leftOut }
}

/** The runs in a folder that is none itself. */
function runsInside(folder: string): readonly string[] | undefined {
  if (!existsSync(folder) || existsSync(join(folder, runFiles.record))) return undefined
  const found = onDisk(folder, () => readdirSync(folder))
    .sort()
    .map((name) => join(folder, name))
    .filter((each) => existsSync(join(each, runFiles.record)))
  return found.length === 0 ? undefined : found
}

/** @throws Failure as {@link trainedIn} */
export function trainedBy(run: RunReader, search: ResolvedSearch): readonly TrainedArchitecture[] {
  const events = run.events()
  const labels = events.flatMap((event) => (event.type === 'run-started' ? event.decisions : []))
  const trained = events.flatMap((event) => {
    if (event.type !== 'evaluation' || event.weights !== 'retrained' || event.split !== 'test') return []
    const derived = events.find((each) => each.type === 'architecture-derived' && each.name === event.architecture)
    if (derived?.type !== 'architecture-derived') return []
    const decisions = translated(run, derived.decisions, labels, search)
    return [{ name: event.architecture, decisions, accuracy: event.accuracy }]
  })
  if (trained.length === 0) throw new Failure('not-trained', { run: run.path })
  return trained
}

/** The same options of the space that is ranked: runs of a program that has changed may count them otherwise. */
function translated(
  run: RunReader,
  decisions: SelectedOptions,
  labels: readonly DecisionLabel[],
  search: ResolvedSearch,
): SelectedOptions {
  const here = new Map(search.decisions.map((decision) => [decision.path, decision]))
  const taken = Object.entries(decisions).map(([path, options]) => {
    const texts = labels.find((label) => label.path === path)?.options ?? []
    const indices = options.map((option) => here.get(path)?.options.indexOf(texts[option] ?? '') ?? -1)
    if (!indices.includes(-1)) return [path, indices] as const
    const found = options.map((option) => texts[option] ?? String(option)).join(', ')
    throw new Failure('trained-other-space', { what: run.path, path, found })
  })
  return Object.fromEntries(taken)
}
