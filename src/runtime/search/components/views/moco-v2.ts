import { blurredBy } from '../augmentations/blur.js'
import { jittered } from '../augmentations/color-jitter.js'
import { mirrored } from '../augmentations/flip.js'
import { greyed } from '../augmentations/grey.js'
import { croppedTo } from '../augmentations/random-resized-crop.js'
import { sometimes } from '../augmentations/sometimes.js'
import type { ViewsComponent } from './views.js'

/**
 * As the code of Pi-NAS takes it over from MoCo v2 (Chen et al., 2020): a crop of 20 % to 100 % of the area, with probability 0.8
 * brightness, contrast, saturation and hue changed by up to 0.4, with 0.2 a grey image, with 0.5 a Gaussian blur of 0.1 to 2 pixels,
 * and every second image mirrored. Of an image with one channel grey is itself.
 */
export const mocoV2: ViewsComponent = (read) => ({
  count: read.number('count', { least: 1, integer: true }),
  augmentations: [
    { name: 'crop', apply: croppedTo({ from: 0.2, to: 1 }) },
    { name: 'jitter', apply: sometimes(0.8, jittered(0.4, 0.4)) },
    { name: 'grey', apply: sometimes(0.2, greyed) },
    { name: 'blur', apply: sometimes(0.5, blurredBy({ from: 0.1, to: 2 })) },
    { name: 'flip', apply: mirrored },
  ],
})
