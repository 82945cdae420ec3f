import type { Binding } from '../decisions/binding.js'

/**
 * Copies of cells that are searched beside copies that stand for the derived network: `engine` binds the decisions of the
 * copies named in `cells` (`cells[5]`), `transit` those of all others. Where `transit` fixes its decisions, its cells sum
 * the edges taken without weights (EnTranNAS, Yang et al., CVPR 2021).
 */
export function engineBinding(engine: Binding, transit: Binding, cells: ReadonlySet<string>): Binding {
  return (decision, copy) => (copy === undefined || cells.has(copy) ? engine(decision, copy) : transit(decision, copy))
}
