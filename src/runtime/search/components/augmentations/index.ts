import type { Augmentation, NamedAugmentation } from '../../../data/augmentation.js'
import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import type { AugmentationComponent } from './augmentation.js'
import { autoAugment } from './auto-augment.js'
import { blur } from './blur.js'
import { colorJitter } from './color-jitter.js'
import { crop } from './crop.js'
import { flip } from './flip.js'
import { grey } from './grey.js'
import { randomResizedCrop } from './random-resized-crop.js'

/** Augmentations by their names in `std:search`. */
export const augmentations: Readonly<Record<string, AugmentationComponent>> = {
  auto_augment: autoAugment,
  blur,
  color_jitter: colorJitter,
  crop,
  flip,
  grey,
  random_resized_crop: randomResizedCrop,
}

export function openAugmentation(use: ComponentUse, clause: string): Augmentation {
  return lookUp(augmentations, use, 'augmentation', clause)(readArguments(use, clause))
}

/** What a clause joins, in its order; the second `crop` is `crop/2`. */
export function openAugmentations(uses: readonly ComponentUse[], clause: string): readonly NamedAugmentation[] {
  return uses.map((use, index) => {
    const { component } = use
    const before = uses.slice(0, index).filter((other) => other.component === component).length
    return {
      name: before === 0 ? component : `${component}/${String(before + 1)}`,
      apply: openAugmentation(use, clause),
    }
  })
}
