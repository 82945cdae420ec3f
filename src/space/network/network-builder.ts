import type { Merge } from '../../ir/model/expression.js'
import { ElaborationFailure } from '../values/elaboration-failure.js'
import { printShape } from '../values/shape.js'
import type { LayerCost, LayerNode, NetworkNode, Weight } from './network.js'
import type { Shape } from '../values/shape.js'
import type { OperationBody } from './operation-body.js'

type Unplaced<T> = T extends NetworkNode ? Omit<T, 'id'> : never

/** Collects the nodes of a network. */
export interface NetworkBuilder {
  readonly nodes: readonly NetworkNode[]
  /** See {@link BuilderOptions}. */
  readonly alternatives: boolean
  shape(id: number): Shape
  path(id: number): string
  /** `path` is given where a part of a network is built by itself and reads several maps. */
  input(shape: Shape, path?: string): number
  layer(layer: {
    readonly path: string
    readonly input: number
    readonly shape: Shape
    readonly operation: string
    readonly attributes: Readonly<Record<string, number | boolean | string>>
    readonly weights: readonly Weight[]
    readonly cost: LayerCost
  }): number
  /** The merged inputs; the input itself where there is only one. @throws ElaborationFailure if shapes disagree. */
  merge(path: string, merge: Merge, inputs: readonly number[]): number
  /** The weighted alternatives of a decision. @throws ElaborationFailure if shapes disagree. */
  mix(path: string, decision: string, options: readonly number[], inputs: readonly number[]): number
  edge(path: string, node: string, source: string, input: number, droppable: boolean): number
  /** The nodes of a part behind a node; its output. */
  body(path: string, body: OperationBody, input: number): number
  /** The nodes of a stretch once more, behind other inputs and under another path; its output. */
  repeat(range: NodeRange, path: string, inputs: readonly number[]): number
}

/** Nodes that stand one behind the other: all that was built under a path. */
export interface NodeRange {
  readonly path: string
  /** What was there before and is read. */
  readonly inputs: readonly number[]
  /** The first node, and the one behind the last. */
  readonly from: number
  readonly to: number
  readonly output: number
}

export interface BuilderOptions {
  /**
   * A layer that is built twice at one path with one input is one layer, and so are merges of the same maps: parts of a
   * network that are written many times are evaluated once.
   */
  readonly sharing?: boolean
  /** Alternatives stand side by side that never are in one network: layers of several of them may have the same path. */
  readonly alternatives?: boolean
  /** Of every part only its end is kept: for those who ask which shapes and decisions there are, and for no layer. */
  readonly outline?: boolean
}

export function createBuilder({
  sharing = false,
  outline = false,
  alternatives = false,
}: BuilderOptions = {}): NetworkBuilder {
  const nodes: NetworkNode[] = []
  const paths = new Set<string>()
  const layers = new Map<string, LayerNode>()
  const merges = new Map<string, number>()

  const node = (id: number): NetworkNode => {
    const found = nodes[id]
    if (!found) throw new Error(`no node ${id}`)
    return found
  }
  const shape = (id: number): Shape => node(id).shape
  const add = (unplaced: Unplaced<NetworkNode>): number => {
    if (!alternatives && paths.has(unplaced.path)) throw new Error(`two nodes at ${unplaced.path}`)
    paths.add(unplaced.path)
    nodes.push({ ...unplaced, id: nodes.length })
    return nodes.length - 1
  }
  /** Mixes and merges have no weights, so a number in their path harms nobody. */
  const free = (path: string): string => {
    let count = 1
    let candidate = path
    while (paths.has(candidate)) candidate = `${path}[${++count}]`
    return candidate
  }

  const agree = (path: string, what: string, inputs: readonly number[]): Shape => {
    const [first, ...rest] = inputs
    if (first === undefined) throw nothing(path, what)
    const wanted = shape(first)
    for (const id of rest) {
      const found = shape(id)
      if (found.height !== wanted.height || found.width !== wanted.width || found.channels !== wanted.channels) {
        throw new ElaborationFailure(
          'shape',
          path,
          `${what} needs equal shapes, and \`${node(first).path}\` is ${printShape(wanted)}, \`${node(id).path}\` ${printShape(found)}.`,
          'Bring both to the same size and channels, for example by a convolution on one of them.',
          [wanted, found],
        )
      }
    }
    return wanted
  }

  const builder: NetworkBuilder = {
    nodes,
    alternatives,
    shape,
    path: (id) => node(id).path,
    input: (supplied, path = 'input') => add({ kind: 'input', path, inputs: [], shape: supplied }),
    layer({ input, ...layer }) {
      const known = sharing ? layers.get(layer.path) : undefined
      if (known) return sameLayer(known, { ...layer, input })
      const id = add({ kind: 'layer', inputs: [input], ...layer })
      layers.set(layer.path, { kind: 'layer', inputs: [input], ...layer, id })
      return id
    },
    merge(path, merge, inputs) {
      const [first, ...rest] = inputs
      if (first === undefined) throw nothing(path, `a ${merge}`)
      if (rest.length === 0) return first
      const key = `${path} ${merge} ${inputs.join()}`
      const known = sharing ? merges.get(key) : undefined
      if (known !== undefined) return known
      merges.set(key, nodes.length)
      if (merge !== 'concat') {
        // A vector per channel scales a whole map: squeeze and excitation.
        const maps =
          merge === 'multiply' ? inputs.filter((id) => !isVectorBeside(shape(id), inputs.map(shape))) : inputs
        return add({ kind: 'merge', path: free(path), merge, inputs, shape: agree(path, `a ${merge}`, maps) })
      }
      const { height, width } = shape(first)
      for (const id of rest) {
        const found = shape(id)
        if (found.height !== height || found.width !== width) agree(path, 'a concat', [first, id])
      }
      const channels = inputs.reduce((sum, id) => sum + shape(id).channels, 0)
      return add({ kind: 'merge', path: free(path), merge, inputs, shape: { height, width, channels } })
    },
    mix(path, decision, options, inputs) {
      const common = agree(path, `a mix of the options of \`${decision}\``, inputs)
      return add({ kind: 'mix', path: free(path), decision, options, inputs, shape: common })
    },
    edge: (path, of, source, input, droppable) =>
      add({ kind: 'edge', path, node: of, source, droppable, inputs: [input], shape: shape(input) }),
    body(path, { nodes: parts, output }, input) {
      const ids = [input]
      const idOf = (position: number): number => ids[position] ?? input
      const end = parts[output - 1]
      if (outline && end) return add({ ...end, path: free(`${path}${end.path}`), inputs: [input] })
      for (const each of parts) {
        const at = `${path}${each.path}`
        if (each.kind === 'merge') ids.push(builder.merge(at, each.merge, each.inputs.map(idOf)))
        else {
          const { inputs, shape, operation, attributes, cost } = each
          const weights = each.weights.map((weight) => ({ ...weight, path: `${path}${weight.path}` }))
          ids.push(
            builder.layer({ path: at, input: idOf(inputs[0] ?? 0), shape, operation, attributes, weights, cost }),
          )
        }
      }
      return idOf(output)
    },
    repeat(range, path, inputs) {
      const { from, to, output } = range
      const idOf = (shift: number, id: number): number =>
        id >= from ? id + shift : (inputs[range.inputs.indexOf(id)] ?? id)
      if (outline && output >= from) return add({ ...renamed(node(output), range.path, path), inputs })
      const shift = nodes.length - from
      for (let id = from; id < to; id++) {
        const each = renamed(node(id), range.path, path)
        add({ ...each, inputs: each.inputs.map((input) => idOf(shift, input)) })
      }
      return idOf(shift, output)
    },
  }
  return builder
}

function renamed(node: NetworkNode, before: string, now: string): NetworkNode {
  const rename = (path: string): string => `${now}${path.slice(before.length)}`
  const path = rename(node.path)
  if (node.kind !== 'layer') return { ...node, path }
  return { ...node, path, weights: node.weights.map((weight) => ({ ...weight, path: rename(weight.path) })) }
}

function isVectorBeside(vector: Shape, others: readonly Shape[]): boolean {
  const isVector = ({ height, width }: Shape): boolean => height === 1 && width === 1
  return isVector(vector) && others.some((other) => !isVector(other) && other.channels === vector.channels)
}

/** @throws ElaborationFailure where one layer would have to be two */
function sameLayer(known: LayerNode, asked: { readonly input: number; readonly shape: Shape }): number {
  const [before, now] = [known.shape, asked.shape]
  const agrees = before.height === now.height && before.width === now.width && before.channels === now.channels
  if (known.inputs[0] === asked.input && agrees) return known.id
  throw new ElaborationFailure(
    'binding',
    known.path,
    `features are shared, and this layer would be needed as ${printShape(before)} and as ${printShape(now)}.`,
    'Share features only where every edge from one map does the same to it, stride and projection included.',
    [before, now],
  )
}

function nothing(path: string, what: string): ElaborationFailure {
  return new ElaborationFailure('shape', path, `${what} has nothing to merge.`, 'Let at least one input reach it.')
}
