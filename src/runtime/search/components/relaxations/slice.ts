import { largestOption } from '../../../../space/binding/bound-options.js'
import type { RelaxationComponent } from './relaxation.js'
import { sortChannels } from './sort-channels.js'

/**
 * A number is at its largest in the supernet, and its smaller options take a part of the largest weights: the first channels,
 * the centre of a window, the first layers (Cai et al., Once-for-All, ICLR 2020, section 3.3). What has no order is taken by
 * every path as it is.
 */
export const slice: RelaxationComponent = (read) => {
  const transform = read.boolean('transform')
  const isSorted = read.boolean('sorted')
  return {
    bound: (decision) =>
      decision.values === undefined
        ? { kind: 'mix' }
        : { kind: 'slice', option: largestOption(decision), ...(transform && { transform }) },
    ...(isSorted && {
      effect: (context, relaxed) =>
        sortChannels(
          context,
          relaxed.filter(({ values }) => values !== undefined),
        ),
    }),
  }
}
