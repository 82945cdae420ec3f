import { readFileSync } from 'node:fs'
import type { Ir } from '../../src/ir/model/ir.js'
import type { IrSearch } from '../../src/ir/model/search.js'
import { seal } from '../../src/ir/seal/index.js'
import { changedText, compiledText } from './programs.js'

const tiny = `scale tiny {
    cells = 3, width = 4, epochs 2, batch 8
    retrain { cells = 3, width = 4, epochs 2, batch 8, cutout 2 }
  }`

/** `spaces/darts.nas` with a scale for tests, and with parts of it written otherwise. */
export function searchIr(...changes: readonly (readonly [RegExp | string, string])[]): Ir {
  const text = readFileSync('spaces/darts.nas', 'utf8')
  return compiledText(changedText(text, [/scale quick small\n/, `${tiny}\n`], ...changes))
}

/** The same with its search changed in a way that the compiler would not let pass. */
export function unlawfulSearchIr(change: (search: IrSearch) => Partial<IrSearch>): Ir {
  const { format: _format, hash: _hash, ...program } = searchIr()
  return seal({ ...program, searches: program.searches.map((search) => ({ ...search, ...change(search) })) })
}
