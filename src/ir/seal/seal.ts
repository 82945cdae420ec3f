import { irFormat, type Ir } from '../model/ir.js'
import { canonicalJson } from './canonical.js'
import { deepFreeze } from './freeze.js'
import { hashOf } from './hash.js'

/** A program before it is sealed. */
export type UnsealedIr = Omit<Ir, 'format' | 'hash'>

/** Stamps a program with format and hash, and freezes it: nothing may change what the hash stands for. */
export function seal(unsealed: UnsealedIr): Ir {
  const content: Omit<Ir, 'hash'> = { format: irFormat, ...unsealed }
  return deepFreeze({ ...content, hash: hashOf({ ...content }) })
}

/** The text of an `.ir.json` file. {@link openIr} reads it. */
export function printIr(ir: Ir): string {
  return canonicalJson(ir) + '\n'
}
