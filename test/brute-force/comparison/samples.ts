import { quantityNames, sampler } from '../../../src/analysis/index.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { keyOf, selectionsKey } from '../reference/member.js'
import type { Comparison } from './case.js'

const fewDraws = 5
/** How often each architecture is drawn, on average, where chances are compared. */
const drawsEach = 20
const mostCompared = 24

/** What is drawn is a member, costs what it should, and is as likely as any other. */
export const samples: Comparison = ({ ir, space, params, members }) => {
  if (members.length === 0) return undefined
  const prepared = sampler(ir, space, { params })
  const { count, atMost } = prepared
  if (count !== BigInt(members.length) || atMost !== count) return `sample draws from ${count} of ${members.length}`
  const random = createRandom(1, 'sample')
  const byKey = new Map(members.map((member) => [selectionsKey(member), member]))
  const isCompared = members.length <= mostCompared
  const seen = new Map<string, number>()
  for (let index = 0; index < (isCompared ? drawsEach * members.length : fewDraws); index++) {
    const { architecture, costs } = prepared.draw(random)
    const key = keyOf(Object.entries(architecture.decisions))
    const member = byKey.get(key)
    if (!member) return `sample draws what is no architecture: ${key}`
    const wrong = quantityNames.find((quantity) => costs[quantity] !== member.costs[quantity])
    if (wrong) return `sample says ${costs[wrong]} ${wrong} of what has ${member.costs[wrong]}: ${key}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  return isCompared ? unequal(members.length, [...seen.values()]) : undefined
}

/** Chi-square, by the normal approximation of Wilson and Hilferty: six standard deviations. */
function unequal(members: number, seen: readonly number[]): string | undefined {
  const freedom = members - 1
  if (freedom === 0) return undefined
  const never = (members - seen.length) * drawsEach
  const square = seen.reduce((sum, count) => sum + (count - drawsEach) ** 2 / drawsEach, never)
  const spread = 2 / (9 * freedom)
  const deviations = (Math.cbrt(square / freedom) - (1 - spread)) / Math.sqrt(spread)
  return deviations > 6 ? `sample draws ${members} architectures this often: ${seen.join(', ')}` : undefined
}
