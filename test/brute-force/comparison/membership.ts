import { unmetConstraints } from '../../../src/analysis/index.js'
import { reachedDecisions } from '../../../src/architectures/index.js'
import type { Architecture } from '../../../src/space/index.js'
import type { Member } from '../reference/member.js'
import { onlySelection } from '../../../src/space/architectures/architecture.js'
import type { Case, Comparison } from './case.js'

/** Every architecture satisfies its constraints, however it is written, and no other network does. */
export const membership: Comparison = (each) => {
  for (const [isMember, networks] of [
    [true, each.members],
    [false, each.others],
  ] as const) {
    for (const member of networks) {
      for (const architecture of writtenWays(each, member)) {
        const unmet = unmetConstraints(each.ir, architecture, each.params)
        if ((unmet.length === 0) === isMember) continue
        const of = JSON.stringify(architecture.decisions)
        return isMember
          ? `${unmet[0]?.text ?? ''} is said not to hold of ${of}`
          : `all constraints are said to hold of ${of}`
      }
    }
  }
  return undefined
}

/** What an architecture leaves open is found, and nothing else. */
export const openness: Comparison = (each) => {
  for (const member of each.members.slice(0, 5)) {
    const architecture = wholeArchitecture(each, member)
    const { all, open } = reachedDecisions(each.ir, architecture, each.params)
    if (open.size > 0) return `${[...open.keys()].join(', ')} is said to be open in a whole architecture`
    const other = [...all.keys()].find((path) => !member.selections.has(path))
    if (other !== undefined) return `${other} is said to be reached`
    for (const [path, { decision }] of member.selections) {
      if (onlySelection(decision)) continue
      const { [path]: _, ...decisions } = architecture.decisions
      if (!reachedDecisions(each.ir, { ...architecture, decisions }, each.params).open.has(path))
        return `${path} is left out, and is not said to be open`
    }
  }
  return undefined
}

export function wholeArchitecture({ ir, space }: Case, { selections }: Member): Architecture {
  const { id } = ir.spaces.find(({ name }) => name === space) ?? { id: space }
  return { space: id, decisions: Object.fromEntries([...selections].map(([path, { options }]) => [path, options])) }
}

/** Whole, and without what has one answer only. */
function writtenWays(each: Case, member: Member): readonly Architecture[] {
  const whole = wholeArchitecture(each, member)
  const { space, decisions } = whole
  const kept = Object.entries(decisions).filter(([path]) => {
    const selection = member.selections.get(path)
    return !selection || !onlySelection(selection.decision)
  })
  return kept.length === member.selections.size ? [whole] : [whole, { space, decisions: Object.fromEntries(kept) }]
}
