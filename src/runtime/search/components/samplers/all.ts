import type { SamplerComponent } from './sampler.js'

/** Every step trains the whole supernet. */
export const all: SamplerComponent = () => ({ path: (relaxed) => ({ binding: relaxed, key: 'all' }) })
