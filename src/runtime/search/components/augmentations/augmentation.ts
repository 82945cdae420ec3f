import type { Augmentation } from '../../../data/augmentation.js'
import type { ArgumentReader } from '../reader.js'

/** What a component does to every training image. */
export type AugmentationComponent = (read: ArgumentReader) => Augmentation
