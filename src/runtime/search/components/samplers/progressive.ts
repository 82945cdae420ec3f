import type { Decision } from '../../../../space/decisions/decision.js'
import type { TrainingPosition } from '../../../training/training-position.js'
import { Failure } from '../../../../catalogue/failure.js'
import { readArguments, type ArgumentReader } from '../reader.js'
import { openSchedule } from '../schedules/index.js'
import type { Schedule } from '../schedules/schedule.js'
import type { Random } from '../../../random/random.js'
import type { SampledSpace, Sampler, SamplerComponent, Selection } from './sampler.js'
import type { ComponentUse } from '../component-use.js'
import { extremeOption } from './select.js'

/** Opens some options of the choices of one kind, for so many epochs. */
interface Phase {
  /** Kind of the decisions. */
  readonly what: string
  readonly values: ReadonlySet<number>
  readonly epochs: number
  /** Of all phases before it. */
  readonly start: number
  readonly learningRate: Schedule
  /** Networks per step. */
  readonly networks: number
}

/**
 * Progressive shrinking (Cai et al., Once-for-All, ICLR 2020, section 3.3): phases one after the other, each of which opens
 * more options of one kind of choice. A step trains `networks` networks; of every choice each option that is open by then is
 * equally likely, and what no phase has opened yet is at its largest. Constraints of the space hold by redrawing.
 */
export const progressive: SamplerComponent = (read) =>
  samplerOf(phasesOf(read.components('phases'), read.clause), read.clause)

/** Progressive shrinking of one phase. */
export const phase: SamplerComponent = (read) => samplerOf([phaseOf(read, 0)], read.clause)

function samplerOf(phases: readonly Phase[], clause: string): Sampler {
  const epochs = phases.reduce((sum, phase) => sum + phase.epochs, 0)
  const indexAt = ({ epoch }: TrainingPosition): number =>
    Math.max(
      0,
      phases.findLastIndex(({ start }) => start <= epoch),
    )
  const open = (decision: Decision, at: TrainingPosition): readonly number[] => {
    const opened = openValues(phases.slice(0, indexAt(at) + 1)).get(decision.kind)
    const options = optionsOf(decision, opened)
    return options.length > 0 ? options : extremeOption(decision, 1, clause)
  }
  return {
    trains: 'paths',
    epochs,
    learningRate: {
      at(position) {
        const phase = phases[indexAt(position)]
        if (phase === undefined) return 0
        return phase.learningRate.at({ ...position, epoch: position.epoch - phase.start, epochs: phase.epochs })
      },
    },
    open,
    passes(space, at, random) {
      const networks = phases[indexAt(at)]?.networks ?? 1
      return Array.from({ length: networks }, (_, network) =>
        space.path(
          `network[${String(network + 1)}]`,
          drawn(space, random.stream(String(network)), (decision) => open(decision, at), clause),
        ),
      )
    },
    covers: () => true,
  }
}

/** Draws of one network before it is given up to meet the constraints of the space. */
const mostDraws = 1000

/**
 * An architecture of open options, of every choice each of them equally likely; where the space has constraints, the first
 * that meets them.
 */
function drawn(
  space: SampledSpace,
  random: Random,
  open: (decision: Decision) => readonly number[],
  clause: string,
): Selection {
  for (let draw = 0; draw < (space.hasConstraints ? mostDraws : 1); draw++) {
    const selection = space.architecture((decision) => {
      const options = open(decision)
      return [options[random.integer(options.length)] ?? 0]
    })
    if (!space.hasConstraints || space.meetsConstraints(selection)) return selection
  }
  throw new Failure('nothing-open-within', { clause, draws: mostDraws })
}

function phasesOf(uses: readonly ComponentUse[], clause: string): readonly Phase[] {
  let start = 0
  return uses.map((use) => {
    const opened = phaseOf(readArguments(use, clause), start)
    start += opened.epochs
    return opened
  })
}

function phaseOf(read: ArgumentReader, start: number): Phase {
  return {
    what: read.text('what'),
    values: new Set(read.numbers('options')),
    epochs: read.number('epochs', { least: 1, integer: true }),
    start,
    learningRate: openSchedule(read.component('lr'), read.clause),
    networks: read.number('networks', { least: 1, integer: true }),
  }
}

/** A later phase of the same kind stands in place of an earlier one. */
function openValues(phases: readonly Phase[]): ReadonlyMap<string, ReadonlySet<number>> {
  return new Map(phases.map(({ what, values }) => [what, values]))
}

/** Positions of the open options; none where the kind is not open. */
function optionsOf({ values, options, path }: Decision, open: ReadonlySet<number> | undefined): readonly number[] {
  if (open === undefined || options.length === 1) return []
  const found = (values ?? []).flatMap((value, option) => (open.has(value) ? [option] : []))
  if (found.length === 0) throw new Failure('phase-opens-nothing', { decision: path, options: options.join(', ') })
  return found
}
