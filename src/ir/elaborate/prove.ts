import { costOf, type Cost } from '../cost/cost.js'
import { Failure } from '../failure.js'
import type { Expectation, Ir, IrArchitecture } from '../model/ir.js'
import { bindingOf, resolveArchitecture } from './architecture.js'
import { buildNetwork } from './build.js'
import { evaluate } from './evaluate.js'
import { resolveParams } from './params.js'

/** An `expect` of an architecture and what was found. */
export interface Proof {
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
 * Builds every architecture (of those given) that states its costs, stand-alone, and compares.
 *
 * @throws Failure if an architecture does not fit its space, cannot be built, or names an unknown cost or parameter
 */
export function proveExpectations(
  ir: Ir,
  architectures: readonly IrArchitecture[] = ir.architectures,
): readonly Proof[] {
  return architectures.flatMap((declaration) =>
    declaration.expects.map((expectation): Proof => {
      const empty = resolveParams(ir, {})
      const given = Object.entries(expectation.with).map(([name, value]) => [name, evaluate(ir, value, empty)] as const)
      const params = resolveParams(ir, Object.fromEntries(given))
      const binding = bindingOf(resolveArchitecture(ir, declaration, params))
      const network = buildNetwork(ir, declaration.space, { params, binding, mode: 'standalone' })
      const quantity = quantities[expectation.cost]
      if (!quantity) throw unknownQuantity(declaration.name, expectation.cost)
      const found = quantity(costOf(network, expectation.convention))
      const wanted = numberOf(evaluate(ir, expectation.value, params))
      const within = expectation.within ? numberOf(evaluate(ir, expectation.within, params)) : 0
      return {
        architecture: declaration.name,
        expectation,
        found,
        holds: holds(expectation.operator, found, wanted, within),
      }
    }),
  )
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
  throw new Failure('NAS6116', 'An `expect` compares a cost with something that is no number.', 'Write a number.')
}

function unknownQuantity(architecture: string, cost: string): Failure {
  return new Failure(
    'NAS6117',
    `The architecture ${architecture} expects the cost \`${cost}\`, which is not known.`,
    `Use one of ${quantityNames.join(', ')}.`,
  )
}
