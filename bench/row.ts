/** One line of `npm run bench`. Times are medians over `runs`; a ratio under 1 says that nasc is faster. */
export interface BenchRow {
  readonly name: string
  readonly backend: string
  readonly threads: number
  readonly oursMs: number
  /** What nasc is compared with; null where it is not installed. */
  readonly rival: string | null
  readonly rivalMs: number | null
  readonly ratio: number | null
  /** Greatest resident memory of the whole process; what the memory plan foresees where one process holds several programs. */
  readonly oursPeakBytes: number
  readonly rivalPeakBytes: number | null
  /** Temporaries at the peak, as the memory plan foresees them. */
  readonly plannedBytes?: number
  readonly runs: number
  /** Processor time of all threads, in benches that take it: on a busy machine it tells more than `oursMs`. */
  readonly oursCpuMs?: number
  /** Processor time to plan, differentiate, optimise and prepare, and to draw first values of weights. */
  readonly planMs?: number
  /** Operations of the program. */
  readonly operations?: number
  /** How to get a rival that is not installed. */
  readonly install?: string
}

/** What a measured process prints: a JSON document on stdout. */
export interface Measurement {
  readonly ms: readonly number[]
  readonly peakBytes: number
}
