import type { WeightEmission } from '../../../plan/emission.js'
import { gumbelNoise } from '../../../random/gumbel.js'
import type { Random } from '../../../random/random.js'
import { stepsDone } from '../../../training/training-position.js'
import type { Feed, FeedSource } from '../../../training/feeds/feed.js'
import { openSchedule } from '../schedules/index.js'
import type { Schedule } from '../schedules/schedule.js'
import { printArgument } from '../component-use.js'
import type { ArgumentReader } from '../reader.js'
import type { Relaxation, RelaxationComponent } from './relaxation.js'
import { cooled, temperatureFeed } from './temperature.js'

/**
 * The softmax of (logits + noise) / temperature, the noise -log(-log u) drawn for every option in every step (Jang, Gu,
 * Poole, ICLR 2017, eq. 1). Temperature and noise are inputs, so that annealing plans nothing anew.
 */
export const gumbel: RelaxationComponent = (read) => ({ bound: () => ({ kind: 'mix' }), ...gumbelWeights(read) })

/** The weights of a relaxation that has this `temperature`, whatever it does with them. */
export function gumbelWeights(read: ArgumentReader): Pick<Relaxation, 'emission' | 'feeds'> {
  const schedule = read.component('temperature')
  const key = `gumbel ${printArgument(schedule)}`
  const emission = gumbelEmission(key)
  return { emission: () => emission, feeds: gumbelFeeds(key, openSchedule(schedule, read.clause)) }
}

/** @param key of the inputs: equal for clauses that anneal alike */
export function gumbelEmission(key: string): WeightEmission {
  return {
    key,
    emit(logits, { builder, decisions, options }) {
      const noise = builder.one(
        'concat_channels',
        decisions.map((decision) => builder.input(`${noisePrefix}${decision}`, [options])),
      )
      const rows = builder.one('reshape', [noise], { shape: [decisions.length, options] })
      const noisy = builder.one('add', [logits, rows])
      return builder.one('softmax', [cooled(builder, noisy, key)], { temperature: 1 })
    },
  }
}

export function gumbelFeeds(key: string, temperature: Schedule): (random: Random) => FeedSource {
  const cooling = temperatureFeed(key, temperature)
  return (random) => (input, inputs) =>
    input.name.startsWith(noisePrefix) ? noiseFeed(input.name, input.shape[0] ?? 0, random) : cooling(input, inputs)
}

const noisePrefix = 'gumbelNoise/'

function noiseFeed(name: string, size: number, random: Random): Feed {
  return {
    draw(at) {
      const draws = random.stream(`${name}/${String(stepsDone(at))}`)
      return Float32Array.from({ length: size }, () => gumbelNoise(draws))
    },
    still: () => new Float32Array(size),
  }
}
