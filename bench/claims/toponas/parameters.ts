import { mean, standardDeviation } from '../../statistics.js'
import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'
import { retrainedIn, search, type Retrained } from '../search.js'

const methods = ['differentiable', 'toponas_pairs', 'toponas'] as const
type Method = (typeof methods)[number]

/** Huang et al., TopoNAS, arXiv 2011.09300, abstract: 40 % fewer parameters than what DARTS finds, at an accuracy no lower. */
export const parameters: Claim = {
  paper: 'toponas',
  name: 'parameters',
  says:
    'What TopoNAS derives (any number of inputs) has at most 0.6 of the parameters of what DARTS derives, at an accuracy ' +
    'that is lower by no more than a standard deviation of that of DARTS',
  setting:
    'MNIST, `bench/claims/toponas/parameters.nas`: 3 cells, 4 channels, 120 steps of 32 images; then from scratch with 8 channels, ' +
    '200 steps of 64 images. The paper searches on CIFAR-10 and trains 20 cells.',
  async measure(options) {
    const found = new Map<Method, Retrained[]>()
    for (const method of methods) {
      const all: Retrained[] = []
      for (const seed of options.seeds) all.push(await measured(method, seed, options))
      found.set(method, all)
    }
    const accuracies = (method: Method): readonly number[] => (found.get(method) ?? []).map((each) => each.accuracy)
    const sizes = (method: Method): readonly number[] => (found.get(method) ?? []).map((each) => each.parameters)
    const share = mean(sizes('toponas')) / mean(sizes('differentiable'))
    const spread = options.seeds.length > 1 ? standardDeviation(accuracies('differentiable')) : 0
    return {
      rows: [
        ...methods.flatMap((method): MeasuredRow[] => [
          { label: `${method}, parameters`, unit: 'parameters', values: sizes(method) },
          { label: `${method}, test images`, unit: 'share', values: accuracies(method) },
        ]),
        { label: 'parameters, toponas to differentiable', unit: 'ratio', values: [share] },
      ],
      holds: share <= 0.6 && mean(accuracies('toponas')) >= mean(accuracies('differentiable')) - spread,
    }
  },
}

async function measured(method: Method, seed: number, { progress }: ClaimOptions): Promise<Retrained> {
  const run = await search({
    ...{ file: 'bench/claims/toponas/parameters.nas', search: method, scale: 'toy', seed },
    name: `toponas/parameters-${method}-${String(seed)}`,
  })
  const found = retrainedIn(run)
  progress(
    `${method}, seed ${String(seed)}: ${String(found.parameters)} parameters, ${(100 * found.accuracy).toFixed(2)} %`,
  )
  return found
}
