import type { ImageShape } from '../../../data/augmentation.js'
import type { Random } from '../../../random/random.js'
import type { AugmentationComponent } from './augmentation.js'
import { autoContrast, equalize, inverted, posterized, solarized, solarizedAfter } from './byte-changes.js'
import { saturation } from './color-jitter.js'
import { moved } from './moved.js'

/** A change of an image, made stronger by a level from 0 to 1; those of shape go one way or the other. */
type Change = (image: Float64Array, shape: ImageShape, level: number, random: Random) => Float64Array

/**
 * The policy that Cubuk et al. found for ImageNet (AutoAugment, CVPR 2019), in the version that code for TensorFlow calls v0 and
 * AttentiveNAS trains with: of 25 pairs of changes one is drawn, and each of the two is made with a probability of its own. The
 * strengths are those of that code: shears by up to 0.3, rotations up to 30 degrees, shifts up to 0.45 of the side.
 */
export const autoAugment: AugmentationComponent = () => (image, shape, random) => {
  const pair = policy[random.integer(policy.length)] ?? []
  return pair.reduce((before, [name, probability, magnitude]) => {
    // Drawn whether or not it is used: what is drawn after it does not hang on it.
    const isMade = random.uniform() < probability
    const ofChange = random.at(random.position)
    random.word()
    return isMade ? changes[name](before, shape, magnitude / greatest, ofChange) : before
  }, image)
}

const greatest = 10

const signed = (level: number, random: Random): number => (random.integer(2) === 0 ? level : -level)

const changes = {
  autoContrast,
  equalize,
  invert: inverted,
  posterize: (image, _, level) => posterized(image, Math.floor(4 * level)),
  solarize: (image, _, level) => solarized(image, Math.floor(256 * level)),
  solarizeAdd: (image, _, level) => solarizedAfter(image, Math.floor(110 * level)),
  color: (image, shape, level) => saturation(image, shape, 0.1 + 1.8 * level),
  shearX: (image, shape, level, random) => {
    const shear = signed(0.3 * level, random)
    return moved(image, shape, (row, column) => [row, column + shear * row])
  },
  shearY: (image, shape, level, random) => {
    const shear = signed(0.3 * level, random)
    return moved(image, shape, (row, column) => [row + shear * column, column])
  },
  translateY: (image, shape, level, random) => {
    const shift = signed(0.45 * shape.height * level, random)
    return moved(image, shape, (row, column) => [row + shift, column])
  },
  rotate: (image, shape, level, random) => {
    const angle = signed((level * 30 * Math.PI) / 180, random)
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
    const [middle, centre] = [shape.height / 2, shape.width / 2]
    return moved(image, shape, (row, column) => {
      const [down, along] = [row - middle, column - centre]
      return [middle + cosine * down - sine * along, centre + sine * down + cosine * along]
    })
  },
} satisfies Readonly<Record<string, Change>>

type ChangeName = keyof typeof changes

/** Pairs of changes, each with its probability and its magnitude from 0 to 10. */
const policy: readonly (readonly (readonly [ChangeName, number, number])[])[] = [
  [
    ['equalize', 0.8, 1],
    ['shearY', 0.8, 4],
  ],
  [
    ['color', 0.4, 9],
    ['equalize', 0.6, 3],
  ],
  [
    ['color', 0.4, 1],
    ['rotate', 0.6, 8],
  ],
  [
    ['solarize', 0.8, 3],
    ['equalize', 0.4, 7],
  ],
  [
    ['solarize', 0.4, 2],
    ['solarize', 0.6, 2],
  ],
  [
    ['color', 0.2, 0],
    ['equalize', 0.8, 8],
  ],
  [
    ['equalize', 0.4, 8],
    ['solarizeAdd', 0.8, 3],
  ],
  [
    ['shearX', 0.2, 9],
    ['rotate', 0.6, 8],
  ],
  [
    ['color', 0.6, 1],
    ['equalize', 1, 2],
  ],
  [
    ['invert', 0.4, 9],
    ['rotate', 0.6, 0],
  ],
  [
    ['equalize', 1, 9],
    ['shearY', 0.6, 3],
  ],
  [
    ['color', 0.4, 7],
    ['equalize', 0.6, 0],
  ],
  [
    ['posterize', 0.4, 6],
    ['autoContrast', 0.4, 7],
  ],
  [
    ['solarize', 0.6, 8],
    ['color', 0.6, 9],
  ],
  [
    ['solarize', 0.2, 4],
    ['rotate', 0.8, 9],
  ],
  [
    ['rotate', 1, 7],
    ['translateY', 0.8, 9],
  ],
  [
    ['shearX', 0, 0],
    ['solarize', 0.8, 4],
  ],
  [
    ['shearY', 0.8, 0],
    ['color', 0.6, 4],
  ],
  [
    ['color', 1, 0],
    ['rotate', 0.6, 2],
  ],
  [
    ['equalize', 0.8, 4],
    ['equalize', 0, 8],
  ],
  [
    ['equalize', 1, 4],
    ['autoContrast', 0.6, 2],
  ],
  [
    ['shearY', 0.4, 7],
    ['solarizeAdd', 0.6, 7],
  ],
  [
    ['posterize', 0.8, 2],
    ['solarize', 0.6, 10],
  ],
  [
    ['solarize', 0.6, 8],
    ['equalize', 0.6, 1],
  ],
  [
    ['color', 0.8, 6],
    ['rotate', 0.4, 5],
  ],
]
