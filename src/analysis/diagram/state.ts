import type { Shape } from '../../space/evaluation/shape.js'
import type { Decision } from '../../space/decisions/decision.js'
import type { SelectedOptions, Selection } from './decision-tree.js'

/**
 * How far the network is settled: the feature maps that what follows reads, and the selections that it may ask for
 * again. Two paths to the same state go on alike: that is what makes counting without enumeration possible.
 */
export interface State {
  /** Outputs so far, newest last: a stack reads the last two. */
  readonly maps: readonly Shape[]
  readonly selected: SelectedOptions
  /** What a stage or stack keeps from layer to layer; plain data. */
  readonly progress?: object
  /** Aggregates of constraints so far, by key. */
  readonly aggregates?: ReadonlyMap<string, number>
  /** Decisions that constraints speak of and that are not here what they first were: others say what their options are. */
  readonly variants?: ReadonlyMap<string, Decision>
}

export function shapeKey(shape: Shape | undefined): string {
  return shape ? `${shape.height}x${shape.width}x${shape.channels}` : ''
}

/** The selections with those just taken; sets of inputs that were begun before are gone on with. */
export function withSelections(selected: SelectedOptions, selections: readonly Selection[]): SelectedOptions {
  if (selections.length === 0) return selected
  const all = new Map(selected)
  for (const { decision, options, partial } of selections) {
    all.set(decision.path, partial ? [...(all.get(decision.path) ?? []), ...options].sort((a, b) => a - b) : options)
  }
  return all
}

/** A function that gives equal keys to equal states. Parts that states hand on to each other are looked at once. */
export function stateKeys(): (state: State) => string {
  const numbers = new Map<string, number>()
  const known = new WeakMap<object, number>()
  const numberOf = (part: object, print: () => string): number => {
    const before = known.get(part)
    if (before !== undefined) return before
    const text = print()
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    known.set(part, number)
    return number
  }
  const textOf = (selected: SelectedOptions): string =>
    [...selected]
      .map(([path, options]) => `${path}=${options.join(',')}`)
      .sort()
      .join(' ')
  const ofProgress = (progress: object): string =>
    Object.entries(progress)
      .map(([name, part]: [string, unknown]) => {
        if (typeof part !== 'object' || part === null) return `${name}:${String(part)}`
        return `${name}:${numberOf(part, () => (Array.isArray(part) ? JSON.stringify(part) : `{${ofProgress(part)}}`))}`
      })
      .join(' ')
  const ofAggregates = (aggregates: ReadonlyMap<string, number>): string =>
    [...aggregates].map(([key, value]) => `${key}=${value}`).join(' ')
  const ofVariants = (variants: ReadonlyMap<string, Decision>): string => JSON.stringify([...variants])
  return ({ maps, selected, progress, aggregates, variants }) =>
    [
      numberOf(maps, () => maps.map(shapeKey).join(' ')),
      selected.size === 0 ? '' : numberOf(selected, () => textOf(selected)),
      progress ? numberOf(progress, () => ofProgress(progress)) : '',
      aggregates ? ofAggregates(aggregates) : '',
      variants ? numberOf(variants, () => ofVariants(variants)) : '',
    ].join('/')
}
