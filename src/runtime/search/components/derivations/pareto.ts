import { Failure } from '../../../../catalogue/failure.js'
import { printArgument } from '../component-use.js'
import type { DerivationComponent, ScoredCandidate } from './derivation.js'
import { openDerivation } from './index.js'
import { scoredAlike } from './scored-alike.js'

/**
 * All that another derivation scores, and of these the architectures that are best at their cost: of every bin of
 * multiply-accumulates the best one, where no cheaper one is as good.
 */
export const pareto: DerivationComponent = (read) => {
  const by = read.component('by')
  const inner = openDerivation(by, read.clause)
  if (inner.kind !== 'search') {
    throw new Failure('wrong-argument', {
      argument: 'by',
      component: 'pareto',
      clause: read.clause,
      found: printArgument(by),
      expected: 'a derivation that scores architectures, such as `evolution`',
    })
  }
  const width = read.number('bins', { above: 0 })
  const least = Math.max(inner.macs.least, read.number('least', { least: 0 }))
  const most = Math.min(inner.macs.most, read.number('most', { above: 0 }))
  return { ...inner, macs: { least, most }, results: (history) => front(scoredAlike(inner, history), width) }
}

/** The best one first. */
function front(candidates: readonly ScoredCandidate[], width: number): readonly ScoredCandidate[] {
  const bins = new Map<number, ScoredCandidate>()
  for (const candidate of candidates) {
    const bin = Math.floor(candidate.macs / width)
    const known = bins.get(bin)
    if (known === undefined || isBetter(candidate, known)) bins.set(bin, candidate)
  }
  let best = -Infinity
  const found = [...bins.values()]
    .sort((a, b) => a.macs - b.macs)
    .filter(({ score }) => {
      const rises = score > best
      if (rises) best = score
      return rises
    })
  return found.toReversed()
}

function isBetter(a: ScoredCandidate, b: ScoredCandidate): boolean {
  return a.score > b.score || (a.score === b.score && a.macs < b.macs)
}
