import { rmSync } from 'node:fs'
import type { Ir } from '../../../ir/model/ir.js'
import { openIr, printIr } from '../../../ir/seal/index.js'
import { plannedEngine } from '../../backend/choose.js'
import { requireSameData } from '../../data/dataset.js'
import { fullDataName } from '../../data/find-dataset.js'
import type { ObservedOptions, RunOutcome, SeedResult, SeriesOptions, SeriesOutcome } from '../../options.js'
import { createRandom } from '../../random/random.js'
import { figuresOf } from '../../report/series-figures.js'
import { buildSeriesReport } from '../../report/series-report.js'
import { onDisk } from '../../run/files.js'
import {
  createSeries,
  hasBegun,
  openSeries,
  seedFolder,
  type SeriesDirectory,
  type SeriesRecord,
} from '../../run/series.js'
import { requestFromJson, requestToJson } from '../settings/request.js'
import { optional } from '../settings/optional.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { openDataOf } from './data-of-search.js'
import { engineOptions } from './engine-options.js'
import { inOnePiece } from './in-one-piece.js'
import { resolveSearch } from './resolve-search.js'
import { recordedBackend, resumeRun } from './resume-run.js'
import { splitData } from './split-data.js'
import { checkFiles, spaceName, startRun } from './start-run.js'

/**
 * Runs a search with one seed after the other, each in a run directory of its own beneath one folder. What one of them would be
 * refused for is refused before the folder is made.
 *
 * @throws Failure as `startRun` does
 */
export async function startSeries(ir: Ir, options: SeriesOptions): Promise<SeriesOutcome> {
  const search = resolveSearch(ir, options)
  const { seed: first = 0, seeds: count, data: name = 'mnist', out } = options
  const images = splitData(await openDataOf(search, name, options), search.plan, createRandom(first))
  checkFiles(search, images)
  const { checksums } = images.dataset
  const seeds = Array.from({ length: count }, (_, index) => first + index)
  // Runs that begin later compute as the first one did, whatever is installed meanwhile.
  const engine = plannedEngine(engineOptions(options))
  const record = { ...namesOf(search), options: requestToJson(options), seeds, ...engine }
  const data = { name: fullDataName(name), checksums, ...optional('skipCorrupt', options.skipCorrupt) }
  const directory = await inOnePiece(options, () =>
    createSeries({ ...optional('out', out), irText: printIr(ir), record: { ...record, data } }),
  )
  return runAll(directory, ir, options)
}

/**
 * Goes on with a series: finished runs are left as they are, one that was interrupted is resumed, the others begin.
 *
 * @throws Failure as `openSeries`, `resumeRun` and `startRun` do; NAS7114 if the data have changed
 */
export async function resumeSeries(folder: string, options: ObservedOptions): Promise<SeriesOutcome> {
  const directory = openSeries(folder)
  return runAll(directory, openIr(directory.irText, directory.irPath), options)
}

function namesOf({ ir, plan }: ResolvedSearch): Pick<SeriesRecord, 'source' | 'space' | 'search' | 'scale'> {
  const { search, scale, space } = plan
  return { source: ir.source, space: spaceName(ir, space), search, ...optional('scale', scale) }
}

async function runAll(directory: SeriesDirectory, ir: Ir, options: ObservedOptions): Promise<SeriesOutcome> {
  const { path, record } = directory
  const done: SeedResult[] = []
  try {
    const search = resolveSearch(ir, requestFromJson(record.options))
    requireSameData(
      await openDataOf(search, record.data.name, { ...options, ...record.data }),
      record.data.checksums,
      path,
    )
    for (const seed of record.seeds) {
      const outcome = await runSeed(directory, ir, seed, options)
      if (outcome.kind === 'interrupted') return { ...outcome, run: path, seed }
      done.push({ seed, ...outcome.result })
      directory.writeReport(buildSeriesReport(record, { runs: done, figures: figuresOf(done) }))
    }
    return { kind: 'finished', result: { run: path, runs: done, figures: figuresOf(done) } }
  } finally {
    directory.close()
  }
}

function runSeed(
  directory: SeriesDirectory,
  ir: Ir,
  seed: number,
  { backend, threads, ...observed }: ObservedOptions,
): Promise<RunOutcome> {
  const { path, record } = directory
  const out = seedFolder(path, seed)
  if (hasBegun(out)) {
    return resumeRun(out, { ...observed, ...optional('backend', backend), ...optional('threads', threads) })
  }
  // Killed while its folder was made: there is nothing in it to go on with, and the lock of the series keeps others off.
  onDisk(out, () => {
    rmSync(out, { recursive: true, force: true })
  })
  return startRun(ir, {
    ...observed,
    ...requestFromJson(record.options),
    seed,
    data: record.data.name,
    ...optional('skipCorrupt', record.data.skipCorrupt),
    out,
    backend: backend ?? recordedBackend(directory),
    threads: threads ?? record.threads,
  })
}
