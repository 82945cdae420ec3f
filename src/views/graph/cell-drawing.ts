import { edgeBoxes, legendsOf } from './edge-drawing.js'
import type { Drawing, DrawnBox, DrawnCluster, DrawnItem, DrawnLine } from './drawing.js'
import { partsOf, wordOf } from './path.js'
import { instancesOf, type CellInstance } from './stack-drawing.js'
import { mergeSign } from './pipeline.js'
import type { GraphTarget } from './graph-target.js'
import { arityText, shapeText } from './text.js'

interface Parts {
  readonly items: readonly DrawnItem[]
  readonly lines: readonly DrawnLine[]
}

/** Names of the cells that a network uses. */
export function cellNames(target: GraphTarget): readonly string[] {
  return target.space.cells.map(({ name }) => name).filter((name) => copyOf(target, name) !== undefined)
}

/** One cell by itself, from the left to the right. */
export function drawCell(target: GraphTarget, cell: string, title: string): Drawing {
  return { title, direction: 'right', ...cellParts(target, cell) }
}

/** All cells of a space, each as a cluster. */
export function cellDrawings(target: GraphTarget): Parts {
  const parts = cellNames(target).map((name) => cellParts(target, name))
  return { items: parts.flatMap(({ items }) => items), lines: parts.flatMap(({ lines }) => lines) }
}

/** The first copy of a cell in the network: what is drawn for all of them. */
function copyOf(target: GraphTarget, cell: string): CellInstance | undefined {
  for (const item of target.space.network) {
    if (item.kind !== 'stack') continue
    const copy = instancesOf(target, item.name).find((each) => each.cell === cell)
    if (copy) return copy
  }
  return undefined
}

function cellParts(target: GraphTarget, cell: string): Parts {
  const copy = copyOf(target, cell)
  if (!copy) return { items: [], lines: [] }
  const legends = legendsOf(target, cell)
  const inputs = inputParts(target, cell, copy)
  const nodes = nodeParts(target, cell, copy, legends)
  const output = outputParts(target, cell, copy, nodes.states)
  const cluster: DrawnCluster = {
    kind: 'cluster',
    id: `cell ${cell}`,
    title: cell,
    items: [...inputs.items, ...nodes.items, ...output.items, ...legends.values()],
  }
  return { items: [cluster], lines: [...inputs.lines, ...nodes.lines, ...output.lines] }
}

const idOf = (cell: string, name: string): string => `${cell}/${name}`

/** `s0`, `s1`, and what is done to them before the nodes read them. */
function inputParts({ network, ir, space }: GraphTarget, cell: string, copy: CellInstance): Parts {
  const use = space.cells.find(({ name }) => name === cell)
  const names = ir.cells.find(({ id }) => id === use?.cell)?.inputs ?? []
  const prepared = new Map<string, { words: string[]; shape: string }>()
  for (const id of copy.nodes) {
    const node = network.nodes[id]
    if (!node) continue
    const [, what = '', name = '', word = ''] = partsOf(node.path)
    if (what !== 'prepare') continue
    const steps = prepared.get(name) ?? { words: [], shape: '' }
    if (!steps.words.includes(wordOf(word))) steps.words.push(wordOf(word))
    prepared.set(name, { ...steps, shape: shapeText(node.shape) })
  }
  const items: DrawnBox[] = []
  const lines: DrawnLine[] = []
  for (const name of names) {
    const steps = prepared.get(name)
    if (!steps) {
      items.push({ kind: 'box', id: idOf(cell, name), role: 'state', title: name, rows: [] })
      continue
    }
    const from = idOf(cell, `before ${name}`)
    items.push({ kind: 'box', id: from, role: 'state', title: name, rows: [] })
    const rows = steps.words.map((text) => ({ text }))
    items.push({ kind: 'box', id: idOf(cell, name), role: 'operation', title: '', note: steps.shape, rows })
    lines.push({ from, to: idOf(cell, name) })
  }
  return { items, lines }
}

interface NodeParts extends Parts {
  /** Name of the state that a node of the network gives. */
  readonly states: ReadonlyMap<number, string>
}

function nodeParts(
  target: GraphTarget,
  cell: string,
  copy: CellInstance,
  legends: ReadonlyMap<string, DrawnBox>,
): NodeParts {
  const { network, decisions } = target
  const items: DrawnItem[] = []
  const lines: DrawnLine[] = []
  const states = new Map<number, string>()
  const present = new Set<string>()
  for (const id of copy.nodes) {
    const node = network.nodes[id]
    if (node?.kind !== 'edge') continue
    const name = node.node.slice(cell.length + 1)
    const edge = edgeBoxes(target, cell, copy, node, legends)
    if (!edge) continue
    states.set(id, name)
    if (!present.has(name)) {
      present.add(name)
      const merged = network.nodes.find(({ path }) => path === `${copy.path}.${name}`)
      if (merged) states.set(merged.id, name)
      const from = decisions.find(({ path }) => path === `${node.node}.from`)
      items.push({
        kind: 'box',
        id: idOf(cell, name),
        role: 'state',
        title: name,
        note: shapeText(node.shape),
        rows: from && edge.optional ? [{ text: arityText(from) }] : [],
      })
    }
    items.push(...edge.boxes)
    const chain = [idOf(cell, node.source), ...edge.boxes.map((box) => box.id), idOf(cell, name)]
    chain.slice(1).forEach((to, index) => {
      lines.push({ from: chain[index] ?? '', to, ...(edge.optional ? { dashed: true } : {}) })
    })
  }
  return { items, lines, states }
}

/** How the nodes become the output of the cell, and what is added to them. */
function outputParts(
  target: GraphTarget,
  cell: string,
  copy: CellInstance,
  states: ReadonlyMap<number, string>,
): Parts {
  const { network, decisions, selections } = target
  const id = idOf(cell, '-> output')
  const merged = network.nodes.find(({ path }) => path === `${copy.path}.output`)
  const last = copy.nodes.at(-1)
  const inputs = merged?.inputs ?? (last === undefined ? [] : [last])
  const choice = decisions.find(({ path }) => path === `${cell}.output`)
  const selected = choice && selections?.[choice.path]?.map((option) => choice.options[option])
  const shape = network.nodes[last ?? 0]?.shape
  const box: DrawnBox = {
    kind: 'box',
    id,
    role: 'state',
    title: merged?.kind === 'merge' ? mergeSign(merged.merge) : 'output',
    ...(shape ? { note: shapeText(shape) } : {}),
    rows: choice && !selections ? [{ text: arityText(choice) }] : [],
  }
  const lines: DrawnLine[] = inputs.flatMap((input) => {
    const name = states.get(input)
    if (name === undefined || (selected && !selected.includes(name))) return []
    return [{ from: idOf(cell, name), to: id, ...(choice && !selections ? { dashed: true } : {}) }]
  })
  const added = copy.nodes.flatMap((node) => {
    const found = network.nodes[node]
    const parts = found ? partsOf(found.path) : []
    return found && parts[1] === 'output' && parts[2]?.startsWith('plus[') ? [wordOf(parts[3] ?? '')] : []
  })
  if (added.length === 0) return { items: [box], lines }
  const term: DrawnBox = {
    kind: 'box',
    id: idOf(cell, '-> plus'),
    role: 'operation',
    title: '',
    rows: [...new Set(added)].map((text) => ({ text })),
  }
  const [source = 's0'] = plusSources(target, cell)
  lines.push({ from: idOf(cell, source), to: term.id }, { from: term.id, to: id })
  return { items: [box, term], lines }
}

function plusSources({ ir, space }: GraphTarget, cell: string): readonly string[] {
  const use = space.cells.find(({ name }) => name === cell)
  const declared = ir.cells.find(({ id }) => id === use?.cell)
  return (declared?.output.plus ?? []).flatMap(({ of }) => of)
}
