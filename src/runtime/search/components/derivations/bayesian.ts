import { ranked } from './best.js'
import type { Candidate, CandidateDraws, DerivationComponent, ScoredCandidate } from './derivation.js'
import { distinct, keysOf } from './distinct.js'
import { expectedImprovement, gaussianProcess } from './gaussian-process.js'
import { optionsOf } from './taken-options.js'
import { mutant, parentAmong } from './variation.js'

/** The best so far, of which half of the pool are mutants. */
const mostParents = 5

/**
 * Bayesian optimisation: `first` architectures are drawn, then, until `total` are scored, `then` at a time are those of a pool that a
 * Gaussian process over their one-hot codes expects to exceed the best one by most. Half of the pool is drawn, half are mutants of
 * the best (White et al., BANANAS, AAAI 2021, section 4, on mutants in the pool). Several of a round are chosen one after the other,
 * each believed to come to what is expected of it (Ginsbourger, Le Riche and Carraro, Kriging is well-suited to parallelize
 * optimization, 2010, section 4.1, "Kriging believer").
 */
export const bayesian: DerivationComponent = (read) => {
  const count = (name: string): number => read.number(name, { least: 1, integer: true })
  const [first, then, total, pool] = [count('first'), count('then'), count('total'), count('pool')]
  return {
    kind: 'search',
    macs: { least: 0, most: read.number('most', { above: 0 }) },
    rounds: 1 + Math.ceil(Math.max(0, total - first) / then),
    next(history, draws) {
      const scored = history.flat()
      const wanted = Math.min(scored.length === 0 ? first : then, total - scored.length)
      const candidates =
        scored.length === 0
          ? distinct(wanted, new Set(), () => draws.draw())
          : mostPromising(scored, poolOf(scored, pool, draws), wanted)
      return candidates.length === 0 ? undefined : candidates
    },
    results: (history) => ranked(history.flat()).slice(0, 1),
  }
}

/** Architectures that were not scored, each once. */
function poolOf(scored: readonly ScoredCandidate[], size: number, draws: CandidateDraws): readonly Candidate[] {
  const known = keysOf(scored)
  const parents = ranked(scored).slice(0, mostParents)
  const chance = 1 / Math.max(1, draws.decisions.length)
  const near = distinct(Math.floor(size / 2), known, () => mutant(parentAmong(parents, draws.random), chance, draws))
  return [...near, ...distinct(size - near.length, known, () => draws.draw())]
}

function mostPromising(
  scored: readonly ScoredCandidate[],
  pool: readonly Candidate[],
  wanted: number,
): readonly Candidate[] {
  const process = gaussianProcess(scored.map(({ selected, score }) => ({ code: optionsOf(selected), value: score })))
  const best = Math.max(...scored.map(({ score }) => score))
  const left = pool.map((candidate) => ({ candidate, code: optionsOf(candidate.selected) }))
  const chosen: Candidate[] = []
  while (chosen.length < wanted && left.length > 0) {
    const gains = left.map(({ code }) => expectedImprovement(process.predict(code), best))
    const [taken] = left.splice(gains.indexOf(Math.max(...gains)), 1)
    if (taken === undefined) break
    chosen.push(taken.candidate)
    process.believe(taken.code)
  }
  return chosen
}
