import type { ComponentUse } from '../component-use.js'
import type { ArgumentReader } from '../reader.js'
import type { DerivationComponent, ScoredCandidate, SearchingDerivation } from './derivation.js'
import { distinct } from './distinct.js'

/** The best of several architectures that are drawn at random. */
export const best: DerivationComponent = (read) => ofSeveral(read, 'of', (ranked) => ranked.slice(0, 1))

/** The worst of them. */
export const worst: DerivationComponent = (read) => ofSeveral(read, 'of', (ranked) => ranked.slice(-1))

/** All of them. */
export const random: DerivationComponent = (read) => ofSeveral(read, 'count', (ranked) => ranked)

function ofSeveral(
  read: ArgumentReader,
  argument: string,
  results: (ranked: readonly ScoredCandidate[]) => readonly ScoredCandidate[],
): SearchingDerivation {
  const count = read.number(argument, { least: 1, integer: true })
  return drawnAtOnce(count, results, read.has('by') ? read.component('by') : undefined)
}

/** So many architectures, each as likely as any other: none twice, and fewer where there are not as many. */
export function drawnAtOnce(
  count: number,
  results: (ranked: readonly ScoredCandidate[]) => readonly ScoredCandidate[],
  score?: ComponentUse,
): SearchingDerivation {
  return {
    kind: 'search',
    ...(score !== undefined && { score }),
    macs: { least: 0, most: Infinity },
    rounds: 1,
    next: (history, draws) => (history.length > 0 ? undefined : distinct(count, new Set(), () => draws.draw())),
    results: (history) => results(ranked(history.flat())),
  }
}

/** The best one first; of equals the one that was scored first. */
export function ranked(candidates: readonly ScoredCandidate[]): readonly ScoredCandidate[] {
  return candidates.toSorted((a, b) => b.score - a.score)
}
