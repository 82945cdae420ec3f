/** Images as they are held: bytes, row by row, channels last. */
export interface ImageSet {
  readonly count: number
  /** `[count, height, width, channels]` */
  readonly images: Uint8Array
  /** `[count]`, each below the number of classes. */
  readonly labels: Uint16Array
}

/**
 * Some of many images, in the order given.
 * @param images `[count, height, width, channels]`
 * @param numbers height x width x channels
 */
export function takeImages(images: Uint8Array, numbers: number, indices: ArrayLike<number>): Uint8Array {
  const taken = new Uint8Array(indices.length * numbers)
  for (let place = 0; place < indices.length; place++) {
    const index = indices[place] ?? 0
    taken.set(images.subarray(index * numbers, (index + 1) * numbers), place * numbers)
  }
  return taken
}

/** Of one image, in pixels and numbers per pixel. */
export interface ImageSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** What a format makes of the files of a data set: all images of one size. */
export interface DataContent extends ImageSize {
  /** The last {@link validation} of these are images of validation. */
  readonly train: ImageSet
  /** How many images the data keep from all training by themselves; 0: none, they are drawn from the training images. */
  readonly validation: number
  readonly test: ImageSet
  readonly classes: number
  /** By label; absent: the data have none. */
  readonly classNames?: readonly string[]
  /** What a user would not expect of how the files were read, in words. */
  readonly notes: readonly string[]
  /** Usual name of each file (without `.gz`) or folder of a class -> `sha256:…` of its content (unpacked): the same wherever it was found. */
  readonly checksums: Readonly<Record<string, string>>
}

/** A data set for image classification with its own division into training and test images. */
export interface Dataset extends DataContent {
  readonly name: string
  /** What it is called, for readers: `image folder`. */
  readonly format: string
}

/** `64 x 64 x 3` */
export function printSize({ height, width, channels }: ImageSize): string {
  return `${String(height)} x ${String(width)} x ${String(channels)}`
}
