import type { SourceText } from '../../text/source.js'

/** The text of a file that diagnostics speak of, if it can be had. */
export type SourceOf = (file: string) => SourceText | undefined

/** Looks the files up in what was read; each one is made a source once. */
export function sourcesFrom(read: (file: string) => string | undefined): SourceOf {
  const known = new Map<string, SourceText | undefined>()
  return (file) => {
    if (!known.has(file)) {
      const text = read(file)
      known.set(file, text === undefined ? undefined : { path: file, text })
    }
    return known.get(file)
  }
}
