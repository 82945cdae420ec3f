import type { Expression } from '../../ir/model/expression.js'
import type { IrOperation, PrimitiveRules } from '../../ir/model/operation.js'
import type { NetworkBuilder } from './network-builder.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import { printShape } from '../evaluation/shape.js'
import type { Environment } from '../evaluation/environment.js'
import { booleanIn, numberIn } from '../evaluation/evaluate.js'
import { baseName } from '../expressions/labels.js'
import type { LayerCost, Weight } from './network.js'
import type { Shape } from '../evaluation/shape.js'
import type { ParamValues } from '../evaluation/params.js'
import { printExpression } from '../expressions/print-expression.js'
import { describeKind, type Thunk, type Value } from '../evaluation/value.js'

/** What a primitive gives at some arguments and shape: everything but its path. */
interface Outcome {
  readonly out: Shape
  readonly weights: readonly Omit<Weight, 'path'>[]
  readonly cost: LayerCost
}

const outcomes = new WeakMap<ParamValues, WeakMap<PrimitiveRules, Map<string, Outcome>>>()

/**
 * Adds a primitive to the network: its rules, read from the IR, give shape, weights and costs. Networks are built of few
 * different primitives, so what the rules give is memoised.
 *
 * @param site  the place where it stands; `at` is the path of the new node
 * @throws ElaborationFailure if a `require` does not hold, or a shape is not made of positive integers
 */
export function applyPrimitive(
  builder: NetworkBuilder,
  site: Environment,
  operation: IrOperation,
  rules: PrimitiveRules,
  values: Readonly<Record<string, Value>>,
  input: number,
): number {
  const attributes = attributesOf(site, values)
  const shape = builder.shape(input)
  const ofParams = outcomes.get(site.params) ?? new WeakMap<PrimitiveRules, Map<string, Outcome>>()
  outcomes.set(site.params, ofParams)
  const ofRules = ofParams.get(rules) ?? new Map<string, Outcome>()
  ofParams.set(rules, ofRules)
  const key = JSON.stringify([attributes, shape.height, shape.width, shape.channels, site.surroundings])
  const { out, weights, cost } = ofRules.get(key) ?? outcomeOf(site, operation, rules, values, shape)
  ofRules.set(key, { out, weights, cost })
  return builder.layer({
    path: site.at,
    input,
    shape: out,
    // A program may import it under another name.
    operation: baseName(operation.id),
    attributes,
    weights: weights.map((weight) => ({ ...weight, path: `${site.at}.${weight.name}` })),
    cost,
    rules,
  })
}

function outcomeOf(
  site: Environment,
  operation: IrOperation,
  rules: PrimitiveRules,
  values: Readonly<Record<string, Value>>,
  shape: Shape,
): Outcome {
  const locals = Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Thunk] => [name, { kind: 'known', value }]),
  )
  const before: Environment = {
    ...site,
    locals,
    surroundings: { ...site.surroundings, in: shape.channels },
    maps: { input: shape },
  }

  for (const { test, message } of rules.requires) {
    if (booleanIn(before, test)) continue
    const requirement =
      message ?? `\`${operation.name}\` requires ${printExpression(test)}, which does not hold on ${printShape(shape)}.`
    throw new ElaborationFailure(site.at, 'requirement-not-met', { requirement, operation: operation.id })
  }

  const size = (expression: Expression | undefined, fallback: number, dimension: string): number => {
    const value = expression ? numberIn(before, expression) : fallback
    if (Number.isInteger(value) && value > 0) return value
    throw new ElaborationFailure(site.at, 'impossible-shape', {
      operation: operation.name,
      input: printShape(shape),
      dimension,
      value,
    })
  }
  const out: Shape = {
    height: size(rules.out.height, shape.height, 'height'),
    width: size(rules.out.width, shape.width, 'width'),
    channels: size(rules.out.channels, shape.channels, 'number of channels'),
  }

  const after: Environment = { ...before, maps: { input: shape, out } }
  const weights = rules.weights
    .filter(({ when }) => !when || booleanIn(after, when))
    .map(({ name, shape: dimensions, role, init }) => {
      const path = `${site.at}.${name}`
      return { name, role, init, shape: dimensions.map((dimension) => dimensionIn(after, dimension, path)) }
    })
  const extra = Object.entries(rules.costs).map(([name, cost]) => [name, numberIn(after, cost)] as const)

  return {
    out,
    weights,
    cost: { macs: rules.macs ? numberIn(after, rules.macs) : 0, extra: Object.fromEntries(extra) },
  }
}

function dimensionIn(environment: Environment, expression: Expression, path: string): number {
  const value = numberIn(environment, expression)
  if (Number.isInteger(value) && value > 0) return value
  throw new ElaborationFailure(path, 'impossible-weight', { value, expression: printExpression(expression) })
}

function attributesOf(
  site: Environment,
  values: Readonly<Record<string, Value>>,
): Readonly<Record<string, number | boolean | string>> {
  const attributes: Record<string, number | boolean | string> = {}
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'object') {
      throw new ElaborationFailure(site.at, 'wrong-kind-of-value', {
        subject: name,
        expected: 'a number, a boolean or a string, as all arguments of primitives',
        found: describeKind(value),
      })
    }
    attributes[name] = value
  }
  return attributes
}
