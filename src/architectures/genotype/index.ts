import { Failure } from '../../catalogue/failure.js'
import { readBench201, writeBench201 } from './bench-201-form.js'
import { readDarts, writeDarts } from './darts-form.js'
import type { Genotype } from './genotype.js'
import type { GenotypeText } from './genotype-text.js'
import type { SpaceCell } from './space-cells.js'

export type { Genotype } from './genotype.js'
export { placeIn, type GenotypeText } from './genotype-text.js'
export { genotypeOf } from './genotype-of.js'
export { architectureOfGenotype, type GenotypeTarget } from './match-genotype.js'
export { cellsOf, type SpaceCell } from './space-cells.js'

/** A way to write genotypes. */
interface GenotypeForm {
  /** All genotypes of this form in a text. */
  readonly read: (source: GenotypeText) => readonly Genotype[]
  readonly write: (genotype: Genotype) => string
  /** Whether it can say what there is to say of architectures of these cells. */
  readonly fits: (cells: readonly SpaceCell[]) => boolean
}

/** In the order in which they are tried, the special one first. */
const forms: readonly GenotypeForm[] = [
  { read: readBench201, write: writeBench201, fits: readsEverything },
  { read: readDarts, write: writeDarts, fits: () => true },
]

/** @throws Failure NAS8121 on a genotype with a fault, NAS8122 where there is none */
export function readGenotypes(source: GenotypeText): readonly Genotype[] {
  const found = forms.map(({ read }) => read(source)).find((genotypes) => genotypes.length > 0)
  if (found !== undefined) return found
  throw new Failure('no-genotype', { file: source.file })
}

/** In the first form that fits. */
export function writeGenotype(genotype: Genotype, cells: readonly SpaceCell[]): string {
  const form = forms.find(({ fits }) => fits(cells))
  if (form === undefined) throw new Error('every genotype has a form')
  return form.write(genotype)
}

/** One cell with one input, whose nodes read everything before them, the last one being the output. */
function readsEverything(cells: readonly SpaceCell[]): boolean {
  const [cell, ...others] = cells
  if (cell === undefined || others.length > 0 || cell.inputs.length !== 1) return false
  const { nodes, states, output } = cell
  return (
    nodes.every(({ from, sources }, i) => from === undefined && sources.join() === states.slice(0, i + 1).join()) &&
    output.join() === states.at(-1)
  )
}
