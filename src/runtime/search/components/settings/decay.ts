import type { Setting } from './setting.js'

/** Weight decay of the retraining, in place of the optimiser's own. */
export const decay = {
  read: (read) => read.number('amount', { least: 0 }),
  parts: { retrain: { said: ['retrain'] } },
  optimiser: (by, amount) => ({ ...by, arguments: { ...by.arguments, decay: amount } }),
} satisfies Setting<number>
