import type { Augmentation } from '../../../data/augment.js'
import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../use.js'
import type { AugmentationComponent } from './augmentation.js'
import { crop } from './crop.js'
import { flip } from './flip.js'

/** Augmentations by their names in `std:search`. */
export const augmentations: Readonly<Record<string, AugmentationComponent>> = { crop, flip }

export function openAugmentation(use: ComponentUse, clause: string): Augmentation {
  return lookUp(augmentations, use, 'augmentation', clause)(readArguments(use, clause))
}

/** All augmentations of a clause together, and cutout. */
export function openAugmentations(uses: readonly ComponentUse[], cutout: number, clause: string): Augmentation {
  const none: Augmentation = cutout > 0 ? { cutout } : {}
  return uses.reduce((all, use) => ({ ...all, ...openAugmentation(use, clause) }), none)
}
