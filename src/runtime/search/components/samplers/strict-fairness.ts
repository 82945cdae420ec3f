import { Failure } from '../../../../catalogue/failure.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import type { Random } from '../../../random/random.js'
import type { SampledSpace, SamplerComponent, Selection } from './sampler.js'

/**
 * Strict fairness (Chu, Zhang and Xu, FairNAS, ICCV 2021, section 3.3 and algorithm 1): a step has as many paths as a choice has
 * options, through which every option of every choice goes exactly once, each order of them as likely as any other; their gradients
 * are added up for one update. Where the space has constraints, all paths keep to them: each is as likely as any other within that
 * takes none of the options of those before it; where these leave none for the last, the step is drawn again.
 */
export const strictFairness: SamplerComponent = (read) => ({
  trains: 'paths',
  passes(space, _at, random) {
    const count = Math.max(1, ...space.decisions.map(({ options }) => options.length))
    for (const decision of space.decisions) requireFair(decision, count, read.clause)
    const paths = space.hasConstraints ? pathsWithin(space, count, random) : shuffledPaths(space, count, random)
    requireMet(space.decisions, paths, read.clause)
    return paths.map((selection, index) => space.path(`path[${String(index + 1)}]`, selection))
  },
  covers: (pass) => /^path\[\d+\]$/u.test(pass),
})

function shuffledPaths(space: SampledSpace, count: number, random: Random): readonly Selection[] {
  const orders = new Map<string, Uint32Array>()
  return Array.from({ length: count }, (_, index) =>
    space.architecture(({ path, options }) => {
      const order = orders.get(path) ?? Uint32Array.from(random.stream(path).permutation(options.length))
      orders.set(path, order)
      return [order[index % order.length] ?? 0]
    }),
  )
}

/** Steps that are drawn at most until one has all of its paths. */
const mostTries = 100

function pathsWithin(space: SampledSpace, count: number, random: Random): readonly Selection[] {
  const isOpen = new Set(space.decisions.flatMap(({ path, options }) => (options.length > 1 ? [path] : [])))
  let taken: Record<string, readonly number[]> = {}
  for (let tries = 0; tries < mostTries; tries++) {
    const found: Selection[] = []
    taken = {}
    while (found.length < count) {
      const drawn = space.drawWithout(random.stream(`path/${String(tries)}/${String(found.length)}`), taken)
      if (drawn === undefined) break
      found.push(drawn.selected)
      for (const [path, options] of Object.entries(drawn.selected)) {
        if (isOpen.has(path)) taken[path] = [...(taken[path] ?? []), ...options]
      }
    }
    if (found.length === count) return found
  }
  const told = Object.entries(taken).map(([path, options]) => `${path} ${options.join('+')}`)
  throw new Failure('no-second-path', { taken: told.join(', ') })
}

function requireFair({ path, options, arity }: Decision, count: number, clause: string): void {
  if (options.length === 1) return
  const reason =
    arity !== undefined
      ? 'it takes sets of options'
      : options.length < count
        ? `it has ${String(options.length)} options, and another choice has ${String(count)}`
        : undefined
  if (reason !== undefined) throw new Failure('not-strictly-fair', { clause, decision: path, reason })
}

/** What only some paths come to cannot be met once for each of its options. */
function requireMet(decisions: readonly Decision[], paths: readonly Selection[], clause: string): void {
  const missed = decisions.find(
    ({ path, options }) => options.length > 1 && paths.some((selection) => selection[path] === undefined),
  )
  if (missed === undefined || paths.every((selection) => Object.keys(selection).length === 0)) return
  const reason = 'it is there under some options of another choice alone'
  throw new Failure('not-strictly-fair', { clause, decision: missed.path, reason })
}
