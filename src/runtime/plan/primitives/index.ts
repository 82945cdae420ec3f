import { bn } from './bn.js'
import { conv } from './conv.js'
import { depthwise } from './depthwise.js'
import { identity } from './identity.js'
import { linear } from './linear.js'
import { avgPool, globalPool, maxPool } from './pools.js'
import type { Primitive } from './primitive.js'
import { relu } from './relu.js'
import { shift } from './shift.js'
import { zero } from './zero.js'

/** Lowerings of the primitives of std:nn by their names there. */
export const primitives = {
  conv,
  depthwise,
  bn,
  relu,
  max_pool: maxPool,
  avg_pool: avgPool,
  global_pool: globalPool,
  linear,
  identity,
  zero,
  shift,
} as const satisfies Readonly<Record<string, Primitive>>

export type PrimitiveName = keyof typeof primitives

export function isPrimitiveName(name: string): name is PrimitiveName {
  return Object.hasOwn(primitives, name)
}
