import type { Random } from '../../../random/random.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import type { Candidate, CandidateDraws, SelectedOptions } from './derivation.js'

/** One of those that may have children, each as likely as any other. */
export function parentAmong<T>(pool: readonly T[], random: Random): T {
  const found = pool[random.integer(pool.length)]
  if (found === undefined) throw new Error('a generation has no parents')
  return found
}

/** Every decision is answered anew with this chance. */
export function mutant({ selected }: Candidate, chance: number, draws: CandidateDraws): Candidate | undefined {
  const { random, decisions } = draws
  return draws.member(
    answersFor(decisions, (decision) => (random.uniform() < chance ? undefined : selected[decision.path]), random),
  )
}

/** Every decision is answered as by the second parent with this chance, otherwise as by the first. */
export function child(
  first: Candidate,
  second: Candidate,
  chance: number,
  draws: CandidateDraws,
): Candidate | undefined {
  const { random, decisions } = draws
  return draws.member(
    answersFor(
      decisions,
      ({ path }) => {
        const [likely, other] = random.uniform() < chance ? [second, first] : [first, second]
        return likely.selected[path] ?? other.selected[path]
      },
      random,
    ),
  )
}

/** What is left open, and what a parent did not meet, is answered by chance. */
function answersFor(
  decisions: readonly Decision[],
  answer: (decision: Decision) => readonly number[] | undefined,
  random: Random,
): SelectedOptions {
  return Object.fromEntries(
    decisions.map((decision) => [decision.path, answer(decision) ?? answerByChance(decision, random)] as const),
  )
}

function answerByChance({ options, arity }: Decision, random: Random): readonly number[] {
  if (arity === undefined) return [random.integer(options.length)]
  const size = arity.least + random.integer(arity.most - arity.least + 1)
  return [...random.permutation(options.length)].slice(0, size).sort((a, b) => a - b)
}
