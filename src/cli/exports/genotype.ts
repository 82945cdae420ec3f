import { cellsOf, genotypeOf, writeGenotype } from '../../architectures/genotype/index.js'
import type { ExportForm } from './index.js'

/** What DARTS-like code reads, or a string of NAS-Bench-201 where the space is of that form. */
export const genotype: ExportForm = {
  summary: 'a Genotype(…) of DARTS-like code, or a string of NAS-Bench-201',
  write({ ir, name, architecture, params, operations }) {
    const cells = cellsOf(ir, architecture.space, params)
    return `${writeGenotype(genotypeOf(architecture, cells, operations, name), cells)}\n`
  },
}
