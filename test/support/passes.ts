import { isContested, type DrawnPass, type SampledPass } from '../../src/runtime/search/components/samplers/sampler.js'

/** Passes of which none waits for scores. */
export function settledPasses(passes: readonly DrawnPass[]): readonly SampledPass[] {
  return passes.map((pass) => {
    if (isContested(pass)) throw new Error(`${pass.name} is not picked yet`)
    return pass
  })
}
