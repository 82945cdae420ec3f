import { lookUp } from '../lookup.js'
import { readArguments } from '../reader.js'
import type { ComponentUse } from '../component-use.js'
import { accuracy } from './accuracy.js'
import { batchLoss } from './batch-loss.js'
import { linearProbe } from './linear-probe.js'
import { predicted } from './predicted.js'
import type { Score, ScoreComponent } from './score.js'
import { table } from './table.js'
import { trained } from './trained.js'

/** Scores by their names in `std:search`. */
export const scores: Readonly<Record<string, ScoreComponent>> = {
  accuracy,
  batch_loss: batchLoss,
  linear_probe: linearProbe,
  predicted,
  table,
  trained,
}

/** What judges where a search does not say. */
export const defaultScore: ComponentUse = { component: 'accuracy', arguments: {} }

export function openScore(use: ComponentUse, clause: string): Score {
  return lookUp(scores, use, 'score', clause)(readArguments(use, clause))
}
