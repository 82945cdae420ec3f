import type * as ir from '../../ir/model/expression.js'
import { binaryOperators, costVariants } from '../../ir/model/expression.js'
import { aggregateIn, optionInPart } from '../check/expressions/aggregate.js'
import { conventionOfCost } from '../check/expressions/convention.js'
import { isSetOfOperations } from '../check/expressions/call.js'
import type { ResolvedCall } from '../check/checker.js'
import type { LetSymbol, NamedSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { holdsChoice } from '../syntax/holds-choice.js'
import { componentId, constantId, operationId, reachParam } from './reach.js'
import type { Resolution } from '../names/scope.js'
import { decisionPath, headOfPath, isPathInRequire } from '../names/decision-path.js'
import { pathTextAt } from '../names/path-text.js'
import { checkerAt, from, labelled, type LoweringContext } from './lowering.js'

/** Lowers an expression. The program was checked: what has no meaning is a defect of nasc. */
export function lowerExpression(context: LoweringContext, expression: ast.Expression): ir.Expression {
  const lowered = lower(context, expression)
  if (!context.lowering.provenance.has(lowered)) from(context, expression, lowered)
  return lowered
}

function lower(context: LoweringContext, expression: ast.Expression): ir.Expression {
  const path = context.requires && lowerPathInRequire(context, expression)
  if (path) return path
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
      return literal(expression)
    case 'name-expression':
      return lowerName(context, expression)
    case 'field':
      return lowerField(context, expression)
    case 'call':
      return lowerCall(context, expression)
    case 'block':
      return { kind: 'branches', merge: 'residual', branches: [lowerExpression(context, expression.body)] }
    case 'set':
      return { kind: 'set', items: expression.items.map((item) => lowerExpression(context, item)) }
    case 'comprehension':
      return {
        kind: 'for',
        bindings: expression.bindings.map(({ name, domain }) => ({
          name: name.text,
          in: lowerExpression(context, domain),
        })),
        body: lowerExpression(context, expression.body),
      }
    case 'tuple':
      return { kind: 'tuple', items: expression.items.map((item) => lowerExpression(context, item)) }
    case 'group':
      return lowerExpression(context, expression.inner)
    case 'unary':
      return { kind: 'unary', operator: expression.operator, operand: lowerExpression(context, expression.operand) }
    case 'binary':
      return lowerBinary(context, expression)
    case 'if': {
      const test = lowerExpression(context, expression.test)
      const then = lowerExpression(context, expression.then)
      if (expression.otherwise === undefined) return { kind: 'if', test, then }
      return { kind: 'if', test, then, otherwise: lowerExpression(context, expression.otherwise) }
    }
    case 'pipeline':
      return { kind: 'pipeline', steps: stepsOf(expression).map((step) => lowerExpression(context, step)) }
    case 'range': {
      const range = {
        kind: 'range',
        from: lowerExpression(context, expression.from),
        to: lowerExpression(context, expression.to),
      } as const
      return expression.step === undefined ? range : { ...range, step: lowerExpression(context, expression.step) }
    }
    case 'span':
      return {
        kind: 'span',
        from: lowerExpression(context, expression.from),
        to: lowerExpression(context, expression.to),
      }
    case 'choice':
      return lowerChoice(context, expression)
    case 'phrase': {
      const resolved = context.lowering.checked.facts.calls.get(expression)
      return resolved === undefined ? refuse(expression) : lowerResolved(context, resolved)
    }
    case 'index':
      return refuse(expression)
    case 'missing':
      return refuse(expression)
  }
}

function refuse(expression: ast.SyntaxNode<string>): never {
  throw new Error(`a checked program has no ${expression.kind} at ${expression.span.start}`)
}

function literal(expression: ast.NumberLiteral | ast.StringLiteral | ast.BooleanLiteral): ir.Expression {
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', value: expression.value }
    case 'string':
      return { kind: 'string', value: expression.value }
    case 'boolean':
      return { kind: 'boolean', value: expression.value }
  }
}

/** `(a -> b) -> c` has three steps. */
function stepsOf(expression: ast.Expression): readonly ast.Expression[] {
  if (expression.kind === 'group') return stepsOf(expression.inner)
  return expression.kind === 'pipeline' ? expression.steps.flatMap(stepsOf) : [expression]
}

function lowerName(context: LoweringContext, expression: ast.NameExpression): ir.Expression {
  const { program, facts } = context.lowering.checked
  const resolution = program.references.resolutionOf(expression.name)
  switch (resolution?.kind) {
    case 'symbol': {
      const resolved = facts.calls.get(expression)
      return resolved === undefined ? lowerSymbol(context, resolution.symbol) : lowerResolved(context, resolved)
    }
    case 'context':
      return { kind: 'context', name: resolution.name }
    case 'word':
      return { kind: 'string', value: resolution.text }
    case 'cost':
      return { kind: 'cost', cost: resolution.cost }
    case 'edges':
      return { kind: 'topology', fact: 'edges' }
    default:
      return refuse(expression)
  }
}

export function lowerSymbol(context: LoweringContext, symbol: NamedSymbol): ir.Expression {
  switch (symbol.kind) {
    case 'param':
      reachParam(context.lowering, symbol)
      return { kind: 'param', name: symbol.name }
    case 'let':
      return lowerLet(context, symbol)
    case 'parameter':
    case 'variable':
      return { kind: 'local', name: symbol.name }
    case 'stage-property':
      return { kind: 'decision', path: `${symbol.stage}.${symbol.name}` }
    case 'predictor':
      return { kind: 'cost', cost: symbol.name }
    default:
      // In a `require`, maps and nodes are the sources that a `from` takes.
      if (context.requires) return { kind: 'string', value: symbol.name }
      throw new Error(`a checked program uses ${symbol.name}, ${symbol.kind}, as no value`)
  }
}

/** Lets of searches, and those of nodes without a choice, have no place in the IR: their value stands where their name stood. */
function lowerLet(context: LoweringContext, symbol: LetSymbol): ir.Expression {
  if (context.before?.declaration === symbol.declaration) return context.before.value()
  switch (symbol.level) {
    case 'module':
      return { kind: 'constant', id: constantId(context.lowering, symbol, context.variant) }
    case 'node':
      if (holdsChoice(symbol.declaration.value)) return { kind: 'local', name: symbol.name }
      return lowerExpression({ ...context, file: symbol.location.file, label: symbol.name }, symbol.declaration.value)
    case 'search':
      return lowerExpression({ ...context, file: symbol.location.file, label: symbol.name }, symbol.declaration.value)
    case 'stage':
      if (context.requiredOf === undefined) return { kind: 'local', name: symbol.name }
      return { kind: 'decision', path: `${context.requiredOf}.${symbol.name}` }
    default:
      return { kind: 'local', name: symbol.name }
  }
}

function lowerField(context: LoweringContext, expression: ast.FieldExpression): ir.Expression {
  const { target, name } = expression
  const resolution =
    target.kind === 'name-expression'
      ? context.lowering.checked.program.references.resolutionOf(target.name)
      : undefined
  const field = mapFields.find((each) => each === name.text)
  const variant = costVariants.find((each) => each === name.text)
  if (variant !== undefined && (resolution?.kind === 'cost' || target.kind === 'call')) {
    return { ...lowerVariantTarget(context, target), variant }
  }
  if (variant !== undefined && resolution?.kind === 'symbol' && resolution.symbol.kind === 'predictor') {
    return { kind: 'cost', cost: resolution.symbol.name, variant }
  }
  if (field !== undefined && resolution?.kind === 'map') return { kind: 'field', of: resolution.name, name: field }
  if (field !== undefined && resolution?.kind === 'symbol' && resolution.symbol.kind === 'feature-map') {
    return { kind: 'field', of: resolution.symbol.name, name: field }
  }
  return refuse(expression)
}

/** `stage2.width`, `n[3].from`, `s3.layer[1]`, `kernel`; `n[3]` alone is a source. */
function lowerPathInRequire(
  context: LoweringContext,
  expression: ast.Expression,
): ir.DecisionExpression | ir.StringExpression | undefined {
  const head = headOfPath(expression)
  const resolution = head && context.lowering.checked.program.references.resolutionOf(head.name)
  if (!resolution || !isPathInRequire(expression, resolution)) return undefined
  const path = pathOf(context, expression, resolution)
  if (path === undefined) return refuse(expression)
  const isNode = resolution.kind === 'symbol' && resolution.symbol.kind === 'node'
  return isNode && !path.includes('.') ? { kind: 'string', value: path } : { kind: 'decision', path }
}

function pathOf(context: LoweringContext, expression: ast.Expression, resolution: Resolution): string | undefined {
  const { program } = context.lowering.checked
  const isNode = resolution.kind === 'symbol' && resolution.symbol.kind === 'node'
  const path = decisionPath(expression, isNode, ({ callee, span }) =>
    pathTextAt(program, context.file, { start: callee.span.end, end: span.end }),
  )
  return 'wrong' in path ? undefined : path.path
}

/** `macs` or `macs(full)`, of which `.expected` is taken. */
function lowerVariantTarget(context: LoweringContext, target: ast.Expression): ir.CostExpression {
  const lowered = lowerExpression(context, target)
  return lowered.kind === 'cost' ? lowered : refuse(target)
}

const mapFields = ['height', 'width', 'channels'] as const

/** `macs(full)` */
function lowerCost(cost: string, call: ast.CallExpression): ir.CostExpression {
  const convention = conventionOfCost(call)
  return { kind: 'cost', cost, ...(convention === undefined ? {} : { convention }) }
}

/** `count(skip in normal)`, `all(mb2.kernel <= 5)`. */
function lowerAggregate(
  context: LoweringContext,
  call: ast.CallExpression,
  name: ir.AggregateFunction,
): ir.AggregateExpression {
  const [argument] = call.arguments
  if (argument === undefined) return refuse(call)
  const membership = optionInPart(checkerAt(context), argument.value)
  if (!membership) return { kind: 'aggregate', function: name, of: lowerExpression(context, argument.value) }
  const { option, part } = membership
  const head = headOfPath(part)
  const resolution = head && context.lowering.checked.program.references.resolutionOf(head.name)
  const path = resolution && pathOf(context, part, resolution)
  if (path === undefined) return refuse(part)
  // A name, `n[1]`: no decision, but all that are made there.
  const isPlace = part.kind === 'name-expression' || (part.kind === 'index' && part.target.kind === 'name-expression')
  const decision: ir.DecisionExpression = { kind: 'decision', path: isPlace ? `${path}.*` : path }
  const of: ir.Expression = {
    kind: 'binary',
    operator: 'in',
    left: lowerExpression(context, option),
    right: from(context, part, decision),
  }
  return { kind: 'aggregate', function: name, of }
}

function lowerCall(context: LoweringContext, call: ast.CallExpression): ir.Expression {
  const { program, facts } = context.lowering.checked
  const resolved = facts.calls.get(call)
  if (resolved !== undefined) return lowerResolved(context, resolved)
  const resolution =
    call.callee.kind === 'name-expression' ? program.references.resolutionOf(call.callee.name) : undefined
  if (resolution?.kind === 'cost') return lowerCost(resolution.cost, call)
  const aggregate = resolution?.kind === 'aggregate' ? resolution.function : aggregateIn(checkerAt(context), call)
  if (aggregate) return lowerAggregate(context, call, aggregate)
  const values = call.arguments.map(({ value }) => lowerExpression(context, value))
  if (resolution?.kind === 'function') return { kind: 'call', function: resolution.name, arguments: values }
  if (resolution?.kind === 'merge') return { kind: 'branches', merge: resolution.merge, branches: values }
  if (resolution?.kind === 'form' && resolution.form === 'same_width')
    return { kind: 'branches', merge: resolution.form, branches: values }
  return isSetOfOperations(facts.types.get(call.callee)) ? lowerCallOfSet(context, call) : refuse(call)
}

function lowerCallOfSet(
  context: LoweringContext,
  { callee, arguments: supplied }: ast.CallExpression,
): ir.WithExpression {
  const entries = supplied.map(({ label, value }): [string, ir.Expression] => {
    const name = label?.text ?? ''
    return [name, lowerExpression(labelled(context, labelOf(name)), value)]
  })
  return { kind: 'with', of: lowerExpression(context, callee), arguments: Object.fromEntries(entries) }
}

/** A call with its arguments by name, in the order of the declaration. */
export function lowerResolved(
  context: LoweringContext,
  resolved: ResolvedCall,
): ir.OperationExpression | ir.ComponentExpression {
  const values = lowerArguments(context, resolved)
  const { symbol } = resolved
  if (symbol.kind === 'component')
    return { kind: 'component', component: componentId(context.lowering, symbol), arguments: values }
  if (symbol.kind === 'cell') throw new Error('a cell is no value')
  return { kind: 'operation', operation: operationId(context.lowering, symbol, context.variant), arguments: values }
}

export function lowerArguments(
  context: LoweringContext,
  resolved: ResolvedCall,
): Readonly<Record<string, ir.Expression>> {
  const entries: [string, ir.Expression][] = []
  for (const { name } of resolved.symbol.declaration.parameters) {
    const argument = resolved.arguments.get(name.text)
    if (argument === undefined) continue
    const value: ir.Expression =
      argument === 'flag'
        ? { kind: 'boolean', value: true }
        : lowerExpression(labelled(context, labelOf(name.text)), argument)
    entries.push([name.text, value])
  }
  return Object.fromEntries(entries)
}

/** A choice of channels is a choice of width, in a stage and in an argument alike: `stem.width`. */
function labelOf(parameter: string): string {
  return parameter === 'channels' ? 'width' : parameter
}

function lowerBinary(context: LoweringContext, expression: ast.BinaryExpression): ir.Expression {
  const left = lowerExpression(context, expression.left)
  const right = lowerExpression(context, expression.right)
  const operator = binaryOperators.find((each) => each === expression.operator)
  // `macs in 290M..310M`: between two ends, not one of twenty million numbers.
  if (operator === 'in' && left.kind === 'cost' && right.kind === 'range' && right.step === undefined) {
    const least: ir.Expression = { kind: 'binary', operator: '>=', left, right: right.from }
    return {
      kind: 'binary',
      operator: 'and',
      left: least,
      right: { kind: 'binary', operator: '<=', left, right: right.to },
    }
  }
  if (operator !== undefined) return { kind: 'binary', operator, left, right }
  // `crop(4) & flip & …`: applied in this order.
  return { kind: 'tuple', items: [...itemsOf(expression.left, left), right] }
}

function itemsOf(source: ast.Expression, lowered: ir.Expression): readonly ir.Expression[] {
  return source.kind === 'binary' && source.operator === '&' && lowered.kind === 'tuple' ? lowered.items : [lowered]
}

function lowerChoice(context: LoweringContext, choice: ast.ChoiceExpression): ir.ChoiceExpression {
  const arity = choice.arity === undefined ? undefined : lowerArity(context, choice.arity)
  const per = scopes.find((scope) => scope === choice.per?.text)
  return {
    kind: 'choice',
    label: context.label,
    options: lowerExpression(context, choice.options),
    ...(arity === undefined ? {} : { arity }),
    ...(per === undefined ? {} : { per }),
  }
}

const scopes = ['space', 'cell', 'stage', 'layer'] as const

/** `2` is 2 to 2, `1..` has no upper bound. */
export function lowerArity(context: LoweringContext, arity: ast.Arity): ir.Arity {
  const least = lowerExpression(context, arity.least)
  if (arity.most !== undefined) return from(context, arity, { least, most: lowerExpression(context, arity.most) })
  return from(context, arity, arity.open ? { least } : { least, most: least })
}
