/** Images as they were stored: bytes, row by row, channels last. */
export interface ImageSet {
  readonly count: number
  /** `[count, height, width, channels]` */
  readonly images: Uint8Array
  /** `[count]`, each below the number of classes. */
  readonly labels: Uint8Array
}

/** Of one image, in pixels and numbers per pixel. */
export interface ImageSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** A data set for image classification with its own division into training and test images. */
export interface Dataset {
  readonly name: string
  readonly train: ImageSet
  readonly test: ImageSet
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classes: number
  /** Usual name of each file (without `.gz`) -> `sha256:…` of its content (unpacked): the same wherever it was found. */
  readonly checksums: Readonly<Record<string, string>>
}
