import type { CellInstance } from '../../space/network/build-network.js'
import { mergedShape } from '../../space/network/merged-shape.js'
import { Failure } from '../../catalogue/failure.js'
import { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import type { Shape } from '../../space/values/shape.js'
import type { ReadOutputs } from './read-outputs.js'
import type { CellFrame, InstanceGroup } from './cell/cell-frame.js'
import { firstAnswers, openParts, type CellPlan } from './cell/cell-plan.js'
import { nodeShape, possibleShapes } from './cell/edge-shapes.js'
import { decisionTree } from '../diagram/decision-tree.js'
import type { Decider } from '../../space/values/decider.js'
import { variableShape } from './cell/variable-shape.js'
import { shapeKey } from '../diagram/state.js'
import type { AnalysisContext } from '../diagram/layer.js'

export interface StackLayout {
  readonly groups: ReadonlyMap<string, readonly InstanceGroup[]>
  /** The last two outputs. */
  readonly maps: readonly Shape[]
  /** Which of the outputs before the stack it is computed from; undefined where there is one. */
  readonly read: ReadOutputs | undefined
}

/**
 * Shapes of all maps of a stack. Nodes have one shape for each set of nodes that are there, whatever else is chosen inside of
 * the cell.
 *
 * @param outputs those of its last two outputs that what follows reads
 * @throws Failure NAS6132 if that is not so; ElaborationFailure if shapes do not fit
 */
export function layOut(
  context: AnalysisContext,
  copies: readonly CellInstance[],
  plans: ReadonlyMap<string, CellPlan>,
  frames: Readonly<Record<string, CellFrame>>,
  maps: readonly Shape[],
  outputs: ReadOutputs,
): StackLayout {
  const used = usedCopies(copies, frames, outputs)
  const groups = new Map<string, Map<string, InstanceGroup>>()
  let last = maps
  copies.forEach((copy, index) => {
    const plan = plans.get(copy.use.name)
    const frame = frames[copy.use.name]
    const newest = last.at(-1)
    const older = last.at(-2) ?? newest
    if (!plan || !frame || !newest || !older) throw new Error(`${copy.copy} is not planned`)
    const raw = copy.cell.inputs.length === 1 ? [newest] : [older, newest]
    const key = [...raw.map(shapeKey), copy.channels].join(' ')
    const ofUse = groups.get(copy.use.name) ?? new Map<string, InstanceGroup>()
    groups.set(copy.use.name, ofUse)
    const known = ofUse.get(key)
    const times = used.copies[index] ? 1 : 0
    const group = known
      ? { ...known, times: known.times + times }
      : { ...groupOf(context, mapsUnder(context, copy, plan, raw, frame), frame), times }
    ofUse.set(key, group)
    last = [newest, group.merged]
  })
  return {
    groups: new Map([...groups].map(([use, byKey]) => [use, [...byKey.values()]])),
    maps: last,
    read: maps.length === 1 ? undefined : used.before,
  }
}

/** Which copies the outputs that are read are computed from, and which of the outputs before the stack. */
function usedCopies(
  copies: readonly CellInstance[],
  frames: Readonly<Record<string, CellFrame>>,
  outputs: ReadOutputs,
): { readonly copies: readonly boolean[]; readonly before: ReadOutputs } {
  const used = copies.map(() => false)
  const before = { newest: false, older: false }
  const mark = (index: number): void => {
    if (index >= 0) used[index] = true
    else before[index === -1 ? 'newest' : 'older'] = true
  }
  if (outputs !== 'older') mark(copies.length - 1)
  if (outputs !== 'newest') mark(copies.length - 2)
  for (let index = copies.length - 1; index >= 0; index--) {
    const copy = copies[index]
    if (!copy || !used[index]) continue
    const { inputs } = copy.cell
    const isUsed = (name: string | undefined): boolean =>
      name !== undefined && (frames[copy.use.name]?.inputs.includes(name) ?? false)
    if (isUsed(inputs.at(-1))) mark(index - 1)
    if (inputs.length > 1 && isUsed(inputs[0])) mark(index - 2)
  }
  return { copies: used, before: before.newest ? (before.older ? 'both' : 'newest') : 'older' }
}

interface Maps extends Omit<InstanceGroup, 'times' | 'merged' | 'wide'> {
  /** Nodes that cannot be built or have no one shape, and why. */
  readonly failures: ReadonlyMap<string, Failure>
}

const mapsByPlan = new WeakMap<CellPlan, Map<string, Maps>>()

/** The shapes are laid out anew for each set of nodes that are there only where something hangs on it. */
function mapsUnder(
  context: AnalysisContext,
  copy: CellInstance,
  plan: CellPlan,
  raw: readonly Shape[],
  { present }: CellFrame,
): Maps {
  const names = plan.nodes.map(({ name }) => name)
  const isTheSame = plan.nodes.every(({ node }) => node.merge === 'sum')
  if (isTheSame) {
    const maps = statesOf(context, copy, plan, raw, names)
    if (maps.failures.size === 0) return maps
  }
  return statesOf(context, copy, plan, raw, present)
}

/** Shapes of the inputs of a copy and of these nodes. */
function statesOf(
  context: AnalysisContext,
  copy: CellInstance,
  plan: CellPlan,
  raw: readonly Shape[],
  present: readonly string[],
): Maps {
  const known = mapsByPlan.get(plan) ?? new Map<string, Maps>()
  mapsByPlan.set(plan, known)
  const key = [...raw.map(shapeKey), copy.channels, ...present].join(' ')
  const maps = known.get(key) ?? computeStates(context, copy, plan, raw, present)
  known.set(key, maps)
  return maps
}

function computeStates(
  context: AnalysisContext,
  copy: CellInstance,
  plan: CellPlan,
  raw: readonly Shape[],
  present: readonly string[],
): Maps {
  const { cell } = copy
  const prepared = cell.inputs.map((name, index): Shape => {
    const shape = raw[index]
    const prepare = cell.prepare.find(({ inputs }) => inputs.includes(name))
    if (!shape) throw new Error(`${copy.copy} has no input ${name}`)
    if (!prepare) return shape
    const { shapes, failure } = possibleShapes((decider) => {
      const { parts, builder } = openParts(context, decider, copy, raw)
      return builder.shape(parts.prepared(name, prepare.through))
    })
    const [only, ...others] = shapes
    if (!only) throw failure ?? new Error(`${copy.copy} prepares nothing`)
    if (others.length > 0) throw variableShape(copy, name, shapes)
    return only
  })
  const states = new Map(cell.inputs.map((name, index) => [name, prepared[index]] as const).flatMap(defined))
  const failures = new Map<string, Failure>()
  for (const planned of plan.nodes) {
    const { name, sources } = planned
    if (!present.includes(name) || !sources.some((source) => states.has(source))) continue
    const shape = nodeShape(context, { copy, plan, prepared, states }, planned)
    if (shape instanceof Failure) failures.set(name, shape)
    else states.set(name, shape)
  }
  return { copy, raw, prepared, states, failures }
}

/** What a part gives under the first selections with which it can be built. @throws ElaborationFailure where there are none */
function firstFitting<T>(compute: (decider: Decider) => T): T {
  try {
    return compute(firstAnswers())
  } catch (failure) {
    if (!(failure instanceof ElaborationFailure)) throw failure
    for (const { result } of decisionTree(compute).paths(() => undefined)) {
      if ('value' in result) return result.value
    }
    throw failure
  }
}

/** @throws ElaborationFailure where a node of the frame cannot be built; Failure NAS6132 where it has no one shape */
function groupOf(context: AnalysisContext, maps: Maps, frame: CellFrame): Omit<InstanceGroup, 'times'> {
  const { cell, copy } = maps.copy
  for (const name of frame.present) {
    const failure = maps.failures.get(name)
    if (failure) throw failure
  }
  const members = (frame.chosen[0] ?? []).flatMap((name) => {
    const shape = maps.states.get(name)
    return shape ? [{ path: `${copy}.${name}`, shape }] : []
  })
  if (members.length > 0) {
    const merged = mergedShape(`${copy}.output`, cell.output.merge, members)
    return { ...maps, merged, wide: merged.channels }
  }
  const wide = maps.copy.channels
  return { ...maps, merged: firstTermShape(context, maps, frame), wide }
}

/** Of an output that merges nothing. @throws ElaborationFailure if there is no further term either */
function firstTermShape(context: AnalysisContext, { copy, prepared, states }: Maps, { chosen }: CellFrame): Shape {
  for (const [index, names] of chosen.slice(1).entries()) {
    const through = copy.cell.output.plus?.[index]?.through
    const [name] = names
    const shape = name === undefined ? undefined : states.get(name)
    if (!through || name === undefined || !shape) continue
    return firstFitting((decider) => {
      const { parts, builder } = openParts(context, decider, copy, prepared, { name, shape })
      return builder.shape(parts.term(index, through, parts.states.get(name) ?? 0, 0, copy.channels))
    })
  }
  throw new ElaborationFailure(`${copy.copy}.output`, 'nothing-to-merge', { what: 'the output' })
}

function defined<T>([name, value]: readonly [string, T | undefined]): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[name, value]]
}
