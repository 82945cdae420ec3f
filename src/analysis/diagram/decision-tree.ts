import { createDecider } from '../../space/binding/create-decider.js'
import { type Decider } from '../../space/decisions/decider.js'
import type { Binding } from '../../space/decisions/binding.js'
import type { Decision } from '../../space/decisions/decision.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import { Failure } from '../../catalogue/failure.js'

/** Options taken, by path of the decision. */
export type SelectedOptions = ReadonlyMap<string, readonly number[]>

/** One path through a computation: the decisions that it asked for, in order, and what came out. */
export interface TreePath<T> {
  readonly selections: readonly Selection[]
  readonly result: { readonly value: T } | { readonly failure: ElaborationFailure }
}
export interface Selection {
  readonly decision: Decision
  readonly options: readonly number[]
  /** One of several inputs: the others are settled at other layers. */
  readonly partial?: true
}

/** What a computation gives under every answer to the decisions it asks for. */
export interface DecisionTree<T> {
  /** All paths that agree with what is known. Each is computed once, however often it is asked for. */
  paths(known: (path: string) => readonly number[] | undefined): readonly TreePath<T>[]
}

type Tree<T> =
  | { readonly kind: 'leaf'; readonly result: TreePath<T>['result'] }
  | {
      readonly kind: 'fork'
      readonly decision: Decision
      readonly selections: readonly (readonly number[])[]
      readonly children: Map<string, Tree<T>>
    }

/** A decision between more sets of options than this is not tried one by one. */
const maxSelections = 4096

/**
 * Wraps a computation that settles open choices through a decider. It must ask for the same decisions under the same
 * selections; which ones it asks for may depend on selections before.
 */
export function decisionTree<T>(compute: (decider: Decider) => T): DecisionTree<T> {
  let root: Tree<T> | undefined

  /** Computes with these selections and the first ones of all others, and adds the path to the tree. */
  const extend = (selections: readonly Selection[], known: (path: string) => readonly number[] | undefined): void => {
    const supplied = new Map(selections.map(({ decision, options }) => [decision.path, options]))
    const asked = new Map<string, Selection>()
    const binding: Binding = (decision) => {
      const before = asked.get(decision.path)
      if (before) return { kind: 'fixed', options: before.options }
      const options = supplied.get(decision.path) ?? known(decision.path) ?? possibleSelections(decision)[0] ?? []
      asked.set(decision.path, { decision, options })
      return { kind: 'fixed', options }
    }
    const leaf: Tree<T> = { kind: 'leaf', result: attempt(() => compute(createDecider(binding))) }
    const path = [...asked.values()]
    let place: (tree: Tree<T>) => void = (tree) => (root = tree)
    let node = root
    for (const { decision, options } of path) {
      if (!node) {
        node = { kind: 'fork', decision, selections: possibleSelections(decision), children: new Map() }
        place(node)
      }
      if (node.kind !== 'fork' || node.decision.path !== decision.path) {
        throw new Error(`asked for ${decision.path} where another decision was asked for before`)
      }
      const { children } = node
      place = (tree) => children.set(options.join(','), tree)
      node = children.get(options.join(','))
    }
    place(leaf)
  }

  return {
    paths(known) {
      const found: TreePath<T>[] = []
      const visit = (get: () => Tree<T> | undefined, selections: readonly Selection[]): void => {
        let node = get()
        if (!node) {
          extend(selections, known)
          node = get()
        }
        if (!node) throw new Error('a path that was computed is in the tree')
        if (node.kind === 'leaf') {
          found.push({ selections, result: node.result })
          return
        }
        const { decision, selections: selected, children } = node
        const settled = known(decision.path)
        for (const options of settled ? [settled] : selected) {
          visit(() => children.get(options.join(',')), [...selections, { decision, options }])
        }
      }
      visit(() => root, [])
      return found
    },
  }
}

function attempt<T>(compute: () => T): TreePath<T>['result'] {
  try {
    return { value: compute() }
  } catch (failure) {
    if (failure instanceof ElaborationFailure) return { failure }
    throw failure
  }
}

const answersByDecision = new WeakMap<Decision, readonly (readonly number[])[]>()

/** Everything that a decision may take: each option, or each set of as many options as it takes. */
export function possibleSelections(decision: Decision): readonly (readonly number[])[] {
  const known = answersByDecision.get(decision)
  if (known) return known
  const { options, arity } = decision
  const selected = arity ? subsets(decision, arity) : options.map((_, index) => [index])
  answersByDecision.set(decision, selected)
  return selected
}

function subsets(
  { path, options }: Decision,
  { least, most }: { readonly least: number; readonly most: number },
): readonly (readonly number[])[] {
  let sets: readonly (readonly number[])[] = [[]]
  options.forEach((_, option) => {
    const left = options.length - option - 1
    sets = sets.flatMap((set) => [
      ...(set.length + left >= least ? [set] : []),
      ...(set.length < most ? [[...set, option]] : []),
    ])
    if (sets.length > maxSelections) {
      throw new Failure('too-many-sets', { path, count: options.length })
    }
  })
  return sets
}
