import { extremeOption } from './select.js'
import { openSampler } from './index.js'
import type { SampledPass, SamplerComponent } from './sampler.js'

/**
 * The largest network, `count` networks that `middle` draws, and the smallest one; their gradients are added up (Yu and
 * Huang, ICCV 2019, section 3.1).
 */
export const sandwich: SamplerComponent = (read) => {
  const count = read.number('count', { least: 0, integer: true })
  const middle = openSampler(read.component('middle'), read.clause)
  return {
    trains: 'paths',
    passes(space, at, random) {
      const extreme = (name: string, sign: 1 | -1): SampledPass =>
        space.path(
          name,
          space.architecture((decision) => extremeOption(decision, sign, read.clause)),
        )
      const between = Array.from({ length: count }, (_, index) =>
        middle.passes(space, at, random.stream(`middle/${String(index)}`)).map((pass, place) => ({
          ...pass,
          name: `middle[${String(index + place + 1)}]`,
        })),
      ).flat()
      return [extreme('largest', 1), ...between, extreme('smallest', -1)]
    },
    covers: () => true,
  }
}
