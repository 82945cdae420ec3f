import pc from 'picocolors'
import { conventionOf, defaultConvention } from '../../space/cost/index.js'
import {
  changesBetween,
  compareSelections,
  judgeResult,
  membersOf,
  relationOf,
  sideOf,
  takenTexts,
  type Change,
  type Comparison,
  type JudgedChange,
  type Relation,
  type Result,
  type Side,
} from '../../views/diff/index.js'
import { resolveParams } from '../../space/index.js'
import type { SharedMembers } from '../../analysis/index.js'
import { reachedDecisions } from '../../architectures/index.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { formatCount } from '../../support/format-quantity.js'
import { meantArchitecture, type MeantArchitecture } from '../operands/meant-architecture.js'
import { openProgram, paramsUnder, spaceMeant, type Program } from '../operands/open-program.js'
import { printJson } from '../output/print-failure.js'
import type { Terminal } from '../terminal.js'

const { space, convention, budget, json } = commonOptions

export const command = defineCommand({
  operands: { text: 'OLD NEW', least: 2, most: 2 },
  describe:
    'What became of a space: it shrinks (every new architecture is an old one), grows, moves, or is equal, by how many both\n' +
    'have in common, where that can be counted. Then the changes one by one, constraints by what they mean, and which results\n' +
    'stay valid: the architectures of OLD, or those that --arch names. OLD and NEW are files or run directories: what a run\n' +
    'derived is its result, and is compared with what the other derived, decision by decision.',
  options: {
    arch: { kind: 'list', value: 'NAME|FILE', describe: 'A result in OLD, or in a file of its own; may be repeated' },
    against: {
      kind: 'text',
      value: 'NAME|FILE',
      describe: 'An architecture of NEW that results are compared with, decision by decision; of a run the derived one',
    },
    space,
    convention,
    budget,
    json,
  },
  examples: [
    ['diff before.nas after.nas', 'two versions of a space, and what that means for the architectures in the first'],
    [
      'diff darts.ir.json spaces/darts.nas --arch runs/first_order-1/architectures/derived.nas',
      'is a result still one?',
    ],
    ['diff runs/first_order-1 runs/first_order-2', 'where two runs came to other decisions'],
    [
      'diff runs/first_order-1 spaces/darts.nas --against DARTS_V2',
      'what a run derived, beside a published architecture',
    ],
    ['diff before.nas after.nas --json', 'relation, changes and results as JSON'],
  ],
  async run([oldFile = '', newFile = ''], values, terminal) {
    const convention = conventionOf(values.convention ?? defaultConvention).name
    const allowed = analysisBudget(values.budget, terminal)
    const oldProgram = await openProgram(oldFile, values.json, terminal, allowed)
    const newProgram = await openProgram(newFile, values.json, terminal, allowed)
    if (oldProgram === undefined || newProgram === undefined) return exitCode.findings
    const old = sideIn(oldProgram, values.space)
    const now = sideIn(newProgram, values.space)
    const changes = changesBetween(old, now, convention)
    const members = membersOf(old, now, changes)
    const relation = relationOf(changes, members)
    const results: Result[] = []
    const compared: Compared[] = []
    const other = await comparedWith(newProgram, values.against, values.json, terminal)
    if (other === 'has-errors') return exitCode.findings
    for (const name of values.arch.length > 0 ? values.arch : namesIn(oldProgram, old)) {
      const meant = await meantArchitecture(oldProgram, { arch: name, set: {}, json: values.json }, terminal)
      if (meant === undefined) return exitCode.findings
      const [before, after] = [sideUnder(oldProgram, old, meant), sideUnder(newProgram, now, meant)]
      results.push(judgeResult(meant.name, meant.architecture, before, after, convention))
      if (other !== undefined) compared.push(compareMeant(meant, other))
    }
    if (values.json) {
      const side = ({ ir, space }: Side): object => ({ source: ir.source, hash: ir.hash, space: space.name })
      const listed = changes.map(({ change }) => change)
      const counts = members && {
        old: members.first.toString(),
        new: members.second.toString(),
        shared: members.shared.toString(),
      }
      printJson(
        {
          old: side(old),
          new: side(now),
          relation,
          members: counts ?? null,
          changes: listed,
          results,
          ...(other && { compared }),
          convention,
        },
        terminal,
      )
    } else print({ old, now, relation, members, changes, results, compared }, terminal)
    return exitCode.fine
  },
})

function sideIn(program: Program, space: string | undefined): Side {
  return sideOf(program.ir, spaceMeant(program, space), paramsUnder(program, []))
}

/**
 * A space with the params that an architecture states, as far as it has them; that of a run as the run would train the
 * architecture, or have it in its supernet.
 */
function sideUnder({ run }: Program, { ir, space }: Side, { stated, params, of }: MeantArchitecture): Side {
  if (run !== undefined) {
    const setting = (of === 'inherited' ? undefined : run.retrained) ?? run.searched
    return sideOf(ir, space.id, resolveParams(ir, setting.params), setting.images)
  }
  const own = stated.filter((name) => ir.params.some((param) => param.name === name))
  return sideOf(ir, space.id, resolveParams(ir, Object.fromEntries(own.map((name) => [name, params[name] ?? 0]))))
}

/** The results of a program, or the best that a run derived. */
function namesIn({ ir, run, named }: Program, { space }: Side): readonly string[] {
  if (run !== undefined) return named === undefined ? run.derived.slice(0, 1).map(({ name }) => name) : [named]
  return ir.architectures.filter((each) => each.space === space.id).map(({ name }) => name)
}

/** The architecture of NEW that results are compared with, if any: `--against`, or what a run derived. */
async function comparedWith(
  program: Program,
  against: string | undefined,
  json: boolean,
  terminal: Terminal,
): Promise<MeantArchitecture | 'has-errors' | undefined> {
  if (against === undefined && (program.run?.derived ?? []).length === 0) return undefined
  return (await meantArchitecture(program, { arch: against, set: {}, json }, terminal)) ?? 'has-errors'
}

/** Two architectures, decision by decision. */
interface Compared extends Comparison {
  readonly old: string
  readonly new: string
}

function compareMeant(old: MeantArchitecture, now: MeantArchitecture): Compared {
  const texts = ({ ir, architecture, params }: MeantArchitecture): ReturnType<typeof takenTexts> =>
    takenTexts(architecture.decisions, reachedDecisions(ir, architecture, params).all)
  return { old: old.name, new: now.name, ...compareSelections(texts(old), texts(now)) }
}

const sentences: Readonly<Record<Relation, string>> = {
  equal: 'is equal: the same architectures, the same networks',
  shrinks: 'shrinks: every new architecture is an old one',
  grows: 'grows: every old architecture is a new one',
  moves: 'moves: not every architecture, or not every network, of one is in the other',
}

interface Difference {
  readonly old: Side
  readonly now: Side
  readonly relation: Relation
  readonly members: SharedMembers | undefined
  readonly changes: readonly JudgedChange[]
  readonly results: readonly Result[]
  readonly compared: readonly Compared[]
}

function print({ old, now, relation, members, changes, results, compared }: Difference, terminal: Terminal): void {
  const colours = pc.createColors(terminal.outColour)
  const name = old.space.name === now.space.name ? old.space.name : `${old.space.name} -> ${now.space.name}`
  terminal.out(`${colours.bold(name)} ${sentences[relation]}\n`)
  if (members && relation !== 'equal') terminal.out(`  ${membersText(members)}\n`)
  for (const line of changeLines(changes.map(({ change }) => change))) terminal.out(`  ${line}\n`)
  if (results.length > 0) terminal.out(`\n${colours.bold('Results')}\n`)
  for (const { architecture, valid, reasons, parameters, macs } of results) {
    const mark = valid ? colours.green('valid  ') : colours.red('invalid')
    const costs = [costText('parameters', parameters), costText('MACs', macs)].filter((text) => text !== undefined)
    const detail = valid ? costs.join('; ') : reasons.join('; ')
    terminal.out(`  ${mark} ${architecture}${detail === '' ? '' : `: ${detail}`}\n`)
  }
  if (compared.length > 0) terminal.out(`\n${colours.bold('Decisions')}\n`)
  for (const { old, new: now, different, alike } of compared) {
    terminal.out(`  ${old} -> ${now}: ${different.length} differ, ${alike} are alike\n`)
    for (const { path, old: before, new: after } of different) {
      terminal.out(`    ~ ${path}: ${takenText(before)} -> ${takenText(after)}\n`)
    }
  }
}

function takenText(options: readonly string[] | undefined): string {
  if (options === undefined) return '(not there)'
  return options.length === 1 ? options.join('') : `{ ${options.join(', ')} }`
}

function membersText({ first, second, shared }: SharedMembers): string {
  const both = shared === 0n ? 'none' : formatCount(shared)
  return `${formatCount(first)} -> ${formatCount(second)} architectures, ${both} of them in both`
}

/** Only where it changed. */
function costText(what: string, cost: { readonly old: number; readonly new?: number }): string | undefined {
  if (cost.new === undefined || cost.new === cost.old) return undefined
  return `${formatCount(cost.old)} -> ${formatCount(cost.new)} ${what}`
}

/** One line for every change, and one for all decisions whose options changed alike. */
function changeLines(changes: readonly Change[]): readonly string[] {
  const alike = new Map<string, { first: Change; last: Change; count: number }>()
  for (const change of changes) {
    const key = change.kind === 'options-changed' ? JSON.stringify([change.added, change.removed]) : changeText(change)
    const known = alike.get(key)
    if (known) {
      known.last = change
      known.count += 1
    } else alike.set(key, { first: change, last: change, count: 1 })
  }
  return [...alike.values()].map(({ first, last, count }) => {
    if (count === 1 || first.kind !== 'options-changed' || last.kind !== 'options-changed') return changeText(first)
    return changeText({ ...first, path: `${first.path} … ${last.path} (${count} decisions)` })
  })
}

/** What a constraint that became another one means for the architectures of before. */
const meanings = {
  'constraint-tightened': 'tighter: what satisfies it satisfied the old one',
  'constraint-loosened': 'looser: what satisfied the old one stays valid',
  'constraint-changed': 'changed: what satisfied the old one may be invalid now',
} as const

function changeText(change: Change): string {
  switch (change.kind) {
    case 'decision-added':
      return `+ ${change.path}: ${change.options.join(', ')}`
    case 'decision-removed':
      return `- ${change.path}: ${change.options.join(', ')}`
    case 'options-changed':
      return `~ ${change.path}: ${[...change.added.map((option) => `+ ${option}`), ...change.removed.map((option) => `- ${option}`)].join(', ')}`
    case 'arity-changed':
      return `~ ${change.path} takes ${change.new} instead of ${change.old}`
    case 'constraint-added':
      return `+ require ${change.constraint}`
    case 'constraint-removed':
      return `- require ${change.constraint}`
    case 'constraint-tightened':
    case 'constraint-loosened':
    case 'constraint-changed':
      return `~ require ${change.old} -> ${change.new} (${meanings[change.kind]})`
    case 'param-added':
      return `+ param ${change.name} = ${change.value}`
    case 'param-removed':
      return `- param ${change.name} = ${change.value}`
    case 'param-changed':
      return `~ param ${change.name}: ${change.old} -> ${change.new}`
    case 'operation-changed':
      return `~ the operation ${change.operation} is made or counted in another way`
    case 'input-changed':
      return `~ input: ${change.old} -> ${change.new}`
    case 'cost-changed':
      return `~ the same decisions cost ${formatCount(change.old)} -> ${formatCount(change.new)} ${change.cost === 'macs' ? 'MACs' : 'parameters'}`
  }
}
