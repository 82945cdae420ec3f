import type { SamplerComponent } from './sampler.js'
import { extremeOption } from './select.js'

/** The network with the smallest option everywhere. */
export const smallest: SamplerComponent = (read) => ({
  trains: 'paths',
  passes: (space) => [
    space.path(
      'smallest',
      space.architecture((decision) => extremeOption(decision, -1, read.clause)),
    ),
  ],
  covers: (pass) => pass === 'smallest',
})
