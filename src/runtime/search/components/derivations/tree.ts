import { median } from '../../../../support/statistics.js'
import { ranked } from './best.js'
import type { DerivationComponent, ScoredCandidate, SelectedOptions } from './derivation.js'
import { distinct, keysOf } from './distinct.js'
import { optionsOf } from './taken-options.js'

/** Numbers of scored architectures beyond which the tree has one more level (Pi-NAS, released code). */
const deeper = [400, 800, 1600, 3200]

/** Draws in a row that miss the leaf, after which any architecture does that was not scored yet. */
const mostMisses = 2000

/**
 * A tree of classifiers as in LaNAS (Wang et al., 2019), in the way that Pi-NAS searches (Peng et al., ICCV 2021): `first` random
 * architectures; then, until `total` are scored, `then` at a time from the half, the quarter, … that is told to be the best. At each
 * node those that were scored are split at their median score, a classifier learns the sides, and the better one is followed.
 * Candidates are drawn uniformly, within the constraints, until all classifiers on the way say so. The classifier is naive Bayes
 * over the options taken, in place of boosted trees whose settings are searched for.
 */
export const tree: DerivationComponent = (read) => {
  const count = (name: string): number => read.number(name, { least: 1, integer: true })
  const [first, then, total] = [count('first'), count('then'), count('total')]
  return {
    kind: 'search',
    macs: { least: 0, most: Infinity },
    rounds: 1 + Math.ceil(Math.max(0, total - first) / then),
    next(history, draws) {
      const scored = history.flat()
      const known = keysOf(scored)
      const wanted = Math.min(scored.length === 0 ? first : then, total - scored.length)
      const isPromising = scored.length === 0 ? () => true : bestLeaf(scored)
      const promising = distinct(
        wanted,
        known,
        () => {
          const drawn = draws.draw()
          return isPromising(drawn.selected) ? drawn : undefined
        },
        mostMisses,
      )
      const candidates = [...promising, ...distinct(wanted - promising.length, known, () => draws.draw())]
      return candidates.length === 0 ? undefined : candidates
    },
    results: (history) => ranked(history.flat()).slice(0, 1),
  }
}

type Classifier = (selected: SelectedOptions) => boolean

/** Whether an architecture is classified into the best leaf of the tree over those that were scored. */
export function bestLeaf(scored: readonly ScoredCandidate[]): Classifier {
  const levels = 1 + deeper.filter((bound) => bound < scored.length).length
  const way: Classifier[] = []
  let node = scored
  for (let level = 0; level < levels; level++) {
    const middle = median(node.map(({ score }) => score))
    const better = node.filter(({ score }) => score >= middle)
    const worse = node.filter(({ score }) => score < middle)
    if (worse.length === 0) break
    way.push(naiveBayes(better, worse))
    node = better
  }
  return (selected) => way.every((isBetter) => isBetter(selected))
}

/** Options are taken to be independent on either side; each is counted once more than it was seen. */
function naiveBayes(better: readonly ScoredCandidate[], worse: readonly ScoredCandidate[]): Classifier {
  const [ofBetter, ofWorse] = [taken(better), taken(worse)]
  const share = (counts: ReadonlyMap<string, number>, key: string, size: number): number =>
    ((counts.get(key) ?? 0) + 1) / (size + 2)
  return (selected) => {
    const odds = [...optionsOf(selected)].reduce(
      (sum, key) => sum + Math.log(share(ofBetter, key, better.length)) - Math.log(share(ofWorse, key, worse.length)),
      Math.log(better.length / worse.length),
    )
    return odds >= 0
  }
}

/** How many of the architectures take an option. */
function taken(candidates: readonly ScoredCandidate[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of candidates.flatMap(({ selected }) => [...optionsOf(selected)]))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
