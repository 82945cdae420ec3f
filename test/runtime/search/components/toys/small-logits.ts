import type { ObjectiveComponent } from '../../../../../src/runtime/search/components/objectives/objective.js'

/** The sum of the squares of all logits. */
export const smallLogits: ObjectiveComponent = () => ({
  emission: {
    key: 'small_logits',
    emit: ({ builder, logits }) => ({
      value: builder.one('sum_all', [builder.one('multiply', [logits, logits])]),
      figures: {},
    }),
  },
})
