/** How many options are taken together, and of how many. */
export interface OptionCounts {
  readonly options: number
  readonly least: number
  readonly most: number
}

/** More sets than this are not written out: whatever is made of them takes longer than what it is a part of. */
export const mostOptionSets = 4096

/**
 * All sets of so many options, each in ascending order: the smaller ones first, those of one size by their members.
 * @returns undefined where there are more than `mostOptionSets`
 */
export function optionSets({ options, least, most }: OptionCounts): readonly (readonly number[])[] | undefined {
  const bySize: (readonly (readonly number[])[])[] = [[[]]]
  let count = 1
  for (let size = 1; size <= Math.min(most, options); size++) {
    const larger = (bySize[size - 1] ?? []).flatMap((set) => {
      const from = (set.at(-1) ?? -1) + 1
      return Array.from({ length: options - from }, (_, i) => [...set, from + i])
    })
    count += larger.length
    if (count > mostOptionSets) return undefined
    bySize.push(larger)
  }
  return bySize.slice(least).flat()
}
