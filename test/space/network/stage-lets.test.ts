import { describe, expect, it } from 'vitest'
import { costRange } from '../../../src/analysis/index.js'
import { compiledText } from '../../support/programs.js'

/** Parameters of a network with one stage of 24 channels to 8 and a classifier of 10. */
function parameters(stage: string): number | undefined {
  const ir = compiledText(`import { conv, global_pool, linear, relu } from std:nn
space s {
  input image(8, 8, 3)
  classes 10
  network { stem conv(24); stage a { width 8; ${stage} }; head global_pool -> linear(classes) }
}`)
  return costRange(ir, 's', { params: {} }, 'parameters')?.least.value
}

const [stem, classifier] = [3 * 24, 8 * 10 + 10]

describe('what layers of a stage see', () => {
  it('a let of the stage is asked for the width of the stage', () => {
    expect(parameters('let r = conv -> relu; layer r')).toBe(stem + 24 * 8 + classifier)
  })

  it('the size of the map that arrives', () => {
    expect(parameters('layer if input.width > 4 then conv(channels, 3) else conv')).toBe(stem + 24 * 8 * 9 + classifier)
  })
})
