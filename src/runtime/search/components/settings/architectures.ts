import type { Setting } from './setting.js'

/** How many of several derived architectures are retrained, the best first; absent: all of them. */
export const architectures = {
  read: (read) => read.number('count', { least: 1, integer: true }),
  parts: { retrain: { said: ['retrain'] } },
} satisfies Setting<number>
