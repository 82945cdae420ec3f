import { describe, expect, it } from 'vitest'
import { inAllLayers, layerIn, withAnyLayer, withoutLayers } from '../../../src/space/decisions/decision-path.js'

describe('the layers of a path', () => {
  it.each([
    ['mb2.layer[1].kernel', 'mb2.kernel', 'mb2.layer.kernel', 'mb2.kernel', 1],
    ['mb2.layer[12]', 'mb2', 'mb2.layer', 'mb2.layer', 12],
    ['mb2.layer[1].block.kernel[2]', 'mb2.block.kernel[2]', 'mb2.layer.block.kernel[2]', 'mb2.block.kernel[2]', 1],
    ['normal.n2.from', 'normal.n2.from', 'normal.n2.from', 'normal.n2.from', undefined],
    ['layer[3]', 'layer[3]', 'layer[3]', 'layer[3]', 3],
    ['player[3].kernel', 'player[3].kernel', 'player[3].kernel', 'player[3].kernel', undefined],
  ])('of %s', (path, without, any, all, layer) => {
    expect([withoutLayers(path), withAnyLayer(path), inAllLayers(path), layerIn(path)]).toEqual([
      without,
      any,
      all,
      layer,
    ])
  })
})
