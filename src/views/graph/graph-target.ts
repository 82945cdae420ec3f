import type { Architecture } from '../../space/architectures/architecture.js'
import { buildNetwork, type DataImages } from '../../space/network/build-network.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import type { Binding } from '../../space/decisions/binding.js'
import type { Decision } from '../../space/decisions/decision.js'
import { decisionsOf, largestMember, outputShapes, type ShapeRange } from '../../analysis/index.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import type { Network } from '../../space/network/network.js'
import type { ParamValues } from '../../space/evaluation/params.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'

/** What is drawn: a space with its choices open, or an architecture, which is the same with selections. */
export interface GraphTarget {
  readonly ir: Ir
  readonly space: IrSpace
  readonly decisions: readonly Decision[]
  /**
   * All alternatives side by side, numbers at their largest or as the architecture says; where they do not fit together, one
   * member with what else there is beside it.
   */
  readonly network: Network
  /** The same with numbers at their smallest, where that can be built and differs. */
  readonly smallest?: Network
  /** What leaves each item of the network, over all members of the space, where that is known. */
  readonly outputs?: readonly (ShapeRange | undefined)[]
  /** Options taken, by path; absent: the space. */
  readonly selections?: Architecture['decisions']
}

/** @param images shape of the images and classes of data, where they are not those of the space */
export function graphTargetOf(
  ir: Ir,
  space: string,
  params: ParamValues,
  architecture?: Architecture,
  images: DataImages = {},
): GraphTarget {
  const declaration = spaceOf(ir, space)
  const decisions = decisionsOf(ir, declaration.id, { params })
  const selections = architecture?.decisions
  const smallest =
    selections === undefined ? attempt(() => sideBySide(ir, declaration.id, params, 'smallest')) : undefined
  const outputs = selections === undefined ? outputShapes(ir, declaration.id, { params }) : undefined
  return {
    ir,
    space: declaration,
    decisions,
    network:
      attempt(() => sideBySide(ir, declaration.id, params, 'largest', selections, images)) ??
      aroundMember(ir, declaration.id, params, selections, images),
    ...(smallest === undefined ? {} : { smallest }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(selections === undefined ? {} : { selections }),
  }
}

/** All alternatives as a search would mix them. @throws ElaborationFailure where some do not fit together */
function sideBySide(
  ir: Ir,
  space: string,
  params: ParamValues,
  pick: 'largest' | 'smallest',
  selections: Architecture['decisions'] = {},
  images: DataImages = {},
): Network {
  const binding: Binding = (decision) => {
    if (!isOfValues(decision)) return { kind: 'mix' }
    return { kind: 'fixed', options: selections[decision.path] ?? [extreme(decision, pick)] }
  }
  return buildNetwork(ir, space, { params, binding, mode: 'shared', ...images })
}

/**
 * One member, with the alternatives that it does not take beside those that it takes. Inputs that it does not take are left
 * out where all of them do not fit together.
 *
 * @throws ElaborationFailure where nothing can be built
 */
function aroundMember(
  ir: Ir,
  space: string,
  params: ParamValues,
  selections: Architecture['decisions'] | undefined,
  images: DataImages,
): Network {
  const member = selections ?? largestMember(ir, space, { params })?.decisions
  if (!member) return sideBySide(ir, space, params, 'largest', undefined, images)
  const build = (inputs: 'all' | 'own'): Network => {
    const binding: Binding = (decision) => {
      const own = member[decision.path]
      if (isOfValues(decision)) return { kind: 'fixed', options: own ?? [extreme(decision, 'largest')] }
      return decision.arity && inputs === 'own' && own ? { kind: 'fixed', options: own } : { kind: 'mix' }
    }
    return buildNetwork(ir, space, { params, binding, mode: 'shared', member, ...images })
  }
  return attempt(() => build('all')) ?? build('own')
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
