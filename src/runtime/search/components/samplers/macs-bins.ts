import type { MacsRange } from './sampler.js'

/** The bin of a cost: bin t holds what is t times the width when it is rounded to whole ones. */
export function binOf(macs: number, width: number): number {
  return Math.floor(macs / width + 0.5)
}

/** The whole numbers of multiply-accumulates in a bin. */
export function rangeOf(bin: number, width: number): MacsRange {
  return { least: Math.max(0, Math.ceil((bin - 0.5) * width)), most: Math.ceil((bin + 0.5) * width) - 1 }
}
