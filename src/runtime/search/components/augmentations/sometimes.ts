import type { Augmentation } from '../../../data/augmentation.js'

/** Done to an image with this probability. */
export function sometimes(probability: number, apply: Augmentation): Augmentation {
  return (image, shape, random) => (random.uniform() < probability ? apply(image, shape, random) : image)
}
