import type { Case } from './case.js'

/** Where nasc is known to differ from brute force and is not mended yet: such programs are counted, and not compared. */
export interface KnownDifference {
  readonly reason: string
  readonly concerns: (text: string, each: Case) => boolean
}

export const knownDifferences: readonly KnownDifference[] = []
