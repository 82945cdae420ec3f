import { readFileSync } from 'node:fs'
import { architectureOf, decisionsOfCells } from '../../../architectures/index.js'
import { Failure } from '../../../catalogue/failure.js'
import type { Decision } from '../../../space/decisions/decision.js'
import { parseTable, printTable, type CsvRow } from '../../../support/csv-table.js'
import { didYouMean, nearNames } from '../../../support/near-names.js'
import { onDisk } from '../../run/files.js'
import type { SpaceOfNetworks } from './measured-space.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import { settingNames, type Measurement, type Measurements, type MeasurementSetting } from './measurements.js'

/**
 * The format, which people read and write as well: lines `# name: value` that say how it was measured, names of columns, then a
 * line for each architecture. It is named by the decisions (a column for each: an option as it prints, several separated by `;`) or
 * in the column `architecture` by the name of one of the program. `value` is the cost; nothing else is needed.
 */
const columns = { value: 'value', reference: 'reference', sample: 'sample', architecture: 'architecture' } as const

/** @throws Failure as {@link parseMeasurements}, and as `onDisk` where the file cannot be read */
export function readMeasurements(file: string, measured: SpaceOfNetworks): Measurements {
  return parseMeasurements(
    onDisk(file, () => readFileSync(file, 'utf8')),
    file,
    measured,
  )
}

/**
 * @param file for messages
 * @throws Failure NAS7585 if it is no table, NAS7619 without a column `value`, NAS7586, NAS7587 and NAS7627 where a row
 *         names no architecture
 */
export function parseMeasurements(text: string, file: string, measured: SpaceOfNetworks): Measurements {
  const table = parseTable(text, file, '#')
  if (!table.columns.includes(columns.value)) {
    const near = didYouMean(nearNames(columns.value, table.columns)[0])
    throw new Failure('measurements-without-value', { file, columns: table.columns.join(', '), near })
  }
  const decisions = decisionsIn(measured)
  return {
    setting: settingIn(text, file),
    rows: table.rows.map((row) => measurementIn(row, file, measured, decisions)),
  }
}

/** @throws Failure NAS7620 where a line says what means nothing */
export function settingIn(text: string, file: string): MeasurementSetting {
  const said = [...text.matchAll(/^#\s*(?<name>[a-z]+):[ \t]*(?<value>.*?)[ \t]*\r?$/gmu)]
  return Object.fromEntries(
    said.map(({ groups: { name = '', value = '' } = {} }) => {
      const known = settingNames.find((each) => each === name)
      if (known !== undefined) return [known, value] as const
      const near = didYouMean(nearNames(name, settingNames)[0])
      throw new Failure('unknown-measurement-setting', { file, name, near, names: settingNames.join(', ') })
    }),
  )
}

/** Those that a row may name. */
function decisionsIn({ choices }: SpaceOfNetworks): readonly Decision[] {
  return choices.explored.map(({ decision }) => decision)
}

function measurementIn(
  { line, cells }: CsvRow,
  file: string,
  { ir, params }: SpaceOfNetworks,
  decisions: readonly Decision[],
): Measurement {
  const place = `${file}, line ${String(line)}`
  const number = (name: string): number | undefined => {
    const cell = cells.get(name) ?? ''
    if (cell === '') return undefined
    const value = Number(cell)
    if (Number.isFinite(value)) return value
    throw new Failure('malformed-table', { place, reason: `${name} is '${cell}', and no number` })
  }
  const value = number(columns.value)
  if (value === undefined) throw new Failure('malformed-table', { place, reason: `${columns.value} is empty` })
  const name = cells.get(columns.architecture)
  const reference = number(columns.reference)
  const sample = number(columns.sample)
  return {
    ...{ place, value },
    decisions:
      name === undefined
        ? decisionsOfCells(Object.fromEntries(cells), place, decisions)
        : named({ ir, params }, name, place),
    ...(reference !== undefined && { reference }),
    ...(sample !== undefined && { sample }),
  }
}

/** What an architecture of the program takes. */
function named({ ir, params }: Pick<SpaceOfNetworks, 'ir' | 'params'>, name: string, place: string): SelectedOptions {
  const names = ir.architectures.map((each) => each.name)
  if (names.includes(name)) return architectureOf(ir, name, params).decisions
  const near = didYouMean(nearNames(name, names)[0])
  throw new Failure('measured-unknown-architecture', { place, name, near, names: names.join(', ') || 'none' })
}

export function printMeasurements({ setting, rows }: Measurements, decisions: readonly Decision[]): string {
  const said = settingNames.flatMap((name) => (setting[name] === undefined ? [] : `# ${name}: ${setting[name]}`))
  const head = [columns.sample, ...decisions.map(({ path }) => path), columns.value, columns.reference]
  const lines = rows.map(({ decisions: taken, value, reference, sample }) => [
    sample?.toString() ?? '',
    ...decisions.map(({ path, options }) => (taken[path] ?? []).map((option) => options[option] ?? '').join('; ')),
    printNumber(value),
    reference === undefined ? '' : printNumber(reference),
  ])
  return [...said.map((line) => `${line}\n`), printTable(head, lines)].join('')
}

/** Five digits are beyond what a clock can tell. */
function printNumber(value: number): string {
  return String(Number(value.toPrecision(6)))
}
