import type { PrimitiveRules } from '../../ir/model/operation.js'
import type { SummedDecision } from '../decisions/decider.js'
import type { Shape } from '../evaluation/shape.js'

/**
 * A network: the space under a binding, as a flat list of nodes with concrete shapes, weights and costs.
 * It is the input of the cost views and of the runtime's plan; it holds no tensor.
 */
export interface Network {
  /** `standalone`: trained alone; `shared`: reads the weights of the supernet (the variants of operations differ). */
  readonly mode: 'standalone' | 'shared'
  readonly input: Shape
  readonly classes: number
  /** In an order in which every node follows its inputs. `nodes[i].id === i`. */
  readonly nodes: readonly NetworkNode[]
  readonly logits: number
  /** Names of the cells in its stacks, one for each copy. */
  readonly cells: readonly string[]
  /** Logits of the auxiliary head, if one was asked for. */
  readonly auxiliary?: number
  /** Relaxed choices of several options, of which all are there; absent where there are none. */
  readonly summed?: readonly SummedDecision[]
}

interface NodeBase {
  readonly id: number
  /** Where it stands: `stem.conv`, `cells[3].n2.s0.sep_conv.conv`. Unique. */
  readonly path: string
  readonly inputs: readonly number[]
  readonly shape: Shape
  /** Present where a decision that is bound by `mask` or `subsample` changes the shape: one entry per such decision. */
  readonly elastic?: readonly Elastic[]
  /** Present where two masked decisions decide the number of channels together. */
  readonly joint?: JointWidths
  /** Present where a decision is bound by `slice` and the map is a part of a larger one: its shape in the largest network. */
  readonly stored?: Shape
}

/** Shapes of a node under the options of one decision, the others being at their largest. */
export interface Elastic {
  /** Path of the decision. */
  readonly decision: string
  readonly by: 'mask' | 'subsample'
  /** `shapes[i]` under option i. */
  readonly shapes: readonly Shape[]
  /** Arguments of a primitive under option i, where they are not the same under all of them. */
  readonly attributes?: readonly LayerNode['attributes'][]
}

/** Where two decisions leave another number of channels than the smaller of what each of them leaves alone. */
export interface JointWidths {
  /** Paths of the decisions. */
  readonly decisions: readonly [string, string]
  /** `channels[i][j]` under option i of the first and option j of the second. */
  readonly channels: readonly (readonly number[])[]
}

export interface InputNode extends NodeBase {
  readonly kind: 'input'
}

/** A primitive operation. */
export interface LayerNode extends NodeBase {
  readonly kind: 'layer'
  /** Name of the primitive, `conv`; the runtime's table of operations has the same name. */
  readonly operation: string
  /** Arguments of the primitive, all evaluated. */
  readonly attributes: Readonly<Record<string, number | boolean | string>>
  readonly weights: readonly Weight[]
  readonly cost: LayerCost
  /** What says so; absent where the layer costs nothing, whatever its shape. */
  readonly rules?: PrimitiveRules
}

export interface MergeNode extends NodeBase {
  readonly kind: 'merge'
  /** `multiply` takes maps of one shape, and vectors (1x1) with as many channels, which scale every position. */
  readonly merge: 'sum' | 'concat' | 'multiply'
  /**
   * Present where the inputs are the options of a relaxed decision, one edge for each: a relaxation may weight them.
   * `options[i]` is the option of `inputs[i]`.
   */
  readonly relaxed?: { readonly decision: string; readonly options: readonly number[] }
  /** Of a residual: `inputs[0]` is what arrives, `inputs[1]` what a body makes of it. */
  readonly residual?: true
}

/** What a merge may be beside a merge. */
export type MergeRole = Pick<MergeNode, 'relaxed' | 'residual'>

/** Alternatives of a relaxed decision, `inputs[i]` weighted by the weight of `options[i]`. */
export interface MixNode extends NodeBase {
  readonly kind: 'mix'
  readonly decision: string
  readonly options: readonly number[]
}

/**
 * The end of an edge of a cell: where drop-path acts (`droppable` is false on identities). It is the identity otherwise.
 */
export interface EdgeNode extends NodeBase {
  readonly kind: 'edge'
  /** `normal.n2` */
  readonly node: string
  /** `s0` */
  readonly source: string
  readonly droppable: boolean
}

export type NetworkNode = InputNode | LayerNode | MergeNode | MixNode | EdgeNode

export interface Weight {
  readonly name: string
  /** Unique in the space, the same under every binding: `cells[3].n2.s0.sep_conv.conv.kernel`. */
  readonly path: string
  readonly shape: readonly number[]
  readonly role: 'kernel' | 'bias' | 'scale' | 'shift'
  readonly init: 'he_normal' | 'he_uniform' | 'linear_uniform' | 'zeros' | 'ones'
  /**
   * Present where a decision is bound by `slice` and the weight is a part of a larger one: the shape in the store. Of the
   * window (the first two dimensions of a kernel with more than two) the centre is used, of channels the first ones.
   */
  readonly stored?: readonly number[]
  /**
   * Present where the window is a transformed one: the sizes of windows (height, width) that follow the stored one. Each is the
   * centre of the one before through a trained linear map. The last one is the window, or the centre of the last one is.
   */
  readonly transforms?: readonly WindowSize[]
}

/** Height and width of the window of a kernel. */
export type WindowSize = readonly [height: number, width: number]

export interface LayerCost {
  /** Multiply-accumulates for one image under every convention. */
  readonly macs: number
  /** What a named convention counts beside `macs`. */
  readonly extra: Readonly<Record<string, number>>
}
