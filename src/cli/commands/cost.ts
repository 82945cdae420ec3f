import Table from 'cli-table3'
import pc from 'picocolors'
import { conventionOf, costOf, defaultConvention, type Cost, type LayerRow } from '../../ir/cost/index.js'
import type { Shape } from '../../ir/elaborate/network.js'
import type { Failure } from '../../ir/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import { commonOptions } from '../common-options.js'
import { defineCommand, oneFile } from '../command.js'
import { exitCode } from '../exit-code.js'
import { bytes, grouped } from '../format.js'
import { loadIr } from '../load-ir.js'
import { networkOf } from '../network.js'
import { printJson } from '../print-failure.js'
import { readSettings } from '../settings.js'
import type { Terminal } from '../terminal.js'
import { wrongUse } from '../wrong-use.js'

const { arch, space, set, convention, json } = commonOptions

export const command = defineCommand({
  operands: oneFile,
  describe:
    'What an architecture costs, or the supernet of a space: trained parameters, multiply-accumulates (MACs) for one\n' +
    'image at the resolution of the space, and bytes of activations. One row per layer, the sum at the end.',
  options: {
    arch,
    supernet: { kind: 'flag', describe: 'The space with every choice left open' },
    space,
    set,
    convention,
    depth: {
      kind: 'integer',
      value: 'N',
      least: 1,
      describe: 'One row for all layers whose paths agree in the first N parts',
    },
    json,
  },
  examples: [
    ['cost spaces/darts.nas --arch DARTS_V2 --set cells=20 --set width=36', 'every layer of a published network'],
    ['cost spaces/darts.nas --arch DARTS_V2 --depth 1', 'one row for the stem, each cell and the head'],
    ['cost spaces/darts.nas --supernet --convention full --json', 'the supernet, counted another way, as JSON'],
  ],
  async run([file = ''], values, terminal) {
    const convention = conventionOf(values.convention ?? defaultConvention).name
    const ir = await loadIr(file, values.json, terminal)
    if (ir === undefined) return exitCode.findings
    if (values.supernet && values.arch !== undefined) throw wrongUse.together('--arch', '--supernet')
    if (!values.supernet && values.arch === undefined) throw nothingToCost(ir)
    const network = await networkOf(ir, file, { ...values, set: readSettings(values.set) }, terminal)
    if (network === undefined) return exitCode.findings
    const cost = costOf(network, convention)
    if (values.json) printJson(cost, terminal)
    else printCost(cost, values.depth, terminal)
    return exitCode.fine
  },
})

function nothingToCost(ir: Ir): Failure {
  const names = ir.architectures.map((architecture) => architecture.name)
  return wrongUse.missing(
    'Nothing says what to cost.',
    `Give --supernet, or --arch NAME${names.length === 0 ? '' : ` (${ir.source} has ${names.join(', ')})`}.`,
  )
}

function printCost(cost: Cost, depth: number | undefined, terminal: Terminal): void {
  const colours = pc.createColors(terminal.outColour)
  const table = new Table({
    head: ['layer', 'operation', 'in', 'out', 'parameters', 'MACs'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  const rows = depth === undefined ? cost.layers.map(rowOfLayer) : groupRows(cost, depth)
  table.push(...rows)
  terminal.out(`${table.toString()}\n`)
  terminal.out(`${colours.bold('parameters')}   ${grouped(cost.parameters)}\n`)
  terminal.out(`${colours.bold('MACs')}         ${grouped(cost.macs)} per image (${cost.convention})\n`)
  terminal.out(`${colours.bold('activations')}  ${bytes(cost.activationBytes)} per image\n`)
}

type Row = [layer: string, operation: string, input: string, output: string, parameters: string, macs: string]

function rowOfLayer(layer: LayerRow): Row {
  return [layer.path, layer.op, size(layer.in), size(layer.out), grouped(layer.parameters), grouped(layer.macs)]
}

/** Sums the layers whose paths agree in their first parts, in the order in which they first appear. */
function groupRows(cost: Cost, depth: number): Row[] {
  const groups = new Map<string, LayerRow[]>()
  for (const layer of cost.layers) {
    const prefix = layer.path.split('.').slice(0, depth).join('.')
    const group = groups.get(prefix)
    if (group === undefined) groups.set(prefix, [layer])
    else group.push(layer)
  }
  return [...groups].map(([path, layers]) => [
    path,
    layers.length === 1 ? (layers[0]?.op ?? '') : `${layers.length} layers`,
    // What leaves a cell is merged from several of its layers: none of theirs is the size of the whole.
    layers.length === 1 ? size(layers[0]?.in) : '',
    layers.length === 1 ? size(layers[0]?.out) : '',
    grouped(layers.reduce((sum, layer) => sum + layer.parameters, 0)),
    grouped(layers.reduce((sum, layer) => sum + layer.macs, 0)),
  ])
}

/** `32x32x16`. */
function size(shape: Shape | undefined): string {
  return shape === undefined ? '' : `${shape.height}x${shape.width}x${shape.channels}`
}
