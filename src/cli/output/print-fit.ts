import Table from 'cli-table3'
import pc from 'picocolors'
import type { FitLatencyResult, PredictorQuality } from '../../runtime/index.js'
import { formatPercent, plural } from '../../support/format-quantity.js'
import type { Terminal } from '../terminal.js'

/** How good a predictor is, beside what it has to beat. */
export function printFit(result: FitLatencyResult, picture: string | undefined, terminal: Terminal): void {
  const { predictor, fitted, heldOut, baselines, setting, measurements } = result
  const { device, unit } = setting
  const colours = pc.createColors(terminal.outColour)
  const table = new Table({
    head: ['', 'relative error', `absolute error${unit === undefined ? '' : `, ${unit}`}`, "Kendall's tau"],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  const rows: readonly (readonly [string, PredictorQuality])[] = [
    [predictor, result],
    ['one-hot, linear', baselines.oneHot],
    ['MACs, linear', baselines.macs],
    ['the mean', baselines.constant],
  ]
  for (const [name, { relativeError, absoluteError, kendallTau }] of rows) {
    table.push([
      name,
      formatPercent(relativeError),
      absoluteError.toPrecision(3),
      kendallTau === null ? 'none' : kendallTau.toFixed(3),
    ])
  }
  terminal.out(`${table.toString()}\n`)
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['fitted to', `${plural(fitted, 'architecture')} of ${measurements}`],
    ['judged on', plural(heldOut, 'other')],
    ['measured on', device],
    ['picture', picture],
  ]
  for (const [name, value] of facts) if (value !== undefined) terminal.out(`${colours.dim(name.padEnd(14))}${value}\n`)
}
