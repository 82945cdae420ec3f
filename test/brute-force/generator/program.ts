import type { Draws } from '../draws.js'
import { cell, letsOf, operationLets, type Cell } from './cells.js'
import { letTerm, type Condition, type Term } from './condition.js'
import { helpers } from './helpers.js'
import { head, stack, stage, stem, type CellUse, type Counts } from './network.js'
import { operation, setOfOperations } from './operations.js'
import type { Decision } from '../../../src/space/decisions/decision.js'
import { pathCondition } from './path-requires.js'
import { condition } from './requires.js'
import { rewritten, type Rewrite } from './rewrites.js'
import { moduleScope, type NamedValue, type Scope } from './scope.js'
import { choiceOfValue, literal, value } from './values.js'
import type { Member } from '../reference/member.js'
import { chance, createWriter, takesRoom, newName, oneOf, weighted, type Writer } from './writer.js'

/** A program, and what its space is to be. */
export interface Program {
  readonly text: string
  /** Name of the space that is looked at. */
  readonly space: string
  /** What its architectures must satisfy. */
  readonly conditions: readonly Condition[]
  /** Values of params other than those that the program gives them. */
  readonly set: Readonly<Record<string, number | boolean | string>>
  /** The same program with a `require` on these decisions of its; undefined where none is to be written. */
  readonly required: (decisions: readonly Decision[]) => Program | undefined
}

/** A program that can be probed. */
export interface ProbedProgram extends Program {
  /** The same program with a copy of its space for each of these conditions, `probe0`, `probe1`, which requires it besides. */
  readonly probes: (conditions: readonly Condition[]) => string
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
export function programOf(draws: Draws): ProbedProgram {
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
    ? rewritten(writer, {
        chosen: [...lets.chosen, ...space.chosen],
        stages: space.stages,
        sets: [...lets.sets, ...space.sets],
        uses: space.uses.flatMap(({ name, cell: of }) => (of.takes.includes('k') ? [[name, of.name] as const] : [])),
      })
    : undefined
  const textWith = (requires: readonly string[], ...others: readonly string[]): string => {
    const texts = [
      `import { ${imports.join(', ')} } from std:nn`,
      ...(rewrite?.text.startsWith('search') ? ['import std:search'] : []),
      ...params.texts,
      ...[...writer.helpers].map((name) => helpers[name]?.declaration ?? ''),
      ...lets.texts,
      ...cells.map(({ text }) => text),
      space.text(requires),
      ...(rewrite ? [rewrite.text] : []),
      ...others,
    ]
    return `${texts.join('\n')}\n`
  }
  const program: ProbedProgram = {
    text: textWith([]),
    space: rewrite?.space ?? 'space1',
    conditions: rewrite ? space.conditions.map(rewrite.conditionOf) : space.conditions,
    set: params.set,
    probes: (conditions) => textWith([], ...conditions.map(({ text }, index) => space.text([text], `probe${index}`))),
    required(decisions) {
      if (rewrite || !chance(writer, 1, 3)) return undefined
      const condition = pathCondition(writer, decisions, (path) => isOfWholeStage(program.text, path))
      if (!condition) return undefined
      return { ...program, text: textWith([condition.text]), conditions: [...program.conditions, condition] }
    },
  }
  return program
}

/** Whether a path is that of the stage as a whole, and not of what its layers decide under the same name. */
function isOfWholeStage(text: string, path: string): boolean {
  const [stage = '', name = ''] = path.split('.')
  return ['width', 'depth', 'stride'].includes(name) || new RegExp(`stage ${stage} .*\\blet ${name} = `).test(text)
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
  readonly text: (requires: readonly string[], name?: string) => string
  readonly conditions: readonly Condition[]
  readonly chosen: readonly string[]
  readonly stages: readonly string[]
  readonly sets: readonly string[]
  readonly uses: readonly CellUse[]
}

function spaceOf(writer: Writer, outer: Scope, cells: readonly Cell[], constants: readonly string[]): WrittenSpace {
  const lets = letsOf(writer, outer, 'space', 2)
  const inSpace: Scope = { ...outer, values: [...outer.values, ...lets.values] }
  const inner = letsOf(writer, inSpace, 'net', 2)
  const values = [...outer.values, ...lets.values, ...inner.values]
  const named = operationLets(writer, { ...outer, values, keepsShape: true }, 'net')
  const scope: Scope = {
    ...outer,
    values,
    operations: [...outer.operations, ...named.operations],
    sets: [...outer.sets, ...named.sets],
  }
  const uses = cells.flatMap((each) => usesOf(writer, each))
  const count = 1 + writer.draws.integer(3)
  const items: string[] = []
  const stages: string[] = []
  const terms: Term[] = [...constants, ...lets.chosen, ...inner.chosen].map(letTerm)
  const conditions: Condition[] = []
  const used = new Map<CellUse, ((member: Member) => boolean)[]>()
  const isCounted = uses.length > 0 && chance(writer, 1, 6) && takesRoom(writer, 2, 1)
  const counts: Counts = { names: isCounted ? [newName(writer, 'count')] : [], chosen: 0 }
  for (let index = 0; index < count; index++) {
    if (uses.length > 0 && chance(writer, 2, 3)) {
      const part = stack(writer, scope, uses, counts)
      items.push(part.text)
      for (const { use, isIn } of part.uses) used.set(use, [...(used.get(use) ?? []), isIn])
      continue
    }
    const part = stage(writer, scope)
    stages.push(part.name)
    items.push(part.text)
    terms.push(...part.terms)
    conditions.push(...part.conditions)
  }
  const required = chance(writer, 1, 6) ? [condition(writer, terms)] : []
  const requiredInNetwork = chance(writer, 1, 10) ? [condition(writer, terms)] : []
  const require = ({ text }: Condition): string => `  require ${text}`
  const lines = [
    `  input ${imageOf(writer, outer)}`,
    '  classes 2',
    ...lets.texts.map((each) => `  ${each}`),
    ...uses.map((use) => `  cell ${use.name} = ${use.cell.name}${argumentsOf(writer, use, inSpace)}`),
    '  network {',
    ...[...inner.texts, ...named.texts].map((each) => `    ${each}`),
    ...counts.names.map((name) => `    let ${name} = one of { 1, 2 }`),
    ...(chance(writer, 9, 10) || uses.length > 0 ? [`    ${stem(writer, scope)}`] : []),
    ...items.map((each) => `    ${each}`),
    `    ${head(writer, scope)}`,
    ...requiredInNetwork.map((each) => `  ${require(each)}`),
    '  }',
    ...required.map(require),
  ]
  const text = (requires: readonly string[], name = 'space1'): string =>
    [`space ${name} {`, ...lines, ...requires.map((each) => `  require ${each}`), '}'].join('\n')
  const ofCells = [...used].flatMap(([{ name, cell: each }, places]) =>
    each.requires.map(({ of }) => whereItIs(of(name), places)),
  )
  return {
    text,
    chosen: [...lets.chosen, ...inner.chosen],
    stages,
    sets: named.sets,
    uses,
    conditions: [...required, ...requiredInNetwork, ...conditions, ...ofCells],
  }
}

/** Arguments that a use gives its cell, choices among them. */
function argumentsOf(writer: Writer, { cell: { takes } }: CellUse, scope: Scope): string {
  const inUse: Scope = { ...scope, facts: [], per: ['space'], places: 1, keepsShape: true }
  const supplied = takes.flatMap((each) => {
    if (!chance(writer, 2, 3)) return []
    switch (each) {
      case 'k':
        return `k: ${value(writer, inUse, 'kernel')}`
      case 'w':
        return `w: ${value(writer, inUse, 'width')}`
      case 'body':
        return `body: ${operation(writer, inUse, 1)}`
    }
  })
  return supplied.length === 0 ? '' : `(${supplied.join(', ')})`
}

/** What a cell requires says nothing of a network without the cell. */
function whereItIs({ text, holds }: Condition, places: readonly ((member: Member) => boolean)[]): Condition {
  return { text, holds: (member) => (places.some((isIn) => isIn(member)) ? holds(member) : undefined) }
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
