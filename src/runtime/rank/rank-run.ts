import { sampler } from '../../analysis/index.js'
import { Failure } from '../../catalogue/failure.js'
import { openEngine } from '../backend/choose.js'
import { createRandom, type Random } from '../random/random.js'
import { readRun, type RunReader } from '../run/run-directory.js'
import type { SelectedOptions } from '../search/components/derivations/derivation.js'
import { engineOptions } from '../search/run/engine-options.js'
import { recordedBackend, reopen } from '../search/run/resume-run.js'
import type { ResolvedSearch } from '../search/step/resolved-search.js'
import type { SessionData } from '../search/step/session.js'
import { requireSupernet } from '../search/phases/kept-supernet.js'
import { heldOutImages, type HeldOutImages } from '../search/step/held-out.js'
import { resolveResults } from './known-results.js'
import { knownScores, type SupernetScore } from './known-scores.js'
import { openMembers, type Member } from './members.js'
import type { RankOptions, RankOutcome } from './options.js'
import { rankedResult, type Ranking } from './ranking.js'
import { combineReferences, type Reference } from './reference.js'
import { scoreArchitectures, type Unscored } from './score-architectures.js'
import { trainedBy, trainedIn, type LeftOut } from './trained-architectures.js'

interface RankContext {
  readonly run: RunReader
  readonly search: ResolvedSearch
  readonly data: SessionData
  readonly images: HeldOutImages
  readonly members: ReturnType<typeof openMembers>
  readonly options: RankOptions
  /** Root of what is drawn. */
  readonly random: Random
}

/**
 * How well the supernet of a run orders architectures: its scores, by inherited weights on held-out training images, beside
 * what is known of the same architectures. Those without a score are scored, and the scores kept in the run directory.
 *
 * @throws Failure NAS7580 to NAS7588, NAS7645; as `readRun`, `loadWeights` and `openEngine`
 */
export async function rankRun(folder: string, options: RankOptions): Promise<RankOutcome> {
  const run = readRun(folder)
  const { search, data } = await reopen(run)
  requireSupernet(run, search.plan)
  const context: RankContext = {
    ...{ run, search, data, options },
    images: heldOutImages(data, run.path),
    members: openMembers(search),
    random: createRandom(options.seed ?? 0, 'rank'),
  }
  const scores = knownScores(run, search, context.images, context.members.of)
  const compared = referencesOf(context, scores)
  const references = combineReferences(compared.references)
  const asked = askedFor(context, compared.reference, references, scores)
  const missing = asked.filter(({ key, name }) => {
    const known = scores.get(key)
    return known === undefined || (name !== undefined && known.name === undefined)
  })
  const scored = await scoreMissing(context, missing, scores)
  if (scored < missing.length) return { kind: 'interrupted', run: run.path, scored, of: missing.length }
  const ranking: Ranking = {
    ...{ run, search, options, scores, references },
    images: context.images,
    random: context.random.stream('resamples'),
    listed: asked.map(({ key }) => key),
    reference: compared.reference,
    leftOut: compared.leftOut,
  }
  return { kind: 'finished', result: rankedResult(ranking) }
}

interface Compared {
  /** Null: there is nothing to compare with, and scores are all that is asked for. */
  readonly reference: Ranking['reference']
  readonly references: readonly Reference[]
  readonly leftOut: readonly LeftOut[]
}

function referencesOf(
  { run, search, members, options }: RankContext,
  scores: ReadonlyMap<string, SupernetScore>,
): Compared {
  const { trained = [], results, score } = options
  if (results !== undefined) {
    const named = new Map(namedIn(run))
    for (const { name, decisions } of scores.values()) if (name !== undefined) named.set(name, decisions)
    const { resolved, leftOut } = resolveResults(results, { search, members, named })
    return { reference: 'results', references: resolved, leftOut }
  }
  const toReference = ({ name, decisions, accuracy }: ReturnType<typeof trainedBy>[number]): Reference => ({
    ...members.of(decisions),
    name,
    value: accuracy,
  })
  if (trained.length > 0) {
    const found = trainedIn(trained, search)
    return { reference: 'trained', references: found.trained.map(toReference), leftOut: found.leftOut }
  }
  if (run.events().some((event) => event.type === 'evaluation' && event.weights === 'retrained')) {
    const own = trainedBy(run, search).map(toReference)
    // One alone has no order: where scores are asked for, they are what is wanted.
    if (own.length > 1 || score === undefined) return { reference: 'retrained', references: own, leftOut: [] }
  }
  if (score === undefined) throw new Failure('nothing-to-rank', { run: run.path })
  return { reference: null, references: [], leftOut: [] }
}

function namedIn(run: RunReader): readonly (readonly [string, SelectedOptions])[] {
  return run
    .events()
    .flatMap((event) => (event.type === 'architecture-derived' ? [[event.name, event.decisions] as const] : []))
}

/** The architectures that are to have a score: those that are compared, or as many as are drawn. */
function askedFor(
  context: RankContext,
  reference: Ranking['reference'],
  references: readonly (Reference & { readonly key: string })[],
  scores: ReadonlyMap<string, SupernetScore>,
): readonly Unscored[] {
  const { score } = context.options
  const compared = references.map(({ key, decisions }) => ({ key, decisions }))
  if (score === undefined) return compared
  if (reference === 'results') {
    const drawn = context.random.stream('results').permutation(compared.length)
    return [...drawn.subarray(0, score)].flatMap((index) => compared[index] ?? [])
  }
  const inside = new Set(compared.map(({ key }) => key))
  return [...compared, ...drawMembers(context, score, scores).filter(({ key }) => !inside.has(key))]
}

/**
 * Draws architectures of the space, each but once: all, where there are no more. The first of them are the same however many
 * are drawn, and all are named in this order.
 */
function drawMembers(
  context: RankContext,
  count: number,
  scores: ReadonlyMap<string, SupernetScore>,
): readonly Unscored[] {
  const { search, members, random } = context
  const uniform = sampler(search.ir, search.plan.space, { params: search.params })
  const wanted = uniform.count < BigInt(count) ? Number(uniform.count) : count
  const drawn = new Map<string, Member>()
  for (let draw = 0; drawn.size < wanted; draw++) {
    const { architecture } = uniform.draw(random.stream(`score/${String(draw)}`))
    const member = members.of(architecture.decisions)
    drawn.set(member.key, member)
  }
  const names = new Set([...scores.values()].map(({ name }) => name))
  let number = 0
  const nextName = (): string => {
    let name: string
    do name = `scored_${String(++number)}`
    while (names.has(name))
    return name
  }
  return [...drawn.values()].map((member) => ({ ...member, name: scores.get(member.key)?.name ?? nextName() }))
}

/** Adds to the scores what has none. @returns how many there are now */
async function scoreMissing(
  context: RankContext,
  missing: readonly Unscored[],
  scores: Map<string, SupernetScore>,
): Promise<number> {
  if (missing.length === 0) return 0
  const { run, search, data, images, options } = context
  const { backend = recordedBackend(run), threads = run.record.threads } = options
  const engine = await openEngine(engineOptions({ ...options, backend, threads }))
  try {
    const scored = await scoreArchitectures({ run, search, data, images, engine, options, known: scores }, missing)
    for (const [key, score] of scored) scores.set(key, score)
    return scored.size
  } finally {
    engine.dispose()
  }
}
