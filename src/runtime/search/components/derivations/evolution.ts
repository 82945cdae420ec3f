import type { Random } from '../../../random/random.js'
import { ranked } from './best.js'
import type { DerivationComponent, ScoredCandidate } from './derivation.js'
import { distinct, keysOf } from './distinct.js'
import { child, mutant, parentAmong } from './variation.js'

/**
 * Evolution: a population drawn at random, then generations of mutants and crossovers of the best so far (Guo et al.,
 * Single Path One-Shot, ECCV 2020, algorithm 1). No architecture is scored twice. A change that leads out of the space, its
 * constraints or the bound is tried anew; after a hundred of them in a row that give nothing new, what is missing of a generation
 * is drawn at random.
 */
export const evolution: DerivationComponent = (read) => {
  const count = (name: string, least: number): number => read.number(name, { least, integer: true })
  const chance = (name: string): number => read.number(name, { least: 0, most: 1 })
  const population = count('population', 1)
  const generations = count('generations', 0)
  const parents = count('parents', 0)
  const tournament = count('tournament', 0)
  const aging = read.boolean('aging')
  const [mutants, crossovers] = [count('mutants', 0), count('crossovers', 0)]
  const [mutation, crossover] = [chance('mutation'), chance('crossover')]

  return {
    kind: 'search',
    macs: { least: 0, most: read.number('most', { above: 0 }) },
    rounds: generations + 1,
    next(history, draws) {
      if (history.length > generations) return undefined
      const scored = history.flat()
      const known = keysOf(scored)
      if (history.length === 0) return distinct(population, known, () => draws.draw())
      // The oldest die, however good they are (Real et al., Regularized Evolution, AAAI 2019, section 3.2).
      const alive = aging ? scored.slice(-population) : scored
      const pool = ranked(alive).slice(0, parents === 0 ? Math.ceil(population / 2) : parents)
      const parent = (): ScoredCandidate =>
        tournament === 0 ? parentAmong(pool, draws.random) : winner(alive, tournament, draws.random)
      const changed = [
        ...distinct(mutants, known, () => mutant(parent(), mutation, draws)),
        ...distinct(crossovers, known, () => child(parent(), parent(), crossover, draws)),
      ]
      return [...changed, ...distinct(mutants + crossovers - changed.length, known, () => draws.draw())]
    },
    results: (history) => ranked(history.flat()).slice(0, 1),
  }
}

/** The best of some that are drawn. */
function winner(alive: readonly ScoredCandidate[], size: number, random: Random): ScoredCandidate {
  const drawn = Array.from({ length: size }, () => parentAmong(alive, random))
  return drawn.reduce((best, each) => (each.score > best.score ? each : best))
}
