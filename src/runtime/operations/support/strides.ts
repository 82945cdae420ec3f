import type { Dims } from './definition.js'

/** Elements between neighbours along every axis of a dense tensor. */
export function stridesOf(dims: Dims): readonly number[] {
  const strides = dims.map(() => 1)
  for (let axis = dims.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] ?? 1) * (dims[axis + 1] ?? 1)
  }
  return strides
}

/** Calls `visit` for every index of a block, with the offsets that two sets of strides give it. */
export function walk(size: Dims, from: Dims, to: Dims, visit: (from: number, to: number) => void): void {
  const index = size.map(() => 0)
  const total = size.reduce((product, each) => product * each, 1)
  for (let count = 0; count < total; count++) {
    let [a, b] = [0, 0]
    index.forEach((each, axis) => {
      a += each * (from[axis] ?? 0)
      b += each * (to[axis] ?? 0)
    })
    visit(a, b)
    for (let axis = size.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1
      index[axis] = next
      if (next < (size[axis] ?? 0)) break
      index[axis] = 0
    }
  }
}

/** Offset of an index. */
export function offsetOf(index: Dims, strides: Dims): number {
  return index.reduce((sum, each, axis) => sum + each * (strides[axis] ?? 0), 0)
}
