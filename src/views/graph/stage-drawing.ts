import { strideOf } from './stride.js'
import type { StageItem } from '../../ir/model/space.js'
import { decisionText } from './describe.js'
import type { DrawnBox, DrawnItem } from './drawing.js'
import { partsOf } from './path.js'
import { stepBox, elementsUnder, type PipelineDrawing } from './pipeline.js'
import type { GraphTarget } from './graph-target.js'

/** A stage with more kinds of layers than this shows every one in a single box. */
const runsInFull = 2

interface Layer {
  readonly index: number
  readonly boxes: readonly DrawnBox[]
  /** Box of every node, by its position among the boxes. */
  readonly positions: ReadonlyMap<number, number>
}

/** A stage as a cluster; neighbouring layers that look the same stand there once, with their number. */
export function drawStage(target: GraphTarget, stage: StageItem): PipelineDrawing {
  const { nodes } = target.network
  const own = target.decisions.filter(({ path }) => path.startsWith(`${stage.name}.`))
  const count = Math.max(0, ...nodes.map(({ path }) => layerNumber(partsOf(path)[0] ?? '', stage.name) ?? 0))
  const layers = Array.from({ length: count }, (_, index) => layerOf(target, stage, index + 1))
  const runs = runsOf(layers)
  const places = new Map<number, string>()
  const drawn = new Set<number>()
  const items: DrawnItem[] = []
  for (const run of runs) {
    const [first] = run
    if (!first) continue
    const last = first.index + run.length - 1
    const title = run.length === 1 ? `layer ${first.index}` : `layers ${first.index}–${last}`
    const id = `${stage.name}/${first.index}`
    for (const layer of run) {
      for (const [node, position] of layer.positions) {
        places.set(node, runs.length > runsInFull ? id : (first.boxes[position]?.id ?? ''))
        if (layer === first) drawn.add(node)
      }
    }
    if (runs.length === 1) items.push(...first.boxes)
    else if (runs.length <= runsInFull) items.push({ kind: 'cluster', id, title, items: first.boxes })
    else items.push(shortBox(id, title, first.boxes))
  }
  const depth = own.find(({ path }) => path === `${stage.name}.depth`)
  const width = own.find(({ path }) => path === `${stage.name}.width`)
  const times = depth && !target.selections ? timesText(depth.options) : `×${count}`
  const stride = strideOf(target, stage)
  const notes = [width && decisionText(target, width), stride > 1 ? `stride ${stride}` : undefined].filter(
    (note) => note !== undefined,
  )
  const [only, ...others] = items
  // Beside the title they would lie under the line that comes in from above.
  const inside = only?.kind === 'box' && others.length === 0
  const texts = notes.map((text) => ({ text }))
  return {
    item: {
      kind: 'cluster',
      id: stage.name,
      title: `${stage.name} ${times}`,
      ...(notes.length === 0 || inside ? {} : { note: notes.join(', ') }),
      items: inside
        ? [{ ...only, rows: only.role === 'choice' ? [...only.rows, ...texts] : [...texts, ...only.rows] }]
        : items,
    },
    places,
    drawn,
  }
}

/** A layer in one box, its steps as rows. */
function shortBox(id: string, title: string, boxes: readonly DrawnBox[]): DrawnBox {
  const rows = boxes.flatMap((box) => {
    if (box.role === 'merge') return []
    if (box.role === 'choice') return box.rows
    return [{ text: box.title }, ...box.rows.map(({ text }) => ({ text: `  ${text}` }))]
  })
  return { kind: 'box', id, role: boxes.some(({ role }) => role === 'choice') ? 'choice' : 'operation', title, rows }
}

/** `×3–5`, `×{1, 3}`. */
function timesText(options: readonly string[]): string {
  const numbers = options.map(Number)
  const [first = 0] = numbers
  if (numbers.length === 1) return `×${first}`
  const even = numbers.every((number, index) => number === first + index)
  return even ? `×${first}–${numbers.at(-1) ?? first}` : `×{${options.join(', ')}}`
}

function layerOf(target: GraphTarget, stage: StageItem, index: number): Layer {
  const prefix = `${stage.name}[${index}]`
  const around = target.decisions.filter(({ path }) => {
    const rest = path.startsWith(`${stage.name}.`) ? path.slice(stage.name.length + 1) : undefined
    if (rest === undefined || rest === 'depth' || rest === 'width') return false
    return !rest.startsWith('layer[') || rest === `layer[${index}]` || rest.startsWith(`layer[${index}].`)
  })
  const steps = elementsUnder(target.network.nodes, prefix)
  const positions = new Map<number, number>()
  const boxes = steps.map((step, position) => {
    for (const { id } of step.nodes) positions.set(id, position)
    return stepBox(target, `${prefix}.${step.part}`, step, around, prefix)
  })
  return { index, boxes, positions }
}

function layerNumber(part: string, stage: string): number | undefined {
  if (!part.startsWith(`${stage}[`)) return undefined
  return Number(part.slice(stage.length + 1, -1))
}

function runsOf(layers: readonly Layer[]): readonly (readonly Layer[])[] {
  const runs: Layer[][] = []
  for (const layer of layers) {
    const run = runs.at(-1)
    const [first] = run ?? []
    if (run && first && look(first) === look(layer)) run.push(layer)
    else runs.push([layer])
  }
  return runs
}

function look(layer: Layer): string {
  return JSON.stringify(layer.boxes.map(({ role, title, note, rows }) => [role, title, note, rows]))
}
