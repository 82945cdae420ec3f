import type { CellInstance } from '../../../space/network/build-network.js'
import { mergedShape } from '../../../space/network/merged-shape.js'
import { ElaborationFailure } from '../../../space/limits/elaboration-failure.js'
import type { Shape } from '../../../space/evaluation/shape.js'
import type { AnalysisContext } from '../../diagram/layer.js'
import { shapeKey } from '../../diagram/state.js'
import type { CellFrame, InstanceGroup } from './cell-frame.js'
import { openParts, type CellPlan } from './cell-plan.js'
import { nodeShapes, type NodeShapes } from './node-shapes.js'
import { joinConditions, possibleShapes, type PossibleShapes, type ShapeConditions } from './possible-shapes.js'

/** What a copy of a cell may be like, and why it cannot be built where it cannot. */
export interface CellMaps {
  readonly alternatives: readonly CellMap[]
  readonly failures: readonly ElaborationFailure[]
}

/** A copy of a cell under some choices on which shapes hang, and what is selected then. */
export interface CellMap extends Omit<InstanceGroup, 'times'> {
  readonly conditions: ShapeConditions
}

/** The maps of a copy before its output. */
interface InnerMaps extends Omit<CellMap, 'merged' | 'main'> {
  /** Whether they surely can be so: of those whose conditions are not known, that turns out once their edges are taken. */
  readonly isSure: boolean
}
interface InnerAlternatives {
  readonly alternatives: readonly InnerMaps[]
  readonly failures: readonly ElaborationFailure[]
}

/** More sets of shapes that the maps of one cell may have are not gone through. */
export const mostShapes = 4096
export const shapeThings = 'sets of shapes that the maps of its cells may have'

/** Everything that a copy of a cell may be like under a frame, with these maps before it. */
export function cellMaps(
  context: AnalysisContext,
  copy: CellInstance,
  plan: CellPlan,
  raw: readonly Shape[],
  frame: CellFrame,
): CellMaps {
  const inner = innerUnder(context, copy, plan, raw, frame)
  const failures: UnfitMaps[] = inner.failures.map((failure) => ({ failure, isSure: true }))
  const alternatives = inner.alternatives.flatMap((maps): readonly CellMap[] => {
    try {
      return withOutput(context, maps, frame)
    } catch (failure) {
      if (!(failure instanceof ElaborationFailure)) throw failure
      failures.push({ failure, isSure: maps.isSure })
      return []
    }
  })
  return { alternatives, failures: distinctFailures(failures, alternatives.length === 0) }
}

interface UnfitMaps {
  readonly failure: ElaborationFailure
  /** Whether the maps before it can surely be as they are thought to be. */
  readonly isSure: boolean
}

/** One failure for each place. */
function distinctFailures(failures: readonly UnfitMaps[], isNothingLeft: boolean): readonly ElaborationFailure[] {
  const said = failures.filter(({ isSure }) => isSure || isNothingLeft)
  return [...new Map(said.map(({ failure }) => [failure.path, failure] as const)).values()]
}

const innerByPlan = new WeakMap<CellPlan, Map<string, InnerAlternatives>>()

/** The shapes are laid out anew for each set of nodes that are there only where something hangs on it. */
function innerUnder(
  context: AnalysisContext,
  copy: CellInstance,
  plan: CellPlan,
  raw: readonly Shape[],
  { present }: CellFrame,
): InnerAlternatives {
  if (plan.nodes.every(({ node }) => node.merge === 'sum')) {
    const names = plan.nodes.map(({ name }) => name)
    const all = innerOf(context, copy, plan, raw, names)
    if (all.alternatives.length === 1 && all.failures.length === 0) return all
  }
  return innerOf(context, copy, plan, raw, present)
}

function innerOf(
  context: AnalysisContext,
  copy: CellInstance,
  plan: CellPlan,
  raw: readonly Shape[],
  present: readonly string[],
): InnerAlternatives {
  const known = innerByPlan.get(plan) ?? new Map<string, InnerAlternatives>()
  innerByPlan.set(plan, known)
  const key = [...raw.map(shapeKey), copy.channels, ...present].join(' ')
  const found = known.get(key) ?? layOutCell(context, copy, plan, raw, present)
  known.set(key, found)
  return found
}

/** Shapes of the inputs of a copy and of these nodes, one after the other: each may have several. */
function layOutCell(
  context: AnalysisContext,
  copy: CellInstance,
  plan: CellPlan,
  raw: readonly Shape[],
  present: readonly string[],
): InnerAlternatives {
  const { budget } = context
  const failures: UnfitMaps[] = []
  const start: InnerMaps = {
    copy,
    raw,
    prepared: [],
    states: new Map(),
    variable: new Set(),
    conditions: [],
    isSure: true,
  }
  let all: readonly InnerMaps[] = [start]
  const extend = (name: string, possible: (maps: InnerMaps) => NodeShapes): void => {
    const isInput = copy.cell.inputs.includes(name)
    all = all.flatMap((maps) => {
      const { shapes, failure, isVariable } = possible(maps)
      if (failure) failures.push({ failure, isSure: maps.isSure })
      return shapes.flatMap(({ shape, conditions }): readonly InnerMaps[] => {
        // Where there is but one shape, nothing hangs on what is selected.
        const left = shapes.length === 1 ? maps.conditions : joinConditions(maps.conditions, conditions)
        if (!left) return []
        const states = new Map([...maps.states, [name, shape]])
        const prepared = isInput ? [...maps.prepared, shape] : maps.prepared
        const variable = isVariable ? new Set([...maps.variable, name]) : maps.variable
        // Of what several maps come to, some may never be together.
        const isSure = maps.isSure && (!isVariable || conditions.length > 0)
        return [{ ...maps, states, prepared, variable, conditions: left, isSure }]
      })
    })
    budget.demandRoom(all.length, mostShapes, shapeThings)
  }
  copy.cell.inputs.forEach((name, index) => {
    extend(name, () => preparedShapes(context, copy, raw, index))
  })
  for (const planned of plan.nodes) {
    const { name, sources } = planned
    // Which nodes are there does not hang on shapes: the first alternative stands for all.
    const reads = all[0] && sources.some((source) => all[0]?.states.has(source))
    if (!present.includes(name) || reads !== true) continue
    extend(name, ({ prepared, states }) => nodeShapes(context, { copy, plan, prepared, states }, planned))
  }
  return { alternatives: all, failures: distinctFailures(failures, all.length === 0) }
}

/** Of an input as the nodes see it. */
function preparedShapes(
  context: AnalysisContext,
  copy: CellInstance,
  raw: readonly Shape[],
  index: number,
): NodeShapes {
  const { cell } = copy
  const [name, shape] = [cell.inputs[index] ?? '', raw[index]]
  if (!shape) throw new Error(`${copy.copy} has no input ${name}`)
  const prepare = cell.prepare.find(({ inputs }) => inputs.includes(name))
  if (!prepare) return { shapes: [{ shape, conditions: [] }], isVariable: false }
  const { shapes, failure } = possibleShapes((decider) => {
    const { parts, builder } = openParts(context, decider, copy, raw)
    return builder.shape(parts.prepared(name, prepare.through))
  })
  // What some options break, the layer of the input tells.
  return { shapes, isVariable: shapes.length > 1, ...(failure && shapes.length === 0 ? { failure } : {}) }
}

/** @throws ElaborationFailure where what the output takes does not fit together, or is nothing */
function withOutput(context: AnalysisContext, maps: InnerMaps, frame: CellFrame): readonly CellMap[] {
  const { cell, copy } = maps.copy
  const members = (frame.chosen[0] ?? []).flatMap((name) => {
    const shape = maps.states.get(name)
    return shape ? [{ path: `${copy}.${name}`, shape }] : []
  })
  if (members.length > 0) {
    const main = mergedShape(`${copy}.output`, cell.output.merge, members)
    return [{ ...maps, main, merged: main }]
  }
  const { shapes, failure } = firstTermShapes(context, maps, frame)
  if (failure && shapes.length === 0) throw failure
  return shapes.flatMap(({ shape, conditions }) => {
    const left = shapes.length === 1 ? maps.conditions : joinConditions(maps.conditions, conditions)
    return left ? [{ ...maps, merged: shape, conditions: left }] : []
  })
}

/** Of an output that merges nothing. @throws ElaborationFailure if there is no further term either */
function firstTermShapes(
  context: AnalysisContext,
  { copy, prepared, states }: InnerMaps,
  { chosen }: CellFrame,
): PossibleShapes {
  for (const [index, names] of chosen.slice(1).entries()) {
    const through = copy.cell.output.plus?.[index]?.through
    const [name] = names
    const shape = name === undefined ? undefined : states.get(name)
    if (!through || name === undefined || !shape) continue
    return possibleShapes((decider) => {
      const { parts, builder } = openParts(context, decider, copy, prepared, { state: { name, shape } })
      return builder.shape(parts.term(index, through, parts.states.get(name) ?? 0, 0, copy.channels))
    })
  }
  throw new ElaborationFailure(`${copy.copy}.output`, 'nothing-to-merge', { what: 'the output' })
}
