import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskFiles } from '../../../support/node/disk-files.js'
import type { TextFiles } from '../../../support/text-files.js'
import { onDisk, writeAtomically } from '../../run/files.js'
import { runFiles } from '../../run/run-directory.js'
import { encode, encodingOf } from '../components/encoding/encoding.js'
import { openPredictor } from '../components/predictors/index.js'
import { readNamed, type NamedFile } from '../components/named-file.js'
import { openPredictions } from '../measurements/fit.js'
import { fitPredictor, fittingPhase } from '../measurements/fit-predictor.js'
import { givenMeasurements } from '../measurements/given-measurements.js'
import { measureArchitectures } from '../measurements/measure.js'
import type { Images, MeasuredSpace, SpaceOfNetworks } from '../measurements/measured-space.js'
import { readMeasurements } from '../measurements/measurements-file.js'
import type { Measurement } from '../measurements/measurements.js'
import { splitSamples } from '../measurements/samples.js'
import { deviceName, settingOf } from '../measurements/setting.js'
import type { PredictorPlan } from '../settings/plan.js'
import { loopStart } from '../step/loop.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { dataShape, type Session } from '../step/session.js'
import type { Supernet } from '../step/supernet.js'
import type { Phase, PhaseOutcome } from './phase.js'
import { randomScores } from './score-random-phase.js'
import { keepWeights, loadWeights } from './weights-files.js'

/** Fits the predictor of a search: to measurements of a cost, or to what architectures scored. */
export function fitPredictorPhase(plan: PredictorPlan): Phase<true> {
  const given = openPredictor(plan.by, `predictor ${plan.name}`).measurements
  return {
    phase: fittingPhase,
    ...(given !== undefined && {
      reads: (search) => [{ file: given, check: (files, images) => void readGiven(search, given, files, images) }],
    }),
    async run({ session, save }, from) {
      const found = given === undefined ? scored(session) : await measured(session, plan, given)
      if (found.kind === 'interrupted') return found
      const random = session.random.stream(`predictor/${plan.name}`)
      const split = splitSamples(found.rows, found.space, random, found.source)
      const { engine, control } = session
      const outcome = await fitPredictor(
        { plan, split, engine, random, stored: from?.arrays, control, save, record: (event) => session.record(event) },
        from?.loop ?? loopStart,
      )
      if (outcome.kind === 'interrupted') return outcome
      keepWeights(session.directory, { of: 'predictor' }, outcome.variables)
      session.record({ type: 'predictor-fitted', ...outcome.quality })
      return { kind: 'done', result: true }
    },
  }
}

/** Variables of the predictor that a search begins with; none where it has none, or minimises nothing that it says. */
export function fittedFor({ search, directory }: Session): ReadonlyMap<string, Float32Array> | undefined {
  return search.plan.predictor?.predicts === 'costs' ? loadWeights(directory, { of: 'predictor' }) : undefined
}

/** What the predictor says that architectures score, the higher the better; undefined where it is fitted to no scores. */
export function predictionsFor({ search, directory }: Session): Supernet['predict'] {
  const { predictor } = search.plan
  if (predictor?.predicts !== 'scores') return undefined
  const predictions = openPredictions(predictor, loadWeights(directory, { of: 'predictor' }))
  const encoding = encodingOf(search.choices())
  return (selections) => predictions(selections.map((selected) => encode(encoding, selected)))
}

/** What a predictor is fitted to. */
interface Observed {
  readonly kind: 'observed'
  readonly rows: readonly Measurement[]
  readonly space: MeasuredSpace
  /** For messages. */
  readonly source: string
}

type Interrupted = Extract<PhaseOutcome<true>, { readonly kind: 'interrupted' }>

/** Networks with the weights of the supernet, as the phase before scored them. */
function scored(session: Session): Observed {
  const { search, data, directory } = session
  const { ir, plan, params, choices } = search
  const space = { ir, space: plan.space, params, choices: choices(), ...dataShape(data) }
  return { kind: 'observed', rows: randomScores(session), space, source: directory.path }
}

/**
 * The file of measurements. Where there is none, architectures are measured on this machine. The measurements are kept in the run
 * directory: a run that is resumed reads them there, and measures nothing twice.
 */
async function measured(session: Session, plan: PredictorPlan, given: NamedFile): Promise<Observed | Interrupted> {
  const file = join(session.directory.path, runFiles.measurements)
  if (!existsSync(file)) {
    const text = readGiven(session.search, given, diskFiles, dataShape(session.data))
    if (text !== undefined) writeAtomically(file, [text])
    else {
      const done = await measureHere(session, plan, file, given)
      if (done !== undefined) return { kind: 'interrupted', epoch: 0, step: done }
    }
  }
  const space = measuredSpace(session)
  return { kind: 'observed', rows: readMeasurements(file, space).rows, space, source: file }
}

/** Networks as they are trained in the end. */
function networksOf({ ir, plan, standaloneParams, choices }: ResolvedSearch): SpaceOfNetworks {
  return { ir, space: plan.space, params: standaloneParams, choices: choices() }
}

/** On the images of the run. */
function measuredSpace({ search, data }: Pick<Session, 'search' | 'data'>): MeasuredSpace {
  return { ...networksOf(search), ...dataShape(data) }
}

/** The measurements that the program names, if they are there: made sure of before they are taken. */
function readGiven(
  search: ResolvedSearch,
  { text: file }: NamedFile,
  files: TextFiles,
  images: Images | undefined,
): string | undefined {
  const text = readNamed(files, file)
  // What a latency is wanted for may have other threads and batches than the search.
  if (text !== undefined) givenMeasurements({ text, file, device: deviceName() }, networksOf(search), images)
  return text
}

/** @returns how many there are, where it was interrupted */
async function measureHere(
  session: Session,
  plan: PredictorPlan,
  file: string,
  given: NamedFile,
): Promise<number | undefined> {
  const { engine, control, directory } = session
  const measured = measuredSpace(session)
  const unfinished = join(directory.path, runFiles.unfinishedMeasurements)
  const { kind, rows } = await measureArchitectures({
    ...{
      measured,
      engine,
      batch,
      count: plan.settings.measure,
      seed: directory.record.seed,
      tolerance,
      file: unfinished,
    },
    setting: { ...settingOf(measured, engine, { batch }), seed: String(directory.record.seed) },
    ...{ signal: control.signal, onSignalWatch: control.onSignalWatch },
    observe: (event) => {
      const note = `${given.text} is not there, so this machine is measured`
      session.record(event.type === 'phase-started' ? { ...event, note } : event)
    },
  })
  if (kind === 'interrupted') return rows.length
  const text = onDisk(unfinished, () => readFileSync(unfinished, 'utf8'))
  writeAtomically(file, [text])
  return undefined
}

/** Images at once, and by how much the machine may be slower than at its best. */
const batch = 1
const tolerance = 0.1
