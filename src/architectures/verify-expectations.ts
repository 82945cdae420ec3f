import { defaultConvention } from '../space/cost/convention.js'
import { costOf, type Cost } from '../space/cost/cost.js'
import { Failure } from '../catalogue/failure.js'
import type { Expectation, Ir, IrArchitecture } from '../ir/model/ir.js'
import { bindingOf, type Architecture } from '../space/architectures/architecture.js'
import { resolveAgainst, resolveArchitecture } from './resolve-architecture.js'
import { buildNetwork } from '../space/network/build-network.js'
import type { Binding } from '../space/values/binding.js'
import type { Decision } from '../space/values/decision.js'
import { decisionsOf } from '../analysis/index.js'
import { evaluate } from '../space/values/evaluate.js'
import type { Network } from '../space/network/network.js'
import { resolveParams, type ParamValues } from '../space/values/params.js'

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
 * Builds every architecture (of those given) that states its costs, stand-alone, and compares.
 *
 * @throws Failure if an architecture does not fit its space, cannot be built, or names an unknown cost or parameter
 */
export function verifyExpectations(
  ir: Ir,
  architectures: readonly IrArchitecture[] = ir.architectures,
): readonly ExpectationResult[] {
  const empty = resolveParams(ir, {})
  return architectures.flatMap((declaration) => {
    // Several costs of an architecture are read off one network, and what one convention counts is counted once.
    const networks = new Map<ParamValues, Network>()
    const costs = new Map<Network, Map<string, Cost>>()
    return declaration.expects.map((expectation): ExpectationResult => {
      const quantity = quantities[expectation.cost]
      if (!quantity) throw unknownQuantity(declaration.name, expectation.cost)
      const supplied = Object.entries(expectation.with).map(
        ([name, value]) => [name, evaluate(ir, value, empty)] as const,
      )
      const params = resolveParams(ir, Object.fromEntries(supplied))
      const network = networks.get(params) ?? networkOf(ir, declaration, params, empty)
      networks.set(params, network)
      const counted = costs.get(network) ?? new Map<string, Cost>()
      costs.set(network, counted)
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
/**
 * The network of an architecture under params. Its decisions are looked up among those of the space under the default
 * params, which are known already: params usually say how many copies and channels there are, and nothing of what is
 * chosen. Where the network meets another decision, the decisions are found anew.
 */
function networkOf(ir: Ir, declaration: IrArchitecture, params: ParamValues, defaults: ParamValues): Network {
  const { space } = declaration
  const known = new Map(decisionsOf(ir, space, { params: defaults }).map((decision) => [decision.path, decision]))
  const architecture = attempted(() => resolveAgainst(ir, declaration, params, [...known.values()]))
  const attempt = architecture && attempted(() => likeDefaults(ir, space, architecture, known, params))
  if (attempt) return attempt
  const exact = bindingOf(resolveArchitecture(ir, declaration, params))
  return buildNetwork(ir, space, { params, binding: exact, mode: 'standalone' })
}

/** The network, if the decisions that it meets are those known, with the same options. */
function likeDefaults(
  ir: Ir,
  space: string,
  architecture: Architecture,
  known: ReadonlyMap<string, Decision>,
  params: ParamValues,
): Network | undefined {
  const binding = bindingOf(architecture)
  const met = new Set<string>()
  const unlike: string[] = []
  const watched: Binding = (decision) => {
    const options = known.get(decision.path)?.options
    if (options !== decision.options && options?.join('\n') !== decision.options.join('\n')) unlike.push(decision.path)
    met.add(decision.path)
    return binding(decision)
  }
  const network = buildNetwork(ir, space, { params, binding: watched, mode: 'standalone' })
  return unlike.length === 0 && Object.keys(architecture.decisions).every((path) => met.has(path)) ? network : undefined
}

function attempted<T>(build: () => T): T | undefined {
  try {
    return build()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
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
