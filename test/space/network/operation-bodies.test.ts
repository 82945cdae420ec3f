import { describe, expect, it } from 'vitest'
import { buildNetwork } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

/** Shapes of the weights of a stage of four layers, the same maps arriving at the last three. */
function weights(declarations: string, layer: string): readonly string[] {
  const text = `import { conv, global_pool, linear, relu } from std:nn
${declarations}
space s {
  input image(8, 8, 3); classes 10
  network {
    stem conv(8)
    stage a { width 8; depth 4; layer ${layer} }
    head global_pool -> linear(classes)
  }
}`
  const { nodes } = buildNetwork(compiledText(text), 's', {
    params: {},
    binding: () => ({ kind: 'fixed', options: [0] }),
    mode: 'standalone',
  })
  return nodes.flatMap((node) =>
    node.kind === 'layer' && node.path.startsWith('a[') ? node.weights.map(({ shape }) => shape.join('x')) : [],
  )
}

// What an operation comes to is worked out once for equal maps and arguments, and per layer only where it asks which one it is.
describe('operations that ask which layer they are in', () => {
  const expected = weights('', 'conv(8, 2 * layer + 1) -> relu')

  it('differ by layer when they are written in place', () => {
    expect(expected).toEqual(['3x3x8x8', '5x5x8x8', '7x7x8x8', '9x9x8x8'])
  })

  it.each([
    ['in their body', 'op block = conv(8, 2 * layer + 1) -> relu', 'block'],
    ['in what their body applies', 'op inner = conv(8, 2 * layer + 1)\nop block = inner -> relu', 'block'],
    ['in a default', 'op block(k: int = 2 * layer + 1) = conv(8, k) -> relu', 'block'],
    ['in a constant', 'let k = 3\nlet inner = conv(8, 2 * layer + 1)\nop block = inner -> relu', 'block'],
    ['in an argument', 'op block(k: int) = conv(8, k) -> relu', 'block(2 * layer + 1)'],
    [
      'in an operation that they are given',
      'op block(inside: operation) = inside -> relu',
      'block(conv(8, 2 * layer + 1))',
    ],
    [
      'in an operation given by name',
      'op inner = conv(8, 2 * layer + 1)\nop block(inside: operation) = inside -> relu',
      'block(inner)',
    ],
    [
      'in the default of one that they are given',
      'op inner(k: int = 2 * layer + 1) = conv(8, k)\nop block(inside: operation) = inside -> relu',
      'block(inner)',
    ],
  ])('differ when it stands %s', (_, declarations, layer) => {
    expect(weights(declarations, layer)).toEqual(expected)
  })

  it('differ by whether they are the first', () => {
    const block = 'op inner = if first then conv(8, 5) else conv(8, 3)\nop block = inner -> relu'
    expect(weights(block, 'block')).toEqual(['5x5x8x8', '3x3x8x8', '3x3x8x8', '3x3x8x8'])
  })
})
