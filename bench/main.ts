import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { attentiveSandwich } from './attentive-sandwich.js'
import type { Bench } from './bench.js'
import { dartsCell } from './darts-cell.js'
import { dartsRetraining } from './darts-retraining.js'
import { dartsSupernet } from './darts-supernet.js'
import { passes } from './passes.js'
import { pathSwitches } from './path-switches.js'
import { plan } from './plan.js'
import type { BenchRow } from './row.js'
import { supernets } from './supernets.js'

/** `npm run bench -- [NAME…] [--json FILE] [--threads 1,2] [--runs N]`. */
const benches: readonly Bench[] = [
  dartsSupernet,
  dartsCell,
  dartsRetraining,
  attentiveSandwich,
  passes,
  supernets,
  pathSwitches,
  plan,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    threads: { type: 'string', default: '1,2' },
    runs: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log('npm run bench -- [NAME…] [--json FILE] [--threads 1,2] [--runs N]\n')
  for (const bench of benches) console.log(`  ${bench.name}  ${bench.describe}`)
} else {
  const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name))
  if (unknown.length > 0) {
    console.error(
      `no bench is called ${unknown.join(', ')}; there are: ${benches.map((bench) => bench.name).join(', ')}`,
    )
    process.exit(2)
  }
  const options = { runs: wholeNumbers(values.runs)[0] ?? 5, threads: wholeNumbers(values.threads) }
  const rows: BenchRow[] = []
  for (const bench of benches) {
    if (positionals.length > 0 && !positionals.includes(bench.name)) continue
    for (const row of bench.run(options)) {
      rows.push(row)
      const [load = 0] = loadavg()
      console.error(
        `${row.name} on ${row.backend}, ${row.threads} thread${row.threads === 1 ? '' : 's'}: ${row.oursMs.toFixed(0)} ms ` +
          `(load of the machine: ${load.toFixed(1)})`,
      )
    }
  }
  console.log(tableOf(rows))
  for (const install of new Set(rows.flatMap((row) => row.install ?? []))) console.log(`no rival installed: ${install}`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 2)}\n`)
}

function wholeNumbers(text: string): number[] {
  const numbers = text.split(',').map(Number)
  if (numbers.some((number) => !Number.isInteger(number) || number < 1)) {
    console.error(`'${text}' is not a list of whole numbers`)
    process.exit(2)
  }
  return numbers
}

function tableOf(rows: readonly BenchRow[]): string {
  const table = new Table({
    head: [
      'bench',
      'backend',
      'threads',
      'ours',
      'our CPU',
      'operations',
      'plan of one',
      'rival',
      'its time',
      'ratio',
      'planned',
      'our peak',
      'its peak',
    ],
    style: { head: [], border: [] },
  })
  const mebibytes = (bytes: number | null): string => (bytes === null ? '-' : `${Math.round(bytes / 2 ** 20)} MiB`)
  const milliseconds = (ms: number | null): string => (ms === null ? '-' : `${ms.toFixed(0)} ms`)
  const microseconds = ({ planMs, operations }: BenchRow): string =>
    planMs === undefined || operations === undefined ? '-' : `${((1000 * planMs) / operations).toFixed(0)} µs`
  for (const row of rows) {
    table.push([
      row.name,
      row.backend,
      row.threads,
      milliseconds(row.oursMs),
      milliseconds(row.oursCpuMs ?? null),
      row.operations ?? '-',
      microseconds(row),
      row.rival ?? (row.install === undefined ? '-' : 'not installed'),
      milliseconds(row.rivalMs),
      row.ratio === null ? '-' : row.ratio.toPrecision(2),
      mebibytes(row.plannedBytes ?? null),
      mebibytes(row.oursPeakBytes),
      mebibytes(row.rivalPeakBytes),
    ])
  }
  return table.toString()
}
