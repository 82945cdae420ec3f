import type { ObjectivePass } from '../../../plan/objective.js'
import type { ValueId } from '../../../program/program.js'
import { gumbelNoise } from '../../../random/gumbel.js'
import type { Random } from '../../../random/random.js'
import type { Effect } from '../../../training/effect.js'
import { stepsDone } from '../../../training/training-position.js'
import type { Evidence } from '../derivations/derivation.js'
import { takenOptions, type ChoiceLayout } from '../encoding/choice-space.js'
import { emitTilted, exclusionsOf } from '../encoding/tilted-weights.js'
import type { DrawContext } from './objective.js'

/** What was drawn for an objective, and the noise that it was drawn with, both [samples, options of all decisions]. */
const takenName = (objective: string): string => `draws/${objective}/taken`
const tiltsName = (objective: string): string => `draws/${objective}/tilts`

/**
 * Draws architectures before every step: to the logarithm of every weight is added noise -log(-log u), and what the search would
 * derive from these is taken. A function of the weights, and of (seed, stream, step).
 */
export function drawing(name: string, layout: ChoiceLayout, samples: number, draws: DrawContext): Effect {
  const excluded = exclusionsOf(layout)
  return {
    before(at, read) {
      const evidence = draws.evidence(read, at)
      const taken = new Float32Array(samples * layout.size)
      const tilts = new Float32Array(samples * layout.size)
      for (let sample = 0; sample < samples; sample++) {
        const random = draws.random.stream(`${name}/${String(stepsDone(at))}/${String(sample)}`)
        const noise = Float64Array.from({ length: layout.size }, () => gumbelNoise(random))
        const own = draws.derive(noisy(evidence, layout, noise, random))
        taken.set(takenOptions(layout, own), sample * layout.size)
        tilts.set(
          noise.map((value, entry) => value + (excluded[entry] ?? 0)),
          sample * layout.size,
        )
      }
      return new Map([
        [takenName(name), taken],
        [tiltsName(name), tilts],
      ])
    },
  }
}

/**
 * What was drawn, with the gradient of the weights that it was drawn by: [samples, options of all decisions].
 */
export function emitDraws(
  { builder, variables, mixture }: Pick<ObjectivePass, 'builder' | 'variables' | 'mixture'>,
  name: string,
  layout: ChoiceLayout,
  samples: number,
): ValueId {
  const drawn = (variable: string): ValueId =>
    variables.declare(builder, { name: variable, shape: [samples, layout.size], init: 'zeros', role: 'given' })
  const soft = emitTilted(builder, layout, mixture, drawn(tiltsName(name)))
  const slope = builder.one('subtract', [soft, builder.one('stop_gradient', [soft])])
  return builder.one('add', [drawn(takenName(name)), slope])
}

/**
 * Weights in proportion to w exp(noise), by decision: those of the softmax of log w + noise. Distributions over sets have noise of
 * their own, from the same stream.
 */
function noisy(evidence: Evidence, layout: ChoiceLayout, noise: Float64Array, random: Random): Evidence {
  const weights = layout.decisions.flatMap(({ path }) => {
    const given = evidence.weights[path]
    if (given === undefined) return []
    const offset = layout.offsetOf(path)
    return [[path, raised(given, (option) => noise[offset + option] ?? 0)] as const]
  })
  const sets = Object.entries(evidence.sets ?? {}).map(([path, { of, chances }]) => {
    return [path, { of, chances: raised(chances, () => gumbelNoise(random)) }] as const
  })
  return { weights: Object.fromEntries(weights), sets: Object.fromEntries(sets) }
}

function raised(weights: readonly number[], noiseOf: (index: number) => number): readonly number[] {
  const each = weights.map((weight, index) => weight * Math.exp(noiseOf(index)))
  const sum = each.reduce((total, value) => total + value, 0)
  return each.map((value) => value / sum)
}
