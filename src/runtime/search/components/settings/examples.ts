import type { Setting } from './setting.js'

/** How many training images are used; absent: all. */
export const examples = {
  read: (read) => read.number('count', { least: 1, integer: true }),
  parts: { search: { said: ['search'] }, retrain: { said: ['retrain'] } },
} satisfies Setting<number>
