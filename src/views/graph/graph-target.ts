import type { Architecture } from '../../space/architectures/architecture.js'
import { buildNetwork } from '../../space/network/build-network.js'
import { spaceOf } from '../../space/values/definitions.js'
import type { Binding } from '../../space/values/binding.js'
import type { Decision } from '../../space/values/decision.js'
import { decisionsOf } from '../../analysis/index.js'
import { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import type { Network } from '../../space/network/network.js'
import type { ParamValues } from '../../space/values/params.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'

/** What is drawn: a space with its choices open, or an architecture, which is the same with answers. */
export interface GraphTarget {
  readonly ir: Ir
  readonly space: IrSpace
  readonly decisions: readonly Decision[]
  /** All alternatives side by side, numbers at their largest or as the architecture says. */
  readonly network: Network
  /** The same with numbers at their smallest, where that can be built and differs. */
  readonly smallest?: Network
  /** Options taken, by path; absent: the space. */
  readonly answers?: Architecture['decisions']
}

export function graphTargetOf(ir: Ir, space: string, params: ParamValues, architecture?: Architecture): GraphTarget {
  const declaration = spaceOf(ir, space)
  const answers = architecture?.decisions
  const build = (pick: 'largest' | 'smallest'): Network => {
    const binding: Binding = (decision) => {
      if (!isOfValues(decision)) return { kind: 'mix' }
      return { kind: 'fixed', options: answers?.[decision.path] ?? [extreme(decision, pick)] }
    }
    return buildNetwork(ir, declaration.id, { params, binding, mode: 'shared' })
  }
  const smallest = answers === undefined ? attempt(() => build('smallest')) : undefined
  return {
    ir,
    space: declaration,
    decisions: decisionsOf(ir, declaration.id, { params }),
    network: build('largest'),
    ...(smallest === undefined ? {} : { smallest }),
    ...(answers === undefined ? {} : { answers }),
  }
}

/** Whether the options of a decision are numbers, booleans or strings, of which a network has one at a time. */
export function isOfValues(decision: Decision): boolean {
  if (decision.arity) return false
  return decision.values !== undefined || decision.options.every((text) => /^(true|false|".*")$/.test(text))
}

function extreme({ values }: Decision, pick: 'largest' | 'smallest'): number {
  if (!values) return 0
  const extreme = pick === 'largest' ? Math.max(...values) : Math.min(...values)
  return values.indexOf(extreme)
}

function attempt(build: () => Network): Network | undefined {
  try {
    return build()
  } catch (failure) {
    if (failure instanceof ElaborationFailure) return undefined
    throw failure
  }
}
