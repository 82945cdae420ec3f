import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { argmax } from './argmax.js'
import { bayesian } from './bayesian.js'
import { best, random, worst } from './best.js'
import type { Derivation, DerivationComponent } from './derivation.js'
import { evolution } from './evolution.js'
import { nonzero } from './nonzero.js'
import { nsga2 } from './nsga2.js'
import { pareto } from './pareto.js'
import { successiveHalving } from './successive-halving.js'
import { tree } from './tree.js'
import { top } from './top.js'

/** Derivations by their names in `std:search`. */
export const derivations: Readonly<Record<string, DerivationComponent>> = {
  argmax,
  top,
  nonzero,
  bayesian,
  best,
  worst,
  random,
  evolution,
  nsga2,
  pareto,
  successive_halving: successiveHalving,
  tree,
}

export function openDerivation(use: ComponentUse, clause: string): Derivation {
  return lookUp(derivations, use, 'derivation', clause)(readArguments(use, clause))
}
