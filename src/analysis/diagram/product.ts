import type { Arc, CompiledLayer, Diagram } from './diagram.js'

/** More pairs of arcs than this are not followed. */
const mostPairs = 2_000_000

/** What two diagrams have in common. */
export interface Product {
  /** One path for every architecture that is in both; arcs have the costs of the first. */
  readonly diagram: Diagram
  /** The states of the first and the second diagram in which each of its own ends. */
  readonly ends: readonly (readonly [first: number, second: number])[]
}

/**
 * The architectures that are in both of two diagrams: those that take the same options, by their texts, of the same
 * decisions. Where only one of them has a decision, and it leaves nothing to choose, it is passed over.
 *
 * The diagrams are walked side by side, parts of the same name together. What only one of them has taken so far must be taken by
 * the other one further on.
 *
 * @returns undefined where too much would have to be followed
 */
export function productOf(first: Diagram, second: Diagram): Product | undefined {
  const steps = stepsOf(walked(first, second), walked(second, first))
  const places = [placesOf(steps, 0), placesOf(steps, 1)] as const
  let states: readonly Joint[] = [{ at: [0, 0], open: [[], []] }]
  const layers: CompiledLayer[] = []
  let pairs = 0
  for (const [step, { at, moves }] of steps.entries()) {
    const pair = pairing(moves, places, step)
    const numbers = new Map<string, number>()
    const next: Joint[] = []
    const arcs: Arc[] = []
    for (const [from, joint] of states.entries()) {
      for (const move of moves[0].get(joint.at[0]) ?? []) {
        const others = pair(move, joint.at[1])
        pairs += others.length
        if (pairs > mostPairs) return undefined
        for (const other of others) {
          const open = openBehind(joint, move, other)
          if (open.some((tokens, side) => tokens.some((token) => isPast(places[side === 0 ? 1 : 0], token, step))))
            continue
          const reached: Joint = { at: [move.to, other.to], open }
          const key = JSON.stringify(reached)
          const to = numbers.get(key) ?? next.push(reached) - 1
          numbers.set(key, to)
          arcs.push({ from, to, selections: move.arc.selections, costs: move.arc.costs })
        }
      }
    }
    layers.push({ at, arcs, states: states.length, next: next.length, outputs: next.map(() => undefined) })
    states = next
  }
  const terminals = states.flatMap(({ at: [end] }) => first.terminals[end] ?? [])
  const diagram = { layers, terminals, decisions: first.decisions, misfits: [] }
  return { diagram, ends: states.map(({ at }) => at) }
}

/** A state of each diagram, and the options that only this one of them has taken on the way. */
interface Joint {
  readonly at: readonly [number, number]
  readonly open: readonly [readonly string[], readonly string[]]
}

/** An arc with the options that it takes, as texts. */
interface Move {
  readonly to: number
  readonly tokens: readonly string[]
  readonly arc: Pick<Arc, 'selections' | 'costs'>
}

type Moves = ReadonlyMap<number, readonly Move[]>

/** A layer of one of the diagrams, by the states that it starts from. */
interface WalkedLayer {
  readonly at: string
  readonly moves: Moves
}

function walked(diagram: Diagram, other: Diagram): readonly WalkedLayer[] {
  return diagram.layers.map(({ at, arcs }) => {
    const moves = new Map<number, Move[]>()
    for (const arc of arcs) {
      const before = moves.get(arc.from)
      const move = { to: arc.to, tokens: tokensOf(arc, other), arc }
      if (before) before.push(move)
      else moves.set(arc.from, [move])
    }
    return { at, moves }
  })
}

function tokensOf({ selections }: Arc, other: Diagram): readonly string[] {
  return selections
    .flatMap(({ decision: { path, options, arity }, options: taken, partial }) => {
      if ((arity?.least ?? 1) === options.length && !other.decisions.has(path)) return []
      const tokens = taken.map((option) => `${path} = ${options[option] ?? ''}`)
      // That nothing is taken is an answer as well.
      return tokens.length === 0 && !partial ? [`${path} = nothing`] : tokens
    })
    .sort()
}

/** A step of the walk: a layer of both diagrams, or of one of them while the other stands still. */
interface Step {
  readonly at: string
  readonly moves: readonly [Moves | Standing, Moves | Standing]
}

/** Every state goes on to itself. */
interface Standing {
  get(state: number): readonly Move[]
  values(): Iterable<readonly Move[]>
}

const standing: Standing = {
  get: (state) => [{ to: state, tokens: [], arc: { selections: [], costs: [] } }],
  values: () => [],
}

function stepsOf(first: readonly WalkedLayer[], second: readonly WalkedLayer[]): readonly Step[] {
  const steps: Step[] = []
  let behind = 0
  for (const { at, moves } of first) {
    const found = second.findIndex((layer, index) => index >= behind && layer.at === at)
    if (found >= 0) {
      for (const alone of second.slice(behind, found)) steps.push({ at: alone.at, moves: [standing, alone.moves] })
      behind = found + 1
    }
    steps.push({ at, moves: [moves, second[found]?.moves ?? standing] })
  }
  for (const alone of second.slice(behind)) steps.push({ at: alone.at, moves: [standing, alone.moves] })
  return steps
}

/** The first and the last step at which one of the diagrams takes each option. */
type Places = ReadonlyMap<string, readonly [first: number, last: number]>

function placesOf(steps: readonly Step[], side: 0 | 1): Places {
  const places = new Map<string, readonly [number, number]>()
  for (const [step, { moves }] of steps.entries()) {
    for (const token of tokensIn(moves[side])) places.set(token, [places.get(token)?.[0] ?? step, step])
  }
  return places
}

function tokensIn(moves: Moves | Standing): ReadonlySet<string> {
  return new Set([...moves.values()].flatMap((group) => group.flatMap(({ tokens }) => tokens)))
}

function isPast(places: Places, token: string, step: number): boolean {
  return (places.get(token)?.[1] ?? -1) <= step
}

/** What of the second diagram may go along with a move of the first: where nothing is taken elsewhere, what takes the same. */
function pairing(
  [moves, others]: Step['moves'],
  places: readonly [Places, Places],
  step: number,
): (move: Move, at: number) => readonly Move[] {
  const isHereAlone = (token: string): boolean =>
    places.every((each) => (each.get(token) ?? [step, step]).every((place) => place === step))
  const isOpen = [moves, others].some((each) => [...tokensIn(each)].some((token) => !isHereAlone(token)))
  if (isOpen) return (_, at) => others.get(at) ?? []
  const byState = new Map<number, ReadonlyMap<string, readonly Move[]>>()
  return ({ tokens }, at) => {
    const known = byState.get(at) ?? byTokens(others.get(at) ?? [])
    byState.set(at, known)
    return known.get(tokens.join('\n')) ?? []
  }
}

function byTokens(moves: readonly Move[]): ReadonlyMap<string, readonly Move[]> {
  const groups = new Map<string, Move[]>()
  for (const move of moves) {
    const key = move.tokens.join('\n')
    groups.set(key, [...(groups.get(key) ?? []), move])
  }
  return groups
}

function openBehind({ open }: Joint, move: Move, other: Move): Joint['open'] {
  const [mine, theirs] = [
    [...open[0], ...move.tokens],
    [...open[1], ...other.tokens],
  ]
  return [
    mine.filter((token) => !theirs.includes(token)).sort(),
    theirs.filter((token) => !mine.includes(token)).sort(),
  ]
}
