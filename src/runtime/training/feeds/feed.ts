import type { InputSpec } from '../../plan/step.js'
import type { TrainingPosition } from '../training-position.js'

/** What an input is given; a scalar may be a number. */
export type FeedValue = Float32Array | Int32Array | number

/** Gives an input of a step its values: a function of the position and of named streams alone, so nothing has to be stored. */
export interface Feed {
  draw(at: TrainingPosition): FeedValue
  /** Where no noise is wanted, as when a result is read off; {@link draw} without this. */
  still?(at: TrainingPosition): FeedValue
}

/**
 * The feed of an input, or undefined where the input is not its own.
 * @param input one of `inputs`, those of the program in their order
 */
export type FeedSource = (input: InputSpec, inputs: readonly InputSpec[]) => Feed | undefined

/** All inputs of a program with their feeds. */
export interface BoundFeeds {
  draw(at: TrainingPosition): Readonly<Record<string, FeedValue>>
  still(at: TrainingPosition): Readonly<Record<string, FeedValue>>
}

/** The feed of the one input of this name. */
export function namedFeed(name: string, draw: Feed['draw']): FeedSource {
  return (input) => (input.name === name ? { draw } : undefined)
}

/**
 * Finds a feed for every input, so that one without is known when the step is planned.
 *
 * @throws Error (a defect) where an input has no feed
 */
export function bindFeeds(inputs: readonly InputSpec[], sources: readonly FeedSource[]): BoundFeeds {
  const bound = inputs.map((input) => {
    for (const source of sources) {
      const feed = source(input, inputs)
      if (feed !== undefined) return [input.name, feed] as const
    }
    throw new Error(`nothing feeds the input \`${input.name}\``)
  })
  return {
    draw: (at) => Object.fromEntries(bound.map(([name, feed]) => [name, feed.draw(at)])),
    still: (at) => Object.fromEntries(bound.map(([name, feed]) => [name, (feed.still ?? feed.draw)(at)])),
  }
}
