import type { LayerNode, MixNode, NetworkNode } from '../../space/network/network.js'
import { shapeKey } from './state.js'

/** Thrown where branches share some of what is in them, which no sequence of operations tells. A jump, and no failure. */
export class SharedBranches extends Error {}

/** An operation on the way to a node, with the node where it is computed. */
interface Step {
  readonly id: number
  readonly text: string
}

/**
 * The operations from the input of a part of a network to a node, in order. Equal sequences mean equal networks: identities
 * are left out, branches that are merged are one operation behind all that they begin with alike, and the order of terms does
 * not matter.
 *
 * @param options which option of each decision that is mixed is meant
 * @throws SharedBranches
 */
export function operationsTo(
  nodes: readonly NetworkNode[],
  end: number,
  options: ReadonlyMap<string, number> = new Map(),
): readonly string[] {
  const known = new Map<number, readonly Step[]>()
  const stepsAt = (id: number): readonly Step[] => {
    const before = known.get(id)
    if (before) return before
    const node = nodes[id]
    const steps = node
      ? stepsTo(node, node.kind === 'mix' ? [stepsAt(taken(node, options))] : node.inputs.map(stepsAt))
      : []
    known.set(id, steps)
    return steps
  }
  return stepsAt(end).map(({ text }) => text)
}

/** Input of the option that is meant. */
function taken(node: MixNode, options: ReadonlyMap<string, number>): number {
  const option = options.get(node.decision)
  const input = option === undefined ? undefined : node.inputs[node.options.indexOf(option)]
  if (input === undefined) throw new Error(`${node.decision} is mixed where one option is to be taken`)
  return input
}

function stepsTo(node: NetworkNode, inputs: readonly (readonly Step[])[]): readonly Step[] {
  const [first = []] = inputs
  switch (node.kind) {
    case 'input':
      // A part may read several maps: of which it is computed, matters.
      return node.id === 0 ? [] : [{ id: node.id, text: node.path }]
    case 'edge':
    case 'mix':
      return first
    case 'layer':
      return node.operation === 'identity' ? first : [...first, { id: node.id, text: textOf(node) }]
    case 'merge': {
      const common = commonLength(inputs)
      const branches = inputs.map((steps) => steps.slice(common))
      const ids = branches.flatMap((steps) => steps.map(({ id }) => id))
      if (new Set(ids).size < ids.length) throw new SharedBranches('branches share what is in them')
      const texts = branches.map((steps) => steps.map(({ text }) => text).join(' -> '))
      const terms = node.merge === 'concat' ? texts : texts.sort()
      return [...first.slice(0, common), { id: node.id, text: `${node.merge}(${terms.join(' | ')})` }]
    }
  }
}

/** How many steps all sequences begin with: what is computed twice in the same way is the same. */
function commonLength([first = [], ...others]: readonly (readonly Step[])[]): number {
  const length = first.findIndex(({ text }, index) => others.some((steps) => steps[index]?.text !== text))
  return length < 0 ? first.length : length
}

function textOf({ operation, attributes, shape }: LayerNode): string {
  const list = Object.entries(attributes)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .sort()
  return `${operation}(${list.join(', ')}) ${shapeKey(shape)}`
}
