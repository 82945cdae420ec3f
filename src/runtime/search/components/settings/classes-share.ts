import type { Setting } from './setting.js'

/** Share of the classes that the search sees, 0..1; absent: all of them. */
export const classesShare = {
  read: (read) => read.number('share', { above: 0, most: 1 }),
  parts: { search: { said: ['search'] } },
} satisfies Setting<number>
