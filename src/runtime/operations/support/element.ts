import type { Dims } from './definition.js'

/** `items[index]`; an index out of range is a defect and throws. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error(`index ${String(index)} is outside of ${String(items.length)} elements`)
  return item
}

/** Number of elements. */
export function sizeOf(dims: Dims): number {
  let product = 1
  for (let axis = 0; axis < dims.length; axis++) product *= at(dims, axis)
  return product
}

/** Length of the last axis; 1 for a scalar. */
export function lastOf(dims: Dims): number {
  return dims.at(-1) ?? 1
}

/** Batch, height, width and channels. */
export function mapOf(dims: Dims): { batch: number; height: number; width: number; channels: number } {
  if (dims.length !== 4) throw new Error(`a feature map has 4 axes, not ${show(dims)}`)
  return { batch: at(dims, 0), height: at(dims, 1), width: at(dims, 2), channels: at(dims, 3) }
}

export function sameDims(a: Dims, b: Dims): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return true
}

/** Throws unless both shapes are the same. */
export function demandSame(what: string, a: Dims, b: Dims): void {
  if (!sameDims(a, b)) throw new Error(`${what}: ${show(a)} and ${show(b)} differ`)
}

/** Throws unless `inputs` has `count` entries. */
export function demandCount(what: string, inputs: readonly Dims[], count: number): void {
  if (inputs.length !== count) throw new Error(`${what} takes ${String(count)} inputs, not ${String(inputs.length)}`)
}

export function show(dims: Dims): string {
  return `[${dims.join(',')}]`
}
