import { formatCount, formatPercent, plural } from '../../support/format-quantity.js'
import type { ExportResult } from '../../runtime/index.js'
import { printJson } from './print-failure.js'
import type { Terminal } from '../terminal.js'

/** What was written, and how it was checked. */
export function printExport(result: ExportResult, json: boolean, terminal: Terminal): void {
  if (json) {
    printJson(result, terminal)
    return
  }
  const { path, format, name, weights, parameters, macs, verification } = result
  terminal.out(
    `${path}: ${name} as ${format}, ${words[weights]}, ${plural(parameters, 'parameter')}, ${formatCount(macs)} multiply-accumulates\n`,
  )
  if (verification.kind === 'not run') {
    const { program, install } = verification
    terminal.out(`Not checked: ${program} is not installed. With it: ${install}\n`)
    return
  }
  const { program, images, maxDifference, largestLogit, accuracy } = verification
  const same = accuracy === undefined ? '' : `, ${formatPercent(accuracy)} of them classified correctly in both`
  terminal.out(
    `Checked by ${program} on ${plural(images, 'image')}: maxDifference ${maxDifference.toPrecision(2)} of logits up to ${largestLogit.toPrecision(3)}${same}\n`,
  )
}

const words = {
  retrained: 'retrained weights',
  inherited: 'inherited weights',
  initial: 'first values as weights, nothing trained',
} as const
