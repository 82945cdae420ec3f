import type { Placement } from '../../../../space/binding/placement.js'
import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { engine } from './engine.js'
import type { PlacementComponent } from './placement.js'
import { transit } from './transit.js'

/** Placements of cells by their names in `std:search`. */
export const placements: Readonly<Record<string, PlacementComponent>> = { engine, transit }

export function openPlacement(use: ComponentUse, clause: string): Placement {
  return lookUp(placements, use, 'placement of cells', clause)(readArguments(use, clause))
}
