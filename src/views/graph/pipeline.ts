import type { Decision } from '../../space/decisions/decision.js'
import type { NetworkNode } from '../../space/network/network.js'
import { choiceBox, decisionText } from './describe.js'
import type { DrawnBox, DrawnItem, DrawnRow } from './drawing.js'
import { partsOf, valuesNamed, wordOf } from './path.js'
import type { GraphTarget } from './graph-target.js'
import { layerText } from './text.js'

/** A part of the network as it is drawn. */
export interface PipelineDrawing {
  readonly item: DrawnItem
  /** Box of every node of the network that it stands for. */
  readonly places: ReadonlyMap<number, string>
  /** Nodes whose inputs are drawn as lines. */
  readonly drawn: ReadonlySet<number>
}

/** One step of a pipeline with all nodes it consists of. */
export interface PipelineElement {
  /** The part of the path that names it: `conv[width=24]`. */
  readonly part: string
  readonly nodes: readonly NetworkNode[]
}

/** The nodes under a path, by the step that they belong to, in order. */
export function elementsUnder(nodes: readonly NetworkNode[], prefix: string): readonly PipelineElement[] {
  const steps = new Map<string, NetworkNode[]>()
  for (const node of nodes) {
    const [top, part] = partsOf(node.path)
    if (top !== prefix || part === undefined) continue
    const known = steps.get(part)
    if (known) known.push(node)
    else steps.set(part, [node])
  }
  return [...steps].map(([part, nodes]) => ({ part, nodes }))
}

/** A chain of steps in one box: a stem, a head. */
export function drawPipeline(
  target: GraphTarget,
  id: string,
  title: string,
  prefixes: readonly string[],
): PipelineDrawing {
  const rows: DrawnRow[] = []
  const places = new Map<number, string>()
  const own = target.decisions.filter(({ path }) => prefixes.some((prefix) => path.startsWith(`${prefix}.`)))
  for (const prefix of prefixes) {
    for (const step of elementsUnder(target.network.nodes, prefix)) {
      rows.push({ text: stepTitle(step) })
      for (const { id: node } of step.nodes) places.set(node, id)
    }
  }
  for (const decision of own) {
    const text = decisionText(target, decision)
    if (text !== undefined) rows.push({ text })
  }
  const box: DrawnBox = { kind: 'box', id, role: 'operation', title, rows }
  return { item: box, places, drawn: new Set(places.keys()) }
}

/** `conv 3×3 /2` for a primitive, the name for an operation made of several. */
export function stepTitle({ part, nodes }: PipelineElement): string {
  const [only] = nodes
  return layerText(wordOf(part), nodes.length === 1 && only?.kind === 'layer' ? only : undefined)
}

/**
 * A step as a box of its own. A choice between operations stands stacked; values that the operation gets from decisions
 * stand in rows.
 *
 * @param around decisions of the place, of which those that the step uses become its rows
 */
export function stepBox(
  target: GraphTarget,
  id: string,
  step: PipelineElement,
  around: readonly Decision[],
  prefix: string,
): DrawnBox {
  const merge = step.nodes.length === 1 && step.nodes[0]?.kind === 'merge' ? step.nodes[0] : undefined
  if (merge) return { kind: 'box', id, role: 'merge', title: mergeSign(merge.merge), rows: [] }
  const mixes = step.nodes.flatMap((node) => (node.kind === 'mix' ? [node] : []))
  const mixed = new Set(mixes.map(({ decision }) => decision))
  const outer = mixes.find(({ path }) => path === `${prefix}.${step.part}`) ?? (mixed.size === 1 ? mixes[0] : undefined)
  const choice = outer && target.decisions.find(({ path }) => path === outer.decision)
  const named = new Set(step.nodes.flatMap(({ path }) => partsOf(path).flatMap(valuesNamed)))
  const rows = around.flatMap((decision): DrawnRow[] => {
    if (decision === choice || !(named.has(decision.kind) || mixed.has(decision.path))) return []
    const text = decisionText(target, decision)
    return text === undefined ? [] : [{ text }]
  })
  if (choice) return choiceBox(target, id, choice, rows)
  return { kind: 'box', id, role: 'operation', title: stepTitle(step), rows }
}

export function mergeSign(merge: 'sum' | 'concat' | 'multiply'): string {
  return { sum: '+', concat: 'concat', multiply: '×' }[merge]
}
