import type { NetworkItem } from '../../ir/model/space.js'
import type { Ir } from '../../ir/model/ir.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import type { Shape } from '../../space/evaluation/shape.js'
import type { CompiledLayer, Diagram } from '../diagram/diagram.js'
import { structureOf } from './structure.js'

/** The ends of what a feature map is over all members of a space, each side by itself. */
export interface ShapeRange {
  readonly least: Shape
  readonly most: Shape
}

/**
 * What leaves each part of a network, over all that can be built; constraints are not looked at.
 *
 * @returns one for each item of the network; undefined where more would have to be built to know than within about a second
 */
export function outputShapes(
  ir: Ir,
  space: string,
  options: ExploreOptions,
): readonly (ShapeRange | undefined)[] | undefined {
  const structure = structureOf(ir, space, options)
  return structure && spaceOf(ir, space).network.map((item) => rangeBehind(structure, item))
}

function rangeBehind({ layers }: Diagram, item: NetworkItem): ShapeRange | undefined {
  const last = layers.findLast(({ at }) => endsAt(at, item))
  const shapes = last ? outputsOf(last) : []
  const [first] = shapes
  if (!first) return undefined
  const side = (pick: (...values: number[]) => number): Shape => {
    const of = (key: keyof Shape): number => shapes.reduce((end, shape) => pick(end, shape[key]), first[key])
    return { height: of('height'), width: of('width'), channels: of('channels') }
  }
  return { least: side(Math.min), most: side(Math.max) }
}

function endsAt(at: string, item: NetworkItem): boolean {
  if (item.kind === 'stem') return at === 'stem' || at.startsWith('stem[')
  return at === (item.kind === 'head' ? 'head' : item.name)
}

/** What leaves a layer in the states from which a path leads to the end. */
function outputsOf({ arcs, outputs }: CompiledLayer): readonly Shape[] {
  return [...new Set(arcs.map(({ to }) => to))].flatMap((state) => outputs[state] ?? [])
}
