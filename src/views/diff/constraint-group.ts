import { constraintsIn, contextOf } from '../../analysis/queries/analysis.js'
import { everyNode, everyNodeFacts } from '../../analysis/layers/cell/cell-progress.js'
import { type Constraint } from '../../analysis/diagram/constraint.js'
import { possibleSelections } from '../../analysis/diagram/decision-tree.js'
import { everyPart, intervalOf } from '../../analysis/diagram/interval.js'
import type { AnalysisContext } from '../../analysis/diagram/layer.js'
import type { Decision } from '../../space/decisions/decision.js'
import { printExpression } from '../../space/expressions/print-expression.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Side } from './side.js'

/** Conditions of a space that speak of the same: all must hold, so that they are compared as one. */
export interface ConstraintGroup {
  readonly kind: 'decisions' | 'bound' | 'nodes' | 'other'
  readonly constraints: readonly Constraint[]
  readonly context: AnalysisContext
  /** Decisions that they speak of, by path. */
  readonly decisions: ReadonlyMap<string, Decision>
}

/** How a constraint became another one. */
export type Comparison = 'same' | 'tighter' | 'looser' | 'changed'

/** The conditions of two spaces that speak of the same; undefined where one says nothing of it. */
export interface GroupPair {
  readonly old: ConstraintGroup | undefined
  readonly now: ConstraintGroup | undefined
}

/** All constraints of two spaces by what they speak of. Conditions that share decisions are one group. */
export function constraintGroups(old: Side, now: Side): readonly GroupPair[] {
  const [before, after] = [statedOf(old), statedOf(now)]
  const parents = new Map<string, string>()
  const root = (path: string): string => {
    const parent = parents.get(path) ?? path
    return parent === path ? path : root(parent)
  }
  for (const { kind, decisions } of [...before, ...after]) {
    const [first = '', ...others] = decisions.keys()
    if (kind === 'decisions') for (const path of others) parents.set(root(path), root(first))
  }
  const keyOf = ({ kind, constraint, decisions }: Stated): string => {
    const [first = ''] = decisions.keys()
    if (kind === 'decisions') return `decisions ${root(first)}`
    return [kind, constraint.cell ?? '', ...decisions.keys(), ...namesIn(constraint.test)].join(' ')
  }
  const [ofOld, ofNow] = [grouped(before, keyOf), grouped(after, keyOf)]
  return [...new Set([...ofOld.keys(), ...ofNow.keys()])].map((key) => ({ old: ofOld.get(key), now: ofNow.get(key) }))
}

interface Stated extends Pick<ConstraintGroup, 'kind' | 'context' | 'decisions'> {
  readonly constraint: Constraint
}

function statedOf({ ir, space, params, decisions }: Side): readonly Stated[] {
  const context = contextOf(ir, space.id, { params })
  return constraintsIn(context).map((constraint) => {
    const spoken = new Map(
      [...decisions].flatMap(([path, { decision }]) => (constraint.mentions(path) ? [[path, decision] as const] : [])),
    )
    return { constraint, context, decisions: spoken, kind: kindOf(context, constraint, spoken.size) }
  })
}

function grouped(all: readonly Stated[], keyOf: (stated: Stated) => string): ReadonlyMap<string, ConstraintGroup> {
  const groups = new Map<string, ConstraintGroup>()
  for (const stated of all) {
    const { constraint, decisions, ...rest } = stated
    const known = groups.get(keyOf(stated))
    groups.set(keyOf(stated), {
      ...rest,
      constraints: [...(known?.constraints ?? []), constraint],
      decisions: new Map([...(known?.decisions ?? []), ...decisions]),
    })
  }
  return groups
}

function kindOf(context: AnalysisContext, { test, costs }: Constraint, decisions: number): ConstraintGroup['kind'] {
  const isOfGraph = everyPart(test).some(({ kind }) => kind === 'topology')
  if (decisions > 0) return costs.length === 0 && !isOfGraph ? 'decisions' : 'other'
  if (test.kind === 'topology' && test.fact === 'every_node') return 'nodes'
  return intervalOf(context, test, isQuantity) ? 'bound' : 'other'
}

/** Costs, and the number of edges of a cell. */
function isQuantity(expression: Expression): boolean {
  return expression.kind === 'cost' || (expression.kind === 'topology' && expression.fact === 'edges')
}

/** Costs and facts of the graph that a test speaks of. */
function namesIn(test: Expression): readonly string[] {
  const all = everyPart(test)
  const facts = all.some((part) => part.kind === 'topology' && part.fact === 'every_node') ? ['every node'] : []
  return [...new Set([...all.filter(isQuantity).map(printExpression), ...facts])].sort()
}

/** What became of constraints that speak of the same. */
export function compareGroups({ old, now }: GroupPair): Comparison {
  switch ((old ?? now)?.kind) {
    case 'decisions':
      return compareAnswers(old, now) ?? compareTexts(old, now)
    case 'nodes': {
      const holds = (group: ConstraintGroup | undefined): readonly boolean[] =>
        everyNodeFacts.map((facts) =>
          (group?.constraints ?? []).every(
            ({ test }) => test.kind !== 'topology' || test.fact !== 'every_node' || everyNode(test, facts),
          ),
        )
      return compareTables(holds(old), holds(now))
    }
    case 'bound': {
      const [was, is] = [boundOf(old), boundOf(now)]
      const [tighter, looser] = [is.least > was.least || is.most < was.most, is.least < was.least || is.most > was.most]
      return outcome(tighter, looser)
    }
    default:
      return compareTexts(old, now)
  }
}

function outcome(tighter: boolean, looser: boolean): Comparison {
  return tighter ? (looser ? 'changed' : 'tighter') : looser ? 'looser' : 'same'
}

function boundOf(group: ConstraintGroup | undefined): { readonly least: number; readonly most: number } {
  const all = (group?.constraints ?? []).flatMap(({ test }) =>
    group ? (intervalOf(group.context, test, isQuantity) ?? []) : [],
  )
  return {
    least: Math.max(0, ...all.map(({ least }) => least)),
    most: Math.min(Infinity, ...all.map(({ most }) => most)),
  }
}

function compareTables(old: readonly boolean[], now: readonly boolean[]): Comparison {
  return outcome(
    old.some((held, index) => held && now[index] === false),
    now.some((holds, index) => holds && old[index] === false),
  )
}

/** By the tests as they are written: more of them are tighter. */
function compareTexts(old: ConstraintGroup | undefined, now: ConstraintGroup | undefined): Comparison {
  const texts = (group: ConstraintGroup | undefined): readonly string[] =>
    (group?.constraints ?? []).map(({ test }) => printExpression(test))
  const [before, after] = [texts(old), texts(now)]
  const come = after.some((text) => !before.includes(text))
  const gone = before.some((text) => !after.includes(text))
  return outcome(come, gone)
}

/** More combinations of options than this are not gone through. */
const mostCombinations = 4096

/** By every answer to the decisions that both spaces allow. Undefined where there are too many, or none. */
function compareAnswers(old: ConstraintGroup | undefined, now: ConstraintGroup | undefined): Comparison | undefined {
  let combinations: readonly (readonly Answer[])[] = [[]]
  const [before, after] = [old?.decisions ?? now?.decisions, now?.decisions ?? old?.decisions]
  const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])
  for (const path of paths) {
    const [decision, other] = [before?.get(path) ?? after?.get(path), after?.get(path) ?? before?.get(path)]
    const common = decision && other ? commonAnswers(path, decision, other) : []
    if (common.length === 0 || combinations.length * common.length > mostCombinations) return undefined
    combinations = combinations.flatMap((chosen) => common.map((option) => [...chosen, option]))
  }
  const holds = (group: ConstraintGroup | undefined, side: 'old' | 'now'): readonly boolean[] =>
    combinations.map((combination) => {
      const selected = new Map(combination.map((answer) => [answer.path, answer[side]]))
      return (
        group?.constraints.every((constraint) => constraint.holds({ selected, decisions: group.decisions })) ?? true
      )
    })
  return compareTables(holds(old, 'old'), holds(now, 'now'))
}

/** The same answer, as either side numbers its options. */
interface Answer {
  readonly path: string
  readonly old: readonly number[]
  readonly now: readonly number[]
}

function commonAnswers(path: string, decision: Decision, other: Decision): readonly Answer[] {
  const known = new Map(possibleSelections(other).map((options) => [textsOf(other, options), options]))
  return possibleSelections(decision).flatMap((options): Answer[] => {
    const now = known.get(textsOf(decision, options))
    return now ? [{ path, old: options, now }] : []
  })
}

function textsOf({ options }: Decision, selected: readonly number[]): string {
  return JSON.stringify(selected.map((option) => options[option] ?? '').sort())
}
