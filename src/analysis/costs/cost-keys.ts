import type { Diagram } from '../diagram/diagram.js'
import type { KeyOf } from './segments.js'

/** Several costs as one number, each in whole units. */
export interface CostKeys {
  readonly keyOf: KeyOf
  /** The costs that a key stands for, in the order of the quantities. */
  readonly valuesOf: (key: number) => readonly number[]
  /** The same, written into a row: where many keys are looked at. */
  readonly readInto: (key: number, values: Float64Array) => void
  /** What rounding down to whole units may hide at most, by quantity. */
  readonly slack: readonly number[]
  /** What a key of the first quantity stands for: all that there is to know where it is the only one. */
  readonly unit: number
}

/** Undefined if keys would be too large to be exact. */
export function costKeys(
  diagram: Diagram,
  quantities: readonly number[],
  units: readonly number[],
): CostKeys | undefined {
  const strides: number[] = []
  let size = 1
  quantities.forEach((quantity, index) => {
    strides.push(size)
    size *= Math.floor(greatest(diagram, quantity) / (units[index] ?? 1)) + 1
  })
  if (size > Number.MAX_SAFE_INTEGER) return undefined
  const readInto: CostKeys['readInto'] = (key, values) => {
    let rest = key
    for (let at = quantities.length - 1; at >= 0; at--) {
      const whole = Math.floor(rest / (strides[at] ?? 1))
      values[at] = whole * (units[at] ?? 1)
      rest -= whole * (strides[at] ?? 1)
    }
  }
  return {
    unit: units[0] ?? 1,
    keyOf: (costs) =>
      quantities.reduce(
        (key, quantity, at) => key + (strides[at] ?? 1) * Math.floor((costs[quantity] ?? 0) / (units[at] ?? 1)),
        0,
      ),
    slack: quantities.map((quantity, at) => hidden(diagram, quantity, units[at] ?? 1)),
    readInto,
    valuesOf(key) {
      const values = new Float64Array(quantities.length)
      readInto(key, values)
      return [...values]
    },
  }
}

/** The greatest unit in which every arc costs a whole number. */
export function commonDivisor(diagram: Diagram, quantity: number): number {
  let divisor = 0
  for (const { arcs } of diagram.layers) {
    for (const { costs } of arcs) {
      let [a, b] = [divisor, costs[quantity] ?? 0]
      while (b !== 0) [a, b] = [b, a % b]
      divisor = a
    }
  }
  return Math.max(1, divisor)
}

/** The most that a path through the diagram costs. */
function greatest(diagram: Diagram, quantity: number): number {
  let best: readonly number[] = [0]
  for (const { arcs, next } of diagram.layers) {
    const after: number[] = Array.from({ length: next }, () => -Infinity)
    for (const { from, to, costs } of arcs) {
      after[to] = Math.max(after[to] ?? -Infinity, (best[from] ?? -Infinity) + (costs[quantity] ?? 0))
    }
    best = after
  }
  return Math.max(0, ...best)
}

function hidden(diagram: Diagram, quantity: number, unit: number): number {
  return diagram.layers.reduce((all, { arcs }) => {
    return all + arcs.reduce((most, { costs }) => Math.max(most, (costs[quantity] ?? 0) % unit), 0)
  }, 0)
}
