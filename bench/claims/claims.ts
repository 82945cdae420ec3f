import { attention } from './attentivenas/attention.js'
import { draws } from './attentivenas/draws.js'
import type { Claim } from './claim.js'
import { consistency } from './entrannas/consistency.js'
import { cost } from './entrannas/cost.js'
import { latency } from './la-darts/latency.js'
import { macs } from './la-darts/macs.js'
import { prediction } from './la-darts/prediction.js'
import { parameters } from './toponas/parameters.js'
import { topology } from './toponas/topology.js'

export const claims: readonly Claim[] = [
  consistency,
  cost,
  topology,
  parameters,
  prediction,
  latency,
  macs,
  draws,
  attention,
]
