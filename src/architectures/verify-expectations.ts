import { defaultConvention } from '../space/cost/convention.js'
import { costOf, type Cost } from '../space/cost/cost.js'
import { Failure } from '../catalogue/failure.js'
import type { Expectation, Ir, IrArchitecture } from '../ir/model/ir.js'
import { bindingOf } from '../space/architectures/architecture.js'
import { buildNetwork } from '../space/network/build-network.js'
import { evaluate } from '../space/evaluation/evaluate.js'
import { paramsOf } from './architecture-params.js'
import { resolveArchitecture } from './resolve-architecture.js'

/** An `expect` of an architecture and what was found. */
export interface ExpectationResult {
  /** Name of the architecture. */
  readonly architecture: string
  readonly expectation: Expectation
  readonly found: number
  readonly holds: boolean
}

const quantities: Readonly<Record<string, (cost: Cost) => number>> = {
  parameters: (cost) => cost.parameters,
  params: (cost) => cost.parameters,
  macs: (cost) => cost.macs,
  flops: (cost) => cost.macs,
  activation_bytes: (cost) => cost.activationBytes,
}

/** Names that an `expect` knows. `flops` are multiply-accumulates, as in the papers. */
export const quantityNames: readonly string[] = Object.keys(quantities)

/**
 * Builds every architecture (of those given) that states its costs, stand-alone and with its params, and compares.
 *
 * @throws Failure if an architecture does not fit its space, cannot be built, or names an unknown cost or parameter
 */
export function verifyExpectations(
  ir: Ir,
  architectures: readonly IrArchitecture[] = ir.architectures,
): readonly ExpectationResult[] {
  return architectures.flatMap((declaration) => {
    if (declaration.expects.length === 0) return []
    const params = paramsOf(ir, declaration)
    const binding = bindingOf(resolveArchitecture(ir, declaration, params))
    const network = buildNetwork(ir, declaration.space, { params, binding, mode: 'standalone' })
    // What one convention counts is counted once.
    const counted = new Map<string, Cost>()
    return declaration.expects.map((expectation): ExpectationResult => {
      const quantity = quantities[expectation.cost]
      if (!quantity) throw unknownQuantity(declaration.name, expectation.cost)
      const { convention = defaultConvention } = expectation
      const cost = counted.get(convention) ?? costOf(network, convention)
      counted.set(convention, cost)
      const found = quantity(cost)
      const wanted = numberOf(evaluate(ir, expectation.value, params))
      const within = expectation.within ? numberOf(evaluate(ir, expectation.within, params)) : 0
      return {
        architecture: declaration.name,
        expectation,
        found,
        holds: holds(expectation.operator, found, wanted, within),
      }
    })
  })
}

function holds(operator: Expectation['operator'], found: number, wanted: number, within: number): boolean {
  const slack = Math.abs(wanted) * within
  switch (operator) {
    case '=':
      return Math.abs(found - wanted) <= slack
    case '<=':
      return found <= wanted + slack
    case '>=':
      return found >= wanted - slack
  }
}

function numberOf(value: ReturnType<typeof evaluate>): number {
  if (typeof value === 'number') return value
  throw new Failure('expectation-of-no-number', {})
}

function unknownQuantity(architecture: string, cost: string): Failure {
  return new Failure('unknown-cost', { architecture, cost, names: quantityNames.join(', ') })
}
