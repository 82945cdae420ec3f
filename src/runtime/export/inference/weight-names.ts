import type { VariableSpec } from '../../plan/step.js'
import type { KnownValue } from './fold-constants.js'

/**
 * Gives weights their names: that of the variable, or of the kernel, that a weight is made from. Of what is made from several
 * variables and is no kernel, the term that a folded batch norm leaves, it is `bias` at the place of the norm.
 */
export function openNames(variables: readonly VariableSpec[]): (weight: KnownValue) => string {
  const kernels = new Set(variables.filter(({ role }) => role === 'kernel').map(({ name }) => name))
  const taken = new Map<string, number>()
  return (weight) => {
    const name = nameOf(weight, kernels)
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    // Two parts of one kernel, of places that share their weights.
    return count === 1 ? name : `${name}.${String(count)}`
  }
}

function nameOf({ from, path }: KnownValue, kernels: ReadonlySet<string>): string {
  // Maps between windows of a kernel are kernels too, with names that begin with its own.
  const [kernel] = [...from].filter((name) => kernels.has(name)).sort((a, b) => a.length - b.length)
  if (kernel !== undefined) return kernel
  const [only, ...others] = from
  if (only !== undefined && others.length === 0) return only
  return `${path ?? 'network'}.${only === undefined ? 'constant' : 'bias'}`
}
