import type { Decision } from '../../../src/space/decisions/decision.js'
import { constantTerm, either, negated, termOf, type Condition, type Term, type Truth } from './condition.js'
import { countIn, familiesOf, ofFamily } from './families.js'
import { chance, oneOf, weighted, type Writer } from './writer.js'

/**
 * Conditions on decisions by the paths that they have.
 *
 * @param isTaken whether a path that leaves something out stands for something else
 */
export function pathCondition(
  writer: Writer,
  decisions: readonly Decision[],
  isTaken: (path: string) => boolean,
): Condition | undefined {
  if (decisions.length === 0) return undefined
  const one = ofDecision(writer, decisions)
  const families = familiesOf(decisions).filter(({ path }) => !isTaken(path))
  const counted = countIn(writer, decisions)
  return weighted<Condition>(writer, [
    [4, () => one],
    [families.length > 0 ? 3 : 0, () => ofFamily(writer, oneOf(writer, families))],
    [counted ? 2 : 0, () => counted ?? one],
    [1, () => either(one, ofDecision(writer, decisions))],
    [1, () => negated(one)],
  ])
}

/** That a decision takes an option, which may be one of several. */
export function takes({ path, arity }: Decision, option: string): Condition {
  const text = /^(-?[\d.]+|true|false|".*")$/.test(option) ? option : JSON.stringify(option)
  return {
    text: arity ? `${text} in ${path}` : `${path} == ${text}`,
    holds: ({ selections }) => {
      const selection = selections.get(path)
      return selection && selection.options.some((each) => selection.decision.options[each] === option)
    },
  }
}

function ofDecision(writer: Writer, decisions: readonly Decision[]): Condition {
  const decision = oneOf(writer, decisions)
  const { path, arity, values, options } = decision
  if (values && !arity) {
    const others = decisions.filter((each) => each.values && !each.arity)
    return weighted<Condition>(writer, [
      [3, () => compared(writer, termOf(path, path), constantTerm(oneOf(writer, values)))],
      [2, () => compared(writer, termOf(path, path), ofOther(writer, others))],
    ])
  }
  const taken = takes(decision, oneOf(writer, options))
  return chance(writer, 1, 2) ? taken : negated(taken)
}

function ofOther(writer: Writer, others: readonly Decision[]): Term {
  const { path } = oneOf(writer, others)
  return termOf(path, path)
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
