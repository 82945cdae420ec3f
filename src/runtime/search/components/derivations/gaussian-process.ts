import { appendRow, solveLower, type Factor } from '../../../../support/cholesky.js'
import { mean as meanOf } from '../../../../support/statistics.js'

/** The options that an architecture takes: the entries of its one-hot code that are 1. */
export type OptionCode = ReadonlySet<string>

export interface ObservedCode {
  readonly code: OptionCode
  readonly value: number
}

/** What is expected of a value, and its standard deviation. */
export interface Prediction {
  readonly mean: number
  readonly deviation: number
}

export interface GaussianProcess {
  predict(code: OptionCode): Prediction
  /** Takes a value that is not known yet to be what is expected of it. */
  believe(code: OptionCode): void
}

/** Correlations of architectures that differ in one option, and shares of noise in the variance, of which the likeliest stand. */
const correlations = [0.3, 0.5, 0.7, 0.85, 0.95, 0.99]
const noises = [1e-4, 1e-2, 0.1, 0.5]

/**
 * A Gaussian process over one-hot codes (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, algorithm 2.1): a
 * constant mean, and the squared exponential of the distance of two codes, which is a factor for every option in which they differ.
 * Factor and noise are those of a grid that make the values likeliest; the variance is then the likeliest one (ibid., section 5.4.1).
 */
export function gaussianProcess(observed: readonly ObservedCode[]): GaussianProcess {
  const centre = meanOf(observed.map(({ value }) => value))
  const values = observed.map(({ value }) => value - centre)
  const distances = observed.map(({ code }, i) => observed.slice(0, i + 1).map((other) => differing(code, other.code)))
  let best: Fit | undefined
  for (const correlation of correlations) {
    for (const noise of noises) {
      const found = fitOf(distances, values, correlation, noise)
      if (best === undefined || found.likelihood > best.likelihood) best = found
    }
  }
  if (best === undefined) throw new Error('a Gaussian process is fitted to at least one value')
  return conditioned(
    observed.map(({ code }) => code),
    centre,
    best,
  )
}

interface Fit {
  readonly correlation: number
  readonly noise: number
  readonly factor: Factor
  /** Of the factor, the values less their mean. */
  readonly solved: Float64Array
  readonly variance: number
  readonly likelihood: number
}

function fitOf(
  distances: readonly (readonly number[])[],
  values: readonly number[],
  correlation: number,
  noise: number,
): Fit {
  const factor: Factor = []
  for (const row of distances) {
    appendRow(
      factor,
      row.map((distance) => correlation ** distance + (distance === 0 ? noise : 0)),
    )
  }
  const solved = solveLower(factor, values)
  const variance = solved.reduce((sum, each) => sum + each * each, 0) / values.length
  const determinant = factor.reduce((sum, row, i) => sum + Math.log(row[i] ?? 1), 0)
  // Values that are all equal are as likely under every factor but for the determinant.
  const likelihood = -0.5 * values.length * Math.log(Math.max(variance, 1e-300)) - determinant
  return { correlation, noise, factor, solved, variance, likelihood }
}

function conditioned(known: readonly OptionCode[], centre: number, fit: Fit): GaussianProcess {
  const { correlation, noise, variance } = fit
  const codes = [...known]
  const factor = [...fit.factor]
  const solved = [...fit.solved]
  const between = (code: OptionCode): Float64Array =>
    solveLower(
      factor,
      codes.map((other) => correlation ** differing(code, other)),
    )
  const expected = (forward: Float64Array): number =>
    centre + forward.reduce((sum, each, i) => sum + each * (solved[i] ?? 0), 0)
  return {
    predict(code) {
      const forward = between(code)
      const left = 1 - forward.reduce((sum, each) => sum + each * each, 0)
      return { mean: expected(forward), deviation: Math.sqrt(Math.max(0, left * variance)) }
    },
    believe(code) {
      const row = [...codes.map((other) => correlation ** differing(code, other)), 1 + noise]
      const forward = between(code)
      const value = expected(forward) - centre
      appendRow(factor, row)
      const own = factor.at(-1)?.at(-1) ?? 1
      solved.push((value - forward.reduce((sum, each, i) => sum + each * (solved[i] ?? 0), 0)) / own)
      codes.push(code)
    },
  }
}

/** In how many choices of one option two codes differ: half of the entries in which they do. */
function differing(one: OptionCode, other: OptionCode): number {
  let common = 0
  for (const option of one) if (other.has(option)) common += 1
  return (one.size + other.size - 2 * common) / 2
}

/**
 * By how much a value is expected to exceed the best one, where it does (Jones, Schonlau and Welch, Efficient global optimization of
 * expensive black-box functions, J. Global Optimization 13, 1998, equation 15).
 */
export function expectedImprovement({ mean, deviation }: Prediction, best: number): number {
  const gain = mean - best
  if (deviation <= 0) return Math.max(0, gain)
  const z = gain / deviation
  return gain * normalShare(z) + (deviation * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI)
}

/** Share of a standard normal distribution below a value (Abramowitz and Stegun, 26.2.17; its error is below 7.5e-8). */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const above = (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)) * series
  return z >= 0 ? 1 - above : above
}
