import type { ChoiceExpression, Expression } from '../../ir/model/expression.js'
import { childrenOf } from './children.js'

/** The number of every choice of a program: choices of one label in one text get `kernel`, `kernel[2]`, … */
export type ChoiceNumbers = ReadonlyMap<ChoiceExpression, number>

/** The scopes that several texts share, with the choices that were numbered in each, by path without number. */
export type ScopeCounts = Readonly<Partial<Record<NonNullable<ChoiceExpression['per']>, Map<string, number>>>>

/**
 * Where a text stands: in a scope that others share, in one of its own, or in any, as the body of an operation does, of which
 * only its use says where it is.
 */
export type TextScope = NonNullable<ChoiceExpression['per']> | 'own' | 'any'

/** A text in which choices are numbered. */
export interface NumberedText {
  readonly roots: readonly Expression[]
  readonly stands: TextScope
  /** Of the scopes around the text; choices made there go on with the numbers of the texts before. */
  readonly counts: ScopeCounts
  /** What operations choose in these scopes, whatever the name that they are used by. */
  readonly ofOperations?: ScopeCounts
  /** The `let` behind whose name the choices stand. */
  readonly within?: string
}

/** Numbers the choices in one text: those of one path count up from 1, so that no two choices have the same. */
export function numberChoices(into: Map<ChoiceExpression, number>, text: NumberedText): void {
  const { roots, stands, ofOperations = {}, within = '' } = text
  const counts: ScopeCounts = { space: new Map(), cell: new Map(), stage: new Map(), layer: new Map(), ...text.counts }
  const ofText = new Map<string, number>()
  /** The greatest number of each label, in whichever scope. */
  const greatest = new Map<string, number>()
  const visit = (expression: Expression): void => {
    if (expression.kind === 'choice') {
      const { label, per = stands } = expression
      const isShared = per !== 'own' && per !== 'any'
      const ofScope = (isShared ? counts[per] : undefined) ?? ofText
      const path = within === '' || within === label ? label : `${within}.${label}`
      // What is chosen `per layer` in the body of an operation and what is chosen there as a matter of course may meet.
      const others = stands === 'any' ? greatest.get(label) : isShared ? ofOperations[per]?.get(label) : undefined
      const count = Math.max(ofScope.get(path) ?? 0, others ?? 0) + 1
      ofScope.set(path, count)
      greatest.set(label, Math.max(count, greatest.get(label) ?? 0))
      into.set(expression, count)
    }
    childrenOf(expression).forEach(visit)
  }
  roots.forEach(visit)
}
