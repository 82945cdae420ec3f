import type { ValueId } from '../../program/program.js'
import { at } from '../../operations/support/element.js'
import { shapeOf, type InferenceProgram } from '../inference/inference-program.js'

/** Where the channels of a map stand: behind its rows and columns, as in tensor programs, or before them, as in ONNX and PyTorch. */
export type Layout = 'channels-last' | 'channels-first'

/** Order of the axes of a map in the other layout. */
export const orders: Readonly<Record<Layout, readonly number[]>> = {
  'channels-first': [0, 3, 1, 2],
  'channels-last': [0, 2, 3, 1],
}

/** An axis of a map where it stands in a layout. */
export function axisIn(layout: Layout, axis: number): number {
  return layout === 'channels-last' ? axis : orders['channels-first'].indexOf(axis)
}

/** A list with an entry for each axis, in the order of a layout. */
export function inLayout<T>(layout: Layout, entries: readonly T[]): readonly T[] {
  return layout === 'channels-last' ? entries : orders['channels-first'].map((axis) => at(entries, axis))
}

/** A map of one pixel is the same numbers in either layout. */
export function isPixel(shape: readonly number[]): boolean {
  return shape.length === 4 && shape[1] === 1 && shape[2] === 1
}

/**
 * By what names the values of a program are known while it is written, in either layout. What is asked for in the layout in
 * which it is not there yet is transposed, once.
 */
export class Layouts {
  readonly #program: InferenceProgram
  readonly #transpose: (name: string, to: Layout, id: ValueId) => string
  readonly #names = new Map<string, string>()

  /** @param transpose writes the transposition of a map, and returns its name */
  constructor(program: InferenceProgram, transpose: (name: string, to: Layout, id: ValueId) => string) {
    this.#program = program
    this.#transpose = transpose
  }

  define(id: ValueId, layout: Layout, name: string): void {
    this.#names.set(key(id, layout), name)
  }

  read(id: ValueId, layout: Layout = 'channels-last'): string {
    const known = this.#names.get(key(id, layout))
    if (known !== undefined) return known
    const other = this.#names.get(key(id, layout === 'channels-last' ? 'channels-first' : 'channels-last'))
    if (other === undefined) throw new Error(`value ${String(id)} is read before it is written`)
    const name = this.#transpose(other, layout, id)
    this.define(id, layout, name)
    return name
  }

  /** The layout in which as much as possible of these values is there already. */
  shared(ids: readonly ValueId[]): Layout {
    if (!ids.every((id) => shapeOf(this.#program, id).length === 4)) return 'channels-last'
    const first = ids.filter((id) => this.#names.has(key(id, 'channels-first'))).length
    return 2 * first >= ids.length ? 'channels-first' : 'channels-last'
  }
}

function key(id: ValueId, layout: Layout): string {
  return `${String(id)} ${layout}`
}
