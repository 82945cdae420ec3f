import { keywords } from '../../grammar/tokens.js'
import { parse } from '../../src/compiler/syntax/parse.js'
import { createRandom, type Random } from '../../src/runtime/random/random.js'

/** A declaration of a real program, with the documentation before it. */
export interface Declaration {
  readonly text: string
  /** Imports come first and together. */
  readonly isImport: boolean
}

/** Programs that inputs are made of, each in its declarations. */
export type Corpus = readonly (readonly Declaration[])[]

const marks =
  '3 0 1 2.5 6k 50% 99999999 1.. "s" " -> .. . , ; : { } ( ) [ ] == <= > = + - & * / % ^ § // /* */ ///'.split(' ')
const names =
  'a s0 s1 n n1 width cells conv bn relu skip none candidates darts earlier softmax sgd cross_entropy'.split(' ')
const words: readonly string[] = [...keywords.map(({ word }) => word), ...marks, ...names, '\n', '\r\n']

export function corpusOf(texts: readonly string[]): Corpus {
  return texts.map((text) => {
    const { imports, declarations } = parse({ path: 'main.nas', text }).value
    const cut = ({ span }: { readonly span: { readonly start: number; readonly end: number } }): string =>
      text.slice(span.start, span.end)
    return [
      ...imports.map((each) => ({ text: cut(each), isImport: true })),
      ...declarations.map((each) => ({ text: cut(each), isImport: false })),
    ]
  })
}

/** The input of a number: the same for the same seed. Every fourth is a soup of tokens, the others are mutated programs. */
export function inputOf(corpus: Corpus, seed: number, index: number): string {
  const random = createRandom(seed).stream(`fuzz/${String(index)}`)
  if (index % 4 === 0) return soup(random, 60)
  let text = program(corpus, random)
  const times = 1 + random.integer(3)
  for (let time = 0; time < times; time++) text = mutated(text, corpus, random)
  return text
}

function soup(random: Random, most: number): string {
  return Array.from({ length: 1 + random.integer(most) }, () => pick(words, random)).join(
    random.integer(4) === 0 ? '' : ' ',
  )
}

/** The imports of a program and some of what it declares. */
function program(corpus: Corpus, random: Random): string {
  const declarations = pick(corpus, random)
  const kept = declarations.filter(({ isImport }) => isImport || random.integer(3) > 0)
  return kept.map(({ text }) => text).join('\n')
}

function mutated(text: string, corpus: Corpus, random: Random): string {
  if (text === '') return soup(random, 10)
  const pieces = text.match(/\s+|\w+|[^\w\s]/g) ?? []
  const start = random.integer(pieces.length)
  const length = 1 + random.integer(random.integer(4) === 0 ? 40 : 3)
  const before = pieces.slice(0, start).join('')
  const piece = pieces.slice(start, start + length).join('')
  const after = pieces.slice(start + length).join('')
  switch (random.integer(6)) {
    case 0:
      return before + after
    case 1:
      return before + piece + ' ' + piece + after
    case 2: {
      const rest = before + after
      const at = random.integer(rest.length + 1)
      return rest.slice(0, at) + piece + rest.slice(at)
    }
    case 3:
      return `${before} ${soup(random, 3)} ${after}`
    case 4:
      return before + pick(words, random) + after
    default: {
      // A stretch of another program.
      const other = pick(pick(corpus, random), random).text
      const from = random.integer(other.length)
      return before + other.slice(from, from + 1 + random.integer(60)) + after
    }
  }
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[random.integer(items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}
