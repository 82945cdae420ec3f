import type { IrSpace } from '../../ir/model/space.js'
import type { Environment } from '../evaluation/environment.js'
import { numberIn } from '../evaluation/evaluate.js'
import { mayChoose } from '../evaluation/may-choose.js'
import type { Shape } from '../evaluation/shape.js'
import type { NetworkBuilder } from './network-builder.js'
import { unmixed } from './stage.js'

/** Shape of an image of a space, at the resolution that is chosen. */
export function inputShape(environment: Environment, space: IrSpace): Shape {
  const side = (what: keyof Shape): number => numberIn({ ...environment, at: 'input' }, space.input[what])
  return { height: side('height'), width: side('width'), channels: side('channels') }
}

export function choosesResolution(environment: Environment, { input: { height, width } }: IrSpace): boolean {
  return mayChoose(environment, height) || mayChoose(environment, width)
}

/**
 * Adds the images that a network reads: of the data, if they have a shape of their own, or of the space. Where the space has
 * a choice of resolutions, images of the data are resized to the one that is chosen; otherwise they are taken as they are.
 */
export function addImages(builder: NetworkBuilder, environment: Environment, space: IrSpace, data?: Shape): number {
  const declared = (): Shape => unmixed(space.name, 'input', () => inputShape(environment, space))
  if (data === undefined) return builder.input(declared())
  const images = builder.input(data)
  if (!choosesResolution(environment, space)) return images
  const { height, width } = declared()
  return builder.layer({
    path: 'input.resize',
    input: images,
    shape: { height, width, channels: data.channels },
    operation: 'resize',
    attributes: { height, width, method: 'bilinear' },
    weights: [],
    cost: { macs: 0, extra: {} },
  })
}
