import type { VariableStore } from '../../backend/engine/engine.js'
import { logitsName } from '../../plan/mixture.js'
import type { EntropyByKind } from '../../run/events.js'
import type { RelaxedSpace } from './relaxed.js'

/** Decision path -> weight of every option, from the logits as they stand. */
export type Probabilities = Readonly<Record<string, readonly number[]>>

export function readProbabilities(space: RelaxedSpace, variables: VariableStore): Probabilities {
  return Object.fromEntries(
    space.trained.map(({ decision, distribution }) => [
      decision.path,
      distribution.weights(variables.read(logitsName(decision.path))),
    ]),
  )
}

/** Mean entropy in nats by kind of decision: the natural logarithm of the number of options where nothing is known. */
export function entropyByKind(space: RelaxedSpace, probabilities: Probabilities): EntropyByKind {
  const sums = new Map<string, { entropy: number; count: number }>()
  for (const { decision } of space.trained) {
    const sum = sums.get(decision.kind) ?? { entropy: 0, count: 0 }
    for (const p of probabilities[decision.path] ?? []) sum.entropy -= p > 0 ? p * Math.log(p) : 0
    sum.count++
    sums.set(decision.kind, sum)
  }
  return Object.fromEntries([...sums].map(([what, { entropy, count }]) => [what, entropy / count]))
}
