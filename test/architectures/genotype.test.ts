import { describe, expect, it } from 'vitest'
import {
  architectureOfGenotype,
  cellsOf,
  genotypeOf,
  readGenotypes,
  writeGenotype,
  type Genotype,
} from '../../src/architectures/genotype/index.js'
import { Failure } from '../../src/catalogue/failure.js'
import { costOf } from '../../src/space/cost/index.js'
import { bindingOf, buildNetwork, resolveParams } from '../../src/space/index.js'
import { compiledFile, compiledText } from '../support/programs.js'
import { publishedGenotypes } from '../support/published-genotypes.js'

const operations = new Map<string, string>()
const darts = compiledFile('spaces/darts.nas')
const params = resolveParams(darts, { cells: 20, width: 36 })
const target = { space: 'darts', cells: cellsOf(darts, 'darts', params), operations }
const textOf = (text: string) => ({ file: 'genotypes.py', text })

/** The edges of a node in any order. */
const sorted = ({ cells }: Genotype) =>
  cells.map(({ name, nodes, concat }) => ({
    name,
    nodes: nodes.map((edges) => edges.map(({ operation, source }) => `${operation}@${String(source)}`).sort()),
    concat: concat?.states,
  }))

function read(text: string) {
  const source = textOf(text)
  const [genotype] = readGenotypes(source)
  if (genotype === undefined) throw new Error('no genotype')
  return { genotype, architecture: architectureOfGenotype(source, genotype, target) }
}

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof Failure) return `${error.code} ${error.message} ${error.help}`
    throw error
  }
  throw new Error('it did not fail')
}

describe('published genotypes', () => {
  it.each([...publishedGenotypes])('%s is read into the space of DARTS, and written as it was', (name, text) => {
    const { genotype, architecture } = read(`${name} = ${text}`)
    expect(genotype.name).toBe(name)
    const written = writeGenotype(genotypeOf(architecture, target.cells, operations, name), target.cells)
    const again = read(written)
    expect(sorted(again.genotype)).toEqual(sorted(genotype))
    const order = (decisions: Readonly<Record<string, readonly number[]>>) =>
      Object.fromEntries(Object.entries(decisions).map(([path, options]) => [path, options.toSorted((a, b) => a - b)]))
    expect(order(again.architecture.decisions)).toEqual(order(architecture.decisions))
  })

  it.each([
    ['DARTS_V1', 3_169_414, 500_987_520],
    ['DARTS_V2', 3_349_342, 528_359_040],
    ['PC_DARTS_cifar', 3_634_678, 556_670_592],
  ])('%s has %i parameters and %i multiply-accumulates', (name, parameters, macs) => {
    const { architecture } = read(publishedGenotypes.get(name) ?? '')
    const network = buildNetwork(darts, 'darts', { params, binding: bindingOf(architecture), mode: 'standalone' })
    expect(costOf(network)).toMatchObject({ parameters, macs })
  })

  it('stand together in a file with other code around them', () => {
    const text = `from collections import namedtuple\n\nGenotype = namedtuple('Genotype', 'normal normal_concat reduce reduce_concat')\nPRIMITIVES = ['none']\n${[...publishedGenotypes].map(([name, each]) => `${name} = ${each}\n`).join('')}DARTS = DARTS_V2\n`
    expect(readGenotypes(textOf(text)).map(({ name }) => name)).toEqual([...publishedGenotypes.keys()])
  })
})

describe('a genotype', () => {
  const ragged = compiledText(`import { bn, conv, global_pool, linear } from std:nn
import std:cells
cell some(s0, s1) {
  node n[1..3] { from any 1.. of earlier; through one of { none, skip, sep_conv(3) }; merge sum }
  output concat(any 1.. of n)
}
space small {
  input image(8, 3); classes 4
  cell normal = some
  network { stem conv(4, 3) -> bn; stack 1 of normal, channels 4; head global_pool -> linear(classes) }
}`)
  const small = { space: 'small', cells: cellsOf(ragged, 'small', resolveParams(ragged, {})), operations }

  it('has a list for each node where nodes have different numbers of inputs', () => {
    const text =
      "Genotype(normal=[[('skip_connect', 0)], [('sep_conv_3x3', 2), ('skip_connect', 1), ('none', 0)], [('skip_connect', 3), ('skip_connect', 2)]], normal_concat=[3, 4])"
    const source = textOf(text)
    const [genotype] = readGenotypes(source)
    if (genotype === undefined) throw new Error('no genotype')
    const architecture = architectureOfGenotype(source, genotype, small)
    expect(architecture.decisions['normal.n2.from']).toEqual([2, 1, 0])
    expect(architecture.decisions['normal.output']).toEqual([1, 2])
    const written = writeGenotype(genotypeOf(architecture, small.cells, operations), small.cells)
    expect(written).toBe(text.replace('[3, 4]', 'range(3, 5)'))
  })

  it('is written as NAS-Bench-201 does where a cell reads everything', () => {
    const ir = compiledFile('spaces/nas-bench-201.nas')
    const cells = cellsOf(ir, 'nas_bench_201', resolveParams(ir, {}))
    const text = '|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|'
    const [genotype] = readGenotypes(textOf(text))
    if (genotype === undefined) throw new Error('no genotype')
    const architecture = architectureOfGenotype(textOf(text), genotype, { space: 'nas_bench_201', cells, operations })
    expect(writeGenotype(genotypeOf(architecture, cells, operations), cells)).toBe(text)
  })

  it.each([
    [
      "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3' 1)])",
      'NAS8121 genotypes.py:1:55: `1` stands where `,` or `)` is expected.',
    ],
    ["Genotype(\n  normal=[('sep_conv_3x3', x)])", 'NAS8121 genotypes.py:2:28: `x` stands where a list, a pair'],
    ["Genotype(normal=[('skip_connect', 0)", 'NAS8121 genotypes.py:1:37: the end of the text stands where `,` or `]`'],
    ['nothing of the kind', 'NAS8122 genotypes.py: has no genotype.'],
    ['|nor_conv_3x3~0|+|nor_conv_3x3|', 'NAS8121 genotypes.py:1:19: `nor_conv_3x3` stands where an operation, `~`'],
    [
      '|skip_connect~0|+|skip_connect~0|skip_connect~1|',
      'NAS8123 genotypes.py:1:1: the genotype is of one cell, and the cells of darts with open choices are normal, reduction.',
    ],
    [
      (publishedGenotypes.get('DARTS_V2') ?? '').replace('reduce=', 'fancy=').replace('reduce_concat', 'fancy_concat'),
      'has a cell `fancy`, and the cells of darts with open choices are normal, reduction.',
    ],
    [
      (publishedGenotypes.get('DARTS_V2') ?? '').replace('sep_conv_3x3', 'sep_comv_3x3'),
      'NAS8125 genotypes.py:1:19: the operation `sep_comv_3x3` is no option of `normal.n1.through[s0]`: none, max_pool(3), avg_pool(3), skip, sep_conv(3), sep_conv(5), dil_conv(3), dil_conv(5). Did you mean `sep_conv(3)`?',
    ],
    [
      (publishedGenotypes.get('DARTS_V2') ?? '').replace("('sep_conv_3x3', 0)", "('sep_conv_3x3', 2)"),
      'NAS8124 genotypes.py:1:19: does not fit the cell `normal`: n1 cannot read state 2; it may read 0 (s0), 1 (s1).',
    ],
    [
      (publishedGenotypes.get('DARTS_V2') ?? '').replace('normal_concat=range(2, 6)', 'normal_concat=[2, 3, 4]'),
      'does not fit the cell `normal`: it concatenates n1, n2, n3, and the cell n1, n2, n3, n4.',
    ],
  ])('with a fault is refused where it stands: %s', (text, message) => {
    expect(messageOf(() => read(text))).toContain(message)
  })
})
