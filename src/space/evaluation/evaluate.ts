import type { Expression, IfExpression, WithExpression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrParameter } from '../../ir/model/operation.js'
import type { IrLet } from '../../ir/model/space.js'
import { definitionsOf } from '../expressions/definitions.js'
import { lengthOfRange, rangeOf } from '../expressions/arithmetic.js'
import { checkType } from './check-type.js'
import { childrenOf } from '../expressions/children.js'
import type { Environment } from './environment.js'
import { evaluateBinary } from './evaluate-binary.js'
import { choose } from './evaluate-choice.js'
import { functions } from '../expressions/functions.js'
import type { ParamValues } from './params.js'
import { demandWithin } from '../limits/sizes.js'
import { mayChoose } from './may-choose.js'
import { printExpression } from '../expressions/print-expression.js'
import { printValue } from './print-value.js'
import { unique } from './sets.js'
import { letScope, spaceScope } from '../decisions/decision-scope.js'
import { identity, isList, isOperation, type OperationValue, type Thunk, type Value } from './value.js'
import { mismatch, unknown } from './value-failures.js'

/**
 * Evaluates a closed expression: settings of a search, `with` and `expect` of an architecture.
 *
 * @throws ElaborationFailure (`value`) if it has no value, for example because it holds an open choice.
 */
export function evaluate(ir: Ir, expression: Expression, params: ParamValues): Value {
  return evaluateIn(rootEnvironment(ir, params), expression)
}

/** Nothing is known here but parameters and constants. Open choices of the space are settled by `decider`. */
export function rootEnvironment(
  ir: Ir,
  params: ParamValues,
  built?: Pick<Environment, 'space' | 'decider'>,
): Environment {
  return {
    ...built,
    definitions: definitionsOf(ir),
    params,
    scope: spaceScope,
    locals: {},
    maps: {},
    at: '',
  }
}

/** An expression to be evaluated later, in the environment where it is written. */
export function delay(expression: Expression, environment: Environment): Thunk {
  return { kind: 'delayed', expression, environment }
}

/** At once where the place of use cannot matter, so that equal operations print alike; later otherwise. */
function bind(expression: Expression, environment: Environment): Thunk {
  if (!isSettled(expression, environment)) return delay(expression, environment)
  return { kind: 'known', value: evaluateIn(environment, expression) }
}

function bindAll(
  supplied: Readonly<Record<string, Expression>>,
  environment: Environment,
): Readonly<Record<string, Thunk>> {
  return Object.fromEntries(Object.entries(supplied).map(([name, argument]) => [name, bind(argument, environment)]))
}

/** An operation, or every one of a set, with arguments in place of those that it has of these names. */
function withArguments(environment: Environment, expression: WithExpression): Value {
  const supplied = bindAll(expression.arguments, environment)
  const value = evaluateIn(environment, expression.of)
  const withGiven = (each: Value): Value => {
    const takes = typeof each === 'object' && !isList(each) && isOperation(each) && each.kind === 'operation'
    const names = takes ? each.operation.parameters.map(({ name }) => name) : []
    const lacking = Object.keys(supplied).find((name) => !names.includes(name))
    if (takes && lacking === undefined) return { ...each, arguments: { ...each.arguments, ...supplied } }
    throw unknown(environment, `\`${printValue(each)}\` has no parameter \`${lacking ?? ''}\``)
  }
  return isList(value) ? unique(value.map(withGiven)) : withGiven(value)
}

/** True if nothing open and nothing of the place of use takes part in the value. */
function isSettled(expression: Expression, environment: Environment): boolean {
  switch (expression.kind) {
    case 'choice':
    case 'context':
    case 'field':
    case 'for':
      return false
    case 'local': {
      const thunk = environment.locals[expression.name]
      return thunk !== undefined && (thunk.kind === 'known' || isSettled(thunk.expression, thunk.environment))
    }
    case 'constant': {
      const constant = environment.definitions.constants.get(expression.id)
      return constant !== undefined && isSettled(constant.value, environment)
    }
    default:
      return childrenOf(expression).every((child) => isSettled(child, environment))
  }
}

/** Evaluates what was written elsewhere. If it was written outside of any place, the place of `site` counts. */
export function force(thunk: Thunk, site: Environment): Value {
  if (thunk.kind === 'known') return thunk.value
  return evaluateIn(usedIn(site, thunk.environment), thunk.expression)
}

/** The environment of a text at the place where its value is used: that of the text, where it has a place of its own. */
export function usedIn(site: Environment, written: Environment): Environment {
  if (!site.surroundings) return written
  // A stage knows less of a place than its layers, in which its lets are used.
  if (written.surroundings) return { ...written, surroundings: { ...site.surroundings, ...written.surroundings } }
  return { ...written, surroundings: site.surroundings, maps: { ...site.maps, ...written.maps }, at: site.at }
}

/** The environment with `let`s added. Each is evaluated where it is used; the decisions in it are made once, by its name. */
export function withLets(environment: Environment, lets: readonly IrLet[]): Environment {
  let inner = environment
  for (const { name, value } of lets) {
    const scope = letScope(environment.scope, name, value.kind === 'choice')
    inner = { ...inner, locals: { ...inner.locals, [name]: delay(value, { ...inner, scope }) } }
  }
  return inner
}

/** Evaluates an expression; see {@link Value}. @throws ElaborationFailure, and a Fork where a mixed decision is met. */
export function evaluateIn(environment: Environment, expression: Expression): Value {
  switch (expression.kind) {
    case 'number':
    case 'boolean':
    case 'string':
      return expression.value
    case 'param':
    case 'constant':
    case 'local':
    case 'context':
    case 'field':
      return evaluateName(environment, expression)
    case 'unary':
      return expression.operator === '-'
        ? -numberIn(environment, expression.operand)
        : !booleanIn(environment, expression.operand)
    case 'binary':
      return evaluateBinary(environment, expression)
    case 'if': {
      const taken = branchOf(environment, expression)
      return taken ? evaluateIn(environment, taken) : identity
    }
    case 'call': {
      const builtIn = functions[expression.function]
      if (!builtIn) throw unknown(environment, `there is no function \`${expression.function}\``)
      return builtIn.of(...expression.arguments.map((argument) => numberIn(environment, argument)))
    }
    case 'set':
      return unique(expression.items.map((item) => evaluateIn(environment, item)))
    case 'tuple':
      return expression.items.map((item) => evaluateIn(environment, item))
    case 'range':
      return evaluateRange(environment, expression)
    case 'for':
      return unique(comprehend(environment, expression.bindings, expression.body))
    case 'span':
      return { from: evaluateIn(environment, expression.from), to: evaluateIn(environment, expression.to) }
    case 'choice':
      return choose(environment, expression)
    case 'operation': {
      const operation = environment.definitions.operations.get(expression.operation)
      if (!operation) throw unknown(environment, `the operation \`${expression.operation}\` is not in the IR`)
      return { kind: 'operation', operation, arguments: bindAll(expression.arguments, environment) }
    }
    case 'with':
      return withArguments(environment, expression)
    case 'pipeline':
    case 'branches':
      return { kind: 'closure', expression, environment }
    case 'component':
      return evaluateComponent(environment, expression)
    case 'decision':
    case 'cost':
    case 'topology':
    case 'aggregate':
      return evaluateFact(environment, expression)
  }
}

type Kind<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>

/** What a name stands for at its place. */
function evaluateName(
  environment: Environment,
  expression: Kind<'param' | 'constant' | 'local' | 'context' | 'field'>,
): Value {
  switch (expression.kind) {
    case 'param': {
      const value = environment.params[expression.name]
      if (value === undefined) throw unknown(environment, `the parameter \`${expression.name}\` has no value`)
      return value
    }
    case 'constant': {
      const constant = environment.definitions.constants.get(expression.id)
      if (!constant) throw unknown(environment, `the constant \`${expression.id}\` is not in the IR`)
      return evaluateIn(constantEnvironment(environment, constant), constant.value)
    }
    case 'local': {
      const thunk = environment.locals[expression.name]
      if (!thunk) throw unknown(environment, `\`${expression.name}\` is not bound here`)
      return force(thunk, environment)
    }
    case 'context': {
      const value = (environment.surroundings ?? environment.usedAt?.surroundings)?.[expression.name]
      if (value === undefined) throw unknown(environment, `\`${expression.name}\` has no value here`)
      if (expression.name === 'in' || expression.name === 'channels') environment.decider?.measured()
      return value
    }
    case 'field': {
      environment.decider?.measured()
      const { maps, surroundings, usedAt } = environment
      const shape = maps[expression.of] ?? (surroundings ? undefined : usedAt?.maps[expression.of])
      if (!shape) throw unknown(environment, `there is no feature map \`${expression.of}\` here`)
      return shape[expression.name]
    }
  }
}

function evaluateRange(environment: Environment, expression: Kind<'range'>): Value {
  const step = expression.step ? numberIn(environment, expression.step) : 1
  const from = numberIn(environment, expression.from)
  const to = numberIn(environment, expression.to)
  const text = printExpression(expression)
  if (step <= 0) throw unknown(environment, `the step of \`${text}\` is ${step}, and must be above 0`)
  demandWithin(environment.at, `\`${text}\``, 'values', lengthOfRange(from, to, step))
  return rangeOf(from, to, step)
}

function evaluateComponent(environment: Environment, expression: Kind<'component'>): Value {
  const component = environment.definitions.components.get(expression.component)
  if (!component) throw unknown(environment, `the component \`${expression.component}\` is not in the IR`)
  const { name, kind, parameters } = component
  const values = evaluateArguments(environment, parameters, (parameter) => {
    const supplied = expression.arguments[parameter.name]
    return supplied && delay(supplied, environment)
  })
  return { component: name, kind, arguments: values }
}

/** What is known of a whole architecture. */
function evaluateFact(
  environment: Environment,
  expression: Kind<'decision' | 'cost' | 'topology' | 'aggregate'>,
): Value {
  const { facts } = environment
  if (!facts) throw unknown(environment, `\`${printExpression(expression)}\` is known of a whole architecture only`)
  if (expression.kind === 'decision') return facts.decision(expression)
  if (expression.kind === 'cost') return facts.cost(expression)
  if (expression.kind === 'aggregate') return facts.aggregate(expression)
  return facts.topology(expression)
}

/**
 * Values of all parameters: those that are given, and the defaults of the others, which may speak of parameters before
 * them and of the place. @throws ElaborationFailure if one has
 * neither, or a value of another type.
 */
export function evaluateArguments(
  environment: Environment,
  parameters: readonly IrParameter[],
  supplied: (parameter: IrParameter) => Thunk | undefined,
): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {}
  const locals: Record<string, Thunk> = {}
  for (const parameter of parameters) {
    const thunk = argumentThunk(environment, parameter, supplied(parameter), locals)
    if (!thunk) throw unknown(environment, `\`${parameter.name}\` is not given and has no default`)
    const value = force(thunk, environment)
    checkType(environment.at, parameter, value)
    values[parameter.name] = value
    locals[parameter.name] = { kind: 'known', value }
  }
  return values
}

/** What is given, or else the default, which may speak of the parameters `before` it. */
export function argumentThunk(
  environment: Environment,
  { default: value }: IrParameter,
  supplied: Thunk | undefined,
  before: Readonly<Record<string, Thunk>>,
): Thunk | undefined {
  return supplied ?? (value && delay(value, { ...environment, locals: { ...before } }))
}

export function numberIn(environment: Environment, expression: Expression): number {
  const value = evaluateIn(environment, expression)
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw mismatch(environment, expression, 'a number', value)
}

export function integerIn(environment: Environment, expression: Expression): number {
  const value = numberIn(environment, expression)
  if (Number.isInteger(value)) return value
  throw mismatch(environment, expression, 'an integer', value)
}

export function booleanIn(environment: Environment, expression: Expression): boolean {
  const value = evaluateIn(environment, expression)
  if (typeof value === 'boolean') return value
  throw mismatch(environment, expression, 'true or false', value)
}

/** The branch that an `if` takes. Where a choice stands in one of them, the test steers which decisions there are. */
export function branchOf(environment: Environment, expression: IfExpression): Expression | undefined {
  const { test, then, otherwise } = expression
  const steers = mayChoose(environment, then) || (otherwise !== undefined && mayChoose(environment, otherwise))
  return steering(environment, steers, () => booleanIn(environment, test)) ? then : otherwise
}

/** Evaluates what decides which decisions there are; see {@link Decider.steering}. */
export function steering<T>({ decider }: Environment, steers: boolean, evaluate: () => T): T {
  return decider && steers ? decider.steering(evaluate) : evaluate()
}

export function listIn(environment: Environment, expression: Expression): readonly Value[] {
  const value = evaluateIn(environment, expression)
  return isList(value) ? value : [value]
}

export function operationIn(environment: Environment, expression: Expression): OperationValue {
  const value = evaluateIn(environment, expression)
  if (!isList(value) && isOperation(value)) return value
  throw mismatch(environment, expression, 'an operation', value)
}

function constantEnvironment(environment: Environment, constant: { name: string; value: Expression }): Environment {
  const { definitions, params, space, decider, at } = environment
  const scope = letScope(spaceScope, constant.name, constant.value.kind === 'choice')
  const usedAt = environment.surroundings ? environment : environment.usedAt
  return {
    definitions,
    params,
    scope,
    locals: {},
    maps: {},
    at,
    ...(space ? { space } : {}),
    ...(decider ? { decider } : {}),
    ...(usedAt ? { usedAt: { surroundings: usedAt.surroundings, maps: usedAt.maps } } : {}),
  }
}

function comprehend(
  environment: Environment,
  bindings: readonly { readonly name: string; readonly in: Expression }[],
  body: Expression,
): readonly Value[] {
  const [first, ...rest] = bindings
  if (!first) return [evaluateIn(environment, body)]
  return listIn(environment, first.in).flatMap((value) => {
    const locals = { ...environment.locals, [first.name]: { kind: 'known', value } as const }
    return comprehend({ ...environment, locals }, rest, body)
  })
}
