import type { AugmentationComponent } from '../../../../../src/runtime/search/components/augmentations/augmentation.js'

/** Dark is light. */
export const negative: AugmentationComponent = () => (image) => image.map((value) => 1 - value)
