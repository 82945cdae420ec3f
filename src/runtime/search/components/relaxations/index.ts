import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { combinatorial } from './combinatorial.js'
import { edgeNormalisation } from './edge-normalisation.js'
import { gates } from './gates.js'
import { gumbel } from './gumbel.js'
import { mask } from './mask.js'
import type { Relaxation, RelaxationComponent } from './relaxation.js'
import { slice } from './slice.js'
import { sparse } from './sparse.js'
import { softmax } from './softmax.js'
import { strength } from './strength.js'
import { subsample } from './subsample.js'

/** Relaxations by their names in `std:search`. */
export const relaxations: Readonly<Record<string, RelaxationComponent>> = {
  combinatorial,
  edge_normalisation: edgeNormalisation,
  gates,
  gumbel,
  mask,
  slice,
  softmax,
  sparse,
  strength,
  subsample,
}

export function openRelaxation(use: ComponentUse, clause: string): Relaxation {
  return lookUp(relaxations, use, 'relaxation', clause)(readArguments(use, clause))
}
