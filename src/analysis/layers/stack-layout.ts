import type { CellInstance } from '../../space/network/build-network.js'
import type { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import type { Shape } from '../../space/evaluation/shape.js'
import type { AnalysisContext } from '../diagram/layer.js'
import { shapeKey } from '../diagram/state.js'
import type { CellFrame, InstanceGroup } from './cell/cell-frame.js'
import { cellMaps, mostShapes, shapeThings } from './cell/cell-maps.js'
import type { CellPlan } from './cell/cell-plan.js'
import { joinConditions, type ShapeConditions } from './cell/possible-shapes.js'
import type { ReadOutputs } from './read-outputs.js'

export interface StackLayout {
  readonly groups: ReadonlyMap<string, readonly InstanceGroup[]>
  /** The last two outputs. */
  readonly maps: readonly Shape[]
  /** Which of the outputs before the stack it is computed from; undefined where there is one. */
  readonly read: ReadOutputs | undefined
  /** Which of several layouts it is; empty where there is one. */
  readonly variant: string
}

/** What a stack may be like, and why it cannot be built where it cannot. */
export interface StackLayouts {
  readonly layouts: readonly StackLayout[]
  readonly failures: readonly ElaborationFailure[]
}

/** The cells of a stack up to some copy. */
interface LaidOutCopies {
  /** By use, then by what arrives. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, InstanceGroup>>
  readonly maps: readonly Shape[]
  /** What is selected in each cell, as far as shapes tell. */
  readonly conditions: ReadonlyMap<string, ShapeConditions>
}

/**
 * Shapes of all maps of a stack: one layout, or where shapes hang on what is chosen in its cells, one for every set of shapes
 * that they may have. Which of them it is turns out once the cells are walked.
 *
 * @param outputs those of its last two outputs that what follows reads
 * @throws Failure NAS6140 where there are too many
 */
export function layOut(
  context: AnalysisContext,
  copies: readonly CellInstance[],
  plans: ReadonlyMap<string, CellPlan>,
  frames: Readonly<Record<string, CellFrame>>,
  maps: readonly Shape[],
  outputs: ReadOutputs,
): StackLayouts {
  const used = usedCopies(copies, frames, outputs)
  const failures: ElaborationFailure[] = []
  let all: readonly LaidOutCopies[] = [{ groups: new Map(), maps, conditions: new Map() }]
  copies.forEach((copy, index) => {
    const plan = plans.get(copy.use.name)
    const frame = frames[copy.use.name]
    if (!plan || !frame) throw new Error(`${copy.copy} is not planned`)
    const times = used.copies[index] ? 1 : 0
    all = all.flatMap((before) => withCopy(context, { copy, plan, frame, times }, before, failures))
    context.budget.demandRoom(all.length, mostShapes, shapeThings)
  })
  return {
    layouts: all.map((one) => ({
      groups: new Map([...one.groups].map(([use, byKey]) => [use, [...byKey.values()]])),
      maps: one.maps,
      read: maps.length === 1 ? undefined : used.before,
      variant: all.length === 1 ? '' : variantOf(one),
    })),
    failures,
  }
}

interface FramedCopy {
  readonly copy: CellInstance
  readonly plan: CellPlan
  readonly frame: CellFrame
  /** How often it counts: not at all where nothing is computed from it. */
  readonly times: number
}

/** Everything that the cells up to a copy may be like, by what those before it are like. */
function withCopy(
  context: AnalysisContext,
  { copy, plan, frame, times }: FramedCopy,
  { groups, maps, conditions }: LaidOutCopies,
  failures: ElaborationFailure[],
): readonly LaidOutCopies[] {
  const use = copy.use.name
  const newest = maps.at(-1)
  const older = maps.at(-2) ?? newest
  if (!newest || !older) throw new Error(`nothing arrives at ${copy.copy}`)
  const raw = copy.cell.inputs.length === 1 ? [newest] : [older, newest]
  const key = [...raw.map(shapeKey), copy.channels].join(' ')
  const ofUse = groups.get(use) ?? new Map<string, InstanceGroup>()
  const withGroup = (group: InstanceGroup): Omit<LaidOutCopies, 'conditions'> => ({
    groups: new Map([...groups, [use, new Map([...ofUse, [key, group]])]]),
    maps: [newest, group.merged],
  })
  const known = ofUse.get(key)
  if (known) return [{ ...withGroup({ ...known, times: known.times + times }), conditions }]
  const found = cellMaps(context, copy, plan, raw, frame)
  // What does not fit in one copy of a cell seldom fits in another: it is said once.
  if (ofUse.size === 0 || found.alternatives.length === 0) failures.push(...found.failures)
  return found.alternatives.flatMap(({ conditions: own, ...group }) => {
    const left = joinConditions(conditions.get(use) ?? [], own)
    return left ? [{ ...withGroup({ ...group, times }), conditions: new Map([...conditions, [use, left]]) }] : []
  })
}

/** Tells a layout from others of the same cells. */
function variantOf({ groups }: LaidOutCopies): string {
  const all = [...groups.values()].flatMap((byKey) => [...byKey.values()])
  return all.map(({ states, merged }) => [...states.values(), merged].map(shapeKey).join(' ')).join(', ')
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
