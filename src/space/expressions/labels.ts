import type { Expression } from '../../ir/model/expression.js'

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
