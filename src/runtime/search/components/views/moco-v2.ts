import type { Augmentation, ImageShape } from '../../../data/augmentation.js'
import { jittered, saturation } from '../augmentations/color-jitter.js'
import { mirrored } from '../augmentations/flip.js'
import { croppedTo } from '../augmentations/random-resized-crop.js'
import { blurred } from './blur.js'
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
    { name: 'grey', apply: sometimes(0.2, (image, shape) => saturation(image, shape, 0)) },
    { name: 'blur', apply: sometimes(0.5, blur) },
    { name: 'flip', apply: mirrored },
  ],
})

const blur: Augmentation = (image, shape, random) => blurred(image, shape, 0.1 + 1.9 * random.uniform())

/** Done to an image with this probability. */
function sometimes(probability: number, apply: Augmentation): Augmentation {
  return (image: Float64Array, shape: ImageShape, random) =>
    random.uniform() < probability ? apply(image, shape, random) : image
}
