import type { Decision } from '../../../src/space/decisions/decision.js'
import type { Member, Selection } from '../reference/member.js'
import type { Condition } from './condition.js'
import { oneOf, type Writer } from './writer.js'

/** Decisions of a stage or of a cell that one path stands for, since it leaves out where they are made. */
export interface Family {
  /** `stage1.kernel` of `stage1.layer[1].kernel`, `use1.through` of `use1.n.through[s0]`, `use1.kernel` of `use1.kernel[2]`. */
  readonly path: string
  readonly decisions: readonly Decision[]
}

/** Those of which a condition may be written: of numbers, of operations, or of names of inputs alone. */
export function familiesOf(decisions: readonly Decision[]): readonly Family[] {
  const paths = new Set(decisions.flatMap(({ path }) => familyPath(path) ?? []))
  return [...paths].flatMap((path) => {
    const own = decisions.filter((decision) => familyPath(decision.path) === path)
    const isExact = decisions.some((decision) => decision.path === path)
    return !isExact && kindOf(own) ? [{ path, decisions: own }] : []
  })
}

function familyPath(path: string): string | undefined {
  const [, part, name] = /^((?:stage|use)\d+)\.(?:.*\.)?([a-z]\w*)(?:\[[^\]]*\])?$/.exec(path) ?? []
  return part === undefined || name === undefined ? undefined : `${part}.${name}`
}

type Kind = 'numbers' | 'operations' | 'inputs'

function kindOf(decisions: readonly Decision[]): Kind | undefined {
  if (decisions.every(({ values, arity }) => values && !arity)) return 'numbers'
  if (decisions.every(({ kind, options }) => kind === 'from' && options.every((text) => /^\w+$/.test(text))))
    return 'inputs'
  const areOperations = decisions.every(
    ({ values, arity, options }) => !values && !arity && !options.some((text) => /^(true|false|".*")$/.test(text)),
  )
  return areOperations ? 'operations' : undefined
}

/** What is said of all decisions of a family at once; of those that are not there nothing is. */
export function ofFamily(writer: Writer, { path, decisions }: Family): Condition {
  const taken = ({ selections }: Member): readonly Selection[] =>
    [...selections].flatMap(([each, selection]) => (familyPath(each) === path ? [selection] : []))
  const decision = oneOf(writer, decisions)
  switch (kindOf(decisions)) {
    case 'numbers': {
      const value = oneOf(writer, decision.values ?? [1])
      const valuesIn = (member: Member): readonly number[] => taken(member).map(valueOf)
      return oneOf<Condition>(writer, [
        ...quantified(`${path} == ${value}`, (member) => valuesIn(member).map((each) => each === value)),
        ...quantified(`${path} >= ${value}`, (member) => valuesIn(member).map((each) => each >= value)),
        {
          text: `sum(${path}) <= ${value + 2}`,
          holds: (member) => valuesIn(member).reduce((a, b) => a + b, 0) <= value + 2,
        },
        {
          text: `max(${path}) <= ${value}`,
          holds: (member) => (taken(member).length === 0 ? undefined : Math.max(...valuesIn(member)) <= value),
        },
      ])
    }
    case 'operations': {
      const text = plainOption(writer, decision)
      const isEqual = oneOf(writer, [true, false])
      return oneOf(
        writer,
        quantified(`${path} ${isEqual ? '==' : '!='} ${text}`, (member) =>
          taken(member).map((selection) => (textOf(selection) === text) === isEqual),
        ),
      )
    }
    default: {
      const name = oneOf(writer, decision.options)
      return oneOf(
        writer,
        quantified(`"${name}" in ${path}`, (member) =>
          taken(member).map(({ decision: { options }, options: all }) => all.some((each) => options[each] === name)),
        ),
      )
    }
  }
}

/** How many decisions of a cell take an operation. */
export function countIn(writer: Writer, decisions: readonly Decision[]): Condition | undefined {
  const inCells = decisions.filter(({ path, values }) => /^use\d+\./.test(path) && !values)
  if (inCells.length === 0) return undefined
  const decision = oneOf(writer, inCells)
  const [use = ''] = decision.path.split('.')
  const text = plainOption(writer, decision)
  return {
    text: `count(${text} in ${use}) <= 1`,
    holds: ({ selections }) =>
      [...selections].filter(([path, each]) => path.startsWith(`${use}.`) && textsOf(each).includes(text)).length <= 1,
  }
}

function quantified(text: string, each: (member: Member) => readonly boolean[]): readonly Condition[] {
  return [
    { text: `all(${text})`, holds: (member) => each(member).every(Boolean) },
    { text: `exists(${text})`, holds: (member) => each(member).some(Boolean) },
    { text: `count(${text}) <= 1`, holds: (member) => each(member).filter(Boolean).length <= 1 },
  ]
}

/** An option that reads in a program as it prints. */
export function plainOption(writer: Writer, { options }: Decision): string {
  const plain = options.filter((text) => /^(identity|relu|bn)$/.test(text))
  return plain.length > 0 ? oneOf(writer, plain) : 'identity'
}

function valueOf({ decision, options }: Selection): number {
  return decision.values?.[options[0] ?? -1] ?? Number.NaN
}

function textsOf({ decision, options }: Selection): readonly (string | undefined)[] {
  return options.map((option) => decision.options[option])
}

export function textOf({ decision, options }: Selection): string | undefined {
  return decision.options[options[0] ?? -1]
}
