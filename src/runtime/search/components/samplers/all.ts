import type { SamplerComponent } from './sampler.js'

/** Every step trains the whole supernet. */
export const all: SamplerComponent = () => ({
  passes: ({ relaxed }) => [{ name: 'all', binding: relaxed, key: 'all', trains: true }],
})
