import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate } from '../../../../src/runtime/index.js'
import type { JournalEvent, RunStarted } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { dataFormats } from '../../../../src/runtime/data/formats/index.js'
import { dataFolders } from '../../../support/data-folders.js'
import { failureOf } from '../../../support/failures.js'
import { classNames, mixed, writeImageFolder } from '../../../support/image-files.js'
import { runOnOwnData } from '../../../support/own-data-search.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-own-data-'))
const data = join(folder, 'pictures')
const unbroken = join(folder, 'unbroken')
const heard: JournalEvent[] = []

beforeAll(async () => {
  await writeImageFolder(data, { train: 6, val: 2, test: 2 }, mixed)
  await runOnOwnData(data, unbroken, { observe: (event) => heard.push(event) })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a search on an image folder', () => {
  it('says first what the data are, what they take the place of, and what is taken of them', () => {
    const [started] = heard as [RunStarted]
    expect(started.data).toEqual({
      name: 'pictures',
      format: 'image folder',
      ...{ height: 12, width: 12, channels: 3, classes: 3, classNames },
      ...{ trainingImages: 18, validationImages: 6, testImages: 6 },
      replaces: ['classes 10'],
      notes: ['the search asks for 50 images and takes all that there are, 18'],
    })
  })

  it('keeps the names of the classes, trains on no image of validation, and is evaluated again', async () => {
    const { record, split } = readRun(unbroken)
    expect(record.data).toMatchObject({ classNames, classes: 3, trainingImages: 24, testImages: 6 })
    expect(split['validation']).toEqual([18, 19, 20, 21, 22, 23])
    for (const part of ['weights', 'choices', 'retrain']) {
      expect(split[part]?.length).toBeGreaterThan(0)
      expect(split[part]?.every((index) => index < 18)).toBe(true)
    }
    const [accuracy] = heard.flatMap((event) =>
      event.type === 'evaluation' && event.weights === 'retrained' ? [event.accuracy] : [],
    )
    expect((await evaluate(unbroken)).accuracy).toBe(accuracy)
    expect(readFileSync(join(unbroken, 'architectures/derived.nas'), 'utf8')).toMatch(
      /^\/\/ Classes: "cat", "dog", "fox"\.\narchitecture derived/,
    )
  })

  it('is evaluated on other images of the same classes, and on no others', async () => {
    const others = await writeImageFolder(join(folder, 'others'), { train: 2, test: 4 }, mixed)
    expect((await evaluate(unbroken, { data: others })).samples).toBe(12)
    for (const part of ['train', 'test']) renameSync(join(others, part, 'dog'), join(others, part, 'elk'))
    const found = await failureOf(() => evaluate(unbroken, { data: others }))
    expect(found.code).toBe('NAS7136')
    expect(found.message).toContain('cat, dog, fox, and class 1 of others, counted from 0, is elk in place of dog')
  })

  it('that is stopped and resumed ends in the same bits', async () => {
    const broken = join(folder, 'broken')
    await runOnOwnData(data, broken, stopAfter(3))
    const { outcome, parts } = await resumeUntilDone(broken, 3)
    expect(parts).toBeGreaterThan(2)
    const whole = finished((await resumeUntilDone(unbroken, 1000)).outcome)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(unbroken, whole))
  })

  it('refuses damaged images before there is a run directory, or leaves them out to the end', async () => {
    const damaged = await writeImageFolder(join(folder, 'damaged'), { train: 6, test: 2 }, mixed)
    writeFileSync(join(damaged, 'train/cat/0.jpg'), 'no image')
    const out = join(folder, 'skipping')
    const found = await failureOf(() => runOnOwnData(damaged, out))
    expect(found.code).toBe('NAS7120')
    expect(finished(await runOnOwnData(damaged, out, { skipCorrupt: true })).retrainedAccuracy).toBeGreaterThan(0.3)
    expect(readRun(out).record.data).toMatchObject({ skipCorrupt: true, trainingImages: 17 })
    expect((await evaluate(out)).samples).toBe(6)
  })
})

describe('every format', () => {
  it('has a data set here', () => {
    expect(Object.keys(dataFolders).sort()).toEqual(Object.keys(dataFormats).sort())
  })

  it.each(Object.entries(dataFolders))('%s is searched from one flag', async (word, write) => {
    const own = await write(join(folder, `of-${word}`))
    const events: JournalEvent[] = []
    const out = join(folder, `run-${word}`)
    const result = finished(await runOnOwnData(own, out, { observe: (event) => events.push(event) }))
    const [started] = events as [RunStarted]
    const { format, height, channels, testImages } = started.data ?? {}
    const side = word.startsWith('cifar') ? 32 : 12
    expect({ format, height, channels }).toEqual({ format: dataFormats[word]?.title, height: side, channels: 3 })
    expect((await evaluate(out)).samples).toBe(testImages)
    expect(result.retrainedAccuracy).toBeGreaterThanOrEqual(0)
  })
})
