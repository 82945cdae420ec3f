import type { Decision } from '../../space/decisions/decision.js'

/** What an architecture takes, by path of a decision that its network reaches: texts of options. */
export type TakenTexts = ReadonlyMap<string, readonly string[]>

/** A decision in which two architectures differ. */
export interface DifferentSelection {
  readonly path: string
  /** Absent: its network has no such decision. */
  readonly old?: readonly string[]
  readonly new?: readonly string[]
}

export interface Comparison {
  readonly different: readonly DifferentSelection[]
  /** How many decisions both reach and take alike. */
  readonly alike: number
}

/** @param reached decisions by path, as they are under the selections */
export function takenTexts(
  selections: Readonly<Record<string, readonly number[]>>,
  reached: ReadonlyMap<string, Decision>,
): TakenTexts {
  const taken = [...reached].flatMap(([path, { options }]) => {
    const selected = selections[path]
    return selected === undefined ? [] : [[path, selected.map((option) => options[option] ?? '')] as const]
  })
  return new Map(taken)
}

/** Decision by decision, by the texts of options: those of the old one in its order, then those that the new one alone has. */
export function compareSelections(old: TakenTexts, now: TakenTexts): Comparison {
  const paths = [...new Set([...old.keys(), ...now.keys()])]
  const different = paths.flatMap((path) => {
    const [before, after] = [old.get(path), now.get(path)]
    if (before !== undefined && after !== undefined && isSame(before, after)) return []
    return [{ path, ...(before !== undefined && { old: before }), ...(after !== undefined && { new: after }) }]
  })
  return { different, alike: paths.length - different.length }
}

/** In any order: what is taken is a set. */
function isSame(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((text) => second.includes(text))
}
