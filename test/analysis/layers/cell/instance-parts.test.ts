import { describe, expect, it } from 'vitest'
import { instanceParts, mergeCosts, type CellPart } from '../../../../src/analysis/layers/cell/instance-parts.js'
import type { InstanceGroup } from '../../../../src/analysis/layers/cell/cell-frame.js'
import type { Decision } from '../../../../src/space/decisions/decision.js'
import { smallCell } from '../../../support/small-cell.js'

const decision: Decision = { path: 'normal.n1.through', kind: 'through', options: ['thin', 'wide'] }

/** A group of so many instances whose maps have this many channels. */
function group(channels: number, times: number): InstanceGroup {
  const { plan } = smallCell('node n1 { from { x }; through conv(channels, 3) }', 'n1')
  const shape = { height: 2, width: 2, channels }
  const copy = { use: plan.use, cell: plan.cell, copy: 'cells[1]', channels }
  return {
    copy,
    raw: [shape],
    prepared: [shape],
    states: new Map([['x', shape]]),
    variable: new Set(),
    main: shape,
    merged: shape,
    times,
  }
}

const part = (built: () => void): CellPart => ({
  key: 'n1 x 0',
  inputs: ({ raw }) => raw,
  build(decider, { copy }) {
    built()
    const channels = copy.channels * (decider.single(decision, undefined) + 1)
    return { costs: [channels], shape: { height: 2, width: 2, channels } }
  },
})

describe('costs of a part in all instances of a cell', () => {
  it('are those of one instance times their number, under every selection', () => {
    const tree = instanceParts([0])(
      part(() => undefined),
      [group(4, 3), group(8, 1)],
    )
    const found = tree.paths(() => undefined).map(({ selections, result }) => [selections[0]?.options, result])
    const shape = (channels: number): object => ({ height: 2, width: 2, channels })
    expect(found).toEqual([
      [[0], { value: { costs: [20], shapes: [shape(4), shape(8)] } }],
      [[1], { value: { costs: [40], shapes: [shape(8), shape(16)] } }],
    ])
  })

  it('are built once for equal parts, whichever groups ask', () => {
    let count = 0
    const costs = instanceParts([0])
    const counted = part(() => count++)
    for (const groups of [[group(4, 3)], [group(4, 3)]]) costs(counted, groups).paths(() => undefined)
    expect(count).toBe(decision.options.length)
    costs(counted, [group(4, 2)]).paths(() => undefined)
    expect(count).toBe(2 * decision.options.length)
  })
})

describe('costs of a merge', () => {
  it('are the memory of its result in all instances', () => {
    const quantities = (['macs', 'activation_bytes'] as const).map((name) => ({ name, convention: 'conv-fc' as const }))
    const groups = [group(4, 3), group(8, 1)]
    expect(mergeCosts({ quantities }, groups, ({ merged }) => merged)).toEqual([0, 4 * 4 * (4 * 3 + 8)])
    expect(mergeCosts({ quantities }, groups, ({ merged }) => merged, 2)).toEqual([0, 2 * 4 * 4 * (4 * 3 + 8)])
    expect(mergeCosts({ quantities }, groups, () => undefined)).toEqual([0, 0])
  })
})
