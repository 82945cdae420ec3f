import { openSampler } from './index.js'
import type { SamplerComponent } from './sampler.js'
import { extremePass } from './select.js'

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
      const between = Array.from({ length: count }, (_, index) =>
        middle.passes(space, at, random.stream(`middle/${String(index)}`)).map((pass, place) => ({
          ...pass,
          name: `middle[${String(index + place + 1)}]`,
        })),
      ).flat()
      return [
        extremePass(space, 'largest', 1, read.clause),
        ...between,
        extremePass(space, 'smallest', -1, read.clause),
      ]
    },
    covers: () => true,
    ...(middle.picksBy !== undefined && { picksBy: middle.picksBy }),
  }
}
