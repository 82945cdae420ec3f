import { describe, expect, it } from 'vitest'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { recordedDraws } from './draws.js'
import { examine, type Outcome } from './examine.js'
import { unlikeShapes } from './generator/unlike-shapes.js'

describe('random cells whose shapes hang on what is chosen in them, against brute force', () => {
  const standard = nodeHost()

  it('are analysed, and the analysis agrees', () => {
    const root = createRandom(20_261_130, 'unlike shapes')
    const found: Record<Outcome['kind'], number> = { agrees: 0, differs: 0, refused: 0, unanalysed: 0, large: 0 }
    for (let index = 0; index < 12; index++) {
      const program = unlikeShapes(recordedDraws(root.stream(String(index))))
      const outcome = examine(program, standard)
      found[outcome.kind] += 1
      if (outcome.kind === 'differs') throw new Error(`program ${index}: ${outcome.what}\n\n${outcome.text}`)
    }
    expect(found.unanalysed).toBe(0)
    expect(found.agrees).toBeGreaterThan(8)
  })
})
