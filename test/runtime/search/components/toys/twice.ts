import type { SamplerComponent } from '../../../../../src/runtime/search/components/samplers/sampler.js'

/** The supernet in two passes, whose gradients are added up. */
export const twice: SamplerComponent = () => ({
  trains: 'supernet',
  passes: ({ supernet }) => ['once', 'again'].map((name) => ({ name, ...supernet, trains: true })),
  covers: () => true,
})
