import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'
import { accuracyOf, search } from '../search.js'

const methods = ['differentiable', 'entrannas', 'entrannas_dst'] as const
type Method = (typeof methods)[number]

/** Accuracies on the test images, as shares. */
interface Accuracies {
  readonly supernet: number
  readonly derived: number
}

/**
 * Yang et al., EnTranNAS, CVPR 2021, sections 1 and 3: a search whose supernet is no mixture of what is later dropped loses
 * less when the network is derived, and one whose weights become exactly zero loses nothing.
 */
export const consistency: Claim = {
  paper: 'entrannas',
  name: 'consistency',
  says:
    'What the search graph loses when the network is derived and keeps its weights: DARTS more than EnTranNAS, that more than ' +
    'DST, on each seed; DST at most 0.1 points',
  setting: 'MNIST, `bench/claims/entrannas/consistency.nas`: 5 cells, 4 channels, 240 steps of 16 images.',
  async measure(options) {
    const found = new Map<Method, Accuracies[]>()
    for (const method of methods) {
      const all: Accuracies[] = []
      for (const seed of options.seeds) all.push(await measured(method, seed, options))
      found.set(method, all)
    }
    const drops = (method: Method): readonly number[] =>
      (found.get(method) ?? []).map(({ supernet, derived }) => supernet - derived)
    const [differentiable, entrannas, dst] = [drops('differentiable'), drops('entrannas'), drops('entrannas_dst')]
    return {
      rows: methods.flatMap((method) => rowsOf(method, found.get(method) ?? [])),
      holds: options.seeds.every((_, index) => {
        const [a = NaN, b = NaN, c = NaN] = [differentiable[index], entrannas[index], dst[index]]
        return a > b && b > c && c <= 0.001
      }),
    }
  },
}

async function measured(method: Method, seed: number, { progress }: ClaimOptions): Promise<Accuracies> {
  const run = await search({
    ...{ file: 'bench/claims/entrannas/consistency.nas', search: method, scale: 'toy', seed },
    name: `entrannas/consistency-${method}-${String(seed)}`,
  })
  const accuracies = {
    supernet: await accuracyOf(run, 'supernet'),
    derived: await accuracyOf(run, 'inherited'),
  }
  progress(`${method}, seed ${String(seed)}: ${accuracies.supernet.toFixed(4)} to ${accuracies.derived.toFixed(4)}`)
  return accuracies
}

function rowsOf(method: Method, all: readonly Accuracies[]): readonly MeasuredRow[] {
  return [
    { label: `${method}, search graph`, unit: 'share', values: all.map(({ supernet }) => supernet) },
    { label: `${method}, loss at derivation`, unit: 'share', values: all.map((each) => each.supernet - each.derived) },
  ]
}
