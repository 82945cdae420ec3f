import { stackPlan } from '../../space/network/build-network.js'
import { isEntangled } from '../../space/limits/budget.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import type { Ir } from '../../ir/model/ir.js'
import type { NetworkItem } from '../../ir/model/space.js'
import { Failure } from '../../catalogue/failure.js'
import { constraintsIn, type AnalysisOptions } from './analysis.js'
import { countArchitectures } from './count.js'
import { countPaths } from './count-paths.js'
import { countDistinctCells, type DistinctCells } from './distinct-cells.js'
import { countSequences } from './distinct-sequences.js'
import { compileDiagram } from '../diagram/compile-diagram.js'
import type { Diagram } from '../diagram/diagram.js'
import { decisionTree } from '../diagram/decision-tree.js'
import { createContext, type AnalysisContext } from '../diagram/layer.js'
import { SharedBranches } from '../diagram/operation-sequence.js'
import { decisionsOf } from './decisions.js'
import { planCell } from '../layers/cell/cell-plan.js'
import { networkLayers } from '../layers/network-layers.js'
import { isBehindOneStem } from '../layers/read-outputs.js'
import { isWithin } from '../layers/reach.js'

/** How many networks differ, or why that is not known. */
export type DistinctCount = { readonly count: bigint } | { readonly unknownBecause: string }

/**
 * How many of the architectures of a space are different networks: identities are contracted, the order of terms in a sum does
 * not matter, and decisions that change nothing are none. A network is a sequence of operations. Where the cells of a stack
 * stand at one place of it, they are one operation, and told apart as in {@link countDistinctCells}; otherwise theirs are
 * operations like others.
 *
 * @throws Failure as `countArchitectures`
 */
export function countDistinct(ir: Ir, space: string, options: AnalysisOptions): DistinctCount {
  const context: AnalysisContext = { ...createContext(ir, spaceOf(ir, space), options, []), namesOperations: true }
  const uses = usesIn(context)
  const names = uses && [...uses.keys()]
  if (!names) return { unknownBecause: 'not every network has all cells' }
  const constraints = constraintsIn(context)
  if (constraints.some(({ costs }) => costs.length > 0)) return { unknownBecause: 'costs are constrained' }
  const { cells } = context.space
  const isOfCell = (path: string): boolean => cells.some(({ name }) => isWithin(path, name))
  const decisions = cells.length > 0 && constraints.length > 0 ? decisionsOf(ir, space, options) : []
  const ofCells = decisions.filter(({ path }) => isOfCell(path))
  if (constraints.some(({ cell, mentions }) => cell !== undefined || ofCells.some(({ path }) => mentions(path))))
    return { unknownBecause: 'what cells choose is constrained' }
  try {
    const cells: DistinctCells[] = []
    for (const [name, { readsOneMap }] of uses) {
      const found = distinctCellsOf(context, name, readsOneMap)
      if (found === undefined)
        return { unknownBecause: `more is chosen in ${name} than one operation for each of a few fixed edges` }
      cells.push(found)
    }
    const selections = productOf(cells.map(({ all }) => all))
    const diagram = compileDiagram(context.budget, networkLayers(context, constraints), constraints)
    // Every cell goes with every network around it only if nothing in it is without a fit.
    if (uses.size > 0 && countPaths(diagram) * selections !== countArchitectures(ir, space, options).architectures)
      return { unknownBecause: 'some of the cells cannot be built' }
    const isAligned = uses.size === 0 || isEachAtOnePlace(diagram, stackNames(context), cells)
    const alike = 'networks with different cells, or different numbers and widths of them, may be the same'
    if (!isAligned && !isToldInside(context, names, cells, selections)) return { unknownBecause: alike }
    const sequences = isAligned
      ? diagram
      : compileDiagram(context.budget, networkLayers({ ...context, looksIntoCells: true }, constraints), constraints)
    const count = countSequences(sequences, context.budget)
    if (count === undefined) return { unknownBecause: 'there are too many' }
    return { count: isAligned ? count * productOf(cells.map(({ distinct }) => distinct)) : count }
  } catch (reason) {
    if (reason instanceof SharedBranches) return { unknownBecause: 'branches share operations' }
    if (reason instanceof Failure && isEntangled(reason)) return { unknownBecause: 'there are too many' }
    throw reason
  }
}

function productOf(counts: readonly number[]): bigint {
  return counts.reduce((product, count) => product * BigInt(count), 1n)
}

function stackNames({ space }: AnalysisContext): ReadonlySet<string> {
  return new Set(space.network.flatMap((item) => (item.kind === 'stack' ? [item.name] : [])))
}

/**
 * Whether equal networks have equal cells: every part is as many operations in each, and what a stack is follows from what stands
 * before it. Of cells that may be several operations, or none, there is one sort, so that how many is known from the whole.
 */
function isEachAtOnePlace({ layers }: Diagram, stacks: ReadonlySet<string>, cells: readonly DistinctCells[]): boolean {
  if (cells.filter(({ all, isOneSum }) => all > 1 && !isOneSum).length > 1) return false
  return layers.every(({ at, arcs }) => {
    const lengths = new Set(arcs.map(({ operations = [] }) => operations.length))
    if (lengths.size > 1) return false
    if (!stacks.has(at)) return true
    const pairs = new Set(arcs.map(({ from, operations = [] }) => `${from} ${operations.join()}`))
    return pairs.size === new Set(arcs.map(({ from }) => from)).size
  })
}

/** More selections in cells are not built one by one. */
const mostBuilt = 1024n

/** Whether cells can be told as sequences of operations: they read one map, and nothing hides what is before it. */
function isToldInside(
  { ir, space }: AnalysisContext,
  uses: readonly string[],
  cells: readonly DistinctCells[],
  selections: bigint,
): boolean {
  const declared = space.cells.filter(({ name }) => uses.includes(name)).map(({ cell }) => cell)
  const read = ir.cells.filter(({ id }) => declared.includes(id)).map(({ inputs }) => inputs.length)
  return selections <= mostBuilt && cells.every(({ hasZeros }) => !hasZeros) && read.every((count) => count === 1)
}

/** A cell that stands in a stack. */
interface PlacedUse {
  /** Whether both of its inputs are the same map, in each of its copies. */
  readonly readsOneMap: boolean
}

/** The cells of a space that stand in a stack, by name; undefined if some network lacks one that another has. */
function usesIn(context: AnalysisContext): ReadonlyMap<string, PlacedUse> | undefined {
  const everywhere = new Set<string>()
  const found = new Map<string, PlacedUse>()
  const { network } = context.space
  network.forEach((item, index) => {
    if (item.kind !== 'stack') return
    // Which cells there are hangs on no width: any number of channels may arrive.
    const plans = decisionTree((decider) => stackPlan(context.environment(decider), context.space, item, 16))
      .paths(() => undefined)
      .flatMap(({ result }) => ('value' in result ? [result.value.map(({ use }) => use.name)] : []))
    const isFirst = arrivesAlone(network.slice(0, index))
    for (const name of new Set(plans.flat())) {
      const readsOneMap = isFirst && plans.every((names) => names.lastIndexOf(name) <= 0)
      found.set(name, { readsOneMap: readsOneMap && found.get(name)?.readsOneMap !== false })
      if (plans.every((names) => names.includes(name))) everywhere.add(name)
    }
  })
  return [...found.keys()].every((name) => everywhere.has(name)) ? found : undefined
}

/** Whether a stack behind these items finds one map only, not one and an older one; see `buildNetwork`. */
function arrivesAlone(before: readonly NetworkItem[]): boolean {
  const newest = before.at(-1)
  return newest?.kind === 'stem' ? isBehindOneStem(before) : newest?.kind !== 'stack'
}

function distinctCellsOf(context: AnalysisContext, name: string, readsOneMap: boolean): DistinctCells | undefined {
  const use = context.space.cells.find((each) => each.name === name)
  const cell = context.ir.cells.find(({ id }) => id === use?.cell)
  if (!use || !cell) throw new Error(`${context.space.name} has no cell ${name}`)
  return countDistinctCells(context, planCell(context, use, cell), readsOneMap)
}
