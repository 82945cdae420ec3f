import { describe, it } from 'vitest'
import { compareThousandPrograms } from './thousand-programs.js'

describe('a thousand random programs', () => {
  it('agree with brute force in counts, costs, histograms, samples and membership', async () => {
    await compareThousandPrograms(20_261_129)
  }, 600_000)
})
