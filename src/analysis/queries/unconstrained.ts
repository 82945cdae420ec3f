import type { Budget } from '../../space/limits/budget.js'
import type { Decision } from '../../space/decisions/decision.js'
import type { ExploredDecision } from '../../space/architectures/exploration.js'

/** More sets of options than this are not gone through one by one. */
const mostSubsets = 2 ** 20

/** Answers to a decision by itself: its options, or the sets of options that it may take. */
export function countSelections({ options, arity }: Decision): bigint {
  return arity
    ? symmetricSums(
        options.map(() => 1n),
        arity.least,
        arity.most,
      )
    : BigInt(options.length)
}

/**
 * Counts the architectures of a space by its decisions, never by enumeration: decisions that do not hang together are
 * multiplied, and a decision that others hang on is summed over its options. Decisions that do not exist under an option are
 * not counted there: an edge that is not taken has no operation. Their gates must all be among them.
 *
 * @throws Failure NAS6139 or NAS6140 where that takes more than the budget allows
 */
export function countFree(decisions: readonly ExploredDecision[], budget: Budget): bigint {
  budget.spend(decisions.length)
  return components(decisions).reduce((product, component) => product * countComponent(component, budget), 1n)
}

function countComponent(component: readonly ExploredDecision[], budget: Budget): bigint {
  const [only] = component
  if (only && component.length === 1) return countSelections(only.decision)
  const gate = mostDependencies(component)
  const { path, options, arity } = gate.decision
  const others = component.filter((decision) => decision !== gate)
  if (!arity) {
    // Options under which the same decisions exist are counted together.
    const groups = new Map<string, { count: bigint; readonly remaining: readonly ExploredDecision[] }>()
    options.forEach((_, option) => {
      const remaining = settle(others, path, (set) => set.has(option))
      const key = remaining.map(({ decision }) => decision.path).join('\n')
      const group = groups.get(key)
      if (group) group.count += 1n
      else groups.set(key, { count: 1n, remaining })
    })
    return [...groups.values()].reduce((sum, { count, remaining }) => sum + count * countFree(remaining, budget), 0n)
  }
  const separate = options.map((_, option) => others.filter(({ gates }) => dependsOn(gates, path, option)))
  const together = others.filter(({ gates }) => !gates.has(path))
  if (together.length === 0 && separate.reduce((sum, { length }) => sum + length, 0) === others.length) {
    // What hangs on one input hangs on no other: products over the inputs taken, summed over the sets of inputs.
    const weights = separate.map((hanging) =>
      countFree(
        settle(hanging, path, () => true),
        budget,
      ),
    )
    return symmetricSums(weights, arity.least, arity.most)
  }
  budget.enter(path)
  budget.demandRoom(2 ** options.length, mostSubsets, 'sets of options')
  return subsets(options.length, arity.least, arity.most).reduce(
    (sum, selections) =>
      sum +
      countFree(
        settle(others, path, (set) => selections.some((option) => set.has(option))),
        budget,
      ),
    0n,
  )
}

/** The decisions that remain once a gate is settled, with its condition removed. */
function settle(
  decisions: readonly ExploredDecision[],
  path: string,
  holds: (options: ReadonlySet<number>) => boolean,
): readonly ExploredDecision[] {
  const gone = new Set<string>()
  const kept = decisions.flatMap(({ decision, gates }) => {
    const condition = gates.get(path)
    if (condition && !holds(condition)) {
      gone.add(decision.path)
      return []
    }
    return [{ decision, gates: new Map([...gates].filter(([gate]) => gate !== path)) }]
  })
  return gone.size === 0 ? kept : withoutOrphans(kept, gone)
}

/** What hangs on a decision that does not exist does not exist either. */
function withoutOrphans(
  decisions: readonly ExploredDecision[],
  gone: ReadonlySet<string>,
): readonly ExploredDecision[] {
  const orphans = decisions.filter(({ gates }) => [...gates.keys()].some((gate) => gone.has(gate)))
  if (orphans.length === 0) return decisions
  const lost = new Set(orphans.map(({ decision }) => decision.path))
  return withoutOrphans(
    decisions.filter(({ decision }) => !lost.has(decision.path)),
    new Set([...gone, ...lost]),
  )
}

function dependsOn(gates: ExploredDecision['gates'], path: string, option: number): boolean {
  const options = gates.get(path)
  return options?.size === 1 && options.has(option)
}

/** The decision without gates on which most others hang. */
function mostDependencies(component: readonly ExploredDecision[]): ExploredDecision {
  const hanging = (path: string): number => component.filter(({ gates }) => gates.has(path)).length
  const roots = component.filter(({ gates }) => gates.size === 0)
  const best = roots.reduce<ExploredDecision | undefined>((most, root) => {
    return !most || hanging(root.decision.path) > hanging(most.decision.path) ? root : most
  }, undefined)
  if (!best)
    throw new Error(`decisions hang on each other: ${component.map(({ decision }) => decision.path).join(', ')}`)
  return best
}

/** Sets of decisions that have no gate in common. */
function components(decisions: readonly ExploredDecision[]): readonly (readonly ExploredDecision[])[] {
  const parents = new Map(decisions.map(({ decision }) => [decision.path, decision.path]))
  const root = (path: string): string => {
    const parent = parents.get(path) ?? path
    return parent === path ? path : root(parent)
  }
  for (const { decision, gates } of decisions) {
    for (const gate of gates.keys()) parents.set(root(gate), root(decision.path))
  }
  const groups = new Map<string, ExploredDecision[]>()
  for (const explored of decisions) {
    const key = root(explored.decision.path)
    groups.set(key, [...(groups.get(key) ?? []), explored])
  }
  return [...groups.values()]
}

/** Sum over all sets of `least` to `most` items of the product of their weights (elementary symmetric polynomials). */
export function symmetricSums(weights: readonly bigint[], least: number, most: number): bigint {
  let sums: readonly bigint[] = [1n]
  for (const weight of weights) {
    const before = sums
    sums = Array.from(
      { length: before.length + 1 },
      (_, size) => (before[size] ?? 0n) + weight * (before[size - 1] ?? 0n),
    )
  }
  return sums.slice(least, most + 1).reduce((total, sum) => total + sum, 0n)
}

function subsets(count: number, least: number, most: number): readonly (readonly number[])[] {
  let all: readonly (readonly number[])[] = [[]]
  for (let option = 0; option < count; option++) all = [...all, ...all.map((subset) => [...subset, option])]
  return all.filter(({ length }) => length >= least && length <= most)
}
