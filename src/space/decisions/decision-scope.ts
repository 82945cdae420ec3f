import type { ChoiceExpression } from '../../ir/model/expression.js'

/**
 * Where choices are made. Their paths are `path`, the operations passed through, the label, and `suffix`:
 * `normal.n2.through[s0]`, `mb2.layer[1].kernel`, `stem.width`.
 */
export interface Scope {
  /** `item`: the stem or the head. */
  readonly kind: 'space' | 'item' | 'cell' | 'stage' | 'layer' | 'edge'
  readonly path: string
  /** Labels of the composed operations in whose body we are. */
  readonly within: string
  readonly suffix: string
  /** Copy of the cell, `cells[3]`. */
  readonly copy?: string
  readonly parent?: Scope
}

export const spaceScope: Scope = { kind: 'space', path: '', within: '', suffix: '' }

export function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('.')
}

/** A scope inside another one; the copy of the cell is inherited. */
export function innerScope(parent: Scope, kind: Scope['kind'], path: string, suffix = ''): Scope {
  return { kind, path, within: '', suffix, parent, ...(parent.copy === undefined ? {} : { copy: parent.copy }) }
}

/** The same place seen from within the body of an operation (or a `let` that is not itself a choice). */
export function withinOperation(scope: Scope, label: string): Scope {
  return { ...scope, within: joinPath(scope.within, label) }
}

/** The scope of a `let`: a choice that is the value itself is named after it; others stand behind its name. */
export function letScope(scope: Scope, name: string, isChoice: boolean): Scope {
  return isChoice ? scope : withinOperation(scope, name)
}

/** The scope that a choice's `per` speaks of, or undefined if it stands in none of that kind. */
export function scopeFor(scope: Scope, per: ChoiceExpression['per']): Scope | undefined {
  if (per === undefined || per === scope.kind) return scope
  if (per === 'space') return { ...spaceScope, within: scope.within }
  for (let outer = scope.parent; outer; outer = outer.parent) {
    if (outer.kind === per) return { ...outer, within: scope.within }
  }
  return undefined
}

/**
 * Where a choice is all that its place is, the place alone names it: `mb2.layer[1]` for the choice of a layer,
 * `mb2.layer[1].block` for the choice that is the body of the operation `block`. The second choice of a layer that is made once per
 * stage is `mb2.layers[2]`: `mb2.layer[2]` is that of the second layer.
 */
export function decisionPath(scope: Scope, label: string, number: number): string {
  const place = scope.within === '' ? (scope.kind === 'layer' ? 'layer' : '') : scope.within.replace(/^.*\./, '')
  if (label === place && number === 1) return joinPath(scope.path, scope.within) + scope.suffix
  const isOfLayers = scope.kind === 'stage' && scope.within === '' && label === 'layer'
  const numbered = number === 1 ? label : `${isOfLayers ? 'layers' : label}[${number}]`
  return joinPath(scope.path, scope.within, numbered) + scope.suffix
}
