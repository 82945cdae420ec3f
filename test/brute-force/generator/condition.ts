import type { Member, Selection } from '../reference/member.js'

/** True, false, or neither: it speaks of what an architecture does not have (the strong logic of Kleene). */
export type Truth = boolean | undefined

/** A condition of a `require`, and what it comes to in an architecture. */
export interface Condition {
  readonly text: string
  readonly holds: (member: Member) => Truth
}

/** A number that a `require` speaks of; undefined where the architecture does not have it. */
export interface Term {
  readonly text: string
  readonly valueIn: (member: Member) => number | undefined
}

/** What is neither true nor false holds. */
export function holdsIn({ holds }: Condition, member: Member): boolean {
  return holds(member) !== false
}

/** What a decision takes, as a number. */
export function termOf(text: string, path: string): Term {
  return { text, valueIn: ({ selections }) => numberIn(selections.get(path)) }
}

/** What a `let` is; a rewritten space may choose it anew, by a choice that is numbered behind its own. */
export function letTerm(name: string): Term {
  const isNumbered = (path: string): boolean => path.startsWith(`${name}[`) && /^\[\d+\]$/.test(path.slice(name.length))
  return {
    text: name,
    valueIn: ({ selections }) =>
      numberIn(selections.get(name) ?? [...selections].find(([path]) => isNumbered(path))?.[1]),
  }
}

function numberIn(selection: Selection | undefined): number | undefined {
  const [option] = selection?.options ?? []
  return option === undefined ? undefined : selection?.decision.values?.[option]
}

export function constantTerm(value: number): Term {
  return { text: String(value), valueIn: () => value }
}

/** A property that is fixed, unless a rewritten space chooses it. */
export function fixedTerm(path: string, value: number): Term {
  const chosen = termOf(path, path)
  return { text: path, valueIn: (member) => chosen.valueIn(member) ?? value }
}

export function either(a: Condition, b: Condition): Condition {
  return { text: `${a.text} or ${b.text}`, holds: (member) => or(a.holds(member), b.holds(member)) }
}

export function both(a: Condition, b: Condition): Condition {
  return { text: `${a.text} and ${b.text}`, holds: (member) => not(or(not(a.holds(member)), not(b.holds(member)))) }
}

export function negated({ text, holds }: Condition): Condition {
  return { text: `not (${text})`, holds: (member) => not(holds(member)) }
}

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth
}

function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true
  return a === undefined || b === undefined ? undefined : false
}
