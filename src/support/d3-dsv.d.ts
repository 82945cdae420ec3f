/** What is used of d3-dsv, which brings no types. */
declare module 'd3-dsv' {
  /** Lines of RFC 4180, without a line break behind the last. */
  export function csvFormatRows(rows: readonly (readonly string[])[]): string
}
