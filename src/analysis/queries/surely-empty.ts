import type { Ir } from '../../ir/model/ir.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import { createDecider } from '../../space/binding/create-decider.js'
import { elaborate } from '../../space/network/build-network.js'
import type { Binding } from '../../space/values/binding.js'
import { budgetOf, buildUnits } from '../../space/values/budget.js'
import { spaceOf } from '../../space/values/definitions.js'
import { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import { possibleSelections } from '../diagram/decision-tree.js'

/** A space with more selections than this that cannot be built may have one that can. */
const mostBuilds = 200

/**
 * Whether a space surely has no network at all: its networks are built one after the other, depth first, until one can be.
 *
 * @throws Failure NAS6130 where a decision is between too many sets; NAS6139
 */
export function isSurelyEmpty(ir: Ir, space: string, options: ExploreOptions): boolean {
  const declaration = spaceOf(ir, space)
  const budget = budgetOf(ir)
  budget.enter(declaration.name)
  /** Positions of the answers that are to be given again; behind them the first ones are. */
  let prefix: readonly number[] | undefined = []
  for (let built = 0; prefix !== undefined; built++) {
    if (built === mostBuilds) return false
    budget.spend(buildUnits)
    const asked = new Map<string, Asked>()
    const binding: Binding = (decision) => {
      const selections = possibleSelections(decision)
      const { position } = asked.get(decision.path) ?? { position: prefix?.[asked.size] ?? 0 }
      if (!asked.has(decision.path)) asked.set(decision.path, { position, count: selections.length })
      return { kind: 'fixed', options: selections[position] ?? [] }
    }
    try {
      elaborate(ir, declaration, { ...options, binding, mode: 'standalone', outline: true }, createDecider(binding))
      return false
    } catch (failure) {
      if (!(failure instanceof ElaborationFailure)) throw failure
    }
    prefix = nextAnswers([...asked.values()])
  }
  return true
}

interface Asked {
  readonly position: number
  readonly count: number
}

/** The last answer that has another one behind it takes that; undefined: these were the last ones. */
function nextAnswers(asked: readonly Asked[]): readonly number[] | undefined {
  const last = asked.findLastIndex(({ position, count }) => position + 1 < count)
  return last < 0 ? undefined : asked.slice(0, last + 1).map(({ position }, at) => position + (at === last ? 1 : 0))
}
