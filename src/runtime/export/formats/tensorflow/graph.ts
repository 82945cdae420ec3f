import type { ValueId } from '../../../program/program.js'
import { at } from '../../../operations/support/element.js'
import { shapeOf, type InferenceProgram } from '../../inference/inference-program.js'

/** An attribute of a node, as JSON has the messages of TensorFlow: long integers and bytes (base64) are strings. */
export type GraphAttribute =
  | { readonly type: DataType }
  | { readonly i: string }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly s: string }
  | { readonly shape: TensorShape }
  | { readonly list: { readonly i: readonly string[] } }

export type DataType = 'DT_FLOAT' | 'DT_INT32'

export interface TensorShape {
  readonly dim: readonly { readonly size: string }[]
}

export interface GraphNode {
  readonly name: string
  readonly op: string
  readonly input: readonly string[]
  readonly attr: Readonly<Record<string, GraphAttribute>>
}

/** Numbers of a node `Const`. */
export interface GraphConstant {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array
}

export interface GraphOptions {
  /** Depthwise convolutions with gaps between the taps are there; where not, the gaps are zeros in the kernel. */
  readonly dilatesDepthwise: boolean
}

/** A graph of TensorFlow that is being written, with layouts as tensor programs have them. */
export class TensorflowGraph {
  readonly program: InferenceProgram
  readonly options: GraphOptions
  readonly nodes: GraphNode[] = []
  readonly constants: GraphConstant[] = []
  /** Path of the layer whose nodes are written. */
  path = ''
  readonly #names = new Map<ValueId, string>()
  readonly #taken = new Set<string>()
  readonly #known = new Map<string, string>()

  constructor(program: InferenceProgram, options: GraphOptions) {
    this.program = program
    this.options = options
  }

  define(id: ValueId, name: string): void {
    this.#names.set(id, name)
  }

  /** By what a value is known; a weight is written when it is first read. */
  read(id: ValueId): string {
    const known = this.#names.get(id)
    if (known !== undefined) return known
    const { weight } = at(this.program.values, id)
    if (weight === undefined) throw new Error(`value ${String(id)} is read before it is written`)
    const name = this.constant(weight.name, shapeOf(this.program, id), weight.data)
    this.define(id, name)
    return name
  }

  /** Appends a node, and returns its name. Its type is that of floating-point numbers. */
  node(op: string, input: readonly string[], attributes: Readonly<Record<string, GraphAttribute>> = {}): string {
    const name = this.#unique(`${this.path}/${op}`)
    this.nodes.push({ name, op, input, attr: { T: { type: 'DT_FLOAT' }, ...attributes } })
    return name
  }

  /** A node without the attribute `T`. */
  plain(name: string, op: string, input: readonly string[], attr: GraphNode['attr']): string {
    const own = this.#unique(name)
    this.nodes.push({ name: own, op, input, attr })
    return own
  }

  constant(name: string, shape: readonly number[], data: Float32Array | Int32Array): string {
    const own = this.#unique(name)
    this.constants.push({ name: own, shape, data })
    const dtype: DataType = data instanceof Float32Array ? 'DT_FLOAT' : 'DT_INT32'
    this.nodes.push({ name: own, op: 'Const', input: [], attr: { dtype: { type: dtype } } })
    return own
  }

  /** A number, one copy of equal ones. */
  float(value: number): string {
    return this.#once(`float ${String(value)}`, () => this.constant('number', [], Float32Array.of(value)))
  }

  integer(value: number): string {
    return this.#once(`integer ${String(value)}`, () => this.constant('integer', [], Int32Array.of(value)))
  }

  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#once(`integers [${shape.join()}] ${values.join()}`, () =>
      this.constant('integers', shape, Int32Array.from(values)),
    )
  }

  #once(key: string, make: () => string): string {
    const known = this.#known.get(key) ?? make()
    this.#known.set(key, known)
    return known
  }

  #unique(asked: string): string {
    const name = graphName(asked)
    for (let count = 1; ; count++) {
      const each = count === 1 ? name : `${name}_${String(count)}`
      if (this.#taken.has(each)) continue
      this.#taken.add(each)
      return each
    }
  }
}

export function shapeProto(dims: readonly number[]): TensorShape {
  return { dim: dims.map((size) => ({ size: String(size) })) }
}

/** TensorFlow allows names of letters, digits and few signs: `cells[3].n2` is `cells.3.n2` there. */
function graphName(path: string): string {
  const name = path.replaceAll(/\[([^\]]*)\]/gu, '.$1').replaceAll(/[^A-Za-z0-9_./-]/gu, '_')
  return /^[A-Za-z0-9.]/u.test(name) ? name : `x${name}`
}
