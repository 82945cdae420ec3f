import type { Ir } from '../../ir/model/ir.js'
import type { ExploredDecision, ExploreOptions } from '../../space/architectures/exploration.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import type { Arc, Diagram } from '../diagram/diagram.js'
import { decisionsOf } from './decisions.js'
import { exploredOf, noLimits, structureOf } from './structure.js'

/**
 * All decisions of a space, each with the decisions that it hangs on. Where one build after the other cannot tell, the
 * space's diagram does.
 *
 * @throws ElaborationFailure, Failure as `decisionsOf`
 */
export function decisionsWithGates(ir: Ir, space: string, options: ExploreOptions): readonly ExploredDecision[] {
  const explored = exploredOf(ir, space, options)
  if (!(explored instanceof ElaborationFailure) && explored.isExact) return explored.decisions
  const decisions = decisionsOf(ir, space, options)
  const diagram = structureOf(ir, space, options, noLimits)
  if (!diagram) throw new Error('a diagram without a limit was given up')
  return decisions.map((decision) => {
    let gates: ExploredDecision['gates'] | undefined
    return {
      decision,
      // Few are asked for, and each is a pass over the diagram.
      get gates() {
        return (gates ??= gatesIn(diagram, decision.path))
      },
    }
  })
}

/** Options of other decisions beside which a decision is met; of those alone that do not leave it every one of theirs. */
export function gatesIn(diagram: Diagram, path: string): ExploredDecision['gates'] {
  const all = new Map<string, Set<number>>()
  const beside = new Map<string, Set<number>>()
  const note = (found: Map<string, Set<number>>, { selections }: Arc): void => {
    for (const { decision, options } of selections) {
      const known = found.get(decision.path) ?? new Set()
      found.set(decision.path, known)
      for (const option of options) known.add(option)
    }
  }
  const before = statesBehind(diagram, path)
  const after = statesBefore(diagram, path)
  diagram.layers.forEach(({ arcs }, index) => {
    for (const arc of arcs) {
      note(all, arc)
      if (meets(arc, path) || before[index]?.has(arc.from) || after[index]?.has(arc.to)) note(beside, arc)
    }
  })
  return new Map([...beside].filter(([gate, options]) => gate !== path && options.size < (all.get(gate)?.size ?? 0)))
}

function meets({ selections }: Arc, path: string): boolean {
  return selections.some(({ decision }) => decision.path === path)
}

/** Of each layer the states before it to which some path has met a decision. */
function statesBehind({ layers }: Diagram, path: string): readonly ReadonlySet<number>[] {
  let states: ReadonlySet<number> = new Set<number>()
  return layers.map(({ arcs }) => {
    const here = states
    states = new Set(arcs.flatMap((arc) => (here.has(arc.from) || meets(arc, path) ? [arc.to] : [])))
    return here
  })
}

/** Of each layer the states behind it from which some path goes on to meet a decision. */
function statesBefore({ layers }: Diagram, path: string): readonly ReadonlySet<number>[] {
  let states: ReadonlySet<number> = new Set<number>()
  return layers
    .toReversed()
    .map(({ arcs }) => {
      const here = states
      states = new Set(arcs.flatMap((arc) => (here.has(arc.to) || meets(arc, path) ? [arc.from] : [])))
      return here
    })
    .reverse()
}
