/** Texts by path: the files of a machine, or what stands for them. Paths use `/`. */
export interface TextFiles {
  /** Undefined where there is none. Throws {@link ReadFailure} where it is there but cannot be read. */
  read(path: string): string | undefined
}

/** A file is there but cannot be read: a folder, no permission, not UTF-8. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure'
}
