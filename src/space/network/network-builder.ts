import type { Merge } from '../../ir/model/expression.js'
import type { PrimitiveRules } from '../../ir/model/operation.js'
import type { Shape } from '../evaluation/shape.js'
import { commonShape, mergedShape, nothingToMerge } from './merged-shape.js'
import type { LayerCost, LayerNode, MergeRole, NetworkNode, Weight } from './network.js'
import { nodeStore } from './node-store.js'
import { addBody, type OperationBody } from './operation-body.js'
import { repeatRange, type NodeRange } from './node-range.js'
import { sharedNodes } from './shared-nodes.js'

/** Collects the nodes of a network. */
export interface NetworkBuilder {
  readonly nodes: readonly NetworkNode[]
  /** See {@link BuilderOptions}. */
  readonly alternatives: boolean
  /** See {@link BuilderOptions}. */
  readonly member?: SelectedByPath
  shape(id: number): Shape
  path(id: number): string
  /** `path` is given where a part of a network is built by itself and reads several maps. */
  input(shape: Shape, path?: string): number
  layer(layer: PlacedLayer): number
  /** The merged inputs; the input itself where there is only one. @throws ElaborationFailure if shapes disagree. */
  merge(path: string, merge: Merge, inputs: readonly number[], role?: MergeRole): number
  /** The weighted alternatives of a decision. @throws ElaborationFailure if shapes disagree. */
  mix(path: string, decision: string, options: readonly number[], inputs: readonly number[]): number
  edge(path: string, node: string, source: string, input: number, droppable: boolean): number
  /** The nodes of an operation's body behind a node; its output. */
  body(path: string, body: OperationBody, input: number): number
  /** The nodes of a range once more, behind other inputs and under another path; its output. */
  repeat(range: NodeRange, path: string, inputs: readonly number[]): number
}

/** A primitive where it stands. */
export interface PlacedLayer {
  readonly path: string
  readonly input: number
  readonly shape: Shape
  readonly operation: string
  readonly attributes: Readonly<Record<string, number | boolean | string>>
  readonly weights: readonly Weight[]
  readonly cost: LayerCost
  readonly rules?: PrimitiveRules | undefined
}

export interface BuilderOptions {
  /**
   * A layer that is built twice at one path with one input is one layer, and so are merges of the same maps: parts of a
   * network that are written many times are evaluated once.
   */
  readonly sharing?: boolean
  /** Alternatives stand side by side that never are in one network: layers of several of them may have the same path. */
  readonly alternatives?: boolean
  /** Of every operation's body only its end is kept: for those who ask which shapes and decisions there are, and for no layer. */
  readonly outline?: boolean
  /**
   * One member of the space, of which the alternatives are shown side by side although no network mixes them: they need not
   * fit together, those that cannot be built are left out, and what follows a mix is built on the member's own.
   */
  readonly member?: SelectedByPath
}

/** Options taken, by the path of their decision. */
export type SelectedByPath = Readonly<Record<string, readonly number[]>>

export function createBuilder({
  sharing = false,
  outline = false,
  alternatives = false,
  member,
}: BuilderOptions = {}): NetworkBuilder {
  // Of an outline nobody reads weights, nor of what is shown, so that layers of several alternatives may have one path there.
  const store = nodeStore({ uniquePaths: !alternatives && !outline && member === undefined })
  const { add, nextId, shape } = store
  const shared = sharing ? sharedNodes() : undefined

  const builder: NetworkBuilder = {
    nodes: store.nodes,
    alternatives,
    ...(member ? { member } : {}),
    shape,
    path: store.path,
    input: (supplied, path = 'input') => add({ kind: 'input', id: nextId(), path, inputs: [], shape: supplied }),
    layer(layer) {
      const build = (): number => add(layerNode(nextId(), layer))
      return shared ? shared.layer(layer, build) : build()
    },
    merge(path, merge, inputs, role = {}) {
      const [first, ...rest] = inputs
      if (first === undefined) throw nothingToMerge(path, `a ${merge}`)
      if (rest.length === 0) return first
      const build = (): number => {
        const result = mergedShape(path, merge, inputs.map(store.mapAt))
        return add({
          kind: 'merge',
          id: nextId(),
          path: store.freePath(path),
          merge,
          inputs,
          ...role,
          shape: result,
        })
      }
      return shared ? shared.merge(`${path} ${merge} ${inputs.join()}`, build) : build()
    },
    mix(path, decision, options, inputs) {
      const maps = inputs.map(store.mapAt)
      const own = member && maps[Math.max(0, options.indexOf(member[decision]?.[0] ?? 0))]
      const result = own?.shape ?? commonShape(path, `a mix of the options of \`${decision}\``, maps)
      return add({ kind: 'mix', id: nextId(), path: store.freePath(path), decision, options, inputs, shape: result })
    },
    edge: (path, of, source, input, droppable) =>
      add({ kind: 'edge', id: nextId(), path, node: of, source, droppable, inputs: [input], shape: shape(input) }),
    body(path, body, input) {
      const end = body.nodes[body.output - 1]
      if (outline && end)
        return add({ ...end, id: nextId(), path: store.freePath(`${path}${end.path}`), inputs: [input] })
      return addBody(builder, path, body, input)
    },
    repeat: (range, path, inputs) => repeatRange(store, range, path, inputs, outline),
  }
  return builder
}

/** Written out property by property: networks hold thousands of them, and V8 makes a rest of properties one call at a time. */
function layerNode(
  id: number,
  { path, input, shape, operation, attributes, weights, cost, rules }: PlacedLayer,
): LayerNode {
  const node: LayerNode = { kind: 'layer', id, inputs: [input], path, shape, operation, attributes, weights, cost }
  return rules === undefined ? node : { ...node, rules }
}
