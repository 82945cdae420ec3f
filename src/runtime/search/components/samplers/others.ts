import type { SamplerComponent } from './sampler.js'

/** The networks of a step that no other objective is for; none of its own. */
export const others: SamplerComponent = () => ({
  trains: 'paths',
  passes: () => [],
  covers: (pass, named) => !named.has(pass),
})
