import type { NamedAugmentation } from '../../../data/augmentation.js'
import type { ArgumentReader } from '../reader.js'

/** Several pictures of every image of a batch, each augmented independently of the others. */
export interface Views {
  readonly count: number
  /** In order, each with a stream of its own in every view. */
  readonly augmentations: readonly NamedAugmentation[]
}

export type ViewsComponent = (read: ArgumentReader) => Views
