import { describe, expect, it } from 'vitest'
import { edgeOptions } from '../../../../src/analysis/layers/cell/edge-option.js'
import { withEdge, withEdgeClosed, withinLimit } from '../../../../src/analysis/layers/cell/edge-progress.js'
import { cellState, nothingRead, smallCell } from '../../../support/small-cell.js'

const anyNodes = `node n1 { from any 0..1 of { x }; through conv(channels, 3) }
  node n2 { from any 0..2 of { x, n1 }; through conv(channels, 3); merge sum }
  node n3 { from any 0..2 of { x, n1, n2 }; through conv(channels, 3); merge sum }`
const withOperations = `node a { from { x }; through conv(channels, 3) }
  node b { from any 1.. of { x, a } x { identity, relu }; merge sum }`

function optionsOf(analysis: ReturnType<typeof smallCell>, name: string): ReturnType<typeof edgeOptions> {
  const node = analysis.plan.nodes.find((each) => each.name === name)
  if (!node) throw new Error(`no node ${name}`)
  return edgeOptions(analysis.plan, node)
}

describe('what a node may read', () => {
  it('is one option for every source', () => {
    const options = optionsOf(smallCell(anyNodes, 'concat(n1, n2, n3)'), 'n3')
    expect(options.map(({ source, option }) => [source, option])).toEqual([
      ['x', 0],
      ['n1', 1],
      ['n2', 2],
    ])
    expect(options.map(({ laterSources }) => laterSources)).toEqual([['n1', 'n2'], ['n2'], []])
  })

  it('is one option for every source and operation where these are part of the topology, numbered as its decision', () => {
    const options = optionsOf(smallCell(withOperations, 'b'), 'b')
    expect(options.map(({ source, option, laterOperations }) => [source, option, laterOperations])).toEqual([
      ['x', 0, 1],
      ['x', 1, 0],
      ['a', 2, 1],
      ['a', 3, 0],
    ])
    expect(options.length).toBe(options[0]?.node.decision?.options.length)
  })
})

describe('a cell with one more edge', () => {
  const analysis = smallCell(anyNodes, 'concat(n1, n2, n3)')
  const [fromInput, fromFirst] = optionsOf(analysis, 'n3')
  if (!fromInput || !fromFirst) throw new Error('n3 reads x and n1')

  it('uses the source where it uses the node', () => {
    const before = cellState(['n1', 'n3'], { used: ['n3'] })
    expect(withEdge(analysis, fromFirst, before)).toMatchObject({ used: ['n1', 'n3'], nodeInputs: 1, nodeEdges: 1 })
    expect(withEdge(analysis, fromFirst, cellState(['n1', 'n3'], { used: [] }))?.used).toEqual([])
  })

  it('has an input and no edge where the source is left out', () => {
    expect(withEdge(analysis, fromFirst, cellState(['n3']))).toMatchObject({
      nodeInputs: 1,
      nodeEdges: 0,
      used: ['n3'],
    })
  })

  it('cannot be where a node that is left out would read a map that is there', () => {
    expect(withEdge(analysis, fromInput, cellState([]))).toBeUndefined()
    expect(withEdge(analysis, fromFirst, cellState([]))).toBeDefined()
  })

  it('cannot be where the node reads as much as it may', () => {
    expect(withEdge(analysis, fromFirst, cellState(['n1', 'n3'], { nodeInputs: 2 }))).toBeUndefined()
  })

  it('leaves a cell with equal used maps the same list', () => {
    const before = cellState(['n1', 'n3'], { used: ['n3'] })
    const [one, other] = [withEdge(analysis, fromFirst, before), withEdge(analysis, fromFirst, before)]
    expect(one?.used).toEqual(['n1', 'n3'])
    expect(other?.used).toBe(one?.used)
  })
})

describe('several operations on one source', () => {
  const analysis = smallCell(withOperations, 'b')
  const [first, second] = optionsOf(analysis, 'b')
  if (!first || !second) throw new Error('b reads x through two operations')

  it('are one edge together', () => {
    const one = withEdge(analysis, first, cellState(['a', 'b']))
    const two = one && withEdge(analysis, second, cellState(['a', 'b'], one))
    expect(two).toMatchObject({ edgeOperations: 2, nodeEdges: 0 })
    expect(two && withEdgeClosed(two)).toMatchObject({ edgeOperations: 0, nodeEdges: 1 })
    expect(withEdgeClosed(nothingRead)).toMatchObject({ edgeOperations: 0, nodeEdges: 0 })
  })
})

describe('the limit that constraints set to edges', () => {
  const analysis = smallCell(anyNodes, 'concat(n1, n2, n3)', 'require edges <= 2')
  const [fromInput] = optionsOf(analysis, 'n3')
  if (!fromInput) throw new Error('n3 reads x')
  const { frame } = cellState(['n1', 'n2', 'n3'])

  it('counts the edges that nodes before must still have', () => {
    // The nodes n1 and n2 take at least one edge each.
    const settled = { ...nothingRead, nodeInputs: 1, nodeEdges: 1 }
    expect(withinLimit(analysis, fromInput, frame, { ...settled, edges: 1 })).toBeUndefined()
    expect(withinLimit(analysis, fromInput, frame, { ...settled, edges: 0 })).toBeDefined()
  })

  it('counts the edge that the node itself must still have', () => {
    const without = { ...nothingRead, edges: 0 }
    expect(withinLimit(analysis, fromInput, frame, without)).toBeUndefined()
  })

  it('is none where nothing is said of edges', () => {
    expect(withinLimit(smallCell(anyNodes, 'concat(n1, n2, n3)'), fromInput, frame, nothingRead)).toBe(nothingRead)
  })
})
