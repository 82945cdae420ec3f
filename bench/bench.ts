import type { BenchRow } from './row.js'

export interface BenchOptions {
  /** Measured passes per row, after one that is not counted. */
  readonly runs: number
  readonly threads: readonly number[]
}

/** One bench: a name and the rows that it measures, each handed over as soon as it is there. */
export interface Bench {
  readonly name: string
  readonly describe: string
  run(options: BenchOptions): Iterable<BenchRow>
}
