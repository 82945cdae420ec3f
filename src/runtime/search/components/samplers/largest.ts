import type { SamplerComponent } from './sampler.js'
import { extremeOption } from './select.js'

/** The network with the largest option everywhere. */
export const largest: SamplerComponent = (read) => ({
  trains: 'paths',
  passes: (space) => [
    space.path(
      'largest',
      space.architecture((decision) => extremeOption(decision, 1, read.clause)),
    ),
  ],
  covers: (pass) => pass === 'largest',
})
