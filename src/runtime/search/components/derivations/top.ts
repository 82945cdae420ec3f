import type { Decision } from '../../../../space/decisions/decision.js'
import { throughPath } from '../../../../space/decisions/decision-path.js'
import { Failure } from '../../../../catalogue/failure.js'
import type { DerivationComponent } from './derivation.js'
import { strongestOption } from './strongest.js'

/**
 * Per node the `count` strongest inputs, the strongest first, each through its strongest operation. An edge is as strong
 * as the largest weight among its operations that may be derived; the weights are those of the softmax over all of
 * them. Where edges have weights of their own, it is that times its own (Xu et al., PC-DARTS, section 3.3). Equal edges
 * keep the order of their sources (Liu et al., DARTS, section 2.4 and its code).
 */
export const top: DerivationComponent = (read) => {
  const count = read.number('count', { least: 1, integer: true })
  return {
    kind: 'evidence',
    derive(open, input) {
      const byPath = new Map(input.decisions.map((decision) => [decision.path, decision]))
      const selected: Record<string, readonly number[]> = {}
      for (const decision of open.filter(isInputChoice)) {
        const edges = decision.options.map((source, index) => {
          const through = byPath.get(throughPath(decision.path, source))
          if (through === undefined) return refuseFixedOperation(decision, source, read.clause)
          const { option, weight } = strongestOption(through, input, read.clause)
          return { index, through, option, weight: weight * (input.weights[decision.path]?.[index] ?? 1) }
        })
        checkArity(decision, count, read.clause)
        const strongest = edges.toSorted((a, b) => b.weight - a.weight).slice(0, count)
        selected[decision.path] = strongest.map((edge) => edge.index)
        for (const edge of strongest) selected[edge.through.path] = [edge.option]
      }
      return selected
    },
  }
}

function isInputChoice(decision: Decision): boolean {
  return decision.kind === 'from' && decision.arity !== undefined
}

function checkArity(decision: Decision, count: number, clause: string): void {
  const { least, most } = decision.arity ?? { least: 1, most: 1 }
  if (count >= least && count <= most) return
  const arity = least === most ? String(least) : `${String(least)} to ${String(most)}`
  throw new Failure('top-does-not-fit', { count, clause, decision: decision.path, arity })
}

function refuseFixedOperation(decision: Decision, source: string, clause: string): never {
  throw new Failure('top-without-operations', { clause, decision: decision.path, source })
}
