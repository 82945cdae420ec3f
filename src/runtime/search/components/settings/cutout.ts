import { otherwise, type Setting } from './setting.js'

/** Side of the square that is blanked; 0: none. The retraining says its own; a candidate is trained as the search says. */
export const cutout = {
  read: (read) => read.number('side', { least: 0, integer: true }),
  parts: {
    search: { said: ['search'], settle: otherwise(0) },
    retrain: { said: ['retrain'], inheritsAlone: 'search', settle: otherwise(0) },
  },
  images: (side) => ({ cutout: side }),
} satisfies Setting<number>
