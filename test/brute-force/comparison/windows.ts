import { quantityNames, sampler, type Bounds } from '../../../src/analysis/index.js'
import { Failure } from '../../../src/catalogue/failure.js'
import { createRandom, type Random } from '../../../src/runtime/random/random.js'
import { keyOf, selectionsKey, type Member } from '../reference/member.js'
import type { Case, Comparison } from './case.js'

const windowsEach = 4
const draws = 12

/**
 * Between narrow bounds, with sums of costs kept coarsely: what is drawn is a member within them, what can be counted is
 * counted, and none is said only where there is none.
 */
export const windows: Comparison = (each) => {
  if (each.members.length === 0) return undefined
  const random = createRandom(each.members.length, 'windows')
  for (let index = 0; index < windowsEach; index++) {
    const where = boundsAround(each.members, random, index)
    const mostKeys = 1 + random.integer(20)
    const found = compared(each, where, mostKeys, random)
    if (found !== undefined) return `${found} (${JSON.stringify(where)}, ${mostKeys} keys)`
  }
  return undefined
}

/** Of one cost or two, around those of a member, or a little beside. */
function boundsAround(members: readonly Member[], random: Random, index: number): readonly Bounds[] {
  const member = members[random.integer(members.length)]
  const first = random.integer(quantityNames.length)
  const quantities = quantityNames.filter((_, at) => at === first || (index % 2 === 1 && at === (first + 1) % 3))
  return quantities.map((quantity) => {
    const cost = (member?.costs[quantity] ?? 0) + random.integer(3) - 1
    return { quantity, least: cost - random.integer(40), most: cost + random.integer(40) }
  })
}

function compared(
  { ir, space, params, members }: Case,
  where: readonly Bounds[],
  mostKeys: number,
  random: Random,
): string | undefined {
  const isWithin = ({ costs }: Member): boolean =>
    where.every(({ quantity, least, most }) => {
      const cost = typeof quantity === 'string' ? costs[quantity] : costs[quantity.name]
      return cost >= least && cost <= most
    })
  const within = new Set(members.filter(isWithin).map(selectionsKey))
  try {
    const prepared = sampler(ir, space, { params }, { where, mostKeys })
    const { count, atMost } = prepared
    if (count > within.size || atMost < within.size) return `${within.size} are within, not ${count} to ${atMost}`
    for (let draw = 0; draw < draws; draw++) {
      const key = keyOf(Object.entries(prepared.draw(random).architecture.decisions))
      if (!within.has(key)) return `drawn beside the bounds: ${key}`
    }
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure
    const isTrue = within.size === 0 && (failure.slug === 'nothing-satisfies' || failure.slug === 'window-unresolved')
    if (!isTrue) return `${failure.message} But ${within.size} are within`
  }
  return undefined
}
