import type { Setting } from './setting.js'

/** Side that images are scaled to, before they are augmented; absent: they stay as they are. */
export const imageSide = {
  read: (read) => read.number('pixels', { least: 1, integer: true }),
  parts: {
    search: { said: ['search'] },
    retrain: { said: ['retrain'], inherits: 'search' },
  },
} satisfies Setting<number>
