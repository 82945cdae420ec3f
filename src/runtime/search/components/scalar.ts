import type { ProgramBuilder } from '../../program/builder.js'
import type { ValueId } from '../../program/program.js'

/** A number of a program, []; folded while planning where it is constant. */
export type Scalar = { readonly constant: number } | { readonly value: ValueId }

export function valueOf(builder: ProgramBuilder, scalar: Scalar): ValueId {
  return 'value' in scalar ? scalar.value : builder.one('fill', [], { shape: [], value: scalar.constant })
}
