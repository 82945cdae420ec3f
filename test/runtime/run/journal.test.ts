import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withoutMeasures } from '../../../src/runtime/run/events.js'
import { effectiveEvents, openJournal, readJournal } from '../../../src/runtime/run/journal.js'
import { failureOf } from '../../support/failures.js'
import { temporaryFolder } from '../../support/folders.js'
import { progress, resumed } from '../../support/sample-run.js'

function journalOf(steps: number): string {
  const path = join(temporaryFolder(), 'journal.jsonl')
  writeFileSync(path, '')
  const journal = openJournal(path)
  for (let step = 1; step <= steps; step++) journal.append(progress(step))
  expect(journal.lines).toBe(steps)
  journal.flush()
  journal.close()
  return path
}

describe('journal', () => {
  it('gives back what was appended, one line each', () => {
    const path = journalOf(3)
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4)
    expect(readJournal(path)).toEqual([progress(1), progress(2), progress(3)])
  })

  it('gives back numbers that JSON does not have', () => {
    const path = journalOf(0)
    const event = { ...progress(1), scores: { loss: NaN, most: Infinity, least: -Infinity } }
    const journal = openJournal(path)
    journal.append(event)
    journal.close()
    expect(readJournal(path)).toEqual([event])
  })

  it('loses at most the last line, wherever a kill cuts it, and goes on cleanly', () => {
    const whole = readFileSync(journalOf(3))
    const path = join(temporaryFolder(), 'journal.jsonl')
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length))
      const lines = whole.subarray(0, length).filter((byte) => byte === 10).length
      expect(readJournal(path)).toHaveLength(lines)
      expect(readFileSync(path)).toHaveLength(length) // reading changes nothing
      const journal = openJournal(path)
      expect(journal.lines).toBe(lines)
      journal.append(progress(9))
      journal.close()
      expect(readJournal(path)).toEqual([progress(1), progress(2), progress(3)].slice(0, lines).concat(progress(9)))
    }
  })

  it('cuts off a last line of rubbish that a power cut left', () => {
    const path = journalOf(2)
    appendFileSync(path, `${'\0'.repeat(40)}\n`)
    const journal = openJournal(path)
    expect(journal.lines).toBe(2)
    journal.close()
    expect(readJournal(path)).toHaveLength(2)
  })

  it('names a damaged line in the middle, and leaves the file as it is', async () => {
    const path = journalOf(3)
    const text = readFileSync(path, 'utf8').replace('"type":"phase-progress"', '"type":"phase-prog')
    writeFileSync(path, text)
    const found = await failureOf(() => openJournal(path))
    expect(found.code).toBe('NAS7207')
    expect(found.message).toBe(`${path}: line 1 is not an event (it is not JSON).`)
    expect(found.help).toMatch(/^Only the last line can be cut short by a kill/)
    expect(readFileSync(path, 'utf8')).toBe(text)
    writeFileSync(path, '{"step":1}\n{"type":"x"}\n')
    expect((await failureOf(() => readJournal(path))).message).toContain('line 1 is not an event (it has no type)')
  })

  it('names a journal that is missing', async () => {
    const path = journalOf(1)
    rmSync(path)
    expect(await failureOf(() => openJournal(path))).toEqual({
      code: 'NAS7208',
      message: `${path}: is missing in this run directory.`,
      help: 'It was deleted after the run began: put it back, or start a new run.',
    })
  })

  it('starts empty after a cut to nothing', () => {
    const path = journalOf(1)
    truncateSync(path, 0)
    expect(readJournal(path)).toEqual([])
  })
})

describe('effectiveEvents', () => {
  it('leaves out what a resume repeats', () => {
    const events = [progress(1), progress(2), progress(3), resumed(1), progress(2), progress(3)]
    expect(effectiveEvents(events)).toEqual([progress(1), resumed(1), progress(2), progress(3)])
  })

  it('follows resumes of resumes, also behind an earlier one', () => {
    // Lines: 0..2 steps, 3 resumed after 2, 4 step, 5 resumed after 1 (the newer checkpoint was damaged), 6.. again.
    const events = [
      progress(1),
      progress(2),
      progress(3),
      resumed(2),
      progress(3),
      resumed(1),
      progress(2),
      progress(3),
    ]
    expect(effectiveEvents(events)).toEqual([progress(1), resumed(2), resumed(1), progress(2), progress(3)])
  })

  it('keeps everything of an unbroken run', () => {
    expect(effectiveEvents([progress(1), progress(2)])).toEqual([progress(1), progress(2)])
  })
})

describe('withoutMeasures', () => {
  it('leaves out what a clock measured', () => {
    const slow = { ...progress(1), imagesPerSecond: 1, secondsLeft: 5 }
    expect(withoutMeasures(slow)).toEqual(withoutMeasures(progress(1)))
    expect(withoutMeasures(progress(1))).not.toEqual(withoutMeasures(progress(2)))
  })
})
