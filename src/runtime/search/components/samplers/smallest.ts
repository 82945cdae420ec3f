import type { SamplerComponent } from './sampler.js'
import { extremePass } from './select.js'

/** The network with the smallest option everywhere. */
export const smallest: SamplerComponent = (read) => ({
  trains: 'paths',
  passes: (space) => [extremePass(space, 'smallest', -1, read.clause)],
  covers: (pass) => pass === 'smallest',
})
