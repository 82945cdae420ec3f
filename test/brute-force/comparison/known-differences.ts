import type { Feature } from '../generator/writer.js'

/**
 * What nasc is known to say wrongly and is not mended yet, with the reason. Programs that have it are counted, and not compared;
 * `except` names the comparisons that are left out alone.
 */
export interface KnownDifference {
  readonly feature: Feature
  readonly reason: string
  readonly except?: readonly string[]
}

export const knownDifferences: readonly KnownDifference[] = []
