import { relative } from 'node:path'
import { openIr } from '../../../ir/seal/index.js'
import { openEngine } from '../../backend/choose.js'
import { openDataset, requireSameData, userImageCache } from '../../data/dataset.js'
import type { EvaluateOptions, ObservedOptions, RunOutcome } from '../../options.js'
import type { RunFinished } from '../../run/events.js'
import { openRun, readRun, type RunReader } from '../../run/run-directory.js'
import { engineOptions } from './engine-options.js'
import { closeSession, openSession, orDispose } from './open-session.js'
import { resultOf, runPhases } from '../phases/phases.js'
import { optional } from '../settings/optional.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { requestFromJson } from '../settings/request.js'
import type { SessionData } from '../step/session.js'
import { resolveSearch } from './resolve-search.js'
import { startedEvent } from './start-run.js'
import { stateFromJson } from '../phases/state.js'

/**
 * Goes on with a run from its newest intact checkpoint, on the backend that it began with unless another one is asked
 * for (then the bits may differ). A run that is finished gives its result again and is not touched.
 *
 * @throws Failure as `openRun` does; NAS7114 if the data have changed
 */
export async function resumeRun(folder: string, options: ObservedOptions): Promise<RunOutcome> {
  const run = readRun(folder)
  const finished = run.events().findLast((event): event is RunFinished => event.type === 'run-finished')
  if (finished !== undefined) return { kind: 'finished', result: resultOf(run, finished) }
  const { search, data } = await reopen(run, optional('onDecoded', options.onDecoded))
  const engine = await openEngine(
    engineOptions({ backend: recordedBackend(run), threads: run.record.threads, ...options }),
  )
  const directory = orDispose(engine, () => openRun(folder))
  const { checkpoint, damaged = [] } = orDispose(engine, () => directory.newestCheckpoint()) ?? {}
  const secondsBefore = checkpoint === undefined ? 0 : stateFromJson(checkpoint.state).seconds
  const session = openSession({ search, directory, data, engine, secondsBefore, options })
  try {
    const hasBegun = directory.events()[0]?.type === 'run-started'
    session.record({
      type: 'run-resumed',
      after: checkpoint?.journalLines ?? (hasBegun ? 1 : 0),
      ...(checkpoint !== undefined && { checkpoint: relative(directory.path, checkpoint.path) }),
      ...(damaged.length > 0 && {
        damaged: damaged.map(({ path, reason }) => `${relative(directory.path, path)} ${reason}`),
      }),
      backend: engine.backend,
      ...(engine.note !== undefined && { threadNote: engine.note }),
    })
    if (!hasBegun) session.record(startedEvent(session))
    return await runPhases(session, checkpoint)
  } finally {
    await closeSession(session)
  }
}

/**
 * Program, settings and data of a run, as they were when it began.
 * @param other data in place of those of the run
 */
export async function reopen(
  run: RunReader,
  other: Pick<EvaluateOptions, 'data' | 'skipCorrupt'> & Pick<ObservedOptions, 'onDecoded'> = {},
): Promise<{ readonly search: ResolvedSearch; readonly data: SessionData }> {
  const { record, irText, irPath, split, path } = run
  const search = resolveSearch(openIr(irText, irPath), requestFromJson(record.options))
  const { name, height, width, channels, skipCorrupt } = record.data
  const size = { height, width, channels }
  const opened = {
    size,
    cache: userImageCache(),
    ...optional('skipCorrupt', other.skipCorrupt ?? skipCorrupt),
    ...optional('onDecoded', other.onDecoded),
  }
  const dataset = await openDataset(other.data ?? name, opened)
  if (other.data === undefined) requireSameData(dataset, record.data.checksums, path)
  const data = {
    dataset,
    normalisation: record.data.normalisation,
    split,
    ...optional('side', search.plan.settings.image_side),
  }
  return { search, data }
}

/** The backend of the record; a name that this version does not know means the embedded default. */
export function recordedBackend({
  record,
}: {
  readonly record: { readonly backend: string }
}): 'wasm' | 'cpu' | 'tensorflow' {
  return record.backend === 'cpu' || record.backend === 'tensorflow' ? record.backend : 'wasm'
}
