import type { Random } from '../../../random/random.js'
import { ranked } from './best.js'
import type { Candidate, DerivationComponent, ScoredCandidate } from './derivation.js'
import { distinct, keysOf } from './distinct.js'
import { crowdingOf, frontsOf, type Objectives } from './domination.js'
import { child, mutant, parentAmong } from './variation.js'

/**
 * NSGA-II (Deb et al., IEEE TEC 6(2), 2002): a population for several objectives at once, the score and few multiply-accumulates or
 * few parameters. Of population and children the best fronts live on, of the last of them those that stand apart; parents win
 * tournaments of two by front, then by how far apart they stand. No architecture is scored twice. All that nothing scored dominates
 * is derived, the best score first.
 */
export const nsga2: DerivationComponent = (read) => {
  const population = read.number('population', { least: 2, integer: true })
  const generations = read.number('generations', { least: 0, integer: true })
  const [mutation, crossover] = [
    read.number('mutation', { least: 0, most: 1 }),
    read.number('crossover', { least: 0, most: 1 }),
  ]
  const costs = (['macs', 'parameters'] as const).filter((cost) => read.boolean(cost))
  const objectives = (each: ScoredCandidate): Objectives => [each.score, ...costs.map((cost) => -each[cost])]
  return {
    kind: 'search',
    macs: { least: 0, most: read.number('most', { above: 0 }) },
    rounds: generations + 1,
    next(history, draws) {
      if (history.length > generations) return undefined
      const known = keysOf(history.flat())
      if (history.length === 0) return distinct(population, known, () => draws.draw())
      const living = history.reduce<readonly Standing[]>(
        (before, round) => survivors([...before.map(({ candidate }) => candidate), ...round], population, objectives),
        [],
      )
      const changed = distinct(population, known, () => {
        const crossed = child(winner(living, draws.random), winner(living, draws.random), crossover, draws)
        return crossed && mutant(crossed, mutation, draws)
      })
      return [...changed, ...distinct(population - changed.length, known, () => draws.draw())]
    },
    results(history) {
      const scored = history.flat()
      const [front = []] = frontsOf(scored.map(objectives))
      return ranked(front.flatMap((index) => scored[index] ?? []))
    },
  }
}

interface Standing {
  readonly candidate: ScoredCandidate
  /** From 0: dominated by nothing. */
  readonly front: number
  readonly apart: number
}

/** The first fronts, and of the one that is too many those that stand farthest apart. */
function survivors(
  candidates: readonly ScoredCandidate[],
  most: number,
  objectives: (candidate: ScoredCandidate) => Objectives,
): readonly Standing[] {
  const all = candidates.map(objectives)
  return frontsOf(all)
    .flatMap((front, number) => {
      const apart = crowdingOf(front.map((index) => all[index] ?? []))
      return front
        .flatMap((index, place): Standing[] => {
          const candidate = candidates[index]
          return candidate === undefined ? [] : [{ candidate, front: number, apart: apart[place] ?? 0 }]
        })
        .sort((a, b) => (a.apart === b.apart ? 0 : b.apart - a.apart))
    })
    .slice(0, most)
}

/** The better of two that are drawn. */
function winner(living: readonly Standing[], random: Random): Candidate {
  const [first, second] = [parentAmong(living, random), parentAmong(living, random)]
  const isBetter = second.front < first.front || (second.front === first.front && second.apart > first.apart)
  return (isBetter ? second : first).candidate
}
