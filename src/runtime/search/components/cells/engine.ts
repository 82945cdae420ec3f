import type { PlacementComponent } from './placement.js'

/** Copies that evaluate everything: the choices learn from these (Yang et al., EnTranNAS, CVPR 2021, engine-cells). */
export const engine: PlacementComponent = (read) => ({
  at: read.numbers('at', { least: 0, integer: true }),
  elsewhere: false,
  runs: 'relaxed',
})
