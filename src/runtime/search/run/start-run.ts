import type { Ir } from '../../../ir/model/ir.js'
import { printIr } from '../../../ir/seal/index.js'
import { diskFiles } from '../../../support/node/disk-files.js'
import { openEngine } from '../../backend/choose.js'
import type { Engine } from '../../backend/engine/engine.js'
import { fullDataName } from '../../data/find-dataset.js'
import type { RunOptions, RunOutcome } from '../../options.js'
import { createRandom } from '../../random/random.js'
import type { RunStarted } from '../../run/events.js'
import type { Json } from '../../run/json.js'
import { createRun, type NewRun } from '../../run/run-directory.js'
import { openDataOf, summariseData } from './data-of-search.js'
import { engineOptions } from './engine-options.js'
import { inOnePiece } from './in-one-piece.js'
import { closeSession, openSession, orDispose } from './open-session.js'
import { filesOf, runPhases } from '../phases/phases.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { optional } from '../settings/optional.js'
import { requestToJson } from '../settings/request.js'
import type { SettingsRequest } from '../settings/settings.js'
import { dataShape, type Session, type SessionData } from '../step/session.js'
import { resolveSearch } from './resolve-search.js'
import { splitData } from './split-data.js'
import { versions } from './versions.js'

/**
 * Starts a run in a directory of its own and goes through all of its phases. Settings, data and files that do not fit are
 * refused before the directory is made.
 *
 * @throws Failure as `resolveSearch`, `openDataset`, `openEngine` and `createRun` do; NAS7520 if a training diverges
 */
export async function startRun(ir: Ir, options: RunOptions & Pick<SettingsRequest, 'given'>): Promise<RunOutcome> {
  const search = resolveSearch(ir, options)
  const dataName = options.data ?? 'mnist'
  const data = splitData(await openDataOf(search, dataName, options), search.plan, createRandom(options.seed ?? 0))
  checkFiles(search, data)
  return beginRun({ search, request: options, data, dataName, options })
}

/** @throws Failure where a file that the program names is none that the run can go on with */
export function checkFiles(search: ResolvedSearch, data: SessionData): void {
  for (const { check } of filesOf(search)) check(diskFiles, dataShape(data))
}

export interface NewSearch {
  readonly search: ResolvedSearch
  /** What it was resolved from. */
  readonly request: SettingsRequest
  readonly data: SessionData
  /** As given to `--data`. */
  readonly dataName: string
  readonly options: Omit<RunOptions, keyof SettingsRequest | 'data'>
}

/** Makes the directory of a run that is settled, and goes through its phases. */
export async function beginRun(begun: NewSearch): Promise<RunOutcome> {
  const { search, data, options } = begun
  const engine = await openEngine(engineOptions(options))
  const directory = await inOnePiece(options, () =>
    orDispose(engine, () =>
      createRun({
        ...(options.out !== undefined && { out: options.out }),
        irText: printIr(search.ir),
        split: data.split,
        record: recordOf(begun, engine),
      }),
    ),
  )
  const session = openSession({ search, directory, data, engine, secondsBefore: 0, options })
  try {
    session.record(startedEvent(session))
    return await runPhases(session)
  } finally {
    await closeSession(session)
  }
}

function recordOf(
  { search: { ir, plan }, request, data: { dataset, normalisation }, dataName, options }: NewSearch,
  engine: Engine,
): NewRun['record'] {
  return {
    source: ir.source,
    irHash: ir.hash,
    space: spaceName(ir, plan.space),
    search: plan.search,
    ...(plan.scale !== undefined && { scale: plan.scale }),
    settings: JSON.parse(JSON.stringify(plan)) as Json,
    options: requestToJson(request),
    seed: options.seed ?? 0,
    backend: engine.backend,
    threads: engine.threads,
    versions: versions(),
    data: {
      name: fullDataName(dataName),
      checksums: dataset.checksums,
      height: dataset.height,
      width: dataset.width,
      channels: dataset.channels,
      classes: dataset.classes,
      ...optional('classNames', dataset.classNames),
      ...optional('skipCorrupt', options.skipCorrupt),
      trainingImages: dataset.train.count,
      testImages: dataset.test.count,
      normalisation,
    },
    created: new Date().toISOString(),
  }
}

/** The first event of every run. */
export function startedEvent({ search, directory, engine, data }: Session): RunStarted {
  const { ir, plan, decisions } = search
  return {
    type: 'run-started',
    run: directory.record.name,
    space: spaceName(ir, plan.space),
    search: plan.search,
    ...(plan.scale !== undefined && { scale: plan.scale }),
    seed: directory.record.seed,
    backend: engine.backend,
    threads: engine.threads,
    ...(engine.note !== undefined && { threadNote: engine.note }),
    data: summariseData(search, data),
    decisions: decisions.map(({ path, kind: what, options }) => ({ path, what, options })),
  }
}

export function spaceName(ir: Ir, id: string): string {
  return ir.spaces.find((space) => space.id === id)?.name ?? id
}
