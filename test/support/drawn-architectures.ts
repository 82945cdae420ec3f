import {
  bindingOf,
  buildNetwork,
  ElaborationFailure,
  type Architecture,
  type ParamValues,
} from '../../src/space/index.js'
import { costOf } from '../../src/space/cost/index.js'
import type { Ir } from '../../src/ir/model/ir.js'
import type { Random } from '../../src/runtime/random/random.js'

/**
 * Answers every decision that a network asks for by chance, without the analysis of its space. Nothing where what was drawn
 * cannot be built.
 */
export function drawnArchitecture(
  ir: Ir,
  space: string,
  params: ParamValues,
  random: Random,
): Architecture | undefined {
  const decisions: Record<string, readonly number[]> = {}
  try {
    buildNetwork(ir, space, {
      params,
      mode: 'standalone',
      binding: ({ path, options, arity }) => {
        const count = arity ? arity.least + random.integer(arity.most - arity.least + 1) : 1
        decisions[path] ??= [...random.permutation(options.length)].slice(0, count).sort((a, b) => a - b)
        return { kind: 'fixed', options: decisions[path] }
      },
    })
  } catch (failure) {
    if (failure instanceof ElaborationFailure) return undefined
    throw failure
  }
  return { space, decisions }
}

/** Parameters and multiply-accumulates of its network. */
export function costsUnder(ir: Ir, architecture: Architecture, params: ParamValues): readonly number[] {
  const binding = bindingOf(architecture)
  const { parameters, macs } = costOf(buildNetwork(ir, architecture.space, { params, binding, mode: 'standalone' }))
  return [parameters, macs]
}
