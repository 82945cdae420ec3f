import type { ValueId } from '../../program/program.js'
import type { Attributes } from '../../operations/support/definition.js'
import { at } from '../../operations/support/element.js'
import type { PrintableName } from './printable.js'

/**
 * A network as it leaves: the way from images to logits, with weights that are numbers. Layouts are those of tensor
 * programs: maps are [images, height, width, channels], kernels [height, width, in / groups, out].
 */
export interface InferenceProgram {
  /** `values[i].id === i` */
  readonly values: readonly InferenceValue[]
  /** In an order in which each follows what it reads. */
  readonly operations: readonly InferenceOperation[]
  /** [images, height, width, channels], normalised. */
  readonly images: ValueId
  /** [images, classes] */
  readonly logits: ValueId
}

export interface InferenceValue {
  readonly id: ValueId
  /** Of one image. */
  readonly shape: readonly number[]
  /** The axis that is longer with more images, by that factor; absent: none is. */
  readonly batchAxis?: number
  /** Present where the value is a weight. */
  readonly weight?: NamedWeight
}

export interface NamedWeight {
  /** Its path in the network, `cells[3].n2.s0.sep_conv.conv.kernel`. Unique. */
  readonly name: string
  readonly data: Float32Array
}

export interface InferenceOperation {
  readonly operation: PrintableName
  /** A convolution or a product has its bias, if it has one, as a third input. */
  readonly inputs: readonly ValueId[]
  /** The one that is read. */
  readonly output: ValueId
  readonly attributes: Attributes
  /** Path of the layer, or of the merge, that it comes from. */
  readonly path: string
}

/** Shape of one image's part of a value. */
export function shapeOf({ values }: InferenceProgram, id: ValueId): readonly number[] {
  return at(values, id).shape
}

/** The numbers of a weight, with their shape. A value that is none is a defect and throws. */
export function weightOf(
  { values }: InferenceProgram,
  id: ValueId,
): NamedWeight & { readonly shape: readonly number[] } {
  const { weight, shape } = at(values, id)
  if (weight === undefined) throw new Error(`value ${String(id)} is no weight`)
  return { ...weight, shape }
}

/** The weights that operations read, in the order in which they are first read. */
export function weightsOf(program: InferenceProgram): readonly (NamedWeight & { readonly shape: readonly number[] })[] {
  const ids = new Set(program.operations.flatMap(({ inputs }) => inputs))
  return [...ids].filter((id) => at(program.values, id).weight !== undefined).map((id) => weightOf(program, id))
}

/** The shape with one axis, that of the images, as `wild`; of a weight its own. */
export function wildShape({ values }: InferenceProgram, id: ValueId, wild = -1): readonly number[] {
  const { shape, batchAxis } = at(values, id)
  return shape.map((size, axis) => (axis === batchAxis ? wild : size))
}
