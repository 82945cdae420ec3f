import type { CstNode, IToken } from 'chevrotain'
import type * as Cst from '../../../../grammar/generated/cst.js'
import { coverSpans, type Span } from '../../text/source.js'
import type { Argument, Arity, BinaryOperator, Expression, Name, PhraseTail } from '../ast.js'
import {
  buildName,
  endOfToken,
  optionalProperty,
  many,
  one,
  optionalName,
  separated,
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
  const { start } = spanOfNode(node, at)
  const arrows = many(node.children.Arrow)
  const read = separated(node.children.steps, arrows, start, (step, place) => buildTernary(context, step, place))
  const first = read[0] ?? missing(start)
  // An arrow behind which nothing could be read still is a step: a hole.
  const holes = arrows.slice(Math.max(0, read.length - 1)).map((arrow) => missing(endOfToken(arrow, start)))
  const steps = [first, ...read.slice(1), ...holes]
  return steps.length === 1 ? first : { kind: 'pipeline', span: coverAll(steps), steps }
}

function coverAll(nodes: readonly { readonly span: Span }[]): Span {
  return nodes.map((node) => node.span).reduce(coverSpans)
}

function buildTernary(context: BuildContext, node: Cst.TernaryCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const conditional = one(node?.children.conditional)
  if (conditional !== undefined) {
    const { If, test, Then, then, Else, otherwise } = conditional.children
    const other = one(otherwise)
    return {
      kind: 'if',
      span: spanOfNode(conditional, at),
      test: buildDisjunction(context, one(test), endOfToken(one(If), span.start)),
      then: buildTernary(context, one(then), endOfToken(one(Then), span.end)),
      ...optionalProperty('otherwise', other && buildTernary(context, other, endOfToken(one(Else), span.end))),
    }
  }
  return buildDisjunction(context, one(node?.children.disjunction), span.start)
}

export function buildArity(context: BuildContext, node: Cst.ArityCstNode, at: number): Arity {
  const span = spanOfNode(node, at)
  const most = one(node.children.most)
  return {
    kind: 'arity',
    span,
    least: buildAdditive(context, one(node.children.least), span.start),
    ...optionalProperty('most', most && buildAdditive(context, most, endOfToken(one(node.children.Dots), span.end))),
    open: node.children.Dots !== undefined && most === undefined,
  }
}

/** `a o b o c`, from the left; `at` is where the first operand would be. */
function chain<T extends CstNode>(
  operands: readonly T[] | undefined,
  operators: readonly IToken[],
  at: number,
  build: (operand: T | undefined, at: number) => Expression,
): Expression {
  return operators.reduce<Expression>(
    (left, token, index) => {
      const right = build(operands?.[index + 1], endOfToken(token, left.span.end))
      const operator = binaryOperators.get(token.image)
      if (operator === undefined) return left
      return { kind: 'binary', span: coverSpans(left.span, right.span), operator, left, right }
    },
    build(operands?.[0], at),
  )
}

const binaryOperators: ReadonlyMap<string, BinaryOperator> = new Map(
  (['+', '-', '&', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or'] as const).map(
    (operator) => [operator, operator],
  ),
)

function buildDisjunction(context: BuildContext, node: Cst.DisjunctionCstNode | undefined, at: number): Expression {
  const { start } = spanOfNode(node, at)
  return chain(node?.children.operands, many(node?.children.Or), start, (operand, place) =>
    buildConjunction(context, operand, place),
  )
}

function buildConjunction(context: BuildContext, node: Cst.ConjunctionCstNode | undefined, at: number): Expression {
  const { start } = spanOfNode(node, at)
  return chain(node?.children.operands, many(node?.children.And), start, (operand, place) =>
    buildNegation(context, operand, place),
  )
}

function buildNegation(context: BuildContext, node: Cst.NegationCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const comparison = one(node?.children.comparison)
  const { start } = spanOfNode(comparison, endOfToken(one(node?.children.Not), span.start))
  const { operands, ComparisonOperator } = comparison?.children ?? {}
  const operand = chain(operands, many(ComparisonOperator), start, (interval, place) =>
    buildInterval(context, interval, place),
  )
  return node?.children.Not === undefined ? operand : { kind: 'unary', span, operator: 'not', operand }
}

function buildInterval(context: BuildContext, node: Cst.IntervalCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const from = buildRange(context, one(node?.children.from), span.start)
  if (node?.children.To === undefined) return from
  const { To, to } = node.children
  return { kind: 'span', span, from, to: buildRange(context, one(to), endOfToken(one(To), span.end)) }
}

export function buildRange(context: BuildContext, node: Cst.RangeCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const from = buildAdditive(context, one(node?.children.from), span.start)
  if (node?.children.Dots === undefined) return from
  const { Dots, to, Step } = node.children
  const step = one(node.children.step)
  return {
    kind: 'range',
    span,
    from,
    to: buildAdditive(context, one(to), endOfToken(one(Dots), span.end)),
    ...optionalProperty('step', step && buildAdditive(context, step, endOfToken(one(Step), span.end))),
  }
}

export function buildAdditive(context: BuildContext, node: Cst.AdditiveCstNode | undefined, at: number): Expression {
  const { start } = spanOfNode(node, at)
  return chain(node?.children.operands, many(node?.children.AdditiveOperator), start, (operand, place) =>
    buildMultiplicative(context, operand, place),
  )
}

function buildMultiplicative(
  context: BuildContext,
  node: Cst.MultiplicativeCstNode | undefined,
  at: number,
): Expression {
  const { start } = spanOfNode(node, at)
  return chain(node?.children.operands, many(node?.children.MultiplicativeOperator), start, (operand, place) =>
    buildUnary(context, operand, place),
  )
}

function buildUnary(context: BuildContext, node: Cst.UnaryCstNode | undefined, at: number): Expression {
  const span = spanOfNode(node, at)
  const power = one(node?.children.power)
  const { base: written, Caret, exponent } = power?.children ?? {}
  const base = buildPostfix(context, one(written), endOfToken(one(node?.children.Minus), span.start))
  const operand: Expression =
    Caret === undefined
      ? base
      : {
          kind: 'binary',
          span: spanOfNode(power, span.end),
          operator: '^',
          left: base,
          right: buildUnary(context, one(exponent), endOfToken(one(Caret), span.end)),
        }
  return node?.children.Minus === undefined ? operand : { kind: 'unary', span, operator: '-', operand }
}

function buildPostfix(context: BuildContext, node: Cst.PostfixCstNode | undefined, at: number): Expression {
  const primary = buildPrimary(context, one(node?.children.primary), spanOfNode(node, at).start)
  return many(node?.children.steps).reduce<Expression>((target, step) => {
    const span = coverSpans(target.span, spanOfNode(step, target.span.end))
    const call = one(step.children.callArguments)
    if (call !== undefined) {
      return { kind: 'call', span, callee: target, arguments: buildArguments(context, call, span.end) }
    }
    const index = one(step.children.index)
    if (index === undefined) return { kind: 'field', span, target, name: buildName(one(step.children.field), span.end) }
    const { LeftBracket, expression } = index.children
    const place = endOfToken(one(LeftBracket), span.end)
    return { kind: 'index', span, target, index: buildExpression(context, one(expression), place) }
  }, primary)
}

export function buildArguments(context: BuildContext, node: Cst.CallArgumentsCstNode, at: number): readonly Argument[] {
  const { LeftParenthesis, arguments: written, Comma } = node.children
  const first = endOfToken(one(LeftParenthesis), at)
  return separated(written, Comma, first, (argument, place) => buildArgument(context, argument, place))
}

function buildArgument(context: BuildContext, node: Cst.ArgumentCstNode, at: number): Argument {
  const span = spanOfNode(node, at)
  return {
    kind: 'argument',
    span,
    ...optionalProperty('label', optionalName(one(node.children.label))),
    value: buildPhrase(context, one(node.children.phrase), endOfToken(one(node.children.Colon), span.start)),
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
      body: buildExpression(
        context,
        one(block.children.expression),
        endOfToken(one(block.children.LeftBrace), span.end),
      ),
    }
  }
  const braces = one(set)
  if (braces !== undefined) return buildSet(context, braces, span)
  const group = one(parenthesised)
  if (group !== undefined) {
    const { LeftParenthesis, items: written, Comma } = group.children
    const place = endOfToken(one(LeftParenthesis), span.end)
    const items = separated(written, Comma, place, (item, at) => buildExpression(context, item, at))
    const inner = items[0] ?? missing(place)
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
    options: buildRange(context, one(node.children.options), endOfToken(one(node.children.Of), span.end)),
    ...optionalProperty('per', optionalName(one(node.children.scope))),
  }
}

function buildSet(context: BuildContext, node: Cst.SetCstNode, span: Span): Expression {
  const start = endOfToken(one(node.children.LeftBrace), span.end)
  const comprehension = one(node.children.comprehension)
  if (comprehension === undefined) {
    const { items, Comma } = one(node.children.setItems)?.children ?? {}
    return {
      kind: 'set',
      span,
      items: separated(items, Comma, start, (item, place) => buildExpression(context, item, place)),
    }
  }
  return {
    kind: 'comprehension',
    span,
    bindings: many(comprehension.children.bindings).map((binding) => {
      const bindingSpan = spanOfNode(binding, start)
      const { For, name, In, domain } = binding.children
      return {
        kind: 'binding',
        span: bindingSpan,
        name: buildName(one(name), endOfToken(one(For), bindingSpan.start)),
        domain: buildRange(context, one(domain), endOfToken(one(In), bindingSpan.end)),
      }
    }),
    body: buildExpression(
      context,
      one(comprehension.children.body),
      endOfToken(one(comprehension.children.Colon), span.end),
    ),
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
  const head = buildExpression(context, one(node?.children.head), span.start)
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
