import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import type {
  Candidate,
  CandidateDraws,
  ScoredCandidate,
  SearchingDerivation,
} from '../../../../../src/runtime/search/components/derivations/derivation.js'
import { crowdingOf, dominates, frontsOf } from '../../../../../src/runtime/search/components/derivations/domination.js'
import { openDerivation } from '../../../../../src/runtime/search/components/derivations/index.js'
import { bestLeaf } from '../../../../../src/runtime/search/components/derivations/tree.js'
import type { Argument } from '../../../../../src/runtime/search/components/component-use.js'
import type { Decision } from '../../../../../src/space/decisions/decision.js'

const decision = (path: string): Decision => ({ path, kind: 'layer', options: ['0', '1', '2', '3'] })
const decisions = [decision('a'), decision('b')]

/** What takes option `a` and option `b` costs `10 a + b`. */
const candidate = (a: number, b: number): Candidate => ({
  selected: { a: [a], b: [b] },
  macs: 10 * a + b,
  parameters: 0,
})
const scored = (a: number, b: number, score: number): ScoredCandidate => ({ ...candidate(a, b), score })
const named = (candidates: readonly Candidate[] | undefined): readonly string[] | undefined =>
  candidates?.map(({ selected }) => `${String(selected['a'])}${String(selected['b'])}`)

/** Draws these one after the other, again and again; all is allowed but option 3 of `a`. */
function drawsOf(order: readonly (readonly [number, number])[], seed = 1): CandidateDraws {
  let at = 0
  return {
    decisions,
    random: createRandom(seed),
    draw() {
      const [a, b] = order[at++ % order.length] ?? [0, 0]
      return candidate(a, b)
    },
    member: ({ a = [], b = [] }) => (a[0] === 3 ? undefined : candidate(a[0] ?? 0, b[0] ?? 0)),
  }
}

function opened(component: string, given: Readonly<Record<string, Argument>>): SearchingDerivation {
  const derivation = openDerivation({ component, arguments: given }, 'derive')
  if (derivation.kind !== 'search') throw new Error(`${component} does not search`)
  return derivation
}

const evolutionOf = (given: Readonly<Record<string, Argument>> = {}): SearchingDerivation =>
  opened('evolution', {
    ...{ population: 4, generations: 2, mutants: 2, crossovers: 2, parents: 2 },
    ...{ mutation: 0, crossover: 0, most: 100, aging: false, tournament: 0, ...given },
  })

const scores = [scored(0, 1, 0.2), scored(1, 1, 0.9), scored(1, 2, 0.9), scored(2, 0, 0.4)]

describe('derivations that draw at random', () => {
  it.each(['best', 'worst', 'random'])('%s scores so many, each once, in one round', (name) => {
    const derivation = opened(name, { of: 3, count: 3 })
    const round = derivation.next([], drawsOf([[0, 0], [0, 0], [1, 0], [0, 0], [2, 1], [2, 2]])) // prettier-ignore
    expect(named(round)).toEqual(['00', '10', '21'])
    expect(derivation.next([scores], drawsOf([[0, 0]]))).toBeUndefined()
  })

  it('end when nothing new is drawn', () => {
    expect(named(opened('best', { of: 3 }).next([], drawsOf([[0, 0], [1, 0]])))).toEqual(['00', '10']) // prettier-ignore
  })

  it.each([
    ['best', ['11']],
    ['worst', ['01']],
    ['random', ['11', '12', '20', '01']],
  ])('%s derives, of equals that which was scored first', (name, expected) => {
    expect(named(opened(name, { of: 4, count: 4 }).results([scores]))).toEqual(expected)
  })
})

describe('nsga2', () => {
  const given = {
    population: 4,
    generations: 3,
    mutation: 0.5,
    crossover: 0.5,
    most: 100,
    macs: true,
    parameters: false,
  }
  /** Good is what is dear, but for one that is good and cheap. */
  const scoreOf = ({ macs }: Candidate): number => (macs === 1 ? 0.9 : macs / 40)
  const everything = decisions[0]!.options.flatMap((_, a) => [0, 1, 2, 3].map((b) => [a, b] as const))

  function searched(more: Readonly<Record<string, Argument>> = {}) {
    const derivation = opened('nsga2', { ...given, ...more })
    const history: ScoredCandidate[][] = []
    for (;;) {
      const allowed = createRandom(5).permutation(12)
      const order = [...allowed].flatMap((index) => (everything[index] === undefined ? [] : [everything[index]]))
      const next = derivation.next(history, drawsOf(order, history.length))
      if (next === undefined) return { derivation, history }
      history.push(next.map((each) => ({ ...each, score: scoreOf(each) })))
    }
  }

  it('scores a population and as many children in each generation, none twice', () => {
    const { history } = searched({ generations: 2 })
    expect(history.map(({ length }) => length)).toEqual([4, 4, 4])
    expect(new Set(named(history.flat())).size).toBe(12)
  })

  it('derives all that nothing scored dominates, the best score first', () => {
    const { derivation, history } = searched()
    const all = history.flat()
    const front = all.filter((one) => !all.some((other) => beats(other, one)))
    expect(named(derivation.results(history))).toEqual(named(front.toSorted((a, b) => b.score - a.score)))
    function beats(one: ScoredCandidate, other: ScoredCandidate): boolean {
      const isNoWorse = one.score >= other.score && one.macs <= other.macs
      return isNoWorse && (one.score > other.score || one.macs < other.macs)
    }
  })

  it('of the score alone derives the best', () => {
    const { derivation, history } = searched({ macs: false })
    const best = Math.max(...history.flat().map(({ score }) => score))
    expect(derivation.results(history).map(({ score }) => score)).toEqual([best])
  })

  it('lets the dominated die: of two parents that are left no child has an option of the others', () => {
    const two = opened('nsga2', { ...given, population: 2, mutation: 0 })
    const history = [
      [scored(0, 0, 0.1), scored(2, 2, 0.9)],
      [scored(1, 1, 0.05), scored(2, 3, 0.2)],
    ]
    // What lives is 00 and 22: children of theirs are 02 and 20 alone.
    expect(named(two.next(history, drawsOf([[1, 2]], 3)))?.toSorted()).toEqual(['02', '20'])
  })
})

describe('fronts', () => {
  it.each([1, 2, 3])('of %d objectives are as domination says, and crowding is infinite at their ends', (count) => {
    const random = createRandom(count)
    const all = Array.from({ length: 60 }, () => Array.from({ length: count }, () => random.integer(8)))
    const fronts = frontsOf(all)
    expect(fronts.flat().toSorted((a, b) => a - b)).toEqual(all.map((_, index) => index))
    const front = (index: number): number => fronts.findIndex((each) => each.includes(index))
    all.forEach((one, index) => {
      // One more than the last front with something that dominates it.
      const above = all.flatMap((other, at) => (dominates(other, one) ? [front(at)] : []))
      expect(front(index)).toBe(Math.max(-1, ...above) + 1)
    })
    for (const each of fronts) {
      const objectives = each.map((index) => all[index]!)
      const apart = crowdingOf(objectives)
      expect(apart.every((distance) => distance >= 0)).toBe(true)
      expect(apart.filter((distance) => distance === Infinity).length).toBeGreaterThanOrEqual(Math.min(2, each.length))
    }
  })

  it('sum the gaps between neighbours in shares of the ranges', () => {
    expect(crowdingOf([[0, 10], [1, 6], [4, 5], [10, 0]])).toEqual([Infinity, 0.4 + 0.5, 0.9 + 0.6, Infinity]) // prettier-ignore
  })
})

describe('evolution', () => {
  it('lets the oldest die where it ages, however good they are', () => {
    // With no mutation and no crossover a child is one of its parents, and so known: what is missing is drawn.
    const parents = (given: Readonly<Record<string, Argument>>): ReadonlySet<string> => {
      const met = new Set<string>()
      const draws: CandidateDraws = {
        ...drawsOf([[2, 3]]),
        member({ a = [], b = [] }) {
          met.add(`${String(a)}${String(b)}`)
          return undefined
        },
      }
      evolutionOf({ mutants: 1, crossovers: 0, ...given }).next([[scored(1, 3, 1)], scores], draws)
      return met
    }
    expect(parents({ parents: 1 })).toEqual(new Set(['13']))
    expect(parents({ parents: 1, aging: true })).toEqual(new Set(['11']))
    // A tournament of one is any that is alive; one of many is won by the best.
    expect(parents({ tournament: 1, aging: true })).toEqual(new Set(['01', '11', '12', '20']))
    expect(parents({ tournament: 64, aging: true })).toEqual(new Set(['11', '12']))
  })

  it('begins with a population, and ends after its generations', () => {
    const order = [[0, 0], [0, 1], [0, 2], [0, 3], [1, 0]] as const // prettier-ignore
    expect(named(evolutionOf().next([], drawsOf(order)))).toEqual(['00', '01', '02', '03'])
    expect(evolutionOf().next([scores, scores, scores], drawsOf(order))).toBeUndefined()
    expect(evolutionOf().rounds).toBe(3)
  })

  it('draws what is missing where parents give nothing new', () => {
    // Without mutation a mutant is its parent, and a child its first parent.
    const round = evolutionOf().next([scores], drawsOf([[1, 1], [0, 0], [2, 2], [2, 3], [1, 3]])) // prettier-ignore
    expect(named(round)).toEqual(['00', '22', '23', '13'])
  })

  it('crosses the best alone', () => {
    // 01 and 12 of the best two crossed, whole or in parts: nothing but 02 and 11 is new.
    const history = [[scored(0, 1, 0.9), scored(1, 2, 0.8), scored(2, 3, 0.1), scored(2, 2, 0)]]
    const round = evolutionOf({ mutants: 0, crossovers: 2, crossover: 0.5 }).next(history, drawsOf([[3, 3]]))
    expect(named(round)?.toSorted()).toEqual(['02', '11'])
  })

  it('keeps within the space, whatever mutates', () => {
    for (let seed = 0; seed < 20; seed++) {
      const round = named(
        evolutionOf({ mutation: 1, mutants: 4, crossovers: 0 }).next([scores], drawsOf([[0, 0]], seed)),
      )
      expect(new Set(round).size).toBe(4)
      expect(round?.filter((name) => name.startsWith('3') || ['01', '11', '12', '20'].includes(name))).toEqual([])
    }
  })

  it('derives the best of all generations', () => {
    expect(named(evolutionOf().results([scores, [scored(2, 2, 0.95), scored(0, 0, 0.1)]]))).toEqual(['22'])
  })
})

describe('pareto', () => {
  const by = { component: 'random', arguments: { count: 4 } }
  const front = (bins: number) => opened('pareto', { bins, least: 5, most: 30, by })

  it('derives the best of every bin that no cheaper one is as good as, the best first', () => {
    // Bins of ten: 01 | 11, 12 | 20, 21. 12 is as good as 11, and dearer; 20 is worse than 11.
    expect(named(front(10).results([[...scores, scored(2, 1, 0.95)]]))).toEqual(['21', '11', '01'])
    expect(named(front(10).results([scores]))).toEqual(['11', '01'])
    expect(named(front(100).results([scores]))).toEqual(['11'])
  })

  it('asks for what the other derivation asks for, within both bounds', () => {
    const derivation = front(10)
    const { macs, rounds } = derivation
    expect([macs, rounds]).toEqual([{ least: 5, most: 30 }, 1])
    expect(named(derivation.next([], drawsOf([[0, 0], [1, 1], [2, 2], [0, 3]])))).toEqual(['00', '11', '22', '03']) // prettier-ignore
    const bounded = opened('pareto', { bins: 10, least: 0, most: 30, by: { component: 'evolution', arguments: {
      population: 4, generations: 0, mutants: 0, crossovers: 0, parents: 0, mutation: 0, crossover: 0,
      aging: false, tournament: 0, most: 20 } } }) // prettier-ignore
    expect(bounded.macs).toEqual({ least: 0, most: 20 })
  })
})

describe('tree', () => {
  const tree = opened('tree', { first: 8, then: 4, total: 14 })
  /** The better, the larger the option that b takes. */
  const history = [
    [0, 1, 2, 3].flatMap((b) => [scored(0, b, b === 3 ? 0.9 : 0.1 * b), scored(1, b, b === 3 ? 0.8 : 0.1 * b)]),
  ]
  const all = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].map((b) => [a, b] as const))

  it('begins with random ones, goes on in the better half, and ends with the best of all that it may score', () => {
    expect(named(tree.next([], drawsOf(all)))).toEqual(['00', '01', '02', '03', '10', '11', '12', '13'])
    const second = tree.next(history, drawsOf(all))
    // The median is 0.15: options 2 and 3 of b are on its better side.
    expect(named(second)).toEqual(['22', '23', '32', '33'])
    const scores = (second ?? []).map((each, index) => ({ ...each, score: 0.95 - 0.1 * index }))
    expect(tree.next([...history, scores], drawsOf(all))).toHaveLength(2)
    expect(tree.next([...history, scores, scores.slice(0, 2)], drawsOf(all))).toBeUndefined()
    expect(named(tree.results([...history, scores]))).toEqual(['22'])
  })

  it('takes any that is new where the better half has no more, and ends where nothing is new', () => {
    expect(named(tree.next(history, drawsOf([[2, 0], [3, 1]])))).toEqual(['20', '31']) // prettier-ignore
    expect(tree.next(history, drawsOf([[0, 0], [1, 3]]))).toBeUndefined() // prettier-ignore
  })

  it('is a level deeper for more than 400, 800, 1600 and 3200 scores', () => {
    const line = (count: number) =>
      Array.from({ length: count }, (_, place): ScoredCandidate => ({
        ...{ selected: { a: [Math.floor((64 * place) / count)] }, macs: 0, parameters: 0 },
        score: place,
      }))
    const sizes = [384, 448, 832, 1664, 3264].map((count) => {
      const inLeaf = bestLeaf(line(count))
      return Array.from({ length: 64 }, (_, a) => a).filter((a) => inLeaf({ a: [a] })).length
    })
    expect(sizes).toEqual([32, 16, 8, 4, 2])
  })
})

describe('successive halving', () => {
  const halving = (given: Readonly<Record<string, Argument>>) =>
    opened('successive_halving', { eta: 3, rungs: 0, most: 100, ...given })
  /** Rungs of a whole search among sixteen architectures, each better than those before it. */
  function rungs(given: Readonly<Record<string, Argument>>) {
    const derivation = halving(given)
    const all = [0, 1, 2].flatMap((a) => [0, 1, 2, 3].map((b) => [a, b] as const))
    const history: ScoredCandidate[][] = []
    for (;;) {
      const next = derivation.next(history, drawsOf(all))
      if (next === undefined) return { derivation, history }
      history.push(next.map((each) => ({ ...each, score: each.macs })))
    }
  }

  it.each([
    [{ of: 9 }, [9, 3, 1], [1 / 9, 1 / 3, 1]],
    [{ of: 8 }, [8, 2], [1 / 3, 1]],
    [{ of: 12, eta: 2 }, [12, 6, 3, 1], [1 / 8, 1 / 4, 1 / 2, 1]],
    [{ of: 12, eta: 2, rungs: 2 }, [12, 6], [1 / 2, 1]],
    // No more than there are.
    [{ of: 27 }, [12, 4, 1, 1], [1 / 27, 1 / 9, 1 / 3, 1]],
  ])('of %j has rungs of so many, trained for so much', (given, sizes, shares) => {
    const { derivation, history } = rungs(given)
    expect(history.map(({ length }) => length)).toEqual(sizes)
    shares.forEach((share, round) => expect(derivation.trainedShare?.(round)).toBeCloseTo(share, 12))
    expect(derivation.rounds).toBe(sizes.length)
    history.slice(1).forEach((round, index) => {
      const best = history[index]?.toSorted((a, b) => b.score - a.score).slice(0, round.length)
      expect(named(round)).toEqual(named(best))
    })
    expect(named(derivation.results(history))).toEqual(
      named(
        history
          .at(-1)
          ?.toSorted((a, b) => b.score - a.score)
          .slice(0, 1),
      ),
    )
  })

  it.each([
    [{ of: 2 }, 'at least 3'],
    [{ of: 9, rungs: 1 }, 'from 2 to 3'],
    [{ of: 9, rungs: 4 }, 'from 2 to 3'],
  ])('of %j is refused', (given, expected) => {
    expect(() => halving(given)).toThrow(expected)
  })

  it('has a front of those that were trained to the end', () => {
    const by = { component: 'successive_halving', arguments: { of: 4, eta: 2, rungs: 2, most: 100 } }
    const front = opened('pareto', { bins: 10, least: 0, most: 100, by })
    const last = [scored(1, 1, 0.5), scored(2, 0, 0.7)]
    expect(named(front.results([[scored(0, 0, 0.9), ...last], last]))).toEqual(['20', '11'])
  })
})

describe('bayesian', () => {
  const given = { first: 3, then: 2, total: 8, pool: 12, most: 100 }
  const all = [0, 1, 2].flatMap((a) => [0, 1, 2, 3].map((b) => [a, b] as const))
  /** Both choices add up. */
  const value = ({ selected: { a = [], b = [] } }: Candidate): number => 0.3 * (a[0] ?? 0) + 0.1 * (b[0] ?? 0)
  function searched(more: Readonly<Record<string, Argument>> = {}, scoreOf = value) {
    const derivation = opened('bayesian', { ...given, ...more })
    const history: ScoredCandidate[][] = []
    for (;;) {
      const order = [...createRandom(history.length).permutation(12)].flatMap((index) => all.slice(index, index + 1))
      const next = derivation.next(history, drawsOf(order, history.length))
      if (next === undefined) return { derivation, history }
      history.push(next.map((each) => ({ ...each, score: scoreOf(each) })))
    }
  }

  it('scores some at random, then so many in each round, none twice, and derives the best', () => {
    const { derivation, history } = searched()
    expect(history.map(({ length }) => length)).toEqual([3, 2, 2, 1])
    expect(derivation.rounds).toBe(4)
    expect(new Set(named(history.flat())).size).toBe(8)
    const best = Math.max(...history.flat().map(({ score }) => score))
    expect(derivation.results(history).map(({ score }) => score)).toEqual([best])
  })

  it('finds the best of what adds up in a few scores', () => {
    expect(named(searched({ then: 1 }).derivation.results(searched({ then: 1 }).history))).toEqual(['23'])
  })

  it('ends where nothing is new, and bears scores that are all equal', () => {
    expect(searched({ total: 40 }).history.flat()).toHaveLength(12)
    expect(searched({ total: 40 }, () => 0.5).history.flat()).toHaveLength(12)
  })

  it('is a function of the scores and the stream', () => {
    const rounds = () => searched().history.map((round) => named(round))
    expect(rounds()).toEqual(rounds())
  })
})
