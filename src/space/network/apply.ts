import type { BranchesExpression, ChoiceExpression, Expression } from '../../ir/model/expression.js'
import type { NetworkBuilder } from './network-builder.js'
import { type Decider } from '../decisions/decider.js'
import { Fork } from '../decisions/decider.js'
import { type SelectedOption } from '../decisions/decider.js'
import type { Decision } from '../decisions/decision.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import type { Environment } from '../evaluation/environment.js'
import { branchOf, evaluateArguments, operationIn, steering, usedIn } from '../evaluation/evaluate.js'
import { decisionOf } from '../evaluation/evaluate-choice.js'
import { pipelineLabels, type PipelineLabels } from '../expressions/labels.js'
import { callMayChoose, operationMayChoose } from '../evaluation/may-choose.js'
import { optionLabel } from '../decisions/option-label.js'
import { placeOperationBody } from './place-operation-body.js'
import { applyPrimitive } from './primitive.js'
import { readParameters } from '../expressions/read-parameters.js'
import { residual } from './residual.js'
import { withinOperation } from '../decisions/decision-scope.js'
import { isList, isOperation, type PartialValue, type Thunk, type Value } from '../evaluation/value.js'

/** Where an operation is put: what arrives, and the path of what is built. */
export interface ApplicationSite {
  readonly builder: NetworkBuilder
  readonly decider: Decider
  /** Environment of the text; `place.channels` is what the place asks for, absent where it asks for nothing. */
  readonly environment: Environment
  readonly input: number
  readonly path: string
  /**
   * Arguments that the place gives to the first operation which has such a parameter (`stride on s0, s1`). The map is
   * emptied as they are used.
   */
  readonly overrides: Map<string, Value>
}

/**
 * A site with changes. Written out and not spread: V8 gives a spread literal a hidden class for every place in the code, and of a
 * mixture of them it makes copies one property at a time.
 */
function siteLike(site: ApplicationSite, changes: Partial<Omit<ApplicationSite, 'decider'>>): ApplicationSite {
  return {
    builder: changes.builder ?? site.builder,
    decider: site.decider,
    environment: changes.environment ?? site.environment,
    input: changes.input ?? site.input,
    path: changes.path ?? site.path,
    overrides: changes.overrides ?? site.overrides,
  }
}

/** The neutral operation: it makes no node. */
const identityOperation = 'std:nn.identity'

/**
 * Applies the operation that an expression stands for, and gives the id of its output. A decision that is bound by `mix`
 * makes alternatives of the smallest operation in which it stands.
 */
export function apply(site: ApplicationSite, expression: Expression): number {
  return step(site, expression, pipelineLabels(expression), true)
}

function step(site: ApplicationSite, expression: Expression, labels: PipelineLabels, isRoot: boolean): number {
  switch (expression.kind) {
    case 'pipeline':
      return expression.steps.reduce((input, next) => step(siteLike(site, { input }), next, labels, false), site.input)
    case 'branches':
      return branches(site, expression, labels)
    case 'if':
      return forking(site, (inner) => {
        const { value: taken, consulted } = inner.decider.tracing(() => branchOf(stepEnvironment(inner), expression))
        const within = siteLike(inner, { path: `${inner.path}${marks(inner, consulted)}` })
        return () => (taken ? step(within, taken, labels, isRoot) : inner.input)
      })
    case 'choice':
      return choice(site, expression, labels.get(expression) ?? expression.label, isRoot)
    case 'local': {
      const open = site.environment.locals[expression.name]
      const label = labels.get(expression) ?? expression.name
      if (open && isOpenChoice(open)) return choice(site, open.expression, label, false, open.environment)
      return applied(site, expression, label)
    }
    default:
      return applied(site, expression, labels.get(expression) ?? expression.kind)
  }
}

function applied(site: ApplicationSite, expression: Expression, label: string): number {
  return forking(site, (inner) => {
    const { value, consulted } = inner.decider.tracing(() => operationIn(stepEnvironment(inner), expression))
    const path = `${inner.path}.${label}${marks(inner, consulted)}`
    return () => applyValue(siteLike(inner, { path }), value, label)
  })
}

/** A place that asks for no number of channels gets as many as arrive. */
function askedForNothing(site: ApplicationSite): ApplicationSite {
  const { channels: _, ...surroundings } = site.environment.surroundings ?? {}
  return siteLike(site, { environment: { ...site.environment, surroundings } })
}

/** The environment of a step. `in` stays what arrived at the whole text. */
function stepEnvironment(site: ApplicationSite): Environment {
  return { ...site.environment, at: site.path }
}

/** The environment of an operation at its place: `in` is what arrives at this very operation. */
function operationEnvironment(site: ApplicationSite): Environment {
  const { environment, builder, input } = site
  const shape = builder.shape(input)
  return {
    ...environment,
    at: site.path,
    surroundings: {
      ...environment.surroundings,
      in: shape.channels,
      channels: environment.surroundings?.channels ?? shape.channels,
    },
    maps: { ...environment.maps, input: shape },
  }
}

function branches(site: ApplicationSite, expression: BranchesExpression, labels: PipelineLabels): number {
  const [only] = expression.branches
  if (expression.merge === 'same_width') return only ? step(askedForNothing(site), only, labels, false) : site.input
  const path = `${site.path}.${labels.get(expression) ?? expression.merge}`
  const ends = expression.branches.map((branch) =>
    step(siteLike(site, { overrides: new Map(site.overrides) }), branch, labels, false),
  )
  site.overrides.clear()
  if (expression.merge !== 'residual') return site.builder.merge(path, expression.merge, ends)
  return residual(site.builder, path, site.input, site.builder.merge(path, 'sum', ends))
}

/** @param written the environment of the choice, where it is written somewhere else */
function choice(
  site: ApplicationSite,
  expression: ChoiceExpression,
  label: string,
  isRoot: boolean,
  written?: Environment,
): number {
  return forking(site, (outer) => {
    const environment = stepEnvironment(outer)
    const { value, consulted } = outer.decider.tracing(() =>
      decisionOf(written ? usedIn(environment, written) : environment, expression),
    )
    const { decision, values } = value
    // Where another choice says what the options are, they are built once for each of its own.
    const prefix = `${isRoot ? outer.path : `${outer.path}.${label}`}${marks(outer, consulted)}`
    const copy = outer.environment.scope.copy
    const option = (inner: ApplicationSite, index: number): number => {
      const value = values[index]
      if (value === undefined || isList(value) || !isOperation(value)) throw notAnOperation(inner, decision, index)
      const name = optionLabel(decision, index)
      const own = { path: `${prefix}.${name}`, overrides: new Map(inner.overrides) }
      return applyValue(siteLike(inner, own), value, name)
    }
    if (decision.arity) {
      const taken = outer.decider.several(decision, copy)
      return () =>
        outer.builder.merge(
          `${prefix}.sum`,
          'sum',
          taken.map((index) => outer.decider.within(decision, index, () => option(outer, index))),
        )
    }
    // Forks on its own, so that the options are not evaluated again for every one of them.
    return () =>
      forking(outer, (inner) => {
        const taken = inner.decider.single(decision, copy)
        return () => {
          const output = option(inner, taken)
          inner.overrides.clear()
          return output
        }
      })
  })
}

function applyValue(site: ApplicationSite, value: Value, label: string): number {
  if (isList(value) || !isOperation(value)) {
    throw new ElaborationFailure(site.path, 'not-an-operation', { what: `\`${label}\`` })
  }
  switch (value.kind) {
    case 'identity':
      return site.input
    case 'closure': {
      const { environment } = value
      const outer = operationEnvironment(site)
      const inner = environment.surroundings
        ? { ...environment, surroundings: { ...outer.surroundings, ...environment.surroundings } }
        : { ...environment, surroundings: outer.surroundings ?? {}, maps: { ...outer.maps, ...environment.maps } }
      return apply(siteLike(site, { environment: inner }), value.expression)
    }
    case 'operation':
      return applyOperation(site, value, label)
  }
}

function applyOperation(
  site: ApplicationSite,
  { operation, arguments: supplied }: PartialValue,
  label: string,
): number {
  if (operation.id === identityOperation) return site.input
  return forking(site, (inner) => {
    const environment = operationEnvironment(inner)
    const taken = operation.parameters.filter(({ name }) => inner.overrides.has(name))
    const open = openOperations(operation, supplied)
    const isGiven = (name: string): boolean => inner.overrides.has(name) || supplied[name] !== undefined
    const read = readParameters(environment.definitions, operation, isGiven)
    const settled = read.filter(({ name }) => open[name] === undefined)
    // What a default chooses stands in the operation; what is given, where it is given.
    const scope = withinOperation(inner.environment.scope, label)
    const { value: values, consulted } = inner.decider.tracing(() =>
      steering(environment, callMayChoose(environment.definitions, operation, supplied), () =>
        evaluateArguments({ ...environment, scope }, settled, ({ name }) => {
          const override = inner.overrides.get(name)
          return override === undefined ? supplied[name] : { kind: 'known', value: override }
        }),
      ),
    )
    const path = `${inner.path}${marks(inner, consulted)}`
    return () => {
      for (const { name } of taken) inner.overrides.delete(name)
      const { body, rules } = operation
      if (rules)
        return applyPrimitive(inner.builder, { ...environment, at: path }, operation, rules, values, inner.input)
      if (!body) throw new Error(`${operation.id} has neither a body nor rules`)
      const known = Object.entries(values).map(([name, value]): [string, Thunk] => [name, { kind: 'known', value }])
      const locals = { ...open, ...Object.fromEntries(known) }
      const shape = inner.builder.shape(inner.input)
      const overrides = wraps(operation) ? inner.overrides : new Map<string, Value>()
      const site = { ...environment, at: path, scope, locals, maps: { input: shape } }
      const build = (builder: NetworkBuilder, input: number): number =>
        apply(siteLike(inner, { builder, input, path, overrides, environment: site }), body)
      const { builder, input } = inner
      const isOpen = Object.keys(open).length > 0 || operationMayChoose(environment.definitions, operation)
      return isOpen || overrides.size > 0
        ? build(builder, input)
        : placeOperationBody(builder, site, operation, values, input, build)
    }
  })
}

/**
 * Arguments that are choices between operations. They are settled where the body uses them, not before: the alternatives
 * of `partial(one of candidates)` lie inside of `partial`.
 */
function openOperations(
  operation: PartialValue['operation'],
  supplied: PartialValue['arguments'],
): Record<string, Thunk> {
  if (!operation.body) return {}
  const open = operation.parameters.flatMap(({ name, type }): [string, Thunk][] => {
    const thunk = supplied[name]
    return type === 'operation' && thunk && isOpenChoice(thunk) ? [[name, thunk]] : []
  })
  return Object.fromEntries(open)
}

type OpenChoice = Extract<Thunk, { kind: 'delayed' }> & { readonly expression: ChoiceExpression }

function isOpenChoice(thunk: Thunk): thunk is OpenChoice {
  return thunk.kind === 'delayed' && thunk.expression.kind === 'choice'
}

/** An operation around others hands on what the place gives them. */
function wraps(operation: PartialValue['operation']): boolean {
  return operation.parameters.some(({ type }) => type === 'operation')
}

/**
 * In a supernet, operations under different options of a number have weights of their own, so the options belong to
 * their paths: `mbconv[kernel=3]`.
 */
function marks(site: ApplicationSite, consulted: readonly SelectedOption[]): string {
  if (site.environment.surroundings?.standalone !== false || consulted.length === 0) return ''
  const options = new Map(consulted.map((each) => [each.decision.path, each]))
  const counts = new Map<string, number>()
  const texts = [...options.values()].map(({ decision, option }) => {
    const number = (counts.get(decision.kind) ?? 0) + 1
    counts.set(decision.kind, number)
    return `${decision.kind}${number === 1 ? '' : `[${number}]`}=${optionLabel(decision, option)}`
  })
  return `[${texts.join(',')}]`
}

/**
 * Evaluates what a step needs, then builds it. Where a mixed decision is met in the evaluation, every option is
 * evaluated and built, and the outputs are mixed.
 */
function forking(site: ApplicationSite, evaluate: (site: ApplicationSite) => () => number): number {
  let build: () => number
  try {
    build = evaluate(site)
  } catch (fork) {
    if (!(fork instanceof Fork)) throw fork
    const built = alternatives(site, fork, evaluate)
    site.overrides.clear()
    const options = built.map(({ option }) => option)
    const outputs = built.map(({ output }) => output)
    return site.builder.mix(`${site.path}.${fork.decision.kind}`, fork.decision.path, options, outputs)
  }
  return build()
}

interface Alternative {
  readonly option: number
  readonly output: number
}

/** The options of an open decision, each built. Around a member of the space, those are left out that cannot be. */
function alternatives(
  site: ApplicationSite,
  fork: Fork,
  evaluate: (site: ApplicationSite) => () => number,
): readonly Alternative[] {
  const built: Alternative[] = []
  let misfit: ElaborationFailure | undefined
  for (const option of fork.options) {
    const one = (): number => forking(siteLike(site, { overrides: new Map(site.overrides) }), evaluate)
    try {
      built.push({ option, output: site.decider.assuming(fork, option, one) })
    } catch (failure) {
      if (!site.builder.member || !(failure instanceof ElaborationFailure)) throw failure
      misfit = failure
    }
  }
  if (misfit && built.length === 0) throw misfit
  return built
}

function notAnOperation(site: ApplicationSite, decision: Decision, index: number): ElaborationFailure {
  const what = `\`${decision.options[index] ?? ''}\`, an option of \`${decision.path}\`,`
  return new ElaborationFailure(site.path, 'not-an-operation', { what })
}
