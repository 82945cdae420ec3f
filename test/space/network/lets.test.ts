import { describe, expect, it } from 'vitest'
import { buildNetwork } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

const operations = [
  'conv',
  'conv -> relu',
  'conv(channels: channels)',
  'conv(channels, 3) -> relu',
  'conv(2 * in) -> conv',
  'residual { conv }',
  'if first then conv(channels, 3) else conv',
  'conv(channels, 2 * layer + 1)',
  'zero(1) -> conv',
  'skip(2)',
]

/** Weights of a stage whose layers are an operation, which stands in a `let` at a place. */
function weights(text: string): readonly string[] {
  const { nodes } = buildNetwork(compiledText(text), 's', {
    params: {},
    binding: () => ({ kind: 'fixed', options: [0] }),
    mode: 'standalone',
  })
  return nodes.flatMap((node) => (node.kind === 'layer' ? node.weights.map(({ shape }) => shape.join('x')) : []))
}

const imports = `import { conv, global_pool, linear, relu, zero } from std:nn
import { skip } from std:cells`

function stage(operation: string, where: 'inline' | 'module' | 'space' | 'network' | 'stage'): string {
  const at = (place: string): string => (place === where ? `let r = ${operation}` : '')
  return `${imports}
${at('module')}
space s {
  input image(8, 8, 3); classes 10
  ${at('space')}
  network {
    ${at('network')}
    stem conv(24)
    stage a { width 8; depth 2; ${at('stage')}
      layer ${where === 'inline' ? operation : 'r'} }
    head global_pool -> linear(classes)
  }
}`
}

function cell(operation: string, where: 'inline' | 'module' | 'cell' | 'node'): string {
  const at = (place: string): string => (place === where ? `let r = ${operation}` : '')
  return `${imports}
${at('module')}
cell c(x) {
  ${at('cell')}
  prepare x { conv(8) }
  node n[1..2] { from all of earlier; ${at('node')}
    through ${where === 'inline' ? operation : 'r'}; merge sum }
  output n[2]
}
space s {
  input image(8, 8, 3); classes 10
  cell k = c
  network { stem conv(24); stack 2 of k, channels 8; head global_pool -> linear(classes) }
}`
}

describe('an operation in a let is what it is where it is used, wherever the let stands', () => {
  it.each(operations)('in a stage: %s', (operation) => {
    const expected = weights(stage(operation, 'inline'))
    expect(expected.length).toBeGreaterThan(2)
    for (const where of ['module', 'space', 'network', 'stage'] as const)
      expect(weights(stage(operation, where)), where).toEqual(expected)
  })

  it.each(operations.filter((each) => !/first|layer|skip/.test(each)))('in a cell: %s', (operation) => {
    const expected = weights(cell(operation, 'inline'))
    expect(expected.length).toBeGreaterThan(2)
    for (const where of ['module', 'cell', 'node'] as const)
      expect(weights(cell(operation, where)), where).toEqual(expected)
  })
})
