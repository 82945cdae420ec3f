import type { ValueId } from '../../../program/program.js'
import type { InferenceProgram } from '../../inference/inference-program.js'
import { Layouts, orders } from '../layouts.js'
import { littleEndian, littleEndianIntegers } from '../little-endian.js'
import { attributeTypes, onnxTypes, type OnnxAttribute, type OnnxNode, type OnnxTensor } from './messages.js'

export type AttributeValue = number | readonly number[] | { readonly float: number }

/** A graph that is being written: nodes and initialisers with names that are unique. */
export class OnnxGraph {
  readonly program: InferenceProgram
  readonly layouts: Layouts
  readonly nodes: OnnxNode[] = []
  readonly tensors: OnnxTensor[] = []
  /** Path of the layer whose nodes are written. */
  path = ''
  readonly #taken = new Map<string, number>()
  /** Names of constants by their content. */
  readonly #constants = new Map<string, string>()

  constructor(program: InferenceProgram) {
    this.program = program
    this.layouts = new Layouts(program, (name, to) => this.node('Transpose', [name], { perm: orders[to] }))
  }

  /** Appends a node with one output, and returns its name. */
  node(type: string, input: readonly string[], attributes: Readonly<Record<string, AttributeValue>> = {}): string {
    const name = this.#unique(`${this.path}/${type}`)
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value))
    this.nodes.push({ input, output: [name], name, op_type: type, attribute })
    return name
  }

  /** Numbers under a name of their own. */
  weight(name: string, dims: readonly number[], data: Float32Array): string {
    const own = this.#unique(name)
    this.tensors.push({ name: own, dims, data_type: onnxTypes.float, raw_data: littleEndian(data) })
    return own
  }

  /** Numbers that no weight is, one copy of equal ones. */
  floats(dims: readonly number[], values: readonly number[] | Float32Array): string {
    const data = Float32Array.from(values)
    return this.#constant(`float [${dims.join()}] ${data.join()}`, () => this.weight('constant', dims, data))
  }

  integers(values: readonly number[]): string {
    return this.#constant(`int ${values.join()}`, () => {
      const name = this.#unique('integers')
      const raw_data = littleEndianIntegers(values)
      this.tensors.push({ name, dims: [values.length], data_type: onnxTypes.int64, raw_data })
      return name
    })
  }

  read(id: ValueId): string {
    return this.layouts.read(id)
  }

  /** A weight that several operations may read as it is, written when it is first asked for. */
  known(id: ValueId, write: () => string): string {
    return this.#constant(`value ${String(id)}`, write)
  }

  #constant(key: string, make: () => string): string {
    const known = this.#constants.get(key)
    if (known !== undefined) return known
    const name = make()
    this.#constants.set(key, name)
    return name
  }

  #unique(name: string): string {
    const count = (this.#taken.get(name) ?? 0) + 1
    this.#taken.set(name, count)
    return count === 1 ? name : this.#unique(`${name}_${String(count)}`)
  }
}

function attributeOf(name: string, value: AttributeValue): OnnxAttribute {
  if (typeof value === 'number') return { name, type: attributeTypes.int, i: value }
  return 'float' in value
    ? { name, type: attributeTypes.float, f: value.float }
    : { name, type: attributeTypes.ints, ints: value }
}
