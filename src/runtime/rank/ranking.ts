import { Failure } from '../../catalogue/failure.js'
import type { Random } from '../random/random.js'
import type { RunReader } from '../run/run-directory.js'
import type { SelectedOptions } from '../search/components/derivations/derivation.js'
import type { ResolvedSearch } from '../search/step/resolved-search.js'
import { bootstrapIntervals } from './bootstrap.js'
import type { HeldOutImages } from '../search/step/held-out.js'
import type { SupernetScore } from './known-scores.js'
import type { RankedArchitecture, RankOptions, RankResult } from './options.js'
import { rankCorrelation } from '../../support/rank-correlation.js'
import type { CombinedReference } from './reference.js'
import type { LeftOut } from './trained-architectures.js'

/** All that the result is made from. */
export interface Ranking {
  readonly run: RunReader
  readonly search: ResolvedSearch
  readonly options: RankOptions
  readonly images: Pick<HeldOutImages, 'part' | 'count'>
  readonly scores: ReadonlyMap<string, SupernetScore>
  readonly references: readonly CombinedReference[]
  readonly reference: RankResult['reference']
  /** Keys of architectures that are shown whether or not they can be compared. */
  readonly listed: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** Of the resamples. */
  readonly random: Random
}

/** @throws Failure NAS7580 if fewer than two architectures have both numbers */
export function rankedResult(ranking: Ranking): RankResult {
  const { run, options, reference, images } = ranking
  const { by = 'accuracy', resamples = 1000, confidence = 0.95, seed = 0, better = 'higher' } = options
  const architectures = rankedArchitectures(ranking, by)
  const pairs = architectures.flatMap((each) =>
    each.result === null ? [] : [{ x: goodness(each, by), y: better === 'higher' ? each.result : -each.result }],
  )
  if (reference !== null && pairs.length < 2) throw new Failure('too-few-to-rank', { run: run.path, n: pairs.length })
  const { kendallTau, spearman } = rankCorrelation(pairs)
  const intervals =
    kendallTau === undefined ? undefined : bootstrapIntervals(pairs, { resamples, confidence, random: ranking.random })
  return {
    run: run.path,
    n: pairs.length,
    kendallTau: kendallTau ?? null,
    kendallInterval: intervals?.kendallTau ?? null,
    spearman: spearman ?? null,
    spearmanInterval: intervals?.spearman ?? null,
    ...{ confidence, resamples, seed, by, reference, better },
    images: images.part,
    samples: images.count,
    architectures,
    leftOut: ranking.leftOut,
  }
}

function rankedArchitectures(
  { search, scores, references, listed }: Ranking,
  by: RankResult['by'],
): readonly RankedArchitecture[] {
  const known = new Map(references.map((each) => [each.key, each]))
  const shown = new Set([...listed, ...known.keys()])
  const ranked = [...shown].flatMap((key) => {
    const score = scores.get(key)
    if (score === undefined) return []
    const reference = known.get(key)
    const { accuracy, loss, decisions } = score
    return {
      name: reference?.name ?? score.name ?? '',
      decisions: printed(decisions, search),
      ...{ accuracy, loss },
      result: reference?.value ?? null,
      results: reference?.results ?? 0,
    }
  })
  return ranked.sort((a, b) => goodness(b, by) - goodness(a, by))
}

/** The higher, the better. */
function goodness({ accuracy, loss }: Pick<RankedArchitecture, 'accuracy' | 'loss'>, by: RankResult['by']): number {
  return by === 'accuracy' ? accuracy : -loss
}

function printed(taken: SelectedOptions, { decisions }: ResolvedSearch): RankedArchitecture['decisions'] {
  const options = new Map(decisions.map((decision) => [decision.path, decision.options]))
  return Object.fromEntries(
    Object.entries(taken).map(([path, indices]) => [path, indices.map((index) => options.get(path)?.[index] ?? '')]),
  )
}
