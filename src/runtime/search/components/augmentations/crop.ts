import type { AugmentationComponent } from './augmentation.js'

/** Random crop of the image's own size after zero padding. */
export const crop: AugmentationComponent = (read) => ({ crop: read.number('padding', { least: 0, integer: true }) })
