import { refuseSyntax, type GenotypeText } from './genotype-text.js'

/** A value as Python prints it, as far as genotypes go. */
export type PythonValue =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'number'; readonly at: number; readonly value: number }
  /** A list or a tuple. */
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly PythonValue[] }
  /** `range(2, 6)`, `Genotype(normal=…)` */
  | {
      readonly kind: 'call'
      readonly at: number
      readonly name: string
      readonly items: readonly PythonValue[]
      readonly named: readonly { readonly name: string; readonly at: number; readonly value: PythonValue }[]
    }

/** Reads the value that begins at an offset. @throws Failure NAS8121 at the first character that does not belong there */
export function readPython(source: GenotypeText, from: number): { readonly value: PythonValue; readonly end: number } {
  const { text } = source
  let at = from
  const skip = (): void => {
    at += /^(?:\s|#[^\n]*)*/u.exec(text.slice(at))?.[0].length ?? 0
  }
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(text.slice(at))?.[0]
    at += found?.length ?? 0
    return found
  }
  /** What stands between brackets, with commas between. */
  const items = <T>(close: string, read: () => T): readonly T[] => {
    const found: T[] = []
    for (;;) {
      skip()
      if (text[at] === close) {
        at += 1
        return found
      }
      found.push(read())
      skip()
      if (text[at] === ',') at += 1
      else if (text[at] !== close) refuseSyntax(source, at, `\`,\` or \`${close}\``)
    }
  }
  const value = (): PythonValue => {
    skip()
    const start = at
    const quoted = take(/^(?:'[^'\n]*'|"[^"\n]*")/u)
    if (quoted !== undefined) return { kind: 'text', at: start, text: quoted.slice(1, -1) }
    const digits = Number(take(/^-?\d+(?![\w.])/u) ?? NaN)
    if (!Number.isNaN(digits)) return { kind: 'number', at: start, value: digits }
    const bracket = text[at]
    if (bracket === '[' || bracket === '(') {
      at += 1
      return { kind: 'list', at: start, items: items(bracket === '[' ? ']' : ')', value) }
    }
    const name = take(/^[A-Za-z_]\w*(?=\s*\()/u)
    return name === undefined
      ? refuseSyntax(source, start, 'a list, a pair, a name in quotes or a number')
      : call(name, start)
  }
  const call = (name: string, start: number): PythonValue => {
    skip()
    at += 1
    const all = items(')', () => {
      const place = at
      const key = take(/^[A-Za-z_]\w*(?=\s*=(?!=))/u)
      if (key === undefined) return value()
      take(/^\s*=/u)
      return { name: key, at: place, value: value() }
    })
    return {
      ...{ kind: 'call', at: start, name },
      items: all.flatMap((item) => ('kind' in item ? [item] : [])),
      named: all.flatMap((item) => ('kind' in item ? [] : [item])),
    }
  }
  return { value: value(), end: at }
}
