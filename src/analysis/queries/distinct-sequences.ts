import type { Budget } from '../../space/limits/budget.js'
import type { Diagram } from '../diagram/diagram.js'

/** More sets of states that one sequence leads to are not gone through. */
const mostSets = 500_000

/** A state of a diagram read as an automaton: a state behind some layers, or within the operations of an arc. */
type AutomatonState = number

interface Automaton {
  readonly start: AutomatonState
  readonly isEnd: (state: AutomatonState) => boolean
  /** What is reached by one operation, and what without any. */
  readonly moves: (
    state: AutomatonState,
  ) => readonly { readonly operation: string | undefined; readonly to: AutomatonState }[]
}

/**
 * How many sequences of operations lead through a diagram: its paths as a nondeterministic automaton over operations, made
 * deterministic by subset construction (Rabin and Scott 1959) one operation after the other. An arc without operations, where
 * an identity was taken or a stage ends early, is a move without a symbol.
 *
 * @returns undefined where there are too many sets of states
 */
export function countSequences(diagram: Diagram, budget: Budget): bigint | undefined {
  const automaton = automatonOf(diagram)
  let all = 0n
  let sets = 0
  let current = new Map([closed(automaton, [automaton.start])].map((states) => [states.join(), { states, count: 1n }]))
  while (current.size > 0) {
    const next = new Map<string, { readonly states: readonly AutomatonState[]; count: bigint }>()
    for (const { states, count } of current.values()) {
      if (states.some(automaton.isEnd)) all += count
      const byOperation = new Map<string, AutomatonState[]>()
      for (const state of states) {
        for (const { operation, to } of automaton.moves(state)) {
          if (operation === undefined) continue
          byOperation.set(operation, [...(byOperation.get(operation) ?? []), to])
        }
      }
      for (const targets of byOperation.values()) {
        const reached = closed(automaton, targets)
        const known = next.get(reached.join())
        if (known) known.count += count
        else next.set(reached.join(), { states: reached, count })
      }
      budget.spend(1 + byOperation.size)
    }
    sets += next.size
    if (sets > mostSets) return undefined
    current = next
  }
  return all
}

/** With everything that is reached without an operation, in ascending order. */
function closed({ moves }: Automaton, states: readonly AutomatonState[]): readonly AutomatonState[] {
  const found = new Set(states)
  for (const state of found) {
    for (const { operation, to } of moves(state)) if (operation === undefined) found.add(to)
  }
  return [...found].sort((a, b) => a - b)
}

function automatonOf({ layers }: Diagram): Automaton {
  const moves: { operation: string | undefined; to: AutomatonState }[][] = []
  const addState = (): AutomatonState => moves.push([]) - 1
  const start = addState()
  let states: readonly AutomatonState[] = [start]
  for (const { arcs, next } of layers) {
    const behind = Array.from({ length: next }, addState)
    for (const { from, to, operations = [] } of arcs) {
      let state = states[from] ?? start
      operations.forEach((operation, index) => {
        const end = index === operations.length - 1 ? (behind[to] ?? start) : addState()
        moves[state]?.push({ operation, to: end })
        state = end
      })
      if (operations.length === 0) moves[state]?.push({ operation: undefined, to: behind[to] ?? start })
    }
    states = behind
  }
  const ends = new Set(states)
  return { start, isEnd: (state) => ends.has(state), moves: (state) => moves[state] ?? [] }
}
