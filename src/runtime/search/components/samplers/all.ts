import type { SamplerComponent } from './sampler.js'

/** Every step trains the whole supernet. An objective for all speaks of every network of a step. */
export const all: SamplerComponent = () => ({
  trains: 'supernet',
  passes: ({ supernet }) => [{ name: 'all', ...supernet, trains: true }],
  covers: () => true,
})
