import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { openDraws } from '../../../../src/runtime/search/measurements/measured-space.js'
import { parseMeasurements, printMeasurements } from '../../../../src/runtime/search/measurements/measurements-file.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { failureOf } from '../../../support/failures.js'
import { compiledText } from '../../../support/programs.js'
import { cellProgram, cellSpace, syntheticMeasurements } from '../../../support/synthetic-latency.js'

const measured = cellSpace()
const decisions = measured.choices.explored.map(({ decision }) => decision)
const text = printMeasurements(
  { setting: { unit: 'ms', device: 'a phone, "old"' }, rows: syntheticMeasurements(measured, 12) },
  decisions,
)
const parse = (changed: string) => parseMeasurements(changed, 'latency.csv', measured)

describe('a file of measurements', () => {
  it('is read as it was written', () => {
    const { setting, rows } = parse(text)
    expect(setting).toEqual({ unit: 'ms', device: 'a phone, "old"' })
    expect(rows.map((row) => row.decisions)).toEqual(syntheticMeasurements(measured, 12).map((row) => row.decisions))
    expect(printMeasurements({ setting, rows }, decisions)).toBe(text)
  })

  it('has a column of values', async () => {
    expect(await failureOf(() => parse(text.replace(',value,', ',values,')))).toMatchObject({
      code: 'NAS7619',
      help: expect.stringContaining('Did you mean `values`?') as string,
    })
  })

  it('says nothing of its setting that means nothing', async () => {
    expect(await failureOf(() => parse(text.replace('# device:', '# devise:')))).toMatchObject({
      code: 'NAS7620',
      message: 'latency.csv: says `# devise: …`, which means nothing here.',
      help: expect.stringContaining('Did you mean `device`?') as string,
    })
  })

  it('has a number in every row', async () => {
    const broken = text.replace(/,[\d.]+,\n/u, ',fast,\n')
    expect(await failureOf(() => parse(broken))).toMatchObject({
      code: 'NAS7585',
      message: expect.stringMatching(/^latency\.csv, line 4.*value is 'fast', and no number/u) as string,
    })
  })
})

describe('architectures to be measured', () => {
  it('are refused where every one takes what is excluded', async () => {
    const choices = { ...measured.choices, excluded: () => true }
    expect(await failureOf(() => openDraws({ ...measured, choices }))).toMatchObject({
      code: 'NAS7615',
      message: 'No architecture of cells is without an option that `derive … except` leaves out.',
    })
  })

  it('take nothing that is excluded, without draws that are thrown away', () => {
    const draw = openDraws(measured)
    for (let index = 0; index < 50; index++) {
      for (const [path, taken] of Object.entries(draw(createRandom(index)))) {
        const decision = decisions.find((each) => each.path === path)
        expect(taken.map((option) => decision?.options[option])).not.toContain('none')
      }
    }
  })
})

describe('a cost of architectures that are drawn from choices', () => {
  it('is refused where no choice has weights', async () => {
    const search = `search idle of cells {
  sample   uniform
  minimise cross_entropy + 0.1 * sampled(macs / 1M)
  validate on 20%
  train weights on 80% { sgd(lr: 0.1) }
  derive   best(of: 2)
  epochs 1; batch 8
}`
    expect(await failureOf(() => resolveSearch(compiledText(cellProgram(search)), {}))).toMatchObject({
      code: 'NAS7622',
      message: expect.stringContaining('none of these has weights') as string,
    })
  })
})
