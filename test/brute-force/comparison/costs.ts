import { costHistogram, costRange, quantityNames, type Histogram } from '../../../src/analysis/index.js'
import { costOf } from '../../../src/space/cost/index.js'
import { keyOf, selectionsKey } from '../reference/member.js'
import type { Case, Comparison } from './case.js'

/** The cheapest and the dearest architecture, by each cost. */
export const ranges: Comparison = (each) => {
  const { ir, space, params, members } = each
  for (const quantity of quantityNames) {
    const range = costRange(ir, space, { params }, quantity)
    if ((range === undefined) !== (members.length === 0))
      return `${quantity}: a range of ${members.length} architectures`
    if (!range) continue
    const costs = members.map((member) => member.costs[quantity])
    for (const [what, expected] of [
      ['least', Math.min(...costs)],
      ['greatest', Math.max(...costs)],
    ] as const) {
      const { value, architecture } = range[what]
      if (value !== expected) return `the ${what} ${quantity} are ${expected} and not ${value}`
      const key = keyOf(Object.entries(architecture.decisions))
      const member = memberOf(each, key)
      if (!member) return `the architecture with the ${what} ${quantity} is none: ${key}`
      if (member.costs[quantity] !== value)
        return `the architecture with the ${what} ${quantity} has ${member.costs[quantity]}`
    }
  }
  return undefined
}

function memberOf({ members }: Case, key: string): Case['members'][number] | undefined {
  return members.find((member) => selectionsKey(member) === key)
}

/** The same by another convention, of which no constraint speaks. */
export const otherConvention: Comparison = ({ ir, space, params, members }) => {
  const range = costRange(ir, space, { params, convention: 'full' }, 'macs')
  if (!range) return undefined
  const costs = members.map(({ network }) => costOf(network, 'full').macs)
  const [least, greatest] = [Math.min(...costs), Math.max(...costs)]
  if (range.least.value === least && range.greatest.value === greatest) return undefined
  return `by full, macs are ${least} to ${greatest} and not ${range.least.value} to ${range.greatest.value}`
}

/** What does not hold of a histogram of which the sums are kept coarsely: four costs at once are too many digits of a number. */
function brokenPromise(
  { quantity, bucketWidth, blur, buckets }: Histogram,
  members: Case['members'],
): string | undefined {
  const counted = buckets.flatMap(({ from, count }) => Array.from({ length: Number(count) }, () => from))
  if (counted.length > members.length) return `counts ${counted.length} architectures of ${members.length}`
  // Those that may lie on either side of a bound are left out.
  if (counted.length < members.length) return undefined
  const costs = members.map((member) => member.costs[quantity]).sort((a, b) => a - b)
  const outside = costs.find((cost, index) => {
    const from = counted[index] ?? NaN
    return !(cost >= from && cost < from + bucketWidth + blur)
  })
  return outside === undefined ? undefined : `has no bucket for ${outside}`
}

/** How many architectures have which cost. */
export const histograms: Comparison = ({ ir, space, params, members }) => {
  for (const quantity of quantityNames) {
    const histogram = costHistogram(ir, space, { params }, quantity)
    const { bucketWidth, blur, buckets } = histogram
    if (bucketWidth !== 1 || blur !== 0) {
      const broken = brokenPromise(histogram, members)
      if (broken !== undefined) return `the histogram of ${quantity} ${broken}`
      continue
    }
    const expected = new Map<number, number>()
    for (const { costs } of members) expected.set(costs[quantity], (expected.get(costs[quantity]) ?? 0) + 1)
    const [found, wanted] = [
      buckets.map(({ from, count }) => `${count} of ${from}`).join(', '),
      [...expected]
        .sort(([a], [b]) => a - b)
        .map(([cost, count]) => `${count} of ${cost}`)
        .join(', '),
    ]
    if (found !== wanted) return `the histogram of ${quantity} is ${found}, and not ${wanted}`
  }
  return undefined
}
