import type { SamplerComponent } from '../../../../../src/runtime/search/components/samplers/sampler.js'

/** The supernet in two passes, whose gradients are added up. */
export const twice: SamplerComponent = () => ({
  trains: 'supernet',
  passes: ({ relaxed: binding }) => ['once', 'again'].map((name) => ({ name, binding, key: 'relaxed', trains: true })),
  covers: () => true,
})
