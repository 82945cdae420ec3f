import type { CostComponent } from '../../../../../src/runtime/search/components/costs/cost.js'

/** How many nodes the network has. */
export const nodes: CostComponent = () => ({
  key: 'nodes',
  emit: ({ builder, costed }) => builder.one('fill', [], { shape: [], value: costed.nodes.length }),
})
