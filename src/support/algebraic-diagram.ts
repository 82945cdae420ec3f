/**
 * A function of variables with finitely many values each: a number at the end of every path. Equal functions of one
 * {@link Diagrams} are one object (algebraic decision diagrams; Bahar et al., ICCAD 1993).
 */
export type Diagram = Leaf | Branch

export interface Leaf {
  readonly kind: 'leaf'
  readonly id: number
  readonly value: number
}

export interface Branch {
  readonly kind: 'branch'
  readonly id: number
  /** Variables further down a path have larger numbers. */
  readonly variable: number
  /** By value of the variable; not all are the same. */
  readonly children: readonly Diagram[]
}

export interface Diagrams {
  readonly leaf: (value: number) => Diagram
  /** What the function is under every value of a variable that stands above those in it. */
  readonly branch: (variable: number, children: readonly Diagram[]) => Diagram
  readonly sum: (a: Diagram, b: Diagram) => Diagram
  readonly product: (a: Diagram, b: Diagram) => Diagram
  readonly maximum: (a: Diagram, b: Diagram) => Diagram
  /** The function followed by another one of numbers. */
  readonly map: (diagram: Diagram, of: (value: number) => number) => Diagram
}

/** @param branches called with the number of branches whenever there is one more: throws where there are too many */
export function createDiagrams(branches: (count: number) => void = () => undefined): Diagrams {
  const leaves = new Map<number, Leaf>()
  const inner = new Map<string, Branch>()
  let count = 0

  const leaf = (value: number): Diagram => {
    const known = leaves.get(value)
    if (known !== undefined) return known
    const made: Leaf = { kind: 'leaf', id: count++, value }
    leaves.set(value, made)
    return made
  }

  const branch = (variable: number, children: readonly Diagram[]): Diagram => {
    const [first] = children
    if (first === undefined) throw new Error('a variable without values')
    if (children.every((child) => child === first)) return first
    const key = `${String(variable)}:${children.map(({ id }) => id).join()}`
    const known = inner.get(key)
    if (known !== undefined) return known
    const made: Branch = { kind: 'branch', id: count++, variable, children }
    inner.set(key, made)
    branches(inner.size)
    return made
  }

  const nodes = { leaf, branch }
  return {
    ...nodes,
    sum: pointwise(nodes, (a, b) => a + b),
    product: pointwise(nodes, (a, b) => a * b),
    maximum: pointwise(nodes, Math.max),
    map(diagram, of) {
      const known = new Map<Diagram, Diagram>()
      const mapped = (each: Diagram): Diagram => {
        const result =
          known.get(each) ??
          (each.kind === 'leaf' ? leaf(of(each.value)) : branch(each.variable, each.children.map(mapped)))
        known.set(each, result)
        return result
      }
      return mapped(diagram)
    },
  }
}

/** Applies a commutative function to the ends of all paths of two diagrams. */
function pointwise(
  { leaf, branch }: Pick<Diagrams, 'leaf' | 'branch'>,
  of: (a: number, b: number) => number,
): (a: Diagram, b: Diagram) => Diagram {
  const known = new Map<string, Diagram>()
  const apply = (a: Diagram, b: Diagram): Diagram => {
    if (a.kind === 'leaf' && b.kind === 'leaf') return leaf(of(a.value, b.value))
    const key = a.id < b.id ? `${String(a.id)} ${String(b.id)}` : `${String(b.id)} ${String(a.id)}`
    const found = known.get(key)
    if (found !== undefined) return found
    const variable = Math.min(variableOf(a), variableOf(b))
    const values = [a, b].find((each) => variableOf(each) === variable)
    const size = values?.kind === 'branch' ? values.children.length : 0
    const children = Array.from({ length: size }, (_, value) =>
      apply(under(a, variable, value), under(b, variable, value)),
    )
    const result = branch(variable, children)
    known.set(key, result)
    return result
  }
  return apply
}

/** The variables that a function depends on, in ascending order. */
export function variablesOf(diagram: Diagram): readonly number[] {
  const seen = new Set<Diagram>()
  const found = new Set<number>()
  const visit = (each: Diagram): void => {
    if (each.kind === 'leaf' || seen.has(each)) return
    seen.add(each)
    found.add(each.variable)
    each.children.forEach(visit)
  }
  visit(diagram)
  return [...found].sort((a, b) => a - b)
}

function variableOf(diagram: Diagram): number {
  return diagram.kind === 'leaf' ? Infinity : diagram.variable
}

/** The function where a variable, which is none above its first, has this value. */
function under(diagram: Diagram, variable: number, value: number): Diagram {
  if (diagram.kind === 'leaf' || diagram.variable !== variable) return diagram
  const child = diagram.children[value]
  if (child === undefined) throw new Error(`variable ${String(variable)} has no value ${String(value)}`)
  return child
}
