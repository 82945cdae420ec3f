import type { Ir } from '../ir/model/ir.js'
import type {
  EvaluateOptions,
  EvaluateResult,
  ExportProgramOptions,
  ExportResult,
  ExportRunOptions,
  ObservedOptions,
  PredictOptions,
  PredictResult,
  RunOptions,
  RunOutcome,
  SearchOptions,
  SeriesOptions,
  SeriesOutcome,
  TrainOptions,
} from './options.js'
import { exportProgram } from './export/export-program.js'
import { exportRun } from './export/export-run.js'
import { fitLatencies } from './latency/fit.js'
import type { FitLatencyResult, LatencyOptions, SampleLatencyOptions, SampleLatencyResult } from './latency/options.js'
import { sampleLatencies } from './latency/sample.js'
import type { RankOptions, RankOutcome } from './rank/options.js'
import { rankRun } from './rank/rank-run.js'
import { evaluateRun } from './search/run/evaluate-run.js'
import { predictRun } from './search/run/predict-run.js'
import { resumeRun } from './search/run/resume-run.js'
import { resumeSeries, startSeries } from './search/run/run-series.js'
import { searchRun } from './search/run/search-run.js'
import { startRun } from './search/run/start-run.js'

export type { Spread } from '../support/statistics.js'
export { tabulateSeries, type SeriesTable } from './report/series-report.js'
export { isSeries } from './run/series.js'
export type { DerivedOfRun } from './search/run/derived-of-run.js'
export type { RunProgram, RunSetting } from './search/run/run-program.js'

export type {
  Baseline,
  ClassProbability,
  ComputeOptions,
  EvaluateOptions,
  EvaluateResult,
  ExportProgramOptions,
  ExportResult,
  ExportRunOptions,
  ObservedOptions,
  PredictOptions,
  PredictResult,
  RunOptions,
  RunOutcome,
  RunResult,
  SearchOptions,
  SeedResult,
  SeriesFigure,
  SeriesOptions,
  SeriesOutcome,
  SeriesResult,
  TrainOptions,
} from './options.js'
export type { ExportFormatName } from './export/formats/index.js'
export type { Verification } from './export/verify/compare.js'
export { drawLatencies } from './latency/chart.js'
export type { FitLatencyResult, LatencyOptions, SampleLatencyOptions, SampleLatencyResult } from './latency/options.js'
export { drawRanking } from './rank/rank-chart.js'
export type { KnownResult, NamedArchitecture, RankOptions, RankOutcome, RankResult } from './rank/options.js'
export type { Figures, JournalEvent, OfPhase, PhaseProgress, PredictorQuality, RunStarted } from './run/events.js'

/**
 * Searches the space of a program, derives an architecture, tests it with inherited weights, retrains it from scratch and
 * tests it again. All of it is kept in a run directory.
 */
export function run(ir: Ir, options: RunOptions = {}): Promise<RunOutcome> {
  return startRun(ir, options)
}

/**
 * Trains one architecture from scratch, as a search says of what it finds, and tests it. All of it is kept in a run
 * directory, which `resume` and `evaluate` take as they take that of a search.
 */
export function train(ir: Ir, { name, architecture, ...options }: TrainOptions): Promise<RunOutcome> {
  return startRun(ir, { ...options, given: { name, decisions: architecture.decisions } })
}

/** Goes on with a run that was interrupted or killed, to the same result bit for bit on the same backend. */
export function resume(runDirectory: string, options: ObservedOptions = {}): Promise<RunOutcome> {
  return resumeRun(runDirectory, options)
}

/** Searches the supernet that a finished run has trained, in another way than that run did, in a run directory of its own. */
export function search(runDirectory: string, options: SearchOptions): Promise<RunOutcome> {
  return searchRun(runDirectory, options)
}

/**
 * The same search with several seeds, one after the other: each in a run directory of its own beneath one folder, with one report
 * of means and spreads.
 */
export function runSeeds(ir: Ir, options: SeriesOptions): Promise<SeriesOutcome> {
  return startSeries(ir, options)
}

/** Goes on with the runs of {@link runSeeds}, to the same result bit for bit on the same backend. */
export function resumeSeeds(folder: string, options: ObservedOptions = {}): Promise<SeriesOutcome> {
  return resumeSeries(folder, options)
}

/** Tests an architecture with the weights of a run. */
export function evaluate(runDirectory: string, options: EvaluateOptions = {}): Promise<EvaluateResult> {
  return evaluateRun(runDirectory, options)
}

/** Classifies image files, and those of folders, with a network of a run. */
export function predict(
  runDirectory: string,
  images: readonly string[],
  options: PredictOptions = {},
): Promise<PredictResult> {
  return predictRun(runDirectory, images, options)
}

/** Writes an architecture with weights of a run for another tool, once that gives the same logits and accuracy. */
export function exportNetwork(runDirectory: string, options: ExportRunOptions): Promise<ExportResult> {
  return exportRun(runDirectory, options)
}

/** Writes an architecture with first values for another tool, once that gives the same logits. */
export function exportUntrained(ir: Ir, options: ExportProgramOptions): Promise<ExportResult> {
  return exportProgram(ir, options)
}

/** How well the supernet of a run orders architectures that are trained from scratch, or known from a table of results. */
export function rank(runDirectory: string, options: RankOptions = {}): Promise<RankOutcome> {
  return rankRun(runDirectory, options)
}

/** Measures how long random architectures of a space take on this machine, into a file that a predictor is fitted to. */
export function sampleLatency(ir: Ir, options: SampleLatencyOptions = {}): Promise<SampleLatencyResult> {
  return sampleLatencies(ir, options)
}

/** Fits the predictor of a search to its measurements, and says how good it is; undefined where it was stopped. */
export function fitLatency(ir: Ir, options: LatencyOptions = {}): Promise<FitLatencyResult | undefined> {
  return fitLatencies(ir, options)
}
