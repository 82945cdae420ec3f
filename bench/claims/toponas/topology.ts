import type { ArchitectureDerived, JournalEvent, PhaseEpoch, RunStarted } from '../../../src/runtime/run/events.js'
import { mean } from '../../statistics.js'
import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'
import { eventsOf, lastOf, search } from '../search.js'

/** The factor of the term as in the space file, and none of it. */
const pressures = { 'with the term': 0.2, 'without the term': 0 } as const
type Pressure = keyof typeof pressures

/** Of one derived architecture. */
interface Topology {
  /** Share of the edges that topology selects on which none has the largest weight. */
  readonly invalid: number
  /** Inputs of every node that has a choice of them. */
  readonly inputs: readonly number[]
}

/**
 * Huang et al., TopoNAS, arXiv 2011.09300: the passive-aggressive term suppresses invalid topology, and what is found is more
 * diverse than two inputs for every node. What counts as invalid is reconstructed.
 */
export const topology: Claim = {
  paper: 'toponas',
  name: 'topology',
  says:
    'Of the edges that topology selects, the share on which none has the largest weight: zero with the passive-aggressive ' +
    'term, above zero without it, on each seed; nodes with one, two and more inputs all occur',
  setting:
    'MNIST, `bench/claims/toponas/topology.nas`: 3 cells, 4 channels, 240 steps of 32 images. Sets of any size, a logit per edge; ' +
    'the term (reconstructed) counts by 0.2.',
  async measure(options) {
    const found = new Map<Pressure, Topology[]>()
    for (const pressure of ['with the term', 'without the term'] as const) {
      const all: Topology[] = []
      for (const seed of options.seeds) all.push(await measured(pressure, seed, options))
      found.set(pressure, all)
    }
    const [held, free] = [found.get('with the term') ?? [], found.get('without the term') ?? []]
    const inputs = held.flatMap((each) => each.inputs)
    const occurs = (isSize: (size: number) => boolean): boolean => inputs.some(isSize)
    return {
      rows: [...rowsOf('with the term', held), ...rowsOf('without the term', free)],
      holds:
        held.every(({ invalid }) => invalid === 0) &&
        free.every(({ invalid }) => invalid > 0) &&
        [(size: number) => size === 1, (size: number) => size === 2, (size: number) => size > 2].every(occurs),
    }
  },
}

async function measured(pressure: Pressure, seed: number, { progress }: ClaimOptions): Promise<Topology> {
  const run = await search({
    ...{ file: 'bench/claims/toponas/topology.nas', search: 'toponas', scale: 'toy', seed },
    name: `toponas/topology-${String(pressures[pressure])}-${String(seed)}`,
    set: { pressure: pressures[pressure] },
  })
  const found = topologyOf(eventsOf(run))
  const sizes = found.inputs.join(', ')
  progress(`${pressure}, seed ${String(seed)}: ${found.invalid.toFixed(3)} of the edges invalid, inputs ${sizes}`)
  return found
}

/** As the choices stood at the end of the search, before `except none` takes the next best operation. */
function topologyOf(events: readonly JournalEvent[]): Topology {
  const { decisions } = lastOf<RunStarted>(events, 'run-started')
  const { probabilities = {} } = lastOf<PhaseEpoch>(events, 'phase-epoch')
  const derived = lastOf<ArchitectureDerived>(events, 'architecture-derived')
  const nodes = decisions.filter(({ what }) => what === 'from')
  const edges = nodes.flatMap(({ path, options }) =>
    (derived.decisions[path] ?? []).map((input) => `${path.replace(/from$/u, 'through')}[${options[input] ?? ''}]`),
  )
  const isInvalid = (edge: string): boolean => {
    const none = decisions.find(({ path }) => path === edge)?.options.indexOf('none') ?? -1
    const weights = probabilities[edge] ?? []
    return weights.every((weight, option) => option === none || weight < (weights[none] ?? NaN))
  }
  return {
    invalid: mean(edges.map((edge) => Number(isInvalid(edge)))),
    inputs: nodes.map(({ path }) => derived.decisions[path]?.length ?? 0),
  }
}

function rowsOf(pressure: Pressure, all: readonly Topology[]): readonly MeasuredRow[] {
  const nodes = (label: string, isMeant: (size: number) => boolean): MeasuredRow => ({
    label: `${pressure}, nodes with ${label}`,
    unit: 'number',
    values: all.map(({ inputs }) => inputs.filter(isMeant).length),
  })
  return [
    { label: `${pressure}, invalid edges`, unit: 'share', values: all.map(({ invalid }) => invalid) },
    nodes('one input', (size) => size === 1),
    nodes('two inputs', (size) => size === 2),
    nodes('more inputs', (size) => size > 2),
  ]
}
