import type { CstNode, IToken } from 'chevrotain'
import type * as Cst from '../../../../grammar/generated/cst.js'
import { coverSpans, type Span } from '../../text/source.js'
import type { Argument, Arity, BinaryOperator, Expression, Name, PhraseTail } from '../ast.js'
import {
  buildName,
  optionalProperty,
  many,
  one,
  optionalName,
  spanOfNode,
  spanOfToken,
  type BuildContext,
} from './common.js'

export function missing(at: number): Expression {
  return { kind: 'missing', span: { start: at, end: at } }
}

export function buildExpression(
  context: BuildContext,
  node: Cst.ExpressionCstNode | undefined,
  at: number,
): Expression {
  if (node === undefined) return missing(at)
  const end = spanOfNode(node, at).end
  const arrows = many(node.children.Arrow)
  const steps = many(node.children.steps).map((step) => buildTernary(context, step, end))
  // An arrow behind which nothing could be read still is a step: a hole.
  while (steps.length <= arrows.length) steps.push(missing(end))
  const first = steps[0] ?? missing(end)
  return steps.length === 1 ? first : { kind: 'pipeline', span: coverAll(steps), steps }
}

function coverAll(nodes: readonly { readonly span: Span }[]): Span {
  return nodes.map((node) => node.span).reduce(coverSpans)
}

function buildTernary(context: BuildContext, node: Cst.TernaryCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const conditional = one(node?.children.conditional)
  if (conditional !== undefined) {
    const { test, then, otherwise } = conditional.children
    const other = one(otherwise)
    return {
      kind: 'if',
      span: spanOfNode(conditional, at),
      test: buildDisjunction(context, one(test), span.end),
      then: buildTernary(context, one(then), span.end),
      ...optionalProperty('otherwise', other && buildTernary(context, other, span.end)),
    }
  }
  return buildDisjunction(context, one(node?.children.disjunction), span.end)
}

export function buildArity(context: BuildContext, node: Cst.ArityCstNode, at: number): Arity {
  const span = spanOfNode(node, at)
  const most = one(node.children.most)
  return {
    kind: 'arity',
    span,
    least: buildAdditive(context, one(node.children.least), span.start),
    ...optionalProperty('most', most && buildAdditive(context, most, span.end)),
    open: node.children.Dots !== undefined && most === undefined,
  }
}

/** `a o b o c`, from the left. */
function chain<T extends CstNode>(
  operands: readonly T[] | undefined,
  operators: readonly IToken[],
  build: (operand: T | undefined) => Expression,
): Expression {
  return operators.reduce<Expression>((left, token, index) => {
    const right = build(operands?.[index + 1])
    const operator = binaryOperators.get(token.image)
    if (operator === undefined) return left
    return { kind: 'binary', span: coverSpans(left.span, right.span), operator, left, right }
  }, build(operands?.[0]))
}

const binaryOperators: ReadonlyMap<string, BinaryOperator> = new Map(
  (['+', '-', '&', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or'] as const).map(
    (operator) => [operator, operator],
  ),
)

function buildDisjunction(context: BuildContext, node: Cst.DisjunctionCstNode | undefined, at: number): Expression {
  const end = spanOfNode(node, at).end
  return chain(node?.children.operands, many(node?.children.Or), (operand) => buildConjunction(context, operand, end))
}

function buildConjunction(context: BuildContext, node: Cst.ConjunctionCstNode | undefined, at: number): Expression {
  const end = spanOfNode(node, at).end
  return chain(node?.children.operands, many(node?.children.And), (operand) => buildNegation(context, operand, end))
}

function buildNegation(context: BuildContext, node: Cst.NegationCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const comparison = one(node?.children.comparison)
  const end = spanOfNode(comparison, span.end).end
  const operand = chain(comparison?.children.operands, many(comparison?.children.ComparisonOperator), (interval) =>
    buildInterval(context, interval, end),
  )
  return node?.children.Not === undefined ? operand : { kind: 'unary', span, operator: 'not', operand }
}

function buildInterval(context: BuildContext, node: Cst.IntervalCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const from = buildRange(context, one(node?.children.from), span.end)
  if (node?.children.To === undefined) return from
  return { kind: 'span', span, from, to: buildRange(context, one(node.children.to), span.end) }
}

export function buildRange(context: BuildContext, node: Cst.RangeCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const from = buildAdditive(context, one(node?.children.from), span.end)
  if (node?.children.Dots === undefined) return from
  const step = one(node.children.step)
  return {
    kind: 'range',
    span,
    from,
    to: buildAdditive(context, one(node.children.to), span.end),
    ...optionalProperty('step', step && buildAdditive(context, step, span.end)),
  }
}

export function buildAdditive(context: BuildContext, node: Cst.AdditiveCstNode | undefined, at: number): Expression {
  const end = spanOfNode(node, at).end
  return chain(node?.children.operands, many(node?.children.AdditiveOperator), (operand) =>
    buildMultiplicative(context, operand, end),
  )
}

function buildMultiplicative(
  context: BuildContext,
  node: Cst.MultiplicativeCstNode | undefined,
  at: number,
): Expression {
  const end = spanOfNode(node, at).end
  return chain(node?.children.operands, many(node?.children.MultiplicativeOperator), (operand) =>
    buildUnary(context, operand, end),
  )
}

function buildUnary(context: BuildContext, node: Cst.UnaryCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const power = one(node?.children.power)
  const base = buildPostfix(context, one(power?.children.base), span.end)
  const operand: Expression =
    power?.children.Caret === undefined
      ? base
      : {
          kind: 'binary',
          span: spanOfNode(power, span.end),
          operator: '^',
          left: base,
          right: buildUnary(context, one(power.children.exponent), span.end),
        }
  return node?.children.Minus === undefined ? operand : { kind: 'unary', span, operator: '-', operand }
}

function buildPostfix(context: BuildContext, node: Cst.PostfixCstNode | undefined, at: number): Expression {
  const end = spanOfNode(node, at).end
  const primary = buildPrimary(context, one(node?.children.primary), end)
  return many(node?.children.steps).reduce<Expression>((target, step) => {
    const span = coverSpans(target.span, spanOfNode(step, end))
    const call = one(step.children.callArguments)
    if (call !== undefined) {
      return {
        kind: 'call',
        span,
        callee: target,
        arguments: many(call.children.arguments).map((argument) => buildArgument(context, argument, span.end)),
      }
    }
    const index = one(step.children.index)
    return index === undefined
      ? { kind: 'field', span, target, name: buildName(one(step.children.field), span.end) }
      : { kind: 'index', span, target, index: buildExpression(context, one(index.children.expression), span.end) }
  }, primary)
}

function buildArgument(context: BuildContext, node: Cst.ArgumentCstNode, at: number): Argument {
  const span = spanOfNode(node, at)
  return {
    kind: 'argument',
    span,
    ...optionalProperty('label', optionalName(one(node.children.label))),
    value: buildPhrase(context, one(node.children.phrase), span.end),
  }
}

function buildPrimary(context: BuildContext, node: Cst.PrimaryCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  if (node === undefined) return missing(at)
  const { NumberLiteral, StringLiteral, True, False, Name, choice, residualBlock, set, parenthesised } = node.children
  const number = one(NumberLiteral)
  if (number !== undefined) return buildNumber(context, number)
  const string = one(StringLiteral)
  if (string !== undefined) return { kind: 'string', span, value: stringValue(string.image) }
  if (True !== undefined || False !== undefined) return { kind: 'boolean', span, value: True !== undefined }
  const name = one(Name)
  if (name !== undefined) return { kind: 'name-expression', span, name: buildName(name, at) }
  const open = one(choice)
  if (open !== undefined) return buildChoice(context, open, span)
  const block = one(residualBlock)
  if (block !== undefined) {
    return {
      kind: 'block',
      span,
      name: buildName(one(block.children.Residual), span.start),
      body: buildExpression(context, one(block.children.expression), span.end),
    }
  }
  const braces = one(set)
  if (braces !== undefined) return buildSet(context, braces, span)
  const group = one(parenthesised)
  if (group !== undefined) {
    const items = many(group.children.items).map((item) => buildExpression(context, item, span.end))
    const inner = items[0] ?? missing(span.end)
    return items.length > 1 ? { kind: 'tuple', span, items } : { kind: 'group', span, inner }
  }
  return missing(span.end)
}

function buildChoice(context: BuildContext, node: Cst.ChoiceCstNode, span: Span): Expression {
  const arity = one(node.children.arity)
  return {
    kind: 'choice',
    span,
    ...optionalProperty('arity', arity && buildArity(context, arity, span.end)),
    options: buildRange(context, one(node.children.options), span.end),
    ...optionalProperty('per', optionalName(one(node.children.scope))),
  }
}

function buildSet(context: BuildContext, node: Cst.SetCstNode, span: Span): Expression {
  const comprehension = one(node.children.comprehension)
  if (comprehension === undefined) {
    const items = many(one(node.children.setItems)?.children.items)
    return { kind: 'set', span, items: items.map((item) => buildExpression(context, item, span.end)) }
  }
  return {
    kind: 'comprehension',
    span,
    bindings: many(comprehension.children.bindings).map((binding) => {
      const bindingSpan = spanOfNode(binding, span.end)
      return {
        kind: 'binding',
        span: bindingSpan,
        name: buildName(one(binding.children.name), bindingSpan.end),
        domain: buildRange(context, one(binding.children.domain), bindingSpan.end),
      }
    }),
    body: buildExpression(context, one(comprehension.children.body), span.end),
  }
}

const exponents: Readonly<Record<string, number>> = { k: 3, M: 6, G: 9, '%': -2 }

function buildNumber(context: BuildContext, token: IToken): Expression {
  const span = spanOfToken(token)
  const [, mantissa = '0', exponent = '0', suffix = ''] =
    /^([\d_.]+)(?:[eE]([+-]?\d+))?([kMG%]?)$/.exec(token.image) ?? []
  // The suffix moves the exponent, so that 0.3% is the double nearest to 0.003.
  const value = Number(`${mantissa.replaceAll('_', '')}e${Number(exponent) + (exponents[suffix] ?? 0)}`)
  if (Number.isFinite(value)) return { kind: 'number', span, value, text: token.image }
  context.numberOutOfRange(span, token.image)
  return { kind: 'number', span, value: Number.MAX_VALUE, text: token.image }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** The text between the quotes; the closing one may be missing. */
export function stringValue(image: string): string {
  const closed = image.length > 1 && /(?:^|[^\\])(?:\\\\)*"$/.test(image.slice(1))
  return image
    .slice(1, closed ? -1 : undefined)
    .replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character)
}

/** A word that ties parts together, or a value. */
type PhrasePart =
  { readonly word: Name; readonly value?: never } | { readonly value: Expression; readonly word?: never }

function partsOf(context: BuildContext, node: Cst.PhraseCstNode | undefined, at: number): PhrasePart[] {
  return many(node?.children.parts).flatMap((part): PhrasePart[] => {
    const { Connective, Per, scope, expression } = part.children
    const connective = one(Connective) ?? one(Per)
    if (connective === undefined) return [{ value: buildExpression(context, one(expression), at) }]
    const word = buildName(connective, at)
    const name = optionalName(one(scope))
    return name === undefined ? [{ word }] : [{ word }, { value: { kind: 'name-expression', span: name.span, name } }]
  })
}

function bareName(expression: Expression | undefined): Name | undefined {
  return expression?.kind === 'name-expression' ? expression.name : undefined
}

/** Connecting words and bare names begin a tail; the value behind one belongs to it. */
function buildTails(context: BuildContext, parts: readonly PhrasePart[]): PhraseTail[] {
  const tails: PhraseTail[] = []
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]
    const word = part?.word ?? bareName(part?.value)
    if (word !== undefined) {
      const next = parts[index + 1]?.value
      const afterNext = parts[index + 2]?.value
      // In `on measurements "a.csv"` the string belongs to the word before it.
      const nextIsWord = bareName(next) !== undefined && afterNext !== undefined && bareName(afterNext) === undefined
      const value = nextIsWord ? undefined : next
      if (value !== undefined) index++
      tails.push({
        kind: 'tail',
        span: value ? coverSpans(word.span, value.span) : word.span,
        word,
        ...optionalProperty('value', value),
      })
    } else if (part?.value !== undefined) {
      const { span } = part.value
      context.strayValue(span)
      tails.push({ kind: 'tail', span, word: buildName(undefined, span.start), value: part.value })
    }
  }
  return tails
}

/** The head alone where no tails follow it. */
export function buildPhrase(context: BuildContext, node: Cst.PhraseCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const head = buildExpression(context, one(node?.children.head), span.end)
  const tails = buildTails(context, partsOf(context, node, span.end))
  return tails.length === 0 ? head : { kind: 'phrase', span, head, tails }
}

/** A phrase that begins with a bare name, read as the name of a setting, its value and its tails. */
export interface NamedPhrase {
  readonly name: Name
  readonly value?: Expression
  readonly tails: readonly PhraseTail[]
}

/**
 * `epochs 50`, `auxiliary 0.4 at 2/3`, `clip value 1` (where `value` is a word, since a value follows it), `nesterov`.
 * Nothing where the phrase begins with something else than a bare name.
 */
export function buildNamedPhrase(
  context: BuildContext,
  node: Cst.PhraseCstNode | undefined,
  at: number,
): NamedPhrase | undefined {
  const span = spanOfNode(node, at)
  const name = bareName(buildExpression(context, one(node?.children.head), span.end))
  if (name === undefined) return undefined
  const parts = partsOf(context, node, span.end)
  const [first, second] = parts
  const isWord = bareName(first?.value) !== undefined && second?.value !== undefined
  const value = isWord ? undefined : first?.value
  return {
    name,
    ...optionalProperty('value', value),
    tails: buildTails(context, value === undefined ? parts : parts.slice(1)),
  }
}
