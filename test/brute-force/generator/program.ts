import type { Draws } from '../draws.js'
import { cell, letsOf, type Cell } from './cells.js'
import { termOf, type Condition, type Term } from './condition.js'
import { helpers } from './helpers.js'
import { head, stack, stage, stem, type CellUse } from './network.js'
import { operation, setOfOperations } from './operations.js'
import { condition } from './requires.js'
import { rewritten, type Rewrite } from './rewrites.js'
import { moduleScope, type NamedValue, type Scope } from './scope.js'
import { choiceOfValue, literal } from './values.js'
import { chance, createWriter, type Feature, newName, oneOf, weighted, type Writer } from './writer.js'

/** A program, and what its space is to be. */
export interface Program {
  readonly text: string
  /** Name of the space that is looked at. */
  readonly space: string
  /** What its architectures must satisfy. */
  readonly conditions: readonly Condition[]
  /** Values of params other than those that the program gives them. */
  readonly set: Readonly<Record<string, number | boolean | string>>
  readonly features: ReadonlySet<Feature>
}

/** Programs have about this many architectures at most, before constraints and what cannot be built. */
const room = 96

const imports = [
  'bn',
  'channel_shuffle',
  'conv',
  'depthwise',
  'global_pool',
  'identity',
  'linear',
  'max_pool',
  'relu',
  'swish',
]

/** The program of some draws. */
export function programOf(draws: Draws): Program {
  const writer = createWriter(draws, room)
  const params = paramsOf(writer)
  const lets = moduleLets(writer, { ...moduleScope, values: params.values })
  const scope: Scope = {
    ...moduleScope,
    values: [...params.values, ...lets.values],
    operations: lets.operations,
    sets: lets.sets,
  }
  const cells = Array.from(
    {
      length: weighted(writer, [
        [2, () => 0],
        [3, () => 1],
        [1, () => 2],
      ]),
    },
    () => cell(writer, scope),
  )
  const space = spaceOf(writer, scope, cells, lets.chosen)
  const rewrite: Rewrite | undefined = chance(writer, 1, 5)
    ? rewritten(writer, [...lets.chosen, ...space.chosen])
    : undefined
  const texts = [
    `import { ${imports.join(', ')} } from std:nn`,
    ...params.texts,
    ...[...writer.helpers].map((name) => helpers[name]?.declaration ?? ''),
    ...lets.texts,
    ...cells.map(({ text }) => text),
    space.text,
    ...(rewrite ? [rewrite.text] : []),
  ]
  return {
    text: `${texts.join('\n')}\n`,
    space: rewrite ? 'rewritten' : 'space1',
    conditions: rewrite ? space.conditions.map(rewrite.conditionOf) : space.conditions,
    set: params.set,
    features: writer.features,
  }
}

interface Params {
  readonly texts: readonly string[]
  readonly values: readonly NamedValue[]
  readonly set: Program['set']
}

function paramsOf(writer: Writer): Params {
  const texts: string[] = []
  const values: NamedValue[] = []
  const set: Record<string, number | boolean | string> = {}
  while (texts.length < 2 && chance(writer, 1, 4)) {
    const name = newName(writer, 'param')
    const type = oneOf(writer, ['kernel', 'width', 'flag', 'mode'] as const)
    texts.push(`param ${name} = ${literal(writer, type)}`)
    values.push({ name, type })
    if (chance(writer, 1, 2)) set[name] = parsed(literal(writer, type))
  }
  return { texts, values, set }
}

function parsed(text: string): number | boolean | string {
  if (text.startsWith('"')) return text.slice(1, -1)
  return text === 'true' || text === 'false' ? text === 'true' : Number(text)
}

interface ModuleLets {
  readonly texts: readonly string[]
  readonly values: readonly NamedValue[]
  readonly chosen: readonly string[]
  readonly operations: readonly string[]
  readonly sets: readonly string[]
}

function moduleLets(writer: Writer, scope: Scope): ModuleLets {
  const { texts, values, chosen } = letsOf(writer, scope, 'const', 3)
  const inLets: Scope = { ...scope, values: [...scope.values, ...values], keepsShape: true }
  const operations = chance(writer, 1, 5) ? [newName(writer, 'shared')] : []
  const sets = chance(writer, 1, 4) ? [newName(writer, 'candidates')] : []
  return {
    values,
    chosen,
    operations,
    sets,
    texts: [
      ...texts,
      ...operations.map((name) => `let ${name} = ${operation(writer, inLets, 1)}`),
      ...sets.map((name) => `let ${name} = ${setOfOperations(writer, inLets, 1, 2)}`),
    ],
  }
}

interface WrittenSpace {
  readonly text: string
  readonly conditions: readonly Condition[]
  readonly chosen: readonly string[]
}

function spaceOf(writer: Writer, outer: Scope, cells: readonly Cell[], constants: readonly string[]): WrittenSpace {
  const lets = letsOf(writer, outer, 'space', 2)
  const inner = letsOf(writer, { ...outer, values: [...outer.values, ...lets.values] }, 'net', 2)
  const scope: Scope = { ...outer, values: [...outer.values, ...lets.values, ...inner.values] }
  const uses = cells.flatMap((each) => usesOf(writer, each))
  const count = 1 + writer.draws.integer(3)
  const items: string[] = []
  const terms: Term[] = [...constants, ...lets.chosen, ...inner.chosen].map((name) => termOf(name, name))
  const conditions: Condition[] = []
  const used = new Set<CellUse>()
  for (let index = 0; index < count; index++) {
    if (uses.length > 0 && chance(writer, 2, 3)) {
      const part = stack(writer, scope, uses, [])
      items.push(part.text)
      for (const use of part.uses) used.add(use)
      continue
    }
    const part = stage(writer, scope)
    items.push(part.text)
    terms.push(...part.terms)
    conditions.push(...part.conditions)
  }
  const required = chance(writer, 1, 4) ? [condition(writer, terms)] : []
  const requiredInNetwork = chance(writer, 1, 10) ? [condition(writer, terms)] : []
  const require = ({ text }: Condition): string => `  require ${text}`
  const text = [
    'space space1 {',
    `  input ${imageOf(writer, outer)}`,
    '  classes 2',
    ...lets.texts.map((each) => `  ${each}`),
    ...uses.map(
      ({ name, cell: { name: of, takesKernel } }) =>
        `  cell ${name} = ${of}${takesKernel && chance(writer, 1, 2) ? '(k: 1)' : ''}`,
    ),
    '  network {',
    ...inner.texts.map((each) => `    ${each}`),
    ...(chance(writer, 9, 10) || uses.length > 0 ? [`    ${stem(writer, scope)}`] : []),
    ...items.map((each) => `    ${each}`),
    `    ${head(writer, scope)}`,
    ...requiredInNetwork.map((each) => `  ${require(each)}`),
    '  }',
    ...required.map(require),
    '}',
  ].join('\n')
  if (uses.some((use) => !used.has(use) && use.cell.requires.length > 0))
    writer.features.add('require of an unused cell')
  const ofCells = [...used].flatMap(({ name, cell: each }) => each.requires.map(({ of }) => of(name)))
  return {
    text,
    chosen: [...lets.chosen, ...inner.chosen],
    conditions: [...required, ...requiredInNetwork, ...conditions, ...ofCells],
  }
}

function usesOf(writer: Writer, each: Cell): readonly CellUse[] {
  const first = { name: newName(writer, 'use'), cell: each }
  return chance(writer, 1, 4) ? [first, { name: newName(writer, 'use'), cell: each }] : [first]
}

function imageOf(writer: Writer, scope: Scope): string {
  return weighted(writer, [
    [4, () => 'image(6, 3)'],
    [1, () => `image(${choiceOfValue(writer, scope, 'width', 1, false)}, 3)`],
    [1, () => 'image(8, 4, 2)'],
  ])
}
