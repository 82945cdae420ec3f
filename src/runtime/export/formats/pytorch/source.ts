import type { ValueId } from '../../../program/program.js'
import { at } from '../../../operations/support/element.js'
import type { InferenceProgram } from '../../inference/inference-program.js'
import { Layouts, orders } from '../layouts.js'
import type { StoredTensor } from '../safetensors/encode.js'

/** A module of the network: how it is made, and the numbers that it holds. */
export interface TorchModule {
  /** `nn.Conv2d(3, 16, 3)` */
  readonly make: string
  /** By their names in the module. */
  readonly tensors: readonly StoredTensor[]
}

/** A module in Python that is being written. */
export class TorchSource {
  readonly program: InferenceProgram
  readonly layouts: Layouts
  readonly modules: string[] = []
  readonly lines: string[] = []
  readonly tensors: StoredTensor[] = []
  readonly #keys = new Map<string, string>()
  #variables = 0

  constructor(program: InferenceProgram) {
    this.program = program
    this.layouts = new Layouts(program, (name, to) => this.line(`${name}.permute(${orders[to].join(', ')})`))
  }

  /** Appends a line of the forward pass, and returns the variable that it sets. */
  line(expression: string): string {
    const name = `x${String(++this.#variables)}`
    this.lines.push(`${name} = ${expression}`)
    return name
  }

  /** Adds a module at its path in the network, and returns how the forward pass names it. Equal ones are one. */
  module(path: string, { make, tensors }: TorchModule): string {
    const id = JSON.stringify([path, make, tensors.map(({ name }) => name)])
    const known = this.#keys.get(id)
    if (known !== undefined) return known
    const key = this.#unique(pythonPath(path))
    this.modules.push(`self.add("${key}", ${make})`)
    for (const { name, ...rest } of tensors) this.tensors.push({ name: `${key}.${name}`, ...rest })
    const named = `self.layers["${key}"]`
    this.#keys.set(id, named)
    return named
  }

  /** A weight that stands by itself, in another shape than its own where one is given. */
  weight(id: ValueId, shape?: readonly number[]): string {
    const { weight, shape: own } = at(this.program.values, id)
    if (weight === undefined) return this.layouts.read(id)
    const dims = shape ?? own
    const module = { make: `Weight(${dims.join(', ')})`, tensors: [{ name: 'weight', shape: dims, data: weight.data }] }
    return `${this.module(weight.name, module)}.weight`
  }

  #unique(key: string): string {
    const taken = (each: string): boolean => this.modules.some((line) => line.startsWith(`self.add("${each}", `))
    if (!taken(key)) return key
    for (let count = 2; ; count++) if (!taken(`${key}_${String(count)}`)) return `${key}_${String(count)}`
  }
}

/** `cells[3].n2` as a path of modules: `cells.3.n2`. */
function pythonPath(path: string): string {
  return path.replaceAll(/\[([^\]]*)\]/gu, '.$1')
}
