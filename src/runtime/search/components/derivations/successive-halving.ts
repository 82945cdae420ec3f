import { Failure } from '../../../../catalogue/failure.js'
import { ranked } from './best.js'
import type { DerivationComponent } from './derivation.js'
import { distinct } from './distinct.js'

/**
 * Successive halving (Jamieson and Talwalkar, Non-stochastic best arm identification and hyperparameter optimization, AISTATS 2016,
 * figure 1; in the terms of Li et al., Hyperband, JMLR 18, 2018, algorithm 1): `of` architectures are drawn and trained for a small
 * share of a whole training, the best of them, one in `eta`, are trained on to `eta` times that share, and so from rung to rung, until
 * those of the last are trained to the end. Nothing is asynchronous: a rung is complete before the next one begins.
 */
export const successiveHalving: DerivationComponent = (read) => {
  const count = read.number('of', { least: 2, integer: true })
  const eta = read.number('eta', { least: 2, integer: true })
  const asked = read.number('rungs', { least: 0, integer: true })
  const most = rungsOf(count, eta)
  const refuse = (argument: string, found: number, expected: string): never => {
    const component = 'successive_halving'
    throw new Failure('wrong-argument', { argument, component, clause: read.clause, found, expected })
  }
  if (most === 1) return refuse('of', count, `at least ${String(eta)}, of which one in ${String(eta)} goes on`)
  const rungs = asked === 0 ? most : asked
  if (rungs === 1 || rungs > most) {
    const halved = `of ${String(count)} architectures one in ${String(eta)} goes on each time`
    return refuse('rungs', rungs, `from 2 to ${String(most)}: ${halved}`)
  }
  return {
    kind: 'search',
    macs: { least: 0, most: read.number('most', { above: 0 }) },
    rounds: rungs,
    trainedShare: (round) => eta ** (round + 1 - rungs),
    next(history, draws) {
      const last = history.at(-1)
      if (last === undefined) return distinct(count, new Set(), () => draws.draw())
      if (history.length === rungs) return undefined
      return ranked(last).slice(0, Math.max(1, Math.floor(last.length / eta)))
    },
    results: (history) => ranked(history.at(-1) ?? []).slice(0, 1),
  }
}

/** As many as leave an architecture in the last: 1 + floor(log(count) / log(eta)). */
function rungsOf(count: number, eta: number): number {
  return count < eta ? 1 : 1 + rungsOf(Math.floor(count / eta), eta)
}
