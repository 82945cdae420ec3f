import type { NetworkItem } from '../../ir/model/space.js'
import { cellDrawings } from './cell-drawing.js'
import { decisionText } from './describe.js'
import { boxesOf, type DrawnBox, type DrawnItem, type DrawnLine, type Drawing } from './drawing.js'
import { itemOutputs } from './item-outputs.js'
import { partsOf } from './path.js'
import { drawPipeline, type PipelineDrawing } from './pipeline.js'
import { stackRuns } from './stack-drawing.js'
import { drawStage } from './stage-drawing.js'
import type { GraphTarget } from './graph-target.js'
import { shapeText } from './text.js'

/**
 * The network of a space or an architecture, downwards: every stage as a cluster with its layers (equal ones once, with
 * their number), a stack as its cells (equal neighbours once), the cells themselves beside it.
 */
export function drawNetwork(target: GraphTarget, title: string): Drawing {
  const { space } = target
  const items: DrawnItem[] = [imageBox(target)]
  /** Where a node of the network is in the drawing. */
  const places = new Map<number, string>()
  places.set(0, 'input')
  /** Nodes whose inputs are drawn: of several equal layers only those of the first. */
  const drawn = new Set<number>()
  let stems = 0
  for (const item of space.network) {
    const steps = stepsOf(target, item, () => ++stems)
    items.push(steps.item)
    for (const [node, box] of steps.places) places.set(node, box)
    for (const node of steps.drawn) drawn.add(node)
  }
  const classes = target.network.classes
  items.push({ kind: 'box', id: 'output', role: 'state', title: `${classes} classes`, rows: [] })
  const cells = cellDrawings(target)
  return {
    title,
    direction: 'down',
    items: [...items, ...cells.items],
    lines: [...linesBetween(target, places, drawn, items.map(idsOf)), ...lastLine(target, places), ...cells.lines],
  }
}

function imageBox(target: GraphTarget): DrawnBox {
  const image = target.network.input
  const resolution = target.decisions.find(({ kind: what, path }) => what === 'resolution' && path === 'resolution')
  const text = resolution && decisionText(target, resolution)
  return {
    kind: 'box',
    id: 'input',
    role: 'state',
    title: 'image',
    note: shapeText(image, target.smallest?.input),
    rows: text === undefined || target.selections ? [] : [{ text }],
  }
}

function stepsOf(target: GraphTarget, item: NetworkItem, nextStem: () => number): PipelineDrawing {
  const { space } = target
  switch (item.kind) {
    case 'stem': {
      const several = item.parts.length > 1
      const first = nextStem()
      const prefixes = several ? item.parts.map((_, index) => `stem[${index + 1}]`) : ['stem']
      return drawPipeline(target, `stem${first > 1 ? first : ''}`, 'stem', prefixes)
    }
    case 'head':
      return drawPipeline(target, 'head', 'head', ['head'])
    case 'stage':
      return drawStage(target, item)
    case 'stack':
      return stackRuns(target, space, item)
  }
}

function lastLine({ network }: GraphTarget, places: ReadonlyMap<number, string>): readonly DrawnLine[] {
  const from = places.get(network.logits)
  return from === undefined ? [] : [{ from, to: 'output' }]
}

function idsOf(item: DrawnItem): ReadonlySet<string> {
  return new Set(boxesOf([item]).map(({ id }) => id))
}

/**
 * One line for every pair of boxes of which one reads the other. Where it leaves a stage, a stack, a stem, the shape of
 * the map is on it.
 */
function linesBetween(
  target: GraphTarget,
  places: ReadonlyMap<number, string>,
  drawn: ReadonlySet<number>,
  groups: readonly ReadonlySet<string>[],
): readonly DrawnLine[] {
  const { network, smallest } = target
  const smallShapes = new Map(smallest?.nodes.map(({ path, shape }) => [shapeKey(path), shape]))
  const outputs = new Map(itemOutputs(target).map(({ last, out }) => [last, out]))
  const lines = new Map<string, DrawnLine>()
  const labelled = new Set<string>()
  for (const node of network.nodes) {
    const to = places.get(node.id)
    if (to === undefined || !drawn.has(node.id)) continue
    for (const input of node.inputs) {
      const from = places.get(input)
      const shape = network.nodes[input]?.shape
      if (from === undefined || from === to || !shape || lines.has(`${from}\n${to}`)) continue
      const path = network.nodes[input]?.path ?? ''
      const small = smallShapes.get(shapeKey(path))
      const inside = groups.some((group) => group.has(from) && group.has(to))
      const size = outputs.get(input) ?? shapeText(shape, small)
      const label = inside || from === 'input' || labelled.has(from) ? undefined : size
      if (!inside) labelled.add(from)
      lines.set(`${from}\n${to}`, { from, to, ...(label === undefined ? {} : { label }) })
    }
  }
  return [...lines.values()]
}

/** The same place in two networks: values in labels differ, and so do depths, so a layer counts for its stage. */
function shapeKey(path: string): string {
  const [top = ''] = partsOf(path)
  return `${top.replace(/\[\d+\]$/, '')} ${path.slice(top.length).replace(/\[[^\]]*=[^\]]*\]/g, '')}`
}
