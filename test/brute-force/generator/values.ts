import type { Scope, ValueType } from './scope.js'
import { chance, oneOf, takesRoom, weighted, type Writer } from './writer.js'

const literals: Readonly<Record<ValueType, readonly string[]>> = {
  kernel: ['1', '3', '5'],
  width: ['4', '2', '6', '3'],
  flag: ['false', 'true'],
  mode: ['"a"', '"b"'],
}

export function literal(writer: Writer, type: ValueType): string {
  return oneOf(writer, literals[type])
}

/** A value as an expression: a literal, a choice, a name, one that hangs on a condition, or computed. */
export function value(writer: Writer, scope: Scope, type: ValueType, depth = 2): string {
  const named = scope.values.filter((each) => each.type === type)
  return weighted(writer, [
    [4, () => literal(writer, type)],
    ...(depth > 0 ? [[5, () => choiceOfValue(writer, scope, type, depth)] as const] : []),
    ...(named.length > 0 ? [[4, () => oneOf(writer, named).name] as const] : []),
    ...(depth > 0 ? [[2, () => conditionalValue(writer, scope, type, depth)] as const] : []),
    ...(depth > 0 && (type === 'width' || type === 'kernel')
      ? [[2, () => computed(writer, scope, type, depth)] as const]
      : []),
  ])
}

function computed(writer: Writer, scope: Scope, type: 'width' | 'kernel', depth: number): string {
  const one = (): string => value(writer, scope, type, depth - 1)
  if (type === 'kernel') {
    return weighted(writer, [
      [3, () => `max(1, ${one()})`],
      [1, () => `min(3, ${one()})`],
      [1, () => `abs(${atom(one())} - 2)`],
    ])
  }
  return weighted(writer, [
    [3, () => `${atom(one())} + 2`],
    [1, () => `${atom(one())} * ${atom(value(writer, scope, 'kernel', 0))}`],
    [1, () => `max(${one()}, ${one()})`],
    [1, () => `ceil(${atom(one())} / 2)`],
    [1, () => `round8(${one()})`],
    [1, () => `${atom(one())} % 4 + 1`],
    [1, () => (takesRoom(writer, 2, scope.places) ? `8 / one of { 1, 2 }` : '8 / 2')],
  ])
}

export function atom(text: string): string {
  return /^[\w"]+$/.test(text) ? text : `(${text})`
}

/** Falls back on a literal where there is no room for more architectures. */
export function choiceOfValue(writer: Writer, scope: Scope, type: ValueType, depth = 1, per = true): string {
  const all = literals[type]
  const count = Math.min(
    all.length,
    weighted(writer, [
      [6, () => 2],
      [2, () => 3],
      [1, () => 1],
    ]),
  )
  const first = writer.draws.integer(all.length)
  const options = Array.from({ length: count }, (_, index) => all[(first + index) % all.length] ?? '')
  if (!takesRoom(writer, count, scope.places)) return options[0] ?? '1'
  const where = per && scope.per.length > 0 && chance(writer, 1, 4) ? ` per ${oneOf(writer, scope.per)}` : ''
  if (type !== 'flag' && type !== 'mode' && chance(writer, 1, 10)) return `one of ${rangeOf(type, count)}${where}`
  if (depth > 1 && type !== 'mode' && chance(writer, 1, 6)) {
    const option = optionOf(writer, scope, type)
    if (!options.includes(option)) options[count - 1] = option
  }
  return `one of { ${options.join(', ')} }${where}`
}

/** So many numbers as a range. */
function rangeOf(type: 'width' | 'kernel', count: number): string {
  return type === 'width' ? `2..${1 + count}` : `1..${2 * count - 1} step 2`
}

/** An option that is no literal. */
function optionOf(writer: Writer, scope: Scope, type: ValueType): string {
  return weighted(writer, [
    [1, () => choiceOfValue(writer, scope, type, 0)],
    [1, () => conditionalValue(writer, scope, type, 1)],
  ])
}

function conditionalValue(writer: Writer, scope: Scope, type: ValueType, depth: number): string {
  const test = condition(writer, scope)
  const [then, otherwise] = [value(writer, scope, type, depth - 1), value(writer, scope, type, depth - 1)]
  return `(if ${test} then ${then} else ${otherwise})`
}

/** A condition on facts of the place, on names, or a choice itself. */
export function condition(writer: Writer, scope: Scope, depth = 1): string {
  return weighted(writer, [
    [6, () => simpleCondition(writer, scope)],
    ...(depth > 0 ? [[1, () => `not (${condition(writer, scope, 0)})`] as const] : []),
    ...(depth > 0 ? [[1, () => `${condition(writer, scope, 0)} and ${condition(writer, scope, 0)}`] as const] : []),
    ...(depth > 0 ? [[1, () => `${condition(writer, scope, 0)} or ${condition(writer, scope, 0)}`] as const] : []),
  ])
}

function simpleCondition(writer: Writer, scope: Scope): string {
  return weighted(writer, [
    [1, () => 'true'],
    ...(scope.facts.length > 0 ? [[5, () => oneOf(writer, scope.facts)] as const] : []),
    ...(scope.values.length > 0 ? [[4, () => conditionOn(writer, scope)] as const] : []),
    [1, () => `(${choiceOfValue(writer, scope, 'flag', 1)})`],
  ])
}

function conditionOn(writer: Writer, scope: Scope): string {
  const { name, type } = oneOf(writer, scope.values)
  switch (type) {
    case 'flag':
      return name
    case 'mode':
      return weighted(writer, [
        [2, () => `${name} == ${literal(writer, type)}`],
        [1, () => `${name} != ${literal(writer, type)}`],
        [1, () => `${name} in { ${literal(writer, type)}, "c" }`],
      ])
    default:
      return weighted(writer, [
        [2, () => `${name} > ${literal(writer, type)}`],
        [1, () => `${name} in { ${literal(writer, type)}, 7 }`],
        [1, () => `${name} % 4 == 0`],
        [1, () => `${name} != ${literal(writer, type)}`],
        [1, () => `${name} / 2 <= ${literal(writer, type)} - 1`],
      ])
  }
}
