import type { ArchitectureDerived, PhaseEpoch } from '../../../src/runtime/run/events.js'
import { eventsOf, lastOf, nasc, search } from '../search.js'

/** The search of the claims that train. */
export const program = 'bench/claims/fbnetv2/search.nas'
export const scale = 'toy'

/** What a search came to. */
export interface Found {
  readonly run: string
  /** Mean of the effective cost over the last epoch of the choices. */
  readonly expected: number
  /** Multiply-accumulates of what is derived. */
  readonly macs: number
}

/** By the name of the run: claims that ask for the same search share it. */
const known = new Map<string, Promise<Found>>()

/** @param factor how much the cost counts */
export function searched(factor: number, seed: number): Promise<Found> {
  const name = `fbnetv2/search-${String(factor)}-${String(seed)}`
  const before = known.get(name)
  if (before !== undefined) return before
  const found = search({ file: program, search: 'dmasking', scale, seed, name, set: { factor } }).then((run) => {
    const events = eventsOf(run)
    const epochs = events.filter(
      (event): event is PhaseEpoch => event.type === 'phase-epoch' && event.phase === 'search',
    )
    const expected = epochs.at(-1)?.figures['macs_effective.choices']
    if (expected === undefined) throw new Error(`${run} tells of no effective cost`)
    return { run, expected, macs: lastOf<ArchitectureDerived>(events, 'architecture-derived').macs }
  })
  known.set(name, found)
  return found
}

/** Draws architectures of about the same cost, each into a file of its own. */
export async function drawn(macs: number, count: number, seed: number, folder: string): Promise<readonly string[]> {
  const where = `macs in ${String(Math.floor(0.95 * macs))}..${String(Math.ceil(1.05 * macs))}`
  const found = (await nasc(
    ...[
      'sample',
      program,
      '--where',
      where,
      '--count',
      String(count),
      '--seed',
      String(seed),
      '--out',
      folder,
      '--quiet',
    ],
  )) as { readonly architectures: readonly { readonly name: string }[] }
  return found.architectures.map(({ name }) => `${folder}/${name}.nas`)
}
