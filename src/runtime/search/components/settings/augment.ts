import { openAugmentations } from '../augmentations/index.js'
import type { ComponentUse } from '../component-use.js'
import { otherwise, type Setting } from './setting.js'

/** What is done to every training image, in this order. */
export const augment = {
  read: (read) => read.components('by'),
  parts: {
    search: { said: ['search'], settle: otherwise<readonly ComponentUse[]>([]) },
    retrain: { said: ['retrain'], inherits: 'search' },
  },
  images: (by, clause) => ({ augmentations: openAugmentations(by, clause) }),
} satisfies Setting<readonly ComponentUse[]>
