import type { Decision } from '../../../src/space/values/decision.js'
import type { Member } from '../reference/member.js'
import { constantTerm, either, negated, termOf, type Condition, type Term, type Truth } from './condition.js'
import { countIn, familiesOf, ofFamily } from './families.js'
import { chance, oneOf, weighted, type Writer } from './writer.js'

/** Conditions on decisions by the paths that they have. */
export function pathCondition(writer: Writer, decisions: readonly Decision[]): Condition | undefined {
  const writable = decisions.filter(({ path }) => isWritable(path))
  if (writable.length === 0) return undefined
  const one = ofDecision(writer, writable)
  const families = familiesOf(decisions)
  const counted = countIn(writer, decisions)
  return weighted<Condition>(writer, [
    [4, () => one],
    [families.length > 0 ? 3 : 0, () => ofFamily(writer, oneOf(writer, families))],
    [counted ? 2 : 0, () => counted ?? one],
    [1, () => either(one, ofDecision(writer, writable))],
    [1, () => negated(one)],
  ])
}

/**
 * Further choices of one label in one text have numbers, and no words in a `require`; nor have those in an option with arguments.
 */
function isWritable(path: string): boolean {
  return !path.includes('(') && !/(?<!^channels|\blayer|\bfrom|\bthrough)\[\d+\]/.test(path)
}

function ofDecision(writer: Writer, decisions: readonly Decision[]): Condition {
  const decision = oneOf(writer, decisions)
  const { path, arity, values, options } = decision
  if (arity) return ofSet(writer, decision)
  if (values) {
    const others = decisions.filter((each) => each.values && !each.arity)
    return weighted<Condition>(writer, [
      [3, () => compared(writer, termOf(path, path), constantTerm(oneOf(writer, values)))],
      [2, () => compared(writer, termOf(path, path), ofOther(writer, others))],
    ])
  }
  const plain = options.filter((text) => /^(identity|relu|bn|true|false|"\w*")$/.test(text))
  const text = plain.length > 0 ? oneOf(writer, plain) : 'identity'
  const isEqual = chance(writer, 1, 2)
  return {
    text: `${path} ${isEqual ? '==' : '!='} ${text}`,
    holds: (member) => {
      const taken = textTaken(member, path)
      return taken === undefined ? undefined : (taken === text) === isEqual
    },
  }
}

function ofOther(writer: Writer, others: readonly Decision[]): Term {
  const { path } = oneOf(writer, others)
  return termOf(path, path)
}

function textTaken({ selections }: Member, path: string): string | undefined {
  const selection = selections.get(path)
  return selection?.decision.options[selection.options[0] ?? -1]
}

function ofSet(writer: Writer, { path, kind, options }: Decision): Condition {
  const name = oneOf(writer, options)
  const isPlain = (kind === 'from' || kind === 'output') && /^\w+$/.test(name)
  const text = isPlain ? `"${name}" in ${path}` : `${path} == ${path}`
  return {
    text,
    holds: ({ selections }) => {
      const selection = selections.get(path)
      if (!selection) return undefined
      return !isPlain || selection.options.some((option) => selection.decision.options[option] === name)
    },
  }
}

function compared(writer: Writer, a: Term, b: Term): Condition {
  const isAtMost = chance(writer, 1, 2)
  return {
    text: `${a.text} ${isAtMost ? '<=' : '!='} ${b.text}`,
    holds(member): Truth {
      const [left, right] = [a.valueIn(member), b.valueIn(member)]
      return left === undefined || right === undefined ? undefined : isAtMost ? left <= right : left !== right
    },
  }
}
