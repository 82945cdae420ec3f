import { countArchitectures, decisionsOf, deadOptions } from '../../../src/analysis/index.js'
import { answersOf } from '../reference/enumerate.js'
import type { Comparison } from './case.js'

/** How many architectures there are, or no fewer than there are where it is said that not all of them may be built. */
export const counts: Comparison = ({ ir, space, params, members }) => {
  const { architectures, atMost, isUnproved } = countArchitectures(ir, space, { params })
  const expected = BigInt(members.length)
  if (isUnproved && atMost >= expected) return undefined
  if (architectures === expected && atMost === expected) return undefined
  return `count says ${architectures}${atMost === architectures ? '' : ` to ${atMost}`}, and there are ${expected}`
}

/** Which decisions there are, and what each may take. */
export const decisions: Comparison = ({ ir, space, params, enumeration }) => {
  const met = new Set(enumeration.members.flatMap(({ selections }) => [...selections.keys()]))
  const found = new Map(decisionsOf(ir, space, { params }).map((decision) => [decision.path, decision]))
  const missing = [...met].find((path) => !found.has(path))
  if (missing !== undefined) return `the decision ${missing} is not found`
  // Networks that cannot be built end before they meet all that they would choose.
  const isWhole = enumeration.misfits.length === 0
  const invented = isWhole && [...found.keys()].find((path) => !enumeration.decisions.has(path))
  if (typeof invented === 'string') return `the decision ${invented} is met by no network`
  const { perDecision } = countArchitectures(ir, space, { params })
  for (const path of met) {
    const counts = (enumeration.decisions.get(path) ?? []).map((decision) => answersOf(decision).length)
    if (!counts.some((count) => perDecision[path] === BigInt(count)))
      return `${path} has ${counts.join(' or ')} answers and not ${perDecision[path] ?? 'none'}`
  }
  return undefined
}

/** Which options no architecture takes. A bound on costs may leave more of them than are proved to be dead. */
export const dead: Comparison = ({ ir, space, params, members }) => {
  if (members.length === 0) return undefined
  const alive = new Set(
    members.flatMap(({ selections }) =>
      [...selections].flatMap(([path, { options }]) => options.map((option) => `${path} ${option}`)),
    ),
  )
  const wrong = deadOptions(ir, space, { params }).find(({ decision, option }) =>
    alive.has(`${decision.path} ${option}`),
  )
  return wrong && `option ${wrong.option} of ${wrong.decision.path} is taken, and is called dead`
}
