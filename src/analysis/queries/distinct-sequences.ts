import type { Budget } from '../../space/values/budget.js'
import type { Diagram } from '../diagram/diagram.js'

/** More sets of places that one sequence leads to are not gone through. */
const mostSets = 500_000

/** A place in a diagram read as an automaton: a state behind some layers, or within the operations of an arc. */
type Place = number

interface Automaton {
  readonly start: Place
  readonly isEnd: (place: Place) => boolean
  /** What is reached by one operation, and what without any. */
  readonly moves: (place: Place) => readonly { readonly operation: string | undefined; readonly to: Place }[]
}

/**
 * How many sequences of operations lead through a diagram: its paths as a nondeterministic automaton over operations, made
 * deterministic by subset construction (Rabin and Scott 1959) one operation after the other. An arc without operations, where
 * an identity was taken or a stage ends early, is a move without a symbol.
 *
 * @returns undefined where there are too many sets of places
 */
export function countSequences(diagram: Diagram, budget: Budget): bigint | undefined {
  const automaton = automatonOf(diagram)
  let all = 0n
  let sets = 0
  let current = new Map([closed(automaton, [automaton.start])].map((places) => [places.join(), { places, count: 1n }]))
  while (current.size > 0) {
    const next = new Map<string, { readonly places: readonly Place[]; count: bigint }>()
    for (const { places, count } of current.values()) {
      if (places.some(automaton.isEnd)) all += count
      const byOperation = new Map<string, Place[]>()
      for (const place of places) {
        for (const { operation, to } of automaton.moves(place)) {
          if (operation === undefined) continue
          byOperation.set(operation, [...(byOperation.get(operation) ?? []), to])
        }
      }
      for (const targets of byOperation.values()) {
        const reached = closed(automaton, targets)
        const known = next.get(reached.join())
        if (known) known.count += count
        else next.set(reached.join(), { places: reached, count })
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
function closed({ moves }: Automaton, places: readonly Place[]): readonly Place[] {
  const found = new Set(places)
  for (const place of found) {
    for (const { operation, to } of moves(place)) if (operation === undefined) found.add(to)
  }
  return [...found].sort((a, b) => a - b)
}

function automatonOf({ layers }: Diagram): Automaton {
  const moves: { operation: string | undefined; to: Place }[][] = []
  const newPlace = (): Place => moves.push([]) - 1
  const start = newPlace()
  let states: readonly Place[] = [start]
  for (const { arcs, next } of layers) {
    const behind = Array.from({ length: next }, newPlace)
    for (const { from, to, operations = [] } of arcs) {
      let place = states[from] ?? start
      operations.forEach((operation, index) => {
        const end = index === operations.length - 1 ? (behind[to] ?? start) : newPlace()
        moves[place]?.push({ operation, to: end })
        place = end
      })
      if (operations.length === 0) moves[place]?.push({ operation: undefined, to: behind[to] ?? start })
    }
    states = behind
  }
  const ends = new Set(states)
  return { start, isEnd: (place) => ends.has(place), moves: (place) => moves[place] ?? [] }
}
