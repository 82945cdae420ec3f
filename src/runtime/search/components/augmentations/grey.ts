import type { Augmentation } from '../../../data/augmentation.js'
import type { AugmentationComponent } from './augmentation.js'
import { saturation } from './color-jitter.js'
import { sometimes } from './sometimes.js'

/** With this probability all channels are the luma, as torchvision's RandomGrayscale; an image with one channel is itself. */
export const grey: AugmentationComponent = (read) => sometimes(read.number('chance', { least: 0, most: 1 }), greyed)

export const greyed: Augmentation = (image, shape) => saturation(image, shape, 0)
