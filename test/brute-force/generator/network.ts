import { letsOf, operationLets, type Cell } from './cells.js'
import { constantTerm, fixedTerm, termOf, type Condition, type Term } from './condition.js'
import type { Member } from '../reference/member.js'
import { operation } from './operations.js'
import { condition } from './requires.js'
import type { Scope } from './scope.js'
import { choiceOfValue, condition as conditionOn, literal, value } from './values.js'
import { chance, newName, oneOf, takesRoom, weighted, type Writer } from './writer.js'

/** A part of a network that was written. */
export interface Part {
  readonly name: string
  readonly text: string
  /** Numbers of it that a `require` of the space may speak of. */
  readonly terms: readonly Term[]
  readonly conditions: readonly Condition[]
}

const networkFacts = ['in > 3', 'in == 4', 'input.height > 4']

export function stem(writer: Writer, outer: Scope): string {
  const scope: Scope = { ...outer, facts: [...outer.facts, ...networkFacts], per: ['space'] }
  const first = `conv(${value(writer, scope, 'width')}, ${value(writer, scope, 'kernel', 1)}${chance(writer, 1, 5) ? ', stride: 2' : ''})`
  const more = weighted(writer, [
    [3, () => ''],
    [1, () => ' -> bn'],
    [2, () => ` -> ${behindStem(writer, scope)}`],
    [1, () => `; conv(${value(writer, scope, 'width', 1)})`],
  ])
  return `stem ${first}${more}`
}

/** A stem asks for no channels. */
function behindStem(writer: Writer, scope: Scope): string {
  return weighted(writer, [
    [1, () => 'relu'],
    [1, () => `depthwise(${value(writer, scope, 'kernel')})`],
    [1, () => `conv(${value(writer, scope, 'width')}, ${value(writer, scope, 'kernel', 1)})`],
    [1, () => operation(writer, { ...scope, keepsShape: true }, 1)],
    [1, () => (takesRoom(writer, 2, 1) ? 'one of { relu, bn }' : 'bn')],
    [1, () => `(if ${conditionOn(writer, scope)} then relu else bn)`],
    [1, () => `residual { conv(in, ${value(writer, scope, 'kernel', 1)}) }`],
  ])
}

export function head(writer: Writer, outer: Scope): string {
  const scope: Scope = { ...outer, facts: [...outer.facts, ...networkFacts], per: ['space'] }
  return weighted(writer, [
    [4, () => 'head global_pool -> linear(classes)'],
    [1, () => `head conv(${value(writer, scope, 'width')}) -> global_pool -> linear(classes)`],
    [1, () => `head ${operation(writer, { ...scope, keepsShape: true }, 1)} -> global_pool -> linear(classes)`],
    [1, () => `head linear(${value(writer, scope, 'width', 1)}) -> relu -> linear(classes)`],
  ])
}

export function stage(writer: Writer, outer: Scope): Part {
  const name = newName(writer, 'stage')
  const inStage: Scope = { ...outer, facts: [...outer.facts, 'in > 3'], per: ['stage', 'space'] }
  const lets = letsOf(writer, inStage, 'let', 3)
  const named: Scope = { ...inStage, values: [...inStage.values, ...lets.values] }
  const own = operationLets(writer, named, 'layer')
  const depth = depthOf(writer)
  const width = chance(writer, 3, 4) ? value(writer, named, 'width') : undefined
  const inLayer: Scope = {
    ...named,
    operations: [...named.operations, ...own.operations],
    sets: [...named.sets, ...own.sets],
    values: [...named.values, { name: 'layer', type: 'kernel' }, { name: 'first', type: 'flag' }],
    facts: [...named.facts, 'first', 'layer == 2', 'channels > 3', 'input.width > 4'],
    per: ['stage', 'layer', 'space'],
    places: depth.most,
  }
  const stride = chance(writer, 1, 5)
  const layer = stride ? `wideOrConv` : operation(writer, inLayer)
  if (stride) writer.helpers.add('wide')
  const layerText = layer === 'wideOrConv' ? `wide(channels) -> ${operation(writer, inLayer, 0)}` : layer
  const first = chance(writer, 1, 6)
    ? [`first ${stride ? 'wide(channels)' : operation(writer, { ...inLayer, places: 1 }, 1)}`]
    : []
  // What nothing reads is no choice, and its name may be that of what the layers choose.
  const readers = [width ?? '', depth.text ?? '', layerText, ...first, ...own.texts].join(' ')
  const isRead = (each: string): boolean => new RegExp(`\\b${each}\\b`).test(readers)
  const terms: Term[] = [
    ...(/^one of \{[^a-z]*\}$/.test(width ?? '') ? [termOf(`${name}.width`, `${name}.width`)] : []),
    ...(/^\d+$/.test(width ?? '') ? [fixedTerm(`${name}.width`, Number(width))] : []),
    ...depth.terms(name),
    ...lets.chosen.flatMap((each) => (isRead(each) ? [termOf(`${name}.${each}`, `${name}.${each}`)] : [])),
  ]
  const inside = terms.map(({ text, valueIn }) => ({ text: text.slice(name.length + 1), valueIn }))
  const conditions = chance(writer, 1, 8) ? [condition(writer, inside)] : []
  const items = [
    ...lets.texts,
    ...own.texts,
    ...(width === undefined ? [] : [`width ${width}`]),
    ...(depth.text === undefined ? [] : [`depth ${depth.text}`]),
    ...(stride ? [`stride ${strideOf(writer, named)}`] : []),
    `layer ${layerText}`,
    ...first,
    ...conditions.map(({ text }) => `require ${text}`),
  ]
  return { name, text: `stage ${name} { ${items.join('; ')} }`, terms, conditions }
}

function strideOf(writer: Writer, scope: Scope): string {
  if (!chance(writer, 1, 3)) return '2'
  if (takesRoom(writer, 2, 1)) return 'one of { 1, 2 }'
  return chance(writer, 1, 2) ? '1' : `(if ${conditionOn(writer, { ...scope, facts: [] }, 0)} then 2 else 1)`
}

interface Depth {
  readonly text?: string
  readonly most: number
  readonly terms: (stage: string) => readonly Term[]
}

function depthOf(writer: Writer): Depth {
  const chosen = (text: string, most: number): Depth => {
    const isChoice = takesRoom(writer, 2, 1)
    return isChoice
      ? { text, most, terms: (stage) => [termOf(`${stage}.depth`, `${stage}.depth`)] }
      : { text: '1', most: 1, terms: () => [] }
  }
  return weighted<Depth>(writer, [
    [3, () => ({ most: 1, terms: () => [] })],
    [2, () => ({ text: '2', most: 2, terms: (stage) => [fixedTerm(`${stage}.depth`, 2)] })],
    [3, () => chosen('one of { 1, 2 }', 2)],
    [1, () => chosen('one of 0..1', 1)],
    [1, () => chosen('one of { 2, 0 }', 2)],
  ])
}

/** A use of a cell in a space. */
export interface CellUse {
  readonly name: string
  readonly cell: Cell
}

function numberOfCells(count: string, counts: Counts): Term {
  if (counts.names.includes(count)) return termOf(count, count)
  if (!count.startsWith('one of')) return constantTerm(Number(count))
  counts.chosen += 1
  const path = counts.chosen === 1 ? 'count' : `count[${counts.chosen}]`
  return termOf(path, path)
}

export interface StackPart {
  readonly text: string
  /** Cells that it has, and where. */
  readonly uses: readonly { readonly use: CellUse; readonly isIn: (member: Member) => boolean }[]
}

/** Choices of how many cells a stack has. */
export interface Counts {
  /** Names of lets that stand for a choice between 1 and 2. */
  readonly names: readonly string[]
  /** How many stacks choose for themselves. */
  chosen: number
}

export function stack(writer: Writer, outer: Scope, uses: readonly CellUse[], counts: Counts): StackPart {
  const scope: Scope = { ...outer, per: ['space'] }
  const use = oneOf(writer, uses)
  const other = oneOf(writer, uses)
  const [named] = counts.names
  const count = weighted(writer, [
    [3, () => '1'],
    [2, () => '2'],
    [1, () => '3'],
    [named === undefined ? 0 : 4, () => named ?? '2'],
    [1, () => (takesRoom(writer, 2, 1) ? 'one of { 1, 2 }' : '2')],
  ])
  const cellsIn = numberOfCells(count, counts)
  const isMixed = other !== use && count !== '1'
  const position = chance(writer, 1, 3) ? '0' : '1'
  const further = isMixed && chance(writer, 1, 6) ? ', 2' : ''
  const exception = isMixed ? `, ${other.name} at { ${position}${further} }` : ''
  const channels = weighted(writer, [
    [4, () => `, channels ${literal(writer, 'width')}`],
    [2, () => `, channels ${choiceOfValue(writer, scope, 'width')}`],
    [2, () => `, channels ${value(writer, scope, 'width')}`],
    [2, () => ''],
  ])
  const doubled = isMixed && chance(writer, 1, 3) ? `, doubled at ${other.name}` : ''
  return {
    text: `stack ${count} of ${use.name}${exception}${channels}${doubled}`,
    uses: isMixed
      ? [
          { use, isIn: (member) => position === '1' || (cellsIn.valueIn(member) ?? 0) >= 2 },
          { use: other, isIn: (member) => (cellsIn.valueIn(member) ?? 0) > Number(position) },
        ]
      : [{ use, isIn: () => true }],
  }
}
