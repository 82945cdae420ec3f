import type { PlacementComponent } from './placement.js'

/** Copies that run what is derived of the choices so far (Yang et al., EnTranNAS, CVPR 2021, transit-cells). */
export const transit: PlacementComponent = (read) => ({
  at: read.numbers('at', { least: 0, integer: true }),
  elsewhere: read.boolean('elsewhere'),
  runs: 'derived',
})
