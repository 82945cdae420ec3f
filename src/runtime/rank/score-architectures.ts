import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { printArchitecture } from '../../architectures/index.js'
import { mean } from '../../support/statistics.js'
import type { Engine } from '../backend/engine/engine.js'
import { createRandom } from '../random/random.js'
import { onDisk, writeAtomically } from '../run/files.js'
import { lockRun } from '../run/lock.js'
import { runFiles, type RunReader } from '../run/run-directory.js'
import { openScores } from '../run/score-store.js'
import { architectureFrom } from '../search/step/architecture-from.js'
import { evaluateInherited } from '../search/phases/inherited.js'
import { openKeptSupernet } from '../search/phases/kept-supernet.js'
import type { ResolvedSearch } from '../search/step/resolved-search.js'
import type { SessionData } from '../search/step/session.js'
import type { HeldOutImages } from '../search/step/held-out.js'
import type { SupernetScore } from './known-scores.js'
import type { Member } from './members.js'
import type { RankOptions } from './options.js'

/** An architecture that has no score yet. */
export interface Unscored extends Member {
  /** Of one that was drawn: it is written down under this name. */
  readonly name?: string
}

export interface ScoringContext {
  readonly run: RunReader
  readonly search: ResolvedSearch
  readonly data: SessionData
  readonly images: HeldOutImages
  readonly engine: Engine
  readonly options: RankOptions
  /** By key: not computed again where only the name is new. */
  readonly known: ReadonlyMap<string, SupernetScore>
}

/**
 * Scores architectures with the weights of the supernet, batch norms calibrated, and keeps each score in the run directory as
 * soon as it is there.
 *
 * @returns by key; fewer than there are, if it was stopped
 * @throws Failure NAS7521 if the run has not come to these weights, NAS7206 if another process works on it
 */
export async function scoreArchitectures(
  context: ScoringContext,
  architectures: readonly Unscored[],
): Promise<ReadonlyMap<string, SupernetScore>> {
  const { run, search, data, images, engine, options, known } = context
  const random = createRandom(run.record.seed)
  const steps = openKeptSupernet(run, engine, random)
  const release = lockRun(run.path)
  const store = openScores(run.path)
  const scored = new Map<string, SupernetScore>()
  options.observe?.({ type: 'phase-started', phase, epochs: 1, steps: architectures.length })
  try {
    for (const { key, decisions, name } of architectures) {
      if (options.signal?.aborted === true) break
      options.onSignalWatch?.(true)
      const architecture = architectureFrom(search, decisions)
      const { accuracy, loss } =
        known.get(key) ??
        (await evaluateInherited({ search, data, random, steps, architecture, images: images.batches }))
      const named = name !== undefined && { name }
      if (name !== undefined) writeScored(context, name, decisions)
      store.append({
        ...named,
        decisions,
        accuracy,
        loss,
        images: images.part,
        samples: images.count,
        backend: engine.backend,
      })
      scored.set(key, { ...named, decisions, accuracy, loss })
      recordProgress(options, scored, architectures.length)
    }
    return scored
  } finally {
    options.onSignalWatch?.(false)
    store.flush()
    store.close()
    release()
    steps.dispose()
  }
}

const phase = 'rank'

/** The text that `nasc train --arch` takes. */
function writeScored({ run, search }: ScoringContext, name: string, decisions: Member['decisions']): void {
  const folder = join(run.path, runFiles.scored)
  onDisk(folder, () => mkdirSync(folder, { recursive: true }))
  const text = printArchitecture(search.ir, architectureFrom(search, decisions), name, search.standaloneParams)
  writeAtomically(join(folder, `${name}.nas`), [text])
}

function recordProgress({ observe }: RankOptions, scored: ReadonlyMap<string, SupernetScore>, steps: number): void {
  const accuracies = [...scored.values()].map(({ accuracy }) => accuracy)
  const scores = { 'accuracy.best': Math.max(...accuracies), 'accuracy.mean': mean(accuracies) }
  observe?.({ type: 'phase-progress', phase, epoch: 0, epochs: 1, step: scored.size, steps, scores, figures: {} })
}
