import Table from 'cli-table3'
import pc from 'picocolors'
import type { SeriesOutcome, SeriesResult, SeriesTable } from '../../runtime/index.js'
import { exitCode, type ExitCode } from '../exit-code.js'
import type { Terminal } from '../terminal.js'
import { printJson } from './print-failure.js'
import { printInterrupted } from './print-outcome.js'

/**
 * How runs of several seeds end: a row for each, mean and standard deviation, where everything is.
 * @param tabulate makes the table, which the report shows as well
 */
export function printSeries(
  outcome: SeriesOutcome,
  tabulate: (result: SeriesResult) => SeriesTable,
  json: boolean,
  terminal: Terminal,
): ExitCode {
  if (outcome.kind === 'interrupted') return printInterrupted(outcome, json, terminal)
  if (json) printJson(outcome.result, terminal)
  else {
    const { head, rows } = tabulate(outcome.result)
    const table = new Table({
      head: [...head],
      colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
      style: { head: [], border: [], compact: true },
    })
    table.push(...rows.map((row) => [...row]))
    terminal.out(
      `${table.toString()}\n${pc.createColors(terminal.outColour).dim('folder'.padEnd(16))}${outcome.result.run}\n`,
    )
  }
  return exitCode.fine
}
