/** An image in the form of a file, PNG, JPEG or WebP, wherever it is stored. */
export interface EncodedImage {
  /** For messages: the path of its file, or the place in one. */
  readonly path: string
  readonly label: number
  /** Under what its checksum goes: a folder of a class, a file. */
  readonly group: string
  /** @throws what the system says, with its code */
  read(): Promise<Uint8Array>
}

/** One that could not be decoded. */
export interface DamagedImage {
  /** Among all images that were decoded with it. */
  readonly index: number
  readonly reason: string
}

/** What became of the bytes of one. */
export type DecodedImage =
  { readonly kind: 'decoded'; readonly pixels: Uint8Array } | { readonly kind: 'damaged'; readonly reason: string }
