import { attention } from './attentivenas/attention.js'
import { draws } from './attentivenas/draws.js'
import type { Claim } from './claim.js'
import { consistency } from './entrannas/consistency.js'
import { cost } from './entrannas/cost.js'
import { costWeight } from './fbnetv2/cost-weight.js'
import { masking } from './fbnetv2/masking.js'
import { percentile } from './fbnetv2/percentile.js'
import { temperature } from './fbnetv2/temperature.js'
import { latency } from './la-darts/latency.js'
import { macs } from './la-darts/macs.js'
import { prediction } from './la-darts/prediction.js'
import { search } from './ofa-mobilenetv3/search.js'
import { ranking } from './pi-nas/ranking.js'
import { featureShift, parameterShift } from './pi-nas/shifts.js'
import { parameters } from './toponas/parameters.js'
import { topology } from './toponas/topology.js'

export const claims: readonly Claim[] = [
  ...[consistency, cost],
  ...[masking, costWeight, percentile, temperature],
  ...[topology, parameters],
  ...[prediction, latency, macs],
  ...[draws, attention],
  search,
  ...[ranking, featureShift, parameterShift],
]
