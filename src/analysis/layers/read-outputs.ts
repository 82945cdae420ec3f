import type { NetworkItem } from '../../ir/model/space.js'
import type { Layer } from '../diagram/layer.js'
import type { State } from '../diagram/state.js'

/**
 * From which of the last two outputs before a stack its result is computed. What is left out costs nothing, and that turns out
 * in the stack only: before it, every case is gone on with, and the stack drops those that are not so.
 */
export type ReadOutputs = 'newest' | 'older' | 'both'
export const readOutputs: readonly ReadOutputs[] = ['newest', 'older', 'both']

/** Whether nothing but a stem with one output stands before a stack: then the image is none of the outputs that it reads. */
export function isBehindOneStem(before: readonly NetworkItem[]): boolean {
  const [first] = before
  return before.length === 1 && first?.kind === 'stem' && first.parts.length === 1
}

/** What is left behind for the stack that follows. */
interface OutputsProgress {
  readonly outputs: ReadOutputs
}

export function withOutputs(state: State, outputs: ReadOutputs): State {
  const progress: OutputsProgress = { outputs }
  return { ...state, progress }
}

/** Which outputs the stack that opens here was thought to read; undefined where it has no choice. */
export function outputsOf({ progress }: State): ReadOutputs | undefined {
  // Only what stands directly before a stack leaves this behind.
  return (progress as OutputsProgress | undefined)?.outputs
}

/** An operation whose output the stack behind it may leave out. */
export function perhapsLeftOut(layer: Layer): Layer {
  return {
    ...layer,
    transitions: (state, fail) =>
      layer.transitions(state, fail).flatMap((transition) =>
        readOutputs.map((outputs) => ({
          ...transition,
          state: withOutputs(transition.state, outputs),
          costs: outputs === 'older' ? transition.costs.map(() => 0) : transition.costs,
        })),
      ),
  }
}
