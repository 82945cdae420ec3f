import type {
  ArchitectureDerived,
  Evaluation,
  JournalEvent,
  PhaseEpoch,
  PhaseProgress,
  PhaseStarted,
  RunFinished,
  RunStarted,
} from '../run/events.js'

/** The events of a run, sorted by what a report tells of them. */
export interface RunSummary {
  readonly started: RunStarted | undefined
  /** In the order in which they came. */
  readonly phases: readonly PhaseSummary[]
  /** Ends of epochs that say where decisions stand. */
  readonly standings: readonly Standing[]
  /** The best one first. */
  readonly architectures: readonly ArchitectureDerived[]
  /** Drawn at random, for the best one to be measured by. */
  readonly baseline: readonly ArchitectureDerived[]
  readonly evaluations: readonly Evaluation[]
  readonly resumes: number
  readonly finished: RunFinished | undefined
}

/** What was done under one name, to the supernet or to several architectures. */
export interface PhaseSummary {
  readonly phase: string
  readonly started: readonly PhaseStarted[]
  readonly steps: readonly PhaseProgress[]
}

export type Standing = PhaseEpoch & Required<Pick<PhaseEpoch, 'probabilities'>>

/** @param events those that count, see `effectiveEvents` */
export function summariseRun(events: readonly JournalEvent[]): RunSummary {
  const of = <Type extends JournalEvent['type']>(type: Type): Extract<JournalEvent, { type: Type }>[] =>
    events.filter((event): event is Extract<JournalEvent, { type: Type }> => event.type === type)
  return {
    started: of('run-started').at(-1),
    phases: phasesIn(of('phase-started'), of('phase-progress')),
    standings: of('phase-epoch').filter((event): event is Standing => event.probabilities !== undefined),
    architectures: of('architecture-derived').filter(({ baseline }) => baseline !== true),
    baseline: of('architecture-derived').filter(({ baseline }) => baseline === true),
    evaluations: of('evaluation'),
    resumes: of('run-resumed').length,
    finished: of('run-finished').at(-1),
  }
}

function phasesIn(started: readonly PhaseStarted[], steps: readonly PhaseProgress[]): readonly PhaseSummary[] {
  const names = new Set([...started, ...steps].map(({ phase }) => phase))
  return [...names].map((phase) => ({
    phase,
    started: started.filter((event) => event.phase === phase),
    steps: steps.filter((event) => event.phase === phase),
  }))
}

/** What an architecture costs: as it was retrained, or as it was derived. */
export function costIn(
  { phases }: RunSummary,
  architecture: ArchitectureDerived,
): Pick<ArchitectureDerived, 'parameters' | 'macs' | 'convention'> {
  const started = phases.flatMap((phase) => phase.started).find((event) => event.architecture === architecture.name)
  const { parameters, macs, convention } = started ?? {}
  return parameters === undefined || macs === undefined || convention === undefined
    ? architecture
    : { parameters, macs, convention }
}
