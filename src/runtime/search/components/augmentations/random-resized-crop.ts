import type { Augmentation, ImageShape } from '../../../data/augmentation.js'
import { resized, type Window } from '../../../data/resize.js'
import type { Random } from '../../../random/random.js'
import type { AugmentationComponent } from './augmentation.js'

/** Width to height of a window. */
const aspect = { least: 3 / 4, most: 4 / 3 }
/** Draws of a window before the centre is taken. */
const draws = 10

/**
 * A window of a share of the area and of an aspect between 3/4 and 4/3, scaled to the size of the image; after ten windows
 * that do not fit it is the centre. As in Szegedy et al., Going Deeper with Convolutions, CVPR 2015, section 6, with the
 * distributions of torchvision.
 */
export const randomResizedCrop: AugmentationComponent = (read) => {
  return croppedTo(read.span('area', { above: 0, most: 1 }))
}

/** @param area share of the area, above 0, at most 1 */
export function croppedTo(area: { readonly from: number; readonly to: number }): Augmentation {
  return (image, shape, random) => resized(image, shape, drawWindow(shape, area, random), shape)
}

function drawWindow(
  { height, width }: ImageShape,
  area: { readonly from: number; readonly to: number },
  random: Random,
): Window {
  for (let draw = 0; draw < draws; draw++) {
    const wanted = height * width * between(area.from, area.to, random)
    const ratio = Math.exp(between(Math.log(aspect.least), Math.log(aspect.most), random))
    const size = { width: Math.round(Math.sqrt(wanted * ratio)), height: Math.round(Math.sqrt(wanted / ratio)) }
    if (size.width < 1 || size.width > width || size.height < 1 || size.height > height) continue
    const top = random.integer(height - size.height + 1)
    return { ...size, top, left: random.integer(width - size.width + 1) }
  }
  return centreOf(height, width)
}

/** The largest window in the centre that has an aspect within the bounds. */
export function centreOf(height: number, width: number): Window {
  const size = {
    width: Math.min(width, Math.round(height * aspect.most)),
    height: Math.min(height, Math.round(width / aspect.least)),
  }
  return { ...size, top: Math.floor((height - size.height) / 2), left: Math.floor((width - size.width) / 2) }
}

function between(from: number, to: number, random: Random): number {
  return from + (to - from) * random.uniform()
}
