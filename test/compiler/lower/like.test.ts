import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatText } from '../../../src/compiler/format/format.js'
import type { IrSearch } from '../../../src/ir/model/search.js'
import { loweredText } from '../../support/lowered-searches.js'

/** Settings of a block by name, each as it is written; `retrain` is a block in it. */
interface Block {
  readonly items: Readonly<Record<string, string>>
  readonly retrain?: Block
}
/** A block as it is written: settings by name, and what is said over them. */
interface Given {
  readonly named?: { readonly name: string; readonly block: Block }
  readonly own?: Block
}
/** Clauses by what they are about. */
interface Clauses {
  readonly plain: Readonly<Record<string, string>>
  readonly retrain?: Given
  readonly scales: Readonly<Record<string, Given>>
}

const space = `import std:nn
import std:search
param size = 8
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of { size, 16 }, 3) -> bn; head global_pool -> linear(classes) }
}
`

const item = fc.record(
  {
    epochs: fc.constantFrom('epochs 1', 'epochs 2'),
    batch: fc.constantFrom('batch 3', 'batch 4'),
    lr: fc.constantFrom('lr 0.1', 'lr cosine(0.1 to 0)'),
    size: fc.constantFrom('size = 4', 'size = 12'),
  },
  { requiredKeys: [] },
)
const plainBlock = item.map((items): Block => ({ items }))
const scaleBlock = fc
  .tuple(item, fc.option(plainBlock, { nil: undefined }))
  .map(([items, retrain]): Block => ({ items, ...(retrain && { retrain }) }))

function given(block: fc.Arbitrary<Block>, names: readonly string[]): fc.Arbitrary<Given> {
  const named = fc.record({ name: fc.constantFrom(...names), block })
  return fc.oneof(
    named.map((each): Given => ({ named: each })),
    block.map((own): Given => ({ own })),
    fc.tuple(named, block).map(([each, own]): Given => ({ named: each, own })),
  )
}

const plain = fc.record(
  {
    relax: fc.constantFrom('relax width by softmax', 'relax all by softmax(temperature: 2)'),
    sample: fc.constantFrom('sample all'),
    minimise: fc.constantFrom('minimise cross_entropy(smoothing: 0.1)', 'minimise cross_entropy(smoothing: 0.2)'),
    // Both take turns per epoch: where one alone does, the search is refused.
    'train weights': fc.constantFrom(
      'train weights { sgd(lr: 1) } per epoch',
      'train weights on 10% { sgd(lr: 2), clip 5 } per epoch',
    ),
    'train choices': fc.constantFrom(
      'train choices { adam(lr: 1) } per epoch',
      'train choices on 20% { adam(lr: 2) } per epoch',
    ),
    validate: fc.constantFrom('validate on 5%', 'validate on 6%'),
    derive: fc.constantFrom('derive argmax of width', 'derive argmax'),
    epochs: fc.constantFrom('epochs 5', 'epochs 6'),
    size: fc.constantFrom('size = 9', 'size = 10'),
  },
  { requiredKeys: [] },
)
const clauses = fc.record(
  {
    plain,
    retrain: given(plainBlock, ['r1', 'r2']),
    scales: fc.dictionary(fc.constantFrom('quick', 'paper'), given(scaleBlock, ['s1', 's2']), { maxKeys: 2 }),
  },
  { requiredKeys: ['plain', 'scales'] },
)

/** The first search says all that a search must say. */
const chains = fc.array(clauses, { minLength: 1, maxLength: 4 }).map((chain): readonly Clauses[] =>
  chain.map((each, index) => {
    const needed = { relax: 'relax width by softmax', minimise: 'minimise cross_entropy', derive: 'derive argmax' }
    return index > 0
      ? each
      : { ...each, plain: { ...needed, 'train weights': 'train weights { sgd(lr: 3) } per epoch', ...each.plain } }
  }),
)

function printBlock({ items, retrain }: Block): string {
  const inner = retrain === undefined ? [] : [`retrain ${printBlock(retrain)}`]
  return `{ ${[...Object.values(items), ...inner].join('; ')} }`
}

/** With its named settings under names of their own, which `declared` collects. */
function printGiven({ named, own }: Given, declared: string[]): string {
  const name = named && `${named.name}_${declared.length}`
  if (named !== undefined) declared.push(`settings ${name ?? ''} ${printBlock(named.block)}`)
  return [name, own && printBlock(own)].filter((part) => part !== undefined).join(' ')
}

function printSearch(name: string, like: string, { plain, retrain, scales }: Clauses, declared: string[]): string {
  const lines = [
    ...Object.values(plain),
    ...(retrain === undefined ? [] : [`retrain ${printGiven(retrain, declared)}`]),
    ...Object.entries(scales).map(([scale, settings]) => `scale ${scale} ${printGiven(settings, declared)}`),
  ]
  return `search ${name} of tiny${like} {\n  ${lines.join('\n  ')}\n}`
}

function mergeBlocks(blocks: readonly Block[]): Block {
  const inner = blocks.flatMap(({ retrain }) => retrain ?? [])
  const items = Object.assign({}, ...blocks.map((block) => block.items)) as Block['items']
  return { items, ...(inner.length > 0 && { retrain: mergeBlocks(inner) }) }
}

function mergeGiven(all: readonly Given[]): Given {
  return {
    own: mergeBlocks(all.flatMap(({ named, own }) => [named?.block, own].filter((block) => block !== undefined))),
  }
}

/** What the last of the searches says, written out. */
function writtenOut(chain: readonly Clauses[]): Clauses {
  const retrain = chain.flatMap((each) => each.retrain ?? [])
  const names = [...new Set(chain.flatMap(({ scales }) => Object.keys(scales)))]
  return {
    plain: Object.assign({}, ...chain.map((each) => each.plain)) as Clauses['plain'],
    ...(retrain.length > 0 && { retrain: mergeGiven(retrain) }),
    scales: Object.fromEntries(
      names.map((name) => [name, mergeGiven(chain.flatMap(({ scales }) => scales[name] ?? []))]),
    ),
  }
}

/** The last search of a program, under one name, its training in the order of the names. */
function lastSearch(text: string): Omit<IrSearch, 'train'> & { readonly train: unknown } {
  const { diagnostics, ir } = loweredText(text)
  const search = ir?.searches.at(-1)
  if (search === undefined) throw new Error(`${text}\n${diagnostics.map(({ message }) => message).join('\n')}`)
  const train = Object.fromEntries(search.train.map((training) => [training.variables, training]))
  return { ...search, name: 'last', train }
}

describe('a search that is like another one', () => {
  it('is that search written out with its own clauses, whatever both say', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const declared: string[] = []
        const searches = chain.map((each, index) =>
          printSearch(`s${index}`, index === 0 ? '' : ` like s${index - 1}`, each, declared),
        )
        const program = [space, ...declared, ...searches].join('\n')
        expect(lastSearch(program)).toEqual(lastSearch(`${space}${printSearch('whole', '', writtenOut(chain), [])}`))
        const formatted = formatText({ path: 'main.nas', text: program })
        expect(formatted.kind).toBe('formatted')
        if (formatted.kind === 'formatted') expect(lastSearch(formatted.text)).toEqual(lastSearch(program))
      }),
      { seed: 11, numRuns: 20 },
    )
  })

  it('takes over clauses of a search that is imported, with the lets and params of its file', () => {
    const base = `${space}
settings long { epochs rounds }
param rounds = 9
search first of tiny {
  let rate = 0.25
  relax width by softmax
  minimise cross_entropy
  train weights { sgd(lr: rate) }
  derive argmax
  retrain long
}`
    const main = `import { first as origin, tiny } from "./base.nas"
import std:search
search second of tiny like origin where classes = 5 { train choices { adam(lr: rate) } }`
    const { ir } = loweredText(main, { 'base.nas': base })
    expect(ir?.searches.map(({ name, space }) => [name, space])).toEqual([['second', 'base.tiny@second']])
    expect(ir?.searches[0]).toMatchObject({
      train: [
        { variables: 'weights', optimiser: { arguments: { lr: { kind: 'number', value: 0.25 } } } },
        { variables: 'choices', optimiser: { arguments: { lr: { kind: 'number', value: 0.25 } } } },
      ],
      retrain: { values: { epochs: { arguments: { count: { kind: 'param', name: 'rounds' } } } } },
    })
  })
})
