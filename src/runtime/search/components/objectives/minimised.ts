import type { CostEmission } from '../../../plan/cost.js'
import type { EmittedObjective, ObjectiveEmission, ObjectivePass } from '../../../plan/objective.js'
import type { ValueId } from '../../../program/program.js'
import type { Effect } from '../../../training/effect.js'
import type { CostContext } from '../costs/cost.js'
import { openCost } from '../costs/index.js'
import { isCostUse, printCost, type Formula } from '../formula.js'
import { readArguments } from '../reader.js'
import { openSampler } from '../samplers/index.js'
import type { Sampler } from '../samplers/sampler.js'
import { printArgument, type ComponentUse } from '../component-use.js'
import { valueOf } from '../scalar.js'
import { emitFormula, openFormula, type FormulaTree, type Term } from './formula-tree.js'
import { openObjective } from './index.js'
import type { Contrast, DrawContext, Objective } from './objective.js'

/**
 * What a search minimises, its objectives and costs opened. The value of each is a figure by its name, where there are several;
 * the second of one name is `NAME[2]`.
 *
 * @throws Failure NAS7501 and NAS7540 where this version lacks one of them, and as its component where an argument is wrong
 */
export function openMinimised(formula: Formula, clause: string, context: CostContext = {}): Minimised {
  const leaves: Leaf[] = []
  const root = openFormula(formula, (use): Leaf => {
    const name = isCostUse(use) ? printCost(use) : use.component
    const same = leaves.filter((leaf) => leaf.name.replace(/\[\d+\]$/u, '') === name).length
    const own = same === 0 ? name : `${name}[${String(same + 1)}]`
    const leaf: Leaf = isCostUse(use)
      ? { kind: 'cost', name: own, of: openCost(use, clause, context) }
      : { kind: 'objective', name: own, of: openObjective(use, clause, own, context), passes: passesOf(use, clause) }
    leaves.push(leaf)
    return leaf
  })
  const emission: ObjectiveEmission = {
    key: [printArgument(formula), ...leaves.map(({ of }) => ('key' in of ? of.key : of.emission.key))].join('\n'),
    emit: (pass) => emitMinimised(root, pass, leaves),
  }
  const objectives = leaves.flatMap((leaf) => (leaf.kind === 'objective' ? [leaf] : []))
  const smoothing = objectives.flatMap(({ of }) => of.smoothing ?? [])[0]
  return {
    emission,
    ...(smoothing !== undefined && { smoothing }),
    teachers: objectives.flatMap(({ of }) => (of.teacher === undefined ? [] : [openSampler(of.teacher, clause)])),
    reads: objectives.flatMap(({ of }) => of.teacher?.component ?? []),
    contrasts: objectives.flatMap(({ of }) => of.contrast ?? []),
    isOfLabels: root.kind === 'leaf' && isOfLabels(root.leaf),
    draws: objectives.some(({ of }) => of.effect !== undefined),
    effects: (draws) => objectives.flatMap(({ of }) => of.effect?.(draws) ?? []),
  }
}

/** What a search minimises. */
export interface Minimised extends Pick<Objective, 'emission' | 'smoothing'> {
  /** Whose passes the objectives read. */
  readonly teachers: readonly Sampler[]
  /** Names of these passes. */
  readonly reads: readonly string[]
  /** Of the objectives that compare with keys of a teacher. */
  readonly contrasts: readonly Contrast[]
  /** Whether it is nothing but the loss of labels. */
  readonly isOfLabels: boolean
  /** Whether some draw from the choices. */
  readonly draws: boolean
  /** What the objectives do to variables between two steps. */
  effects(draws: DrawContext): readonly Effect[]
}

type Leaf =
  | {
      readonly kind: 'objective'
      readonly name: string
      readonly of: Objective
      /** The passes that it is for. */
      readonly passes: Sampler
    }
  | { readonly kind: 'cost'; readonly name: string; readonly of: CostEmission }

/** Of whatever network is trained. */
function isOfLabels(leaf: Leaf): boolean {
  return leaf.kind === 'objective' && leaf.of.smoothing !== undefined && leaf.passes.trains === 'supernet'
}

/** `for largest` */
function passesOf(objective: ComponentUse, clause: string): Sampler {
  const read = readArguments(objective, clause)
  return openSampler(read.has('for') ? read.component('for') : { component: 'all', arguments: {} }, clause)
}

/** Whether an objective speaks of a pass: it is for it, and does not read it. */
function countsIn(pass: string, leaf: Leaf & { readonly kind: 'objective' }, objectives: readonly Leaf[]): boolean {
  if (leaf.of.teacher?.component === pass) return false
  // Who is for the whole of a step names no pass of it.
  const isNamed = objectives.some(
    (each) => each.kind === 'objective' && each.passes.trains === 'paths' && each.passes.covers(pass, new Set([pass])),
  )
  return leaf.passes.covers(pass, isNamed ? new Set([pass]) : new Set())
}

function emitMinimised(root: FormulaTree<Leaf>, pass: ObjectivePass, leaves: readonly Leaf[]): EmittedObjective {
  const tells = leaves.length > 1
  const figures: Record<string, ValueId> = {}
  const emitLeaf = (leaf: Leaf): Term => {
    if (leaf.kind === 'cost') {
      const value = leaf.of.emit(pass)
      if (tells) figures[leaf.name] = value
      return { value }
    }
    if (!countsIn(pass.pass, leaf, leaves)) return undefined
    const { value, figures: own } = leaf.of.emission.emit(pass)
    if (tells) figures[leaf.name] = value
    for (const [name, figure] of Object.entries(own)) figures[`${leaf.name}.${name}`] = figure
    return { value }
  }
  const total = emitFormula(pass.builder, root, emitLeaf)
  return { value: valueOf(pass.builder, total ?? { constant: 0 }), figures }
}
