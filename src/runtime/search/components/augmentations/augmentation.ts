import type { Augmentation } from '../../../data/augment.js'
import type { ArgumentReader } from '../reader.js'

/** What a component adds to the augmentation of training images. */
export type AugmentationComponent = (read: ArgumentReader) => Augmentation
