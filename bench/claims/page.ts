import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import prettier from 'prettier'
import { renderChart } from '../../src/runtime/report/charts/render.js'
import { mean, standardDeviation } from '../statistics.js'
import type { ClaimRecord, MeasuredRow, Unit } from './claim.js'

const begin = '<!-- claims: written by `npm run claims` -->'
const end = '<!-- end of claims -->'

/**
 * Puts the table of all claims of a paper into its page, in place of the one that stands there; at the end of the page where
 * there is none yet.
 */
export async function writePage(file: string, records: readonly ClaimRecord[]): Promise<void> {
  const page = readFileSync(file, 'utf8')
  const charts = await drawCharts(dirname(file), records)
  const section = `${begin}\n\n## Claims\n\n${intro(records)}\n\n${tableOf(records)}\n${notesOf(records)}\n\n${charts}\n${end}`
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  const written =
    from >= 0 && to > from
      ? page.slice(0, from) + section + page.slice(to + end.length)
      : `${page.trimEnd()}\n\n${section}\n`
  const options = await prettier.resolveConfig(file)
  writeFileSync(file, await prettier.format(written, { ...options, filepath: file }))
}

/** Writes the charts of claims into the folder of the page. @returns what shows them there */
async function drawCharts(folder: string, records: readonly ClaimRecord[]): Promise<string> {
  const shown: string[] = []
  for (const { paper, name, chart } of records) {
    if (chart === undefined) continue
    const image = `${paper}-${name}.svg`
    writeFileSync(join(folder, image), `${await renderChart(chart)}\n`)
    shown.push(`![${chart.description}](${image})`)
  }
  return shown.join('\n\n')
}

function intro(records: readonly ClaimRecord[]): string {
  const seeds = [...new Set(records.flatMap((record) => record.seeds))].sort((a, b) => a - b)
  const minutes = records.reduce((sum, { seconds }) => sum + seconds, 0) / 60
  return (
    `Measured by \`npm run claims -- ${records[0]?.paper ?? ''}\` with seeds ${seeds.join(', ')} ` +
    `in ${minutes.toFixed(0)} minutes. A figure is the mean over the seeds, with its standard deviation.`
  )
}

/** As Markdown. */
export function tableOf(records: readonly ClaimRecord[]): string {
  const head = '| claim | what is said | measured | holds |\n| --- | --- | --- | --- |'
  const rows = records.map(({ name, says, rows: measured, holds }) => {
    const figures = measured.map((row) => `${row.label}: ${printRow(row)}`).join('<br>')
    return `| ${name} | ${says} | ${figures} | ${holds ? 'yes' : '**no**'} |`
  })
  return [head, ...rows].join('\n')
}

function notesOf(records: readonly ClaimRecord[]): string {
  return records
    .map(
      ({ name, setting, note }) => `- **${name}**: ${[setting, note].filter((text) => text !== undefined).join(' ')}`,
    )
    .join('\n')
}

/** Mean and, of several values, their spread: `0.982 ± 0.004`. */
export function printRow({ unit, values }: MeasuredRow): string {
  const middle = print(mean(values), unit)
  return values.length > 1 ? `${middle} ± ${print(standardDeviation(values), unit)}` : middle
}

function print(value: number, unit: Unit): string {
  switch (unit) {
    case 'share':
      return `${(value * 100).toFixed(2)} %`
    case 'ratio':
      return value.toFixed(3)
    case 'seconds':
      return `${value.toFixed(1)} s`
    case 'milliseconds':
      return `${value.toFixed(2)} ms`
    case 'parameters':
      return Math.round(value).toLocaleString('en-US')
    case 'number':
      return Number.isInteger(value) ? String(value) : value.toPrecision(4)
  }
}
