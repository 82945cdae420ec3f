import { compile } from '../../../src/compiler/index.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { openEngine } from '../../../src/runtime/backend/choose.js'
import { openLatencyContext } from '../../../src/runtime/latency/context.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import type { ArchitectureDerived } from '../../../src/runtime/run/events.js'
import { openClock } from '../../../src/runtime/search/measurements/clock.js'
import { openSteps } from '../../../src/runtime/training/steps.js'
import { root } from '../../process.js'
import { mean, standardDeviation } from '../../statistics.js'
import type { Claim, ClaimOptions, ClaimOutcome, MeasuredRow } from '../claim.js'
import { eventsOf, lastOf, retrainedIn, search, type Retrained } from '../search.js'
import { measureArchitectures, program, scale } from './program.js'

/** How much the cost counts. */
const lambdas = [0, 0.25, 0.5, 1] as const
const largest = lambdas[lambdas.length - 1]

type Decisions = ArchitectureDerived['decisions']

/** What a search came to. */
interface Found extends Retrained {
  readonly decisions: Decisions
}

/** By the name of the run: what does not look at costs is the control of both claims, and searched once. */
const found = new Map<string, Promise<Found>>()

/**
 * A claim of Xu et al., LA-DARTS, arXiv 2001.06392: that a cost in the loss of the search makes what is derived cheaper, by 20 % in
 * the abstract, at the same accuracy.
 */
export function tradeOff(name: string, method: string, cost: string): Claim {
  return {
    paper: 'la-darts',
    name,
    says:
      `With ${cost} in the loss, the measured latency of what is derived falls with every larger factor (${lambdas.join(', ')}), in ` +
      'the mean over the seeds; with the largest by at least 15 %, at an accuracy that is lower by no more than a standard deviation',
    setting:
      'MNIST, `bench/claims/la-darts/latency.nas`: 3 cells, 4 channels, 60 steps of 32 images; then from scratch with 8 channels, ' +
      '400 steps of 64 images. Latency: the least of 60 runs of each network on one image and one thread, all networks in turn.',
    measure: (options) => measureTradeOff(method, options),
  }
}

async function measureTradeOff(method: string, options: ClaimOptions): Promise<ClaimOutcome> {
  await measureArchitectures(options.progress)
  const all: Found[][] = []
  for (const lambda of lambdas) {
    const own: Found[] = []
    for (const seed of options.seeds) own.push(await searched(method, lambda, seed, options))
    all.push(own)
  }
  const latencies = await latenciesOf(all.map((each) => each.map(({ decisions }) => decisions)))
  const accuracies = all.map((each) => each.map(({ accuracy }) => accuracy))
  const means = latencies.map(mean)
  const [free = NaN, dear = NaN] = [means[0], means.at(-1)]
  const control = accuracies[0] ?? []
  const spread = control.length > 1 ? standardDeviation(control) : 0
  return {
    rows: lambdas.flatMap((lambda, index): MeasuredRow[] => [
      { label: `factor ${String(lambda)}, latency`, unit: 'milliseconds', values: latencies[index] ?? [] },
      { label: `factor ${String(lambda)}, test images`, unit: 'share', values: accuracies[index] ?? [] },
    ]),
    holds:
      means.every((value, index) => index === 0 || value < (means[index - 1] ?? NaN)) &&
      dear <= 0.85 * free &&
      mean(accuracies.at(-1) ?? []) >= mean(control) - spread,
    note: `Factor ${String(largest)} comes to ${(100 * (1 - dear / free)).toFixed(1)} % less than factor 0.`,
  }
}

function searched(method: string, lambda: number, seed: number, { progress }: ClaimOptions): Promise<Found> {
  const control = lambda === 0 ? 'aware_of_latency' : method
  const name = `la-darts/${control}-${String(lambda)}-${String(seed)}`
  const known = found.get(name)
  if (known !== undefined) return known
  const searching = search({ file: program, search: control, scale, seed, name, set: { lambda } }).then((run) => {
    const retrained = retrainedIn(run)
    const { decisions } = lastOf<ArchitectureDerived>(eventsOf(run), 'architecture-derived')
    const accuracy = `${(100 * retrained.accuracy).toFixed(2)} %`
    progress(`${name}: ${String(retrained.macs)} multiply-accumulates, ${accuracy}`)
    return { ...retrained, decisions }
  })
  found.set(name, searching)
  return searching
}

/** Rounds over all networks, so that a moment in which the machine is busy meets all of them. */
const rounds = 5

/** Milliseconds of one inference of each network, as the measurements of the program are made. */
async function latenciesOf(networks: readonly (readonly Decisions[])[]): Promise<readonly (readonly number[])[]> {
  const { value: ir, diagnostics } = compile(`${root}/${program}`, nodeHost())
  if (ir === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '))
  const { measured } = await openLatencyContext(ir, { search: 'aware_of_latency', scale, data: 'mnist' })
  const engine = await openEngine({ backend: 'wasm', threads: 1 })
  const steps = openSteps(engine, { random: createRandom(0) })
  try {
    const clock = openClock(measured, steps, 1)
    const least = networks.map((row) => row.map(() => Infinity))
    for (let round = 0; round < rounds; round++) {
      networks.forEach((row, at) =>
        row.forEach((decisions, index) => {
          const own = least[at] ?? []
          own[index] = Math.min(own[index] ?? Infinity, clock.time(`${String(at)} ${String(index)}`, decisions))
        }),
      )
    }
    return least
  } finally {
    steps.dispose()
    engine.dispose()
  }
}
