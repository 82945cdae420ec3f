import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countArchitectures, countDistinct, unmetConstraints } from '../../../src/analysis/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { bindingOf, buildNetwork } from '../../../src/space/index.js'
import type { Network } from '../../../src/space/index.js'
import { enumerated } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

const options = { params: {} }

function counts(text: string): readonly [bigint, unknown] {
  const ir = compiledText(text)
  return [countArchitectures(ir, 's', options).architectures, Object.values(countDistinct(ir, 's', options))[0]]
}

const space = (network: string, more = '', head = ''): string => `
import { conv, global_pool, identity, linear, relu, zero } from std:nn
${more}
space s { input image(8, 3); classes 2; ${head} network { ${network}; head global_pool -> linear(classes) } }`

describe('distinct networks', () => {
  it('are 3,969 of the 6,561 of NAS-Bench-Macro', () => {
    const macro = `
import { bn, conv, global_pool, identity, linear, relu6, depthwise } from std:nn
op mb(kernel: int, expand: int, stride: int = 1) =
  conv(expand * in) -> bn -> relu6 -> depthwise(kernel, stride) -> bn -> relu6 -> conv(channels) -> bn
op down(stride: int = 1) = conv(channels, 1, stride) -> bn
let first = { down, mb(3, 3), mb(5, 6) }
let blocks = { identity, mb(3, 3), mb(5, 6) }
space s {
  input image(32, 32, 3); classes 10
  network {
    stem conv(32, 3) -> bn -> relu6
    stage a { width 64; depth 2; stride 2; first one of first; layer one of blocks }
    stage b { width 128; depth 3; stride 2; first one of first; layer one of blocks }
    stage c { width 256; depth 3; stride 2; first one of first; layer one of blocks }
    head conv(1280) -> bn -> relu6 -> global_pool -> linear(classes)
  }
}`
    expect(counts(macro)).toEqual([6_561n, 3_969n])
  })

  it('differ by widths, stems, lets and resolutions', () => {
    const cell = 'cell one_conv(x) { node n { from { x }; through conv(channels, 3) }; output n }'
    const stack = 'let w = one of {8, 16}; stem conv(w, 3) -> relu; stack 1 of only, channels w'
    expect(counts(space(stack, cell, 'cell only = one_conv;'))).toEqual([2n, 2n])
    expect(counts(space('stem conv(8, one of {1, 3})').replace('image(8, 3)', 'image(one of {8, 10}, 3)'))).toEqual([
      4n,
      4n,
    ])
  })

  it('of cells in which edges share a choice are one for each option', () => {
    const cell = (through: string): string => `cell c(x) {
  node n[1..2] { from all of earlier; through ${through}; merge sum }
  output n[2]
}`
    const stack = 'stem conv(8, 3); stack 1 of a, channels 8'
    const shared = cell('one of { relu, conv(channels, 3) } per cell')
    expect(counts(space(stack, shared, 'cell a = c;'))).toEqual([2n, 2n])
    const both = cell('one of { conv(channels, 1), conv(channels, 1) -> identity }')
    expect(counts(space(stack, both, 'cell a = c;'))).toEqual([8n, 1n])
  })

  it('of cells are the product of those of each cell, with what is chosen around them', () => {
    const cell = `cell c(x) {
  node n[1..2] { from all of earlier; through one of { zero, identity, conv(channels, 3) }; merge sum }
  output n[2]
}`
    const one = counts(space('stem conv(8, 3); stack 1 of a, channels 8', cell, 'cell a = c;'))
    const two = counts(
      space(
        'stem conv(8, one of {1, 3}); stack 1 of a, channels 8; stack 2 of b, channels 8',
        cell,
        'cell a = c; cell b = c;',
      ),
    )
    expect(one).toEqual([27n, 9n])
    expect(two).toEqual([2n * 27n * 27n, 2n * 9n * 9n])
  })

  it.each([
    ['widths that change nothing', 'stack 2 of u, channels one of {2, 6}', 'one of { relu, relu -> relu }'],
    ['widths that change some of them', 'stack 1 of u, channels one of {4, 6}', 'one of { relu, conv(channels, 1) }'],
    [
      'their number',
      'stack one of {1, 2} of u, channels 4',
      'one of { identity, conv(channels, 3), conv(channels, 3) -> conv(channels, 3) }',
    ],
    [
      'cells that may be none',
      'stack 1 of u, channels 4; stack 1 of v, channels 4',
      'one of { identity, conv(channels, 3) }',
    ],
    [
      'layers around them',
      'stage a { width 4; depth one of {1, 2}; layer conv(4, 3) }; stack 1 of u, channels 4; stage b { width 4; depth one of {1, 2}; layer conv(4, 3) }',
      'one of { conv(channels, 3), relu }',
    ],
    [
      'cells without a choice',
      'stack one of {1, 2} of u, channels 4; stage a { width 4; depth one of {1, 2}; layer relu }',
      'relu',
    ],
  ])('are told through cells, by %s', (_, network, through) => {
    const cell = `cell c(x) { node n { from { x }; through ${through} }; output n }`
    const ir = compiledText(
      space(`stem conv(4, 1); ${network}`, cell, network.includes('of v') ? 'cell u = c; cell v = c;' : 'cell u = c;'),
    )
    expect(countDistinct(ir, 's', options)).toEqual({ count: BigInt(new Set(textsOf(ir)).size) })
  })

  it('are those that enumeration finds, in random stacks, wherever they are counted', () => {
    const operation = fc.constantFrom(
      'identity',
      'relu',
      'relu -> relu',
      'conv(channels, 1)',
      'conv(channels, 1) -> relu',
    )
    const choice = fc
      .uniqueArray(operation, { minLength: 1, maxLength: 3 })
      .map((all) => (all.length === 1 ? (all[0] ?? '') : `one of { ${all.join(', ')} }`))
    const cell = fc.tuple(choice, fc.constantFrom('n', 'n[1..2]')).map(([through, nodes]) => {
      const from = nodes === 'n' ? '{ x }' : 'all of earlier'
      return `(x) { node ${nodes} { from ${from}; through ${through} }; output ${nodes.replace('1..', '')} }`
    })
    const number = fc.constantFrom('1', '2', 'one of {1, 2}')
    const stack = fc
      .tuple(number, fc.constantFrom('u', 'v'), fc.constantFrom('4', 'one of {4, 6}'))
      .map(([count, use, width]) => `stack ${count} of ${use}, channels ${width}`)
    const stage = fc.tuple(number, choice).map(
      ([depth, layer]) =>
        (name: string) =>
          `stage ${name} { width 4; depth ${depth}; layer ${layer} }`,
    )
    let counted = 0
    fc.assert(
      fc.property(cell, cell, stage, fc.array(stack, { minLength: 1, maxLength: 2 }), stage, (u, v, a, stacks, b) => {
        const network = `stem conv(4, 1); ${a('a')}; ${stacks.join('; ')}; ${b('b')}`
        const uses = ['u', 'v'].filter((name) => network.includes(`of ${name},`))
        const cells = `cell c_u${u}\ncell c_v${v}`
        const ir = compiledText(space(network, cells, uses.map((name) => `cell ${name} = c_${name};`).join(' ')))
        if (countArchitectures(ir, 's', options).architectures > 300n) return
        const found = countDistinct(ir, 's', options)
        if (!('count' in found)) return
        counted += 1
        expect(found.count).toBe(BigInt(new Set(textsOf(ir)).size))
      }),
      { numRuns: 25, seed: 7 },
    )
    expect(counted).toBeGreaterThan(5)
  })

  it.each([
    ['costs are constrained', space('stem conv(one of {4, 8}, 3)', '', 'require macs <= 20_000;')],
    [
      'more is chosen in a than one operation for each of a few fixed edges',
      space(
        'stem conv(8, 3); stack 1 of a, channels 8',
        'cell c(x) { node n[1..2] { from any 1 of earlier; through conv(channels) }; output sum(n) }',
        'cell a = c;',
      ),
    ],
  ])('are not counted where %s', (reason, text) => {
    expect(counts(text)[1]).toBe(reason)
  })

  it('are those that enumeration finds, in random chains', () => {
    const conv = fc.constantFrom('conv(4, 1)', 'conv(4, 3)', 'conv(4, 3) -> relu', 'relu')
    const branches = fc.tuple(conv, conv).map(([a, b]) => `sum(${a}, ${b})`)
    const option = fc.oneof(
      { weight: 3, arbitrary: conv },
      { weight: 3, arbitrary: fc.constant('identity') },
      branches,
      fc.constant('sum(identity, conv(4, 1))'),
      fc.constant('conv(4, one of {1, 3})'),
    )
    const choice = fc
      .uniqueArray(option, { minLength: 1, maxLength: 3 })
      .map((all) => (all.length === 1 ? (all[0] ?? '') : `one of { ${all.join(', ')} }`))
    const stage = fc
      .tuple(choice, fc.constantFrom('1', '2', 'one of {0, 1, 2}', 'one of {1, 3}'))
      .map(([layer, depth]) => `{ width 4; depth ${depth}; layer ${layer} }`)
    const require = fc.constantFrom('', '', 'require a.depth + b.depth <= 4;', 'require a.depth + b.depth >= 2;')
    fc.assert(
      fc.property(choice, stage, stage, require, (stem, a, b, requires) => {
        const text = space(`stem conv(4, 1) -> (${stem}); stage a ${a}; stage b ${b}`, '', requires)
        const ir = compiledText(text)
        if (countArchitectures(ir, 's', options).architectures > 400n) return
        const met = (paths: Readonly<Record<string, readonly number[]>>): boolean =>
          requires === '' || unmetConstraints(ir, { space: 's', decisions: paths }, {}).length === 0
        const networks = enumerated(ir, 's').filter(({ architecture }) => met(architecture.decisions))
        const texts = networks.map(({ architecture }) =>
          written(buildNetwork(ir, 's', { params: {}, binding: bindingOf(architecture), mode: 'standalone' })),
        )
        expect(countDistinct(ir, 's', options)).toEqual({ count: BigInt(new Set(texts).size) })
      }),
      { numRuns: 25, seed: 1 },
    )
  })

  it.each([
    [
      'an option that cannot be built',
      'one of { conv(channels), conv(channels, groups: 2), relu }',
      'n',
      'some of the cells',
    ],
    ['a first option that cannot be built', 'one of { conv(channels, groups: 2), relu }', 'n', 'some of the cells'],
    [
      'an option that is another one here',
      'one of { relu, (if channels > 3 then conv(channels) else relu) }',
      'n',
      'more',
    ],
    ['an output that may read nothing', 'relu', 'sum(any 0.. of { n })', 'more'],
  ])('are not counted in cells with %s', (_, through, output, reason) => {
    const ir = compiledText(`import { conv, global_pool, linear, relu } from std:nn
cell c(x) {
  node n { from { x }; through ${through} }
  output ${output}
}
space s {
  input image(6, 3)
  classes 2
  cell u = c
  network { stem conv(3); stack 1 of u, channels 3; head global_pool -> linear(classes) }
}
`)
    const found = countDistinct(ir, 's', options)
    expect('unknownBecause' in found && found.unknownBecause.split(' ').slice(0, 4).join(' ')).toMatch(reason)
  })
})

/** Every network of a space as one expression. */
function textsOf(ir: Ir): readonly string[] {
  return enumerated(ir, 's').map(({ architecture }) =>
    written(buildNetwork(ir, 's', { params: {}, binding: bindingOf(architecture), mode: 'standalone' })),
  )
}

/** A network as one expression, from its logits on. */
function written({ nodes, logits, input }: Network): string {
  const texts: string[] = []
  for (const node of nodes) {
    const inputs = node.inputs.map((id) => texts[id] ?? '')
    if (node.kind === 'input') texts.push(JSON.stringify(input))
    else if (node.kind === 'merge') texts.push(`sum(${inputs.sort().join('+')})`)
    else if (node.kind !== 'layer' || node.operation === 'identity') texts.push(inputs[0] ?? '')
    else texts.push(`${node.operation}${JSON.stringify(node.attributes)}(${inputs.join()})`)
  }
  return texts[logits] ?? ''
}
