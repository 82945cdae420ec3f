import type { Ir } from '../../ir/model/ir.js'
import type { Architecture } from '../../space/architectures/architecture.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import type { Arc } from '../diagram/diagram.js'
import type { Selection } from '../diagram/decision-tree.js'
import { architectureOn } from './analysis.js'
import { noLimits, structureOf } from './structure.js'

/** The last arc of the best path to a state, and how large the numbers on that path are. */
interface BestPath {
  readonly score: number
  readonly arc?: Arc
}

/**
 * A member of a space that can be built, with numbers as large as they can be together; constraints are not looked at.
 *
 * @returns undefined where nothing can be built
 * @throws Failure NAS6131, NAS6139 or NAS6140 where the analysis of the space ends in one
 */
export function largestMember(ir: Ir, space: string, options: ExploreOptions): Architecture | undefined {
  const diagram = structureOf(ir, space, options, noLimits)
  if (!diagram) throw new Error('a diagram without a limit was given up')
  let paths = new Map<number, BestPath>([[0, { score: 0 }]])
  const layers: ReadonlyMap<number, BestPath>[] = []
  for (const { arcs } of diagram.layers) {
    const next = new Map<number, BestPath>()
    for (const arc of arcs) {
      const known = paths.get(arc.from)
      if (!known) continue
      const score = known.score + arc.selections.reduce((sum, selection) => sum + sizeOf(selection), 0)
      const other = next.get(arc.to)
      if (!other || other.score < score) next.set(arc.to, { score, arc })
    }
    layers.push(next)
    paths = next
  }
  const best = [...paths].reduce<[number, BestPath] | undefined>(
    (found, each) => (found && found[1].score >= each[1].score ? found : each),
    undefined,
  )
  if (!best) return undefined
  const path: Arc[] = []
  let [state] = best
  for (const behind of layers.toReversed()) {
    const arc = behind.get(state)?.arc
    if (!arc) break
    path.push(arc)
    state = arc.from
  }
  return architectureOn({ context: { space: spaceOf(ir, space) }, diagram }, path.reverse())
}

/** The share of its largest option that a number takes; of other options none is larger. */
function sizeOf({ decision, options }: Selection): number {
  const { values } = decision
  if (!values) return 0
  const largest = Math.max(...values.map(Math.abs))
  return options.reduce((sum, option) => sum + (largest === 0 ? 0 : (values[option] ?? 0) / largest), 0)
}
