import { Failure } from '../../catalogue/failure.js'

/** A text with genotypes, and where it comes from. */
export interface GenotypeText {
  /** Path of the file, for messages. */
  readonly file: string
  readonly text: string
}

/** `genotypes.py:3:17`, lines and columns from 1. */
export function placeIn({ file, text }: GenotypeText, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `${file}:${String(line)}:${String(offset - before.lastIndexOf('\n'))}`
}

/** @throws Failure NAS8121 */
export function refuseSyntax(source: GenotypeText, at: number, expected: string): never {
  const rest = source.text.slice(at)
  const found = /^(?:\w+|[^])/u.exec(rest)?.[0]
  throw new Failure('genotype-syntax', {
    place: placeIn(source, Math.min(at, source.text.length)),
    found: found === undefined ? 'the end of the text' : `\`${found === '\n' ? 'the end of the line' : found}\``,
    expected,
  })
}
