import type { RelaxationComponent } from '../../../../../src/runtime/search/components/relaxations/relaxation.js'
import { openSchedule } from '../../../../../src/runtime/search/components/schedules/index.js'
import { namedFeed } from '../../../../../src/runtime/training/feeds/feed.js'

/** The softmax of the logits times a number that a schedule gives: an input of the program, with its feed. */
export const dimmed: RelaxationComponent = (read) => {
  const by = openSchedule(read.component('by'), read.clause)
  return {
    bound: () => ({ kind: 'mix' }),
    emission: () => ({
      key: 'dimmed',
      emit: (logits, { builder }) =>
        builder.one('softmax', [builder.one('scale', [logits, builder.input('dimmer', [])])], { temperature: 1 }),
    }),
    feeds: () => namedFeed('dimmer', (at) => by.at(at)),
  }
}
