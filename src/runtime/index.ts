import type { Ir } from '../ir/model/ir.js'
import type { EvaluateOptions, EvaluateResult, ObservedOptions, RunOptions, RunOutcome } from './options.js'
import { evaluateRun } from './search/run/evaluate-run.js'
import { resumeRun } from './search/run/resume-run.js'
import { startRun } from './search/run/start-run.js'

export type {
  ComputeOptions,
  EvaluateOptions,
  EvaluateResult,
  ObservedOptions,
  RunOptions,
  RunOutcome,
  RunResult,
} from './options.js'
export type { Figures, JournalEvent, OfPhase, PhaseProgress } from './run/events.js'

/**
 * Searches the space of a program, derives an architecture, tests it with inherited weights, retrains it from scratch and
 * tests it again. All of it is kept in a run directory.
 */
export function run(ir: Ir, options: RunOptions = {}): Promise<RunOutcome> {
  return startRun(ir, options)
}

/** Goes on with a run that was interrupted or killed, to the same result bit for bit on the same backend. */
export function resume(runDirectory: string, options: ObservedOptions = {}): Promise<RunOutcome> {
  return resumeRun(runDirectory, options)
}

/** Tests an architecture with the weights of a run. */
export function evaluate(runDirectory: string, options: EvaluateOptions = {}): Promise<EvaluateResult> {
  return evaluateRun(runDirectory, options)
}
