import type { StackProgress } from './cell-progress.js'
import type { StackLayout } from '../stack-layout.js'
import { shapeKey, type State } from '../../diagram/state.js'

type Frames = StackProgress['frames']

/**
 * A function that makes frames one which differ only in what the output of a cell takes, once that is done and counted, and
 * whose maps are alike: what follows goes on alike.
 */
export function frameMerging(use: string): (state: State, progress: StackProgress, layout: StackLayout) => Frames {
  const known = new Map<string, Frames>()
  return ({ maps }, { plan, frames, variant }, layout) => {
    const { [use]: own, ...others } = frames
    const key = JSON.stringify([plan, variant, maps.map(shapeKey), own?.present, own?.inputs, others, keyOf(layout)])
    const found = known.get(key) ?? frames
    known.set(key, found)
    return found
  }
}

function keyOf({ groups, maps }: StackLayout): unknown {
  const ofGroups = [...groups].map(([use, list]) => [
    use,
    list.map(({ raw, copy, merged, times }) => [raw.map(shapeKey), copy.channels, shapeKey(merged), times]),
  ])
  return [ofGroups, maps.map(shapeKey)]
}
