import type { SamplerComponent } from './sampler.js'
import { extremePass } from './select.js'

/** The network with the largest option everywhere. */
export const largest: SamplerComponent = (read) => ({
  trains: 'paths',
  passes: (space) => [extremePass(space, 'largest', 1, read.clause)],
  covers: (pass) => pass === 'largest',
})
