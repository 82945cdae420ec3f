import fc from 'fast-check'
import type { Arc, Diagram } from '../../src/analysis/diagram/diagram.js'

/** Diagrams with up to three states between layers and one or two costs; every state leads on. */
export const randomDiagrams: fc.Arbitrary<Diagram> = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 })
  .chain((widths) => {
    const sizes = [1, ...widths]
    const layers = widths.map((next, index) => {
      const states = sizes[index] ?? 1
      const arc = (from: number): fc.Arbitrary<Arc> =>
        fc.record({
          from: fc.constant(from),
          to: fc.integer({ min: 0, max: next - 1 }),
          selections: fc.constant([]),
          costs: fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 3 })),
        })
      return fc
        .tuple(...Array.from({ length: states }, (_, from) => fc.array(arc(from), { minLength: 1, maxLength: 3 })))
        .map((lists) => ({
          at: `layer ${index}`,
          arcs: lists.flat(),
          states,
          next,
          outputs: Array.from({ length: next }, () => undefined),
        }))
    })
    return fc.tuple(...layers)
  })
  .map((layers): Diagram => ({ layers, terminals: [], decisions: new Map(), misfits: [] }))

/** All paths of a diagram, each as its arcs. */
export function pathsOf({ layers }: Diagram): readonly (readonly Arc[])[] {
  return layers.reduce<readonly (readonly Arc[])[]>(
    (paths, { arcs }) =>
      paths.flatMap((path) => arcs.filter(({ from }) => from === (path.at(-1)?.to ?? 0)).map((arc) => [...path, arc])),
    [[]],
  )
}

export function costOfPath(path: readonly Arc[], quantity: number): number {
  return path.reduce((sum, { costs }) => sum + (costs[quantity] ?? 0), 0)
}
