/** Where a data set lies, and of which format it is. */
export interface FoundDataset {
  readonly name: string
  readonly format: 'idx' | 'cifar-10' | 'cifar-100'
  readonly folder: string
  /** Known beforehand; absent: told by the labels. */
  readonly classes?: number
  /** Path of a file by its usual name: the plain one if it is there, else the one with `.gz`. */
  pathOf(name: string): string
}
