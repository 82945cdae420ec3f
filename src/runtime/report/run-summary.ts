import type {
  ArchitectureDerived,
  Evaluation,
  JournalEvent,
  RetrainEpoch,
  RetrainProgress,
  RetrainStarted,
  RunFinished,
  RunStarted,
  SearchEpoch,
  SearchProgress,
} from '../run/events.js'

/** The events of a run, sorted by what a report tells of them. */
export interface RunSummary {
  readonly started: RunStarted | undefined
  readonly searchSteps: readonly SearchProgress[]
  readonly searchEpochs: readonly SearchEpoch[]
  readonly architectures: readonly ArchitectureDerived[]
  readonly retrainings: readonly RetrainStarted[]
  readonly retrainSteps: readonly RetrainProgress[]
  readonly retrainEpochs: readonly RetrainEpoch[]
  readonly evaluations: readonly Evaluation[]
  readonly resumes: number
  readonly finished: RunFinished | undefined
}

/** @param events those that count, see `effectiveEvents` */
export function summariseRun(events: readonly JournalEvent[]): RunSummary {
  const of = <Type extends JournalEvent['type']>(type: Type): Extract<JournalEvent, { type: Type }>[] =>
    events.filter((event): event is Extract<JournalEvent, { type: Type }> => event.type === type)
  return {
    started: of('run-started').at(-1),
    searchSteps: of('search-progress'),
    searchEpochs: of('search-epoch'),
    architectures: of('architecture-derived'),
    retrainings: of('retrain-started'),
    retrainSteps: of('retrain-progress'),
    retrainEpochs: of('retrain-epoch'),
    evaluations: of('evaluation'),
    resumes: of('run-resumed').length,
    finished: of('run-finished').at(-1),
  }
}
