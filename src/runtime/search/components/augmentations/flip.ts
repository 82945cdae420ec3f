import type { AugmentationComponent } from './augmentation.js'

/** Mirrored left to right, every second time. */
export const flip: AugmentationComponent = () => ({ flip: true })
