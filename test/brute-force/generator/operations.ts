import { answersOfBody, helpers } from './helpers.js'
import type { Scope } from './scope.js'
import { condition, value } from './values.js'
import { chance, oneOf, takesRoom, weighted, type Writer } from './writer.js'

/** An operation as an expression. */
export function operation(writer: Writer, scope: Scope, depth = 2): string {
  const named = [...scope.operations]
  return weighted(writer, [
    [6, () => convolution(writer, scope)],
    [2, () => oneOf(writer, ['identity', 'relu', 'bn', 'max_pool(3)'])],
    [2, () => `depthwise(${value(writer, scope, 'kernel', 1)})`],
    [5, () => helperCall(writer, scope)],
    ...(named.length > 0 ? [[4, () => oneOf(writer, named)] as const] : []),
    ...(depth > 0
      ? ([
          [4, () => choiceOfOperation(writer, scope, depth)],
          [3, () => `${operand(writer, scope, depth)} -> ${operand(writer, scope, depth)}`],
          [3, () => conditionalOperation(writer, scope, depth)],
          [2, () => branches(writer, scope, depth)],
          [1, () => someOf(writer, scope, depth)],
          [1, () => wrapped(writer, scope, depth)],
        ] as const)
      : []),
  ])
}

/** An operation that may stand in a pipeline or behind `then`. */
function operand(writer: Writer, scope: Scope, depth: number): string {
  const text = operation(writer, scope, depth - 1)
  return / -> |^if /.test(text) ? `(${text})` : text
}

function convolution(writer: Writer, scope: Scope): string {
  const width = scope.keepsShape || chance(writer, 3, 4) ? 'channels' : value(writer, scope, 'width')
  const kernel = value(writer, scope, 'kernel')
  return kernel === '1' ? `conv(${width})` : `conv(${width}, ${kernel})`
}

function helperCall(writer: Writer, scope: Scope): string {
  const name = oneOf(writer, Object.keys(helpers))
  const answers = answersOfBody[name] ?? 1
  if (answers > 1 && !takesRoom(writer, answers, scope.places)) return 'relu'
  writer.helpers.add(name)
  return helpers[name]?.call(writer, scope) ?? name
}

/** A choice between operations, whose options may have choices of their own. */
export function choiceOfOperation(writer: Writer, scope: Scope, depth: number, per = true): string {
  const count = weighted(writer, [
    [6, () => 2],
    [2, () => 3],
    [1, () => 1],
  ])
  if (!takesRoom(writer, count, scope.places)) return convolution(writer, scope)
  const where = per && scope.per.length > 0 && chance(writer, 1, 5) ? ` per ${oneOf(writer, scope.per)}` : ''
  return `one of ${setOfOperations(writer, scope, depth, count)}${where}`
}

/** A set of different operations: listed, by rule, by name, with one added or taken away. */
export function setOfOperations(writer: Writer, scope: Scope, depth: number, count: number): string {
  const { sets } = scope
  return weighted(writer, [
    [6, () => `{ ${listed(writer, scope, depth, count).join(', ')} }`],
    ...(count === 2 ? [[1, () => byRule(writer)] as const] : []),
    ...(count <= 2 && sets.length > 0 ? [[3, () => oneOf(writer, sets)] as const] : []),
    ...(count === 3 && sets.length > 0 ? [[2, () => `${oneOf(writer, sets)} + { bn }`] as const] : []),
    ...(count === 1 && sets.length > 0 ? [[2, () => `${oneOf(writer, sets)} - { relu }`] as const] : []),
    ...(count === 2 && depth > 0 ? [[1, () => conditionalSet(writer, scope)] as const] : []),
    ...(count === 2 ? [[1, () => withArgument(writer)] as const] : []),
  ])
}

function byRule(writer: Writer): string {
  writer.helpers.add('block')
  return weighted(writer, [
    [1, () => '{ for k in { 1, 3 }: conv(channels, k) }'],
    [1, () => '{ for k in { 1, 3 } for e in { 2 }: block(k, e) }'],
  ])
}

function conditionalSet(writer: Writer, scope: Scope): string {
  return `(if ${condition(writer, scope)} then { relu, bn } else { identity, conv(channels) })`
}

/** Each of a set of operations with one more argument. */
function withArgument(writer: Writer): string {
  writer.helpers.add('block')
  return `{ block(1), block(3) }(expand: ${oneOf(writer, ['1', '2'])})`
}

function listed(writer: Writer, scope: Scope, depth: number, count: number): readonly string[] {
  const options: string[] = []
  for (let tries = 0; options.length < count && tries < 6; tries++) {
    const text = operation(writer, scope, depth - 1)
    if (!options.includes(text)) options.push(text)
  }
  const others = ['identity', 'relu', 'bn'].filter((text) => !options.includes(text))
  return [...options, ...others].slice(0, count)
}

function conditionalOperation(writer: Writer, scope: Scope, depth: number): string {
  const test = condition(writer, scope)
  const then = operand(writer, scope, depth)
  if (!scope.keepsShape && chance(writer, 1, 3)) return `(if ${test} then ${then})`
  return `(if ${test} then ${then} else ${operand(writer, scope, depth)})`
}

function branches(writer: Writer, scope: Scope, depth: number): string {
  const one = (): string => operation(writer, { ...scope, keepsShape: true }, depth - 1)
  return weighted(writer, [
    [2, () => `residual { ${one()} }`],
    [1, () => `sum(conv(channels, 3), ${one()})`],
    [1, () => `sum(${one()}, ${one()})`],
    [1, () => (scope.keepsShape ? one() : `concat(${one()}, ${one()})`)],
    [1, () => `multiply(identity, global_pool -> conv(in, ${value(writer, scope, 'kernel', 1)}))`],
    [1, () => `same_width(${one()})`],
  ])
}

/** Some of a set of operations, summed. */
function someOf(writer: Writer, scope: Scope, depth: number): string {
  const [arity, answers] = oneOf(writer, [
    ['any 1', 2],
    ['any 1..', 3],
    ['any 1..2', 3],
    ['any 2', 1],
    ['any 0..', 4],
  ] as const)
  if (!takesRoom(writer, answers, scope.places)) return 'relu'
  return `${arity} of { ${listed(writer, { ...scope, keepsShape: true }, depth, 2).join(', ')} }`
}

function wrapped(writer: Writer, scope: Scope, depth: number): string {
  writer.helpers.add('wrap')
  return `wrap(${operation(writer, scope, depth - 1)})`
}
