import type { State } from './state.js'

/** The states behind a layer. Equal ones are merged: what follows them is the same. */
export interface StateIndex {
  readonly states: readonly State[]
  /** The number of a state among them. */
  numberOf(state: State): number
}

export function stateIndex(keyOf: (state: State) => string): StateIndex {
  const states: State[] = []
  const numbers = new Map<string, number>()
  return {
    states,
    numberOf(state) {
      const key = keyOf(state)
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, states.length)
      states.push(state)
      return states.length - 1
    },
  }
}
