import { describe, expect, it } from 'vitest'
import { mergedShape } from '../../../src/space/network/merged-shape.js'
import { createBuilder, type NetworkBuilder } from '../../../src/space/network/network-builder.js'
import type { Shape } from '../../../src/space/evaluation/shape.js'

const map = (height: number, channels: number): Shape => ({ height, width: height, channels })
const maps = (...shapes: readonly Shape[]): Parameters<typeof mergedShape>[2] =>
  shapes.map((shape, index) => ({ path: `map ${index}`, shape }))

const cost = { macs: 0, extra: {} }

function convolution(builder: NetworkBuilder, path: string, input: number, shape = map(8, 4)): number {
  return builder.layer({ path, input, shape, operation: 'conv', attributes: {}, weights: [], cost })
}

describe('the shape of merged maps', () => {
  it('is theirs where they agree', () => {
    expect(mergedShape('n', 'sum', maps(map(8, 4), map(8, 4)))).toEqual(map(8, 4))
    expect(() => mergedShape('n', 'sum', maps(map(8, 4), map(8, 2)))).toThrow('a sum needs equal shapes')
    expect(() => mergedShape('n', 'sum', [])).toThrow('nothing to merge')
  })

  it('has the channels of all of them where they are concatenated', () => {
    expect(mergedShape('n', 'concat', maps(map(8, 4), map(8, 2)))).toEqual(map(8, 6))
    expect(() => mergedShape('n', 'concat', maps(map(8, 4), map(4, 4)))).toThrow('a concat needs equal shapes')
  })

  it('is that of the map which a vector per channel scales', () => {
    expect(mergedShape('n', 'multiply', maps(map(1, 4), map(8, 4)))).toEqual(map(8, 4))
    expect(() => mergedShape('n', 'multiply', maps(map(1, 2), map(8, 4)))).toThrow('a multiply needs equal shapes')
  })
})

describe('a network in which features are shared', () => {
  it('has one layer for all that are built at one path behind one map', () => {
    const builder = createBuilder({ sharing: true })
    const input = builder.input(map(8, 4))
    expect(convolution(builder, 'conv', input)).toBe(convolution(builder, 'conv', input))
    expect(builder.nodes.length).toBe(2)
  })

  it('has one merge of the same maps', () => {
    const builder = createBuilder({ sharing: true })
    const inputs = [builder.input(map(8, 4)), builder.input(map(8, 4), 'other')]
    expect(builder.merge('n', 'sum', inputs)).toBe(builder.merge('n', 'sum', inputs))
    expect(builder.merge('n', 'sum', [...inputs, ...inputs])).not.toBe(builder.merge('n', 'sum', inputs))
  })

  it('cannot need one layer in two shapes', () => {
    const builder = createBuilder({ sharing: true })
    const input = builder.input(map(8, 4))
    convolution(builder, 'conv', input)
    expect(() => convolution(builder, 'conv', input, map(4, 4))).toThrow('features are shared')
  })
})

describe('a range of nodes that is repeated', () => {
  const withCell = (outline: boolean): { readonly builder: NetworkBuilder; readonly output: number } => {
    const builder = createBuilder({ outline })
    const input = builder.input(map(8, 4))
    const from = builder.nodes.length
    const first = convolution(builder, 'cells[1].a', input)
    const output = builder.merge('cells[1].output', 'sum', [input, first])
    const range = { path: 'cells[1]', inputs: [input], from, to: builder.nodes.length, output }
    return { builder, output: builder.repeat(range, 'cells[2]', [output]) }
  }

  it('stands behind other maps under another path', () => {
    const { builder, output } = withCell(false)
    expect(builder.nodes.map(({ path, inputs }) => [path, inputs])).toEqual([
      ['input', []],
      ['cells[1].a', [0]],
      ['cells[1].output', [0, 1]],
      ['cells[2].a', [2]],
      ['cells[2].output', [2, 3]],
    ])
    expect(output).toBe(4)
  })

  it('is its end alone where only shapes are asked for', () => {
    const { builder, output } = withCell(true)
    expect(builder.nodes.slice(3).map(({ path, inputs }) => [path, inputs])).toEqual([['cells[2].output', [2]]])
    expect(output).toBe(3)
  })
})

describe('two nodes at one path', () => {
  it('are a defect, unless they are alternatives', () => {
    const builder = createBuilder()
    const input = builder.input(map(8, 4))
    convolution(builder, 'conv', input)
    expect(() => convolution(builder, 'conv', input)).toThrow('two nodes at conv')
    const open = createBuilder({ alternatives: true })
    const image = open.input(map(8, 4))
    expect(convolution(open, 'conv', image)).not.toBe(convolution(open, 'conv', image))
  })

  it('are numbered where they have no weights', () => {
    const builder = createBuilder()
    const inputs = [builder.input(map(8, 4)), builder.input(map(8, 4), 'other')]
    const merges = [builder.merge('n', 'sum', inputs), builder.merge('n', 'sum', inputs)]
    expect(merges.map((id) => builder.path(id))).toEqual(['n', 'n[2]'])
  })
})
