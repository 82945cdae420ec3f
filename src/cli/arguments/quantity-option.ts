import { quantityNames } from '../../analysis/index.js'

/** `--by macs`: which cost is meant. */
export const quantityOption = {
  kind: 'choice',
  options: quantityNames,
  describe: 'Which cost; macs without this',
} as const
