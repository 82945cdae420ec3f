import { Failure } from '../../../catalogue/failure.js'
import { evaluationBatches, type BatchSource } from '../../data/batches.js'
import { evaluationBatch, imagesOf, type SessionData } from './session.js'

/** Training images that did not train the weights of the supernet. */
export interface HeldOutImages {
  /** Their part of the split. */
  readonly part: 'validation' | 'choices'
  readonly count: number
  readonly batches: BatchSource
}

/**
 * The images that supernets are judged by here: those that the search kept for that, or else those that trained the choices.
 * Test images never are.
 *
 * @param run for the message
 * @throws Failure NAS7581 if there are none
 */
export function heldOutImages(data: SessionData, run: string): HeldOutImages {
  const { split } = data
  const weights = new Set(split['weights'])
  const isHeldOut = (part: HeldOutImages['part']): boolean => {
    const images = split[part] ?? []
    return images.length > 0 && !images.some((image) => weights.has(image))
  }
  const part = (['validation', 'choices'] as const).find(isHeldOut)
  if (part === undefined) {
    const reason =
      weights.size === 0
        ? 'it trained one architecture, and no supernet'
        : 'all images of its search trained the weights of the supernet'
    throw new Failure('no-held-out-images', { run, reason })
  }
  const indices = split[part] ?? []
  return {
    part,
    count: indices.length,
    batches: evaluationBatches({ ...imagesOf(data, 'train'), indices, size: evaluationBatch }),
  }
}
