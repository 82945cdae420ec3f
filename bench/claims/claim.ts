import type { Chart } from '../../src/runtime/report/charts/render.js'

/** What a paper says, as something that can be measured here, beside a control. */
export interface Claim {
  /** As in `npm run claims -- PAPER`: the name of the page in `docs/papers`. */
  readonly paper: string
  readonly name: string
  /** What the paper says, or what follows from it, with the bound that is tested. */
  readonly says: string
  /** At what size it is measured here. */
  readonly setting: string
  measure(options: ClaimOptions): Promise<ClaimOutcome>
}

export interface ClaimOptions {
  readonly seeds: readonly number[]
  /** A line about how far it is, for whoever waits. */
  readonly progress: (line: string) => void
}

export interface ClaimOutcome {
  /** What was measured: the method first, then what it is compared with. */
  readonly rows: readonly MeasuredRow[]
  readonly holds: boolean
  /** Why it does not hold, or what else has to be known to read the figures. */
  readonly note?: string
  /** Drawn beside the page of the paper, `docs/papers/<paper>-<claim>.svg`. */
  readonly chart?: Chart
}

/** One figure, measured once for every seed; what no seed changes has one value. */
export interface MeasuredRow {
  readonly label: string
  readonly unit: Unit
  readonly values: readonly number[]
}

export type Unit = 'ratio' | 'share' | 'number' | 'seconds' | 'milliseconds' | 'parameters'

/** What `--json` writes of a claim. */
export interface ClaimRecord extends ClaimOutcome {
  readonly paper: string
  readonly name: string
  readonly says: string
  readonly setting: string
  readonly seeds: readonly number[]
  /** Of the measurement, by the wall clock. */
  readonly seconds: number
}
