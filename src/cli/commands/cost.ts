import Table from 'cli-table3'
import pc from 'picocolors'
import { costRange, decisionsOf, hasConstraints } from '../../analysis/index.js'
import { conventionOf, costOf, defaultConvention, type Cost, type LayerRow } from '../../space/cost/index.js'
import { pathSegments } from '../../space/decisions/decision-path.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { bindingOf, buildNetwork } from '../../space/index.js'
import { printArchitecture } from '../../architectures/index.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import { fileOrRun, openProgram, wholeSpace } from '../operands/open-program.js'
import { weightsOption } from '../operands/meant-architecture.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { formatBytes, formatCount } from '../../support/format-quantity.js'
import { networkOf } from '../operands/network.js'
import { printJson } from '../output/print-failure.js'
import { quantityOption } from '../arguments/quantity-option.js'
import { readSettings } from '../arguments/param-settings.js'
import type { Terminal } from '../terminal.js'

const { arch, space, set, convention, budget, json } = commonOptions

export const command = defineCommand({
  operands: fileOrRun,
  describe:
    'What an architecture costs, or the supernet of a space, or its cheapest or dearest architecture: trained parameters,\n' +
    'multiply-accumulates (MACs) for one image at the resolution of the space, and bytes of activations. One row per layer,\n' +
    'the sum at the end. Of a run directory, RUN: what it derived, under its params and for the images and classes of its data,\n' +
    'as `eval` and `export` take it.',
  options: {
    arch,
    supernet: { kind: 'flag', describe: 'The space with every choice left open' },
    least: { kind: 'flag', describe: 'The cheapest architecture that satisfies all constraints' },
    greatest: { kind: 'flag', describe: 'The dearest one' },
    by: { ...quantityOption, describe: 'What is least or greatest; macs without this' },
    weights: weightsOption,
    space,
    set,
    convention,
    depth: {
      kind: 'integer',
      value: 'N',
      least: 1,
      describe: 'One row for all layers whose paths agree in the first N parts',
    },
    budget,
    json,
  },
  examples: [
    ['cost spaces/darts.nas --arch DARTS_V2', 'every layer of a published network, with its own params'],
    [
      'cost spaces/darts.nas --arch DARTS_V2 --set cells=8 --depth 1',
      'of 8 cells: one row for the stem, each cell and the head',
    ],
    ['cost runs/first_order-1 --depth 1', 'the network of a run, as it was trained from scratch'],
    [
      'cost runs/first_order-1 --weights inherited --json',
      'as it stood in the supernet, with the params of the search',
    ],
    ['cost spaces/attentivenas.nas --least --depth 1', 'the smallest network of a space, and what it is'],
    ['cost spaces/darts.nas --supernet --convention full --json', 'the supernet, counted another way, as JSON'],
  ],
  async run([file = ''], values, terminal) {
    const convention = conventionOf(values.convention ?? defaultConvention).name
    const program = await openProgram(file, values.json, terminal, analysisBudget(values.budget, terminal))
    if (program === undefined) return exitCode.findings
    const { ir } = program
    const meant = [
      ...(program.named === undefined ? [] : [file]),
      ...(values.arch === undefined ? [] : ['--arch']),
      ...(['supernet', 'least', 'greatest'] as const).filter((name) => values[name]).map((name) => `--${name}`),
    ]
    const [first, second] = meant
    if (first === undefined && program.run === undefined) throw nothingToCost(ir)
    if (first !== undefined && second !== undefined) throw new Failure('options-exclude', { first, second })
    const isWhole = values.supernet || values.least || values.greatest
    if (isWhole && values.weights !== undefined) {
      throw new Failure('options-exclude', { first: first ?? '', second: '--weights' })
    }
    if (values.by !== undefined && !values.least && !values.greatest) {
      throw new Failure('option-missing', {
        what: '--by says what is least or greatest',
        options: '--least or --greatest beside it',
      })
    }
    const set = readSettings(values.set)
    if (values.least || values.greatest) {
      const { space, params } = wholeSpace(program, values, terminal)
      const range = costRange(ir, space, { params, convention }, values.by ?? 'macs')
      if (range === undefined) {
        // Of which nothing can be built, that says why.
        if (!hasConstraints(ir, space)) decisionsOf(ir, space, { params })
        throw noArchitecture(ir.source, space)
      }
      const { architecture, bound } = values.least ? range.least : range.greatest
      const network = buildNetwork(ir, space, { params, binding: bindingOf(architecture), mode: 'standalone' })
      const cost = costOf(network, convention)
      const text = printArchitecture(ir, architecture, values.least ? 'least' : 'greatest', params)
      if (values.json) printJson({ ...cost, architecture: text, ...(bound === undefined ? {} : { bound }) }, terminal)
      else {
        terminal.out(`${text}\n`)
        printCost(cost, values.depth, terminal)
        if (bound !== undefined) terminal.err(boundText(bound, values.least, values.by ?? 'macs'))
      }
      return exitCode.fine
    }
    const network = await networkOf(program, { ...values, set }, terminal)
    if (network === undefined) return exitCode.findings
    const cost = costOf(network, convention)
    if (values.json) printJson(cost, terminal)
    else printCost(cost, values.depth, terminal)
    return exitCode.fine
  },
})

/** Of an extreme that is none for sure. */
function boundText(bound: number, isLeast: boolean, quantity: string): string {
  const [extreme, beyond] = isLeast ? ['least', 'fewer'] : ['greatest', 'more']
  return `There are too many sums of costs to prove that this is the ${extreme}: none has ${beyond} than ${formatCount(bound)} ${quantity}.\n`
}

function nothingToCost(ir: Ir): Failure {
  const names = ir.architectures.map((architecture) => architecture.name)
  const known = names.length === 0 ? '' : ` (${ir.source} has ${names.join(', ')})`
  return new Failure('option-missing', {
    what: 'Nothing says what to cost',
    options: `--supernet, --least, --greatest, or --arch NAME${known}`,
  })
}

function noArchitecture(file: string, space: string): Failure {
  return new Failure('nothing-satisfies', { space: `${space} in ${file}`, constraints: 'its constraints' })
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
  terminal.out(`${colours.bold('parameters')}   ${formatCount(cost.parameters)}\n`)
  terminal.out(`${colours.bold('MACs')}         ${formatCount(cost.macs)} per image (${cost.convention})\n`)
  terminal.out(`${colours.bold('activations')}  ${formatBytes(cost.activationBytes)} per image\n`)
}

type Row = [layer: string, operation: string, input: string, output: string, parameters: string, macs: string]

function rowOfLayer(layer: LayerRow): Row {
  return [layer.path, layer.op, size(layer.in), size(layer.out), formatCount(layer.parameters), formatCount(layer.macs)]
}

/** Sums the layers whose paths agree in their first parts, in the order in which they first appear. */
function groupRows(cost: Cost, depth: number): Row[] {
  const groups = new Map<string, LayerRow[]>()
  for (const layer of cost.layers) {
    const prefix = pathSegments(layer.path).slice(0, depth).join('.')
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
    formatCount(layers.reduce((sum, layer) => sum + layer.parameters, 0)),
    formatCount(layers.reduce((sum, layer) => sum + layer.macs, 0)),
  ])
}

/** `32x32x16`. */
function size(shape: Shape | undefined): string {
  return shape === undefined ? '' : `${shape.height}x${shape.width}x${shape.channels}`
}
