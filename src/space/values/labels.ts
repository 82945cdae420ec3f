import type { ChoiceExpression, Expression } from '../../ir/model/expression.js'
import { childrenOf } from './children.js'

/**
 * Names of the steps of a pipeline, `conv`, `conv[2]`. They are numbered over the whole text, both branches of an `if`
 * included, so that a weight keeps its path whichever branch a binding takes.
 */
export type PipelineLabels = ReadonlyMap<Expression, string>

const labelsOfRoot = new WeakMap<Expression, PipelineLabels>()

export function pipelineLabels(root: Expression): PipelineLabels {
  const known = labelsOfRoot.get(root)
  if (known) return known
  const labels = new Map<Expression, string>()
  const counts = new Map<string, number>()
  const visit = (step: Expression): void => {
    switch (step.kind) {
      case 'pipeline':
        step.steps.forEach(visit)
        return
      case 'branches':
        step.branches.forEach(visit)
        label(step, step.merge)
        return
      case 'if':
        visit(step.then)
        if (step.otherwise) visit(step.otherwise)
        return
      case 'operation':
        label(step, baseName(step.operation))
        return
      case 'constant':
        label(step, baseName(step.id))
        return
      case 'local':
        label(step, step.name)
        return
      case 'choice':
        label(step, step.label)
        return
      default:
    }
  }
  const label = (step: Expression, name: string): void => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    labels.set(step, count === 1 ? name : `${name}[${count}]`)
  }
  visit(root)
  labelsOfRoot.set(root, labels)
  return labels
}

/** `conv` of `std:nn.conv`. */
export function baseName(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1)
}

/** What an author calls the space of this id: `darts` of `darts.darts`, `toponas` of `darts.darts@toponas`. */
export function spaceWord(id: string): string {
  return baseName(id.slice(id.lastIndexOf('@') + 1))
}

/** The scopes that several texts share, with the choices that were numbered in each, by label. */
export type ScopeCounts = Readonly<Partial<Record<NonNullable<ChoiceExpression['per']>, Map<string, number>>>>

/**
 * Where a text stands: in a scope that others share, in one of its own, or in any, as the body of an operation does, of which
 * only its use says where it is.
 */
export type TextScope = NonNullable<ChoiceExpression['per']> | 'own' | 'any'

/**
 * Numbers the choices in one text: those of the same label in the same scope count up from 1, so that no two choices have one
 * path.
 *
 * @param counts of the scopes around the text; choices made there go on with the numbers of the texts before
 */
export function numberChoices(
  roots: readonly Expression[],
  into: Map<ChoiceExpression, number>,
  stands: TextScope = 'own',
  counts: ScopeCounts = {},
): void {
  const local: ScopeCounts = { space: new Map(), cell: new Map(), stage: new Map(), layer: new Map(), ...counts }
  const ofText = new Map<string, number>()
  /** The greatest number of each label, in whichever scope. */
  const greatest = new Map<string, number>()
  const visit = (expression: Expression): void => {
    if (expression.kind === 'choice') {
      const { label, per = stands } = expression
      const ofScope = (per === 'own' || per === 'any' ? undefined : local[per]) ?? ofText
      // What is chosen `per layer` in the body of an operation and what is chosen there as a matter of course may meet.
      const others = stands === 'any' ? (greatest.get(label) ?? 0) : 0
      const count = Math.max(ofScope.get(label) ?? 0, others) + 1
      ofScope.set(label, count)
      greatest.set(label, Math.max(count, others))
      into.set(expression, count)
    }
    childrenOf(expression).forEach(visit)
  }
  roots.forEach(visit)
}
