import { Failure } from '../../../../catalogue/failure.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import type { Random } from '../../../random/random.js'
import type { SampledSpace, SamplerComponent, Selection } from './sampler.js'
import { uniformOptions } from './select.js'

/**
 * Two architectures that share no option of any choice that both meet (Peng et al., Pi-NAS, ICCV 2021, section 3.2): of n options
 * every ordered pair of two is equally likely. Where the space has constraints, the first is as likely as any other within, and the
 * second as any other of those within that share nothing with the first.
 */
export const twoDisjointPaths: SamplerComponent = (read) => ({
  trains: 'paths',
  passes(space, _at, random) {
    const [first, second] = space.hasConstraints ? drawnWithin(space, random) : drawn(space, random, read.clause)
    return [space.path(passName(1), first), space.path(passName(2), second)]
  },
  covers: (pass) => pass === passName(1) || pass === passName(2),
  open(decision) {
    halved(decision, read.clause)
    return [...decision.options.keys()]
  },
})

function passName(place: 1 | 2): string {
  return `path[${String(place)}]`
}

type Pair = readonly [first: Selection, second: Selection]

function drawn(space: SampledSpace, random: Random, clause: string): Pair {
  const [ofFirst, ofSecond] = [random.stream('path/1'), random.stream('path/2')]
  const first = space.architecture((decision) => uniformOptions(halved(decision, clause), ofFirst))
  const second = space.architecture((decision) => {
    const taken = first[decision.path]
    if (taken === undefined) return uniformOptions(decision, ofSecond)
    const left = [...decision.options.keys()].filter((option) => !taken.includes(option))
    const { arity } = decision
    const among = {
      ...decision,
      options: left.map(String),
      ...(arity && { arity: { ...arity, most: Math.min(arity.most, left.length) } }),
    }
    return uniformOptions(among, ofSecond).map((place) => left[place] ?? place)
  })
  return [first, second]
}

function drawnWithin(space: SampledSpace, random: Random): Pair {
  const first = space.drawWithin(random.stream('path/1')).selected
  const second = space.drawWithout(random.stream('path/2'), first)?.selected
  if (second !== undefined) return [first, second]
  throw new Failure('no-second-path', {
    taken: Object.entries(first)
      .map(([path, options]) => `${path} ${options.join('+')}`)
      .join(', '),
  })
}

/** The choice of the first path, which leaves enough options for a second one. @throws Failure NAS7690 where it cannot */
function halved(decision: Decision, clause: string): Decision {
  const { path, options, arity } = decision
  const least = arity?.least ?? 1
  if (options.length < 2 * least) {
    throw new Failure('no-disjoint-paths', { clause, decision: path, options: options.join(', '), needed: 2 * least })
  }
  return arity === undefined
    ? decision
    : { ...decision, arity: { ...arity, most: Math.min(arity.most, options.length - least) } }
}
