import type { Member } from '../reference/member.js'

/** A condition of a `require`, and whether an architecture satisfies it. */
export interface Condition {
  readonly text: string
  /** @throws Absent where it speaks of what the architecture does not have */
  readonly holds: (member: Member) => boolean
}

/** A number that a `require` speaks of. */
export interface Term {
  readonly text: string
  readonly valueIn: (member: Member) => number
}

/** Thrown where a condition speaks of a decision that an architecture does not meet: then it holds. */
export class Absent extends Error {}

export function holdsIn({ holds }: Condition, member: Member): boolean {
  try {
    return holds(member)
  } catch (absent) {
    if (absent instanceof Absent) return true
    throw absent
  }
}

/** What a decision takes, as a number. */
export function termOf(text: string, path: string): Term {
  return {
    text,
    valueIn: ({ selections }) => {
      const selection = selections.get(path)
      const [option] = selection?.options ?? []
      const value = option === undefined ? undefined : selection?.decision.values?.[option]
      if (value === undefined) throw new Absent(path)
      return value
    },
  }
}

export function constantTerm(value: number): Term {
  return { text: String(value), valueIn: () => value }
}
