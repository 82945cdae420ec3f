import type { Shape } from '../../space/evaluation/shape.js'
import type { StageItem } from '../../ir/model/space.js'
import { partsOf } from './path.js'
import type { GraphTarget } from './graph-target.js'

/** How much smaller the maps of a stage are than those before it, as built. */
export function strideOf({ network }: GraphTarget, stage: StageItem): number {
  const own = network.nodes.filter(({ path }) => partsOf(path)[0]?.startsWith(`${stage.name}[`))
  const [first] = own
  const before: Shape | undefined = first && network.nodes[first.inputs[0] ?? 0]?.shape
  const after = own.at(-1)?.shape
  return before && after ? Math.round(before.height / after.height) : 1
}
