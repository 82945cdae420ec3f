import { Failure } from '../../../../catalogue/failure.js'
import type { Random } from '../../../random/random.js'
import { printArgument, type ComponentUse } from '../component-use.js'
import type { Candidate, SearchingDerivation } from '../derivations/derivation.js'
import { openDerivation } from '../derivations/index.js'
import type { ArgumentReader } from '../reader.js'
import { defaultScore } from '../scores/index.js'
import { costTables } from './cost-table.js'
import { binOf, rangeOf } from './macs-bins.js'
import type { DrawnPass, SampledSpace, SamplerComponent } from './sampler.js'

/** Where networks of one cost come from: a cost first, then as many of that cost as are asked for. */
interface CostPrior {
  bin(space: SampledSpace, random: Random): number
  draw(space: SampledSpace, bin: number, random: Random): Candidate
}

/**
 * Attentive sampling (Wang et al., AttentiveNAS, CVPR 2021, section 4): a cost is drawn from what uniform samples cost, then
 * several networks of that cost, and the one is trained that a derivation picks of them, such as the best or the worst by the
 * loss on the batch of the step, or by a predictor of accuracy.
 */
export const attentive: SamplerComponent = (read) => {
  const width = read.number('bins', { above: 0 })
  const pick = openPick(read)
  const { score = defaultScore } = pick
  const prior = openPrior(read, width)
  return {
    trains: 'paths',
    picksBy: score,
    passes(space, _at, random) {
      const bin = prior.bin(space, random.stream('cost'))
      const draws = random.stream('candidates')
      const candidates =
        pick.next([], {
          decisions: space.decisions,
          random: draws,
          draw: () => prior.draw(space, bin, draws),
          member: (selections) => space.member(selections),
        }) ?? []
      return [contest(space, candidates, pick, score)]
    },
    covers: (pass) => pass === 'attentive',
  }
}

function contest(
  space: SampledSpace,
  candidates: readonly Candidate[],
  pick: Pick<SearchingDerivation, 'results'>,
  score: ComponentUse,
): DrawnPass {
  const name = 'attentive'
  const passes = candidates.map(({ selected }) => space.path(name, selected))
  const [only, ...others] = passes
  if (only === undefined) throw new Error('a derivation that draws asks for a network')
  if (others.length === 0) return only
  return {
    name,
    candidates: passes,
    selections: candidates.map(({ selected }) => selected),
    score,
    pick(scores) {
      const scored = candidates.map((candidate, index) => ({ ...candidate, score: scores[index] ?? NaN }))
      const [first] = pick.results([scored])
      return Math.max(
        0,
        scored.findIndex(({ selected }) => selected === first?.selected),
      )
    },
  }
}

/** One that scores what it draws at once, and then knows. */
function openPick(read: ArgumentReader): SearchingDerivation {
  const pick = read.component('pick')
  const derivation = openDerivation(pick, read.clause)
  if (derivation.kind === 'search' && derivation.rounds === 1) return derivation
  throw new Failure('wrong-argument', {
    argument: 'pick',
    component: 'attentive',
    clause: read.clause,
    found: printArgument(pick),
    expected: 'a derivation that draws once, such as `best of 3 by batch_loss`',
  })
}

function openPrior(read: ArgumentReader, width: number): CostPrior {
  if (read.word('prior', ['exact', 'table']) === 'exact') {
    const everything = { least: 0, most: Infinity }
    return {
      bin: (space, random) => binOf(space.drawWithin(random, everything).macs, width),
      draw: (space, bin, random) => space.drawWithin(random, rangeOf(bin, width)),
    }
  }
  const tables = costTables({ width, samples: read.number('samples', { least: 1, integer: true }) })
  const draws = read.number('draws', { least: 1, integer: true })
  return {
    bin: (space, random) => tables(space).bin(random),
    draw: (space, bin, random) => tables(space).draw(space, bin, random, draws).candidate,
  }
}
