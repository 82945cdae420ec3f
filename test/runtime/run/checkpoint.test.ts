import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  loadCheckpoint,
  loadNewestCheckpoint,
  removeUnfinished,
  saveCheckpoint,
  type Checkpoint,
} from '../../../src/runtime/run/checkpoint.js'
import { failureOf } from '../../support/failures.js'
import { temporaryFolder } from '../../support/folders.js'

function checkpoint(step: number): Checkpoint {
  return {
    state: { phase: 'search', epoch: 0, step, note: 'é' },
    arrays: new Map([
      ['stem.conv.kernel', Float32Array.from([step, -0, 1e-45, Number.NaN, Infinity])],
      ['empty', new Float32Array(0)],
      ['choices/normal.n1', Float32Array.from([0.1 * step, 1 / 3])],
    ]),
  }
}

const name = (sequence: number): string => `checkpoint-00000${String(sequence)}.bin`

describe('checkpoints', () => {
  it('give back the bits that were saved', () => {
    const folder = temporaryFolder()
    const path = saveCheckpoint(folder, checkpoint(4), 17, 3)
    expect(path).toBe(join(folder, name(1)))
    const read = loadCheckpoint(path)
    expect(read).toMatchObject({ sequence: 1, journalLines: 17, state: checkpoint(4).state })
    expect([...read.arrays.keys()]).toEqual(['stem.conv.kernel', 'empty', 'choices/normal.n1'])
    for (const [key, array] of checkpoint(4).arrays) {
      const found = read.arrays.get(key)!
      expect(Buffer.from(found.slice().buffer).equals(Buffer.from(array.buffer))).toBe(true)
    }
    const bytes = readFileSync(path)
    expect(bytes.subarray(0, 8).toString()).toBe('NASCCKP1')
    expect(createHash('sha256').update(bytes.subarray(0, -32)).digest()).toEqual(bytes.subarray(-32))
  })

  it('save a view of a larger buffer as what it shows', () => {
    const folder = temporaryFolder()
    const view = Float32Array.from([1, 2, 3, 4]).subarray(1, 3)
    const path = saveCheckpoint(folder, { state: null, arrays: new Map([['a', view]]) }, 0, 3)
    expect([...loadCheckpoint(path).arrays.get('a')!]).toEqual([2, 3])
  })

  it('are counted up, and only the last ones are kept', () => {
    const folder = temporaryFolder()
    for (let step = 1; step <= 5; step++) saveCheckpoint(folder, checkpoint(step), step, 3)
    expect(readdirSync(folder).sort()).toEqual([name(3), name(4), name(5)])
    expect(loadNewestCheckpoint(folder)?.checkpoint.state).toMatchObject({ step: 5 })
  })

  it('are absent before the first one', () => {
    expect(loadNewestCheckpoint(temporaryFolder())).toBeUndefined()
  })

  it('are never taken when cut short at any byte: the one before is, and the damaged one is named', () => {
    const folder = temporaryFolder()
    saveCheckpoint(folder, checkpoint(1), 1, 3)
    const newest = saveCheckpoint(folder, checkpoint(2), 2, 3)
    const whole = readFileSync(newest)
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(newest, whole.subarray(0, length))
      const found = loadNewestCheckpoint(folder)!
      expect(found.checkpoint.state).toMatchObject({ step: 1 })
      expect(found.damaged).toHaveLength(1)
      expect(found.damaged[0]!.path).toBe(newest)
      expect(found.damaged[0]!.reason).toMatch(/^is cut short \(\d+ bytes/)
    }
    writeFileSync(newest, whole)
    expect(loadNewestCheckpoint(folder)?.damaged).toEqual([])
  })

  it('are never taken when any byte has changed', () => {
    const folder = temporaryFolder()
    saveCheckpoint(folder, checkpoint(1), 1, 3)
    const newest = saveCheckpoint(folder, checkpoint(2), 2, 3)
    const whole = readFileSync(newest)
    for (let place = 0; place < whole.length; place++) {
      const changed = Buffer.from(whole)
      changed[place]! ^= 0x10
      writeFileSync(newest, changed)
      expect(loadNewestCheckpoint(folder)!.checkpoint.sequence).toBe(1)
    }
  })

  it('fail with every name where none is intact', async () => {
    const folder = temporaryFolder()
    const first = saveCheckpoint(folder, checkpoint(1), 1, 3)
    const second = saveCheckpoint(folder, checkpoint(2), 2, 3)
    const size = readFileSync(second).length
    writeFileSync(first, 'something else')
    writeFileSync(second, readFileSync(second).subarray(0, size - 1))
    expect(await failureOf(() => loadNewestCheckpoint(folder))).toEqual({
      code: 'NAS7209',
      message:
        `${folder}: no checkpoint of this run is intact: ${second} is cut short (${String(size - 1)} bytes of ${String(size)}); ` +
        `${first} is not a checkpoint of nasc.`,
      help: 'Put an intact copy in place, or delete the damaged files to let the run begin anew from its seed.',
    })
    const one = await failureOf(() => loadCheckpoint(second))
    expect(one.code).toBe('NAS7213')
    expect(one.message).toBe(`${second}: is cut short (${String(size - 1)} bytes of ${String(size)}).`)
  })

  it('go on counting behind a damaged one', () => {
    const folder = temporaryFolder()
    const first = saveCheckpoint(folder, checkpoint(1), 1, 3)
    writeFileSync(join(folder, name(2)), 'damaged')
    expect(saveCheckpoint(folder, checkpoint(3), 3, 3)).toBe(join(folder, name(3)))
    expect(loadNewestCheckpoint(folder)?.checkpoint.sequence).toBe(3)
    expect(loadCheckpoint(first).sequence).toBe(1)
  })

  it('that a kill left half-written aside are passed over and removed', () => {
    const folder = temporaryFolder()
    const path = saveCheckpoint(folder, checkpoint(1), 1, 3)
    copyFileSync(path, join(folder, `${name(2)}.tmp`))
    expect(loadNewestCheckpoint(folder)?.checkpoint.sequence).toBe(1)
    removeUnfinished(folder)
    expect(readdirSync(folder)).toEqual([name(1)])
  })
})
