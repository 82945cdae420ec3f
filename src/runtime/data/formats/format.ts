import type { ImageCache } from '../decoding/image-cache.js'
import type { DataContent, ImageSize } from '../image-set.js'
import type { Listing } from '../listing.js'

/** How data are read, beside where they lie. */
export interface OpenOptions {
  /** The folder that relative paths start at; that of the process without this. */
  readonly from?: string
  /** Size that image files are brought to; absent: that of the first of them. What is stored as an array keeps its own. */
  readonly size?: ImageSize
  /** Images that cannot be decoded are left out; without this they are refused. */
  readonly skipCorrupt?: boolean
  /** Images that are decoded at once; as many as there are processors without this. The bits do not hang on it. */
  readonly atOnce?: number
  /** Hears how many image files are decoded and of how many. */
  readonly onDecoded?: (done: number, of: number) => void
  /** Where decoded images are kept for the next time; without this nowhere. */
  readonly cache?: ImageCache
}

/** Data whose format is recognised. */
export interface FoundData {
  /** For messages. */
  readonly name: string
  readonly listing: Listing
  /** Of a data set that is known by its name; absent: told by the labels. */
  readonly classes?: number
}

/** A way to store images with their labels. One file, and one row in the table. */
export interface DataFormat {
  /** What it is called, for readers. */
  readonly title: string
  /** The files that it is recognised by. */
  readonly wants: string
  /** True if any of its files are there: one that is missing is then named when it is opened. */
  recognise(listing: Listing): boolean | Promise<boolean>
  /** @throws Failure NAS71xx */
  open(found: FoundData, options: OpenOptions): Promise<DataContent>
}
