/** A page that is made from the sources. */
export interface Page {
  /** Name of the file in its folder. */
  readonly name: string
  /** Half a line for tables. */
  readonly title: string
  readonly text: string
}
