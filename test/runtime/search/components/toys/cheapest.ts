import type { DerivationComponent } from '../../../../../src/runtime/search/components/derivations/derivation.js'

/** Of so many architectures drawn at random the one that costs least. */
export const cheapest: DerivationComponent = (read) => {
  const count = read.number('of', { least: 1, integer: true })
  return {
    kind: 'search',
    macs: { least: 0, most: Infinity },
    rounds: 1,
    next: (history, draws) => (history.length > 0 ? undefined : Array.from({ length: count }, () => draws.draw())),
    results: (history) =>
      history
        .flat()
        .toSorted((a, b) => a.macs - b.macs)
        .slice(0, 1),
  }
}
