import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onDisk, writeAtomically } from '../../../src/runtime/run/files.js'
import { writeFully } from '../../../src/support/node/replace-file.js'
import { lockName, lockRun } from '../../../src/runtime/run/lock.js'
import { createRun, openRun, readRun } from '../../../src/runtime/run/run-directory.js'
import { runStem } from '../../../src/runtime/run/run-name.js'
import { failureOf } from '../../support/failures.js'
import { temporaryFolder } from '../../support/folders.js'
import { irHash, newRun, progress, resumed } from '../../support/sample-run.js'

/** A run in a new folder, closed. */
function finishedRun(): string {
  const path = join(temporaryFolder(), 'my-run')
  const run = createRun({ ...newRun, out: path })
  run.append(progress(1))
  run.close()
  return path
}

describe('runStem', () => {
  it.each([
    ['darts.nas', 'first_order', 'darts-first_order'],
    ['/a/b/darts.ir.json', 'first_order', 'darts-first_order'],
    ['entrannas.nas', 'entrannas', 'entrannas'],
    ['my space (2).nas', 'x', 'my_space_2_-x'],
    ['..nas', '', 'run'],
  ])('%s and %s', (source, search, expected) => {
    expect(runStem(source, search)).toBe(expected)
  })
})

describe('createRun', () => {
  it('makes every file of a run, under a name with a counter', () => {
    const from = temporaryFolder()
    const run = createRun({ ...newRun, from })
    expect(run.path).toBe(join(from, 'runs', 'darts-first_order-1'))
    expect(readdirSync(run.path).sort()).toEqual([
      'architectures',
      'checkpoints',
      'journal.jsonl',
      'lock',
      'program.ir.json',
      'run.json',
      'split.json',
    ])
    expect(run.record).toEqual({ format: 'nasc-run/2', name: 'darts-first_order-1', ...newRun.record })
    expect(JSON.parse(readFileSync(join(run.path, 'run.json'), 'utf8'))).toEqual(run.record)
    expect(run.writeArchitecture('found', 'architecture found of darts {}\n')).toBe('architectures/found.nas')
    expect(readFileSync(join(run.path, 'architectures/found.nas'), 'utf8')).toBe('architecture found of darts {}\n')
    run.writeReport('<!doctype html>')
    run.close()
    expect(existsSync(join(run.path, 'lock'))).toBe(false)
    const second = createRun({ ...newRun, from })
    expect(second.record.name).toBe('darts-first_order-2')
    second.close()
  })

  it('takes the folder of --out, new or empty', () => {
    const from = temporaryFolder()
    mkdirSync(join(from, 'empty'))
    for (const out of ['empty', 'new/deep']) {
      const run = createRun({ ...newRun, from, out })
      expect(run.path).toBe(join(from, out))
      run.close()
    }
  })

  it('overwrites nothing', async () => {
    const folder = temporaryFolder()
    for (const name of ['d', 'a', 'c', 'b']) writeFileSync(join(folder, name), 'mine')
    expect(await failureOf(() => createRun({ ...newRun, out: folder }))).toEqual({
      code: 'NAS7201',
      message: `${folder}: is not empty (a, b, c and 1 more); nothing was overwritten.`,
      help: 'Name a new or an empty folder with --out.',
    })
    expect(readdirSync(folder)).toEqual(['a', 'b', 'c', 'd'])
    const run = finishedRun()
    const before = readdirSync(run).map((name) => name)
    expect(await failureOf(() => createRun({ ...newRun, out: run }))).toEqual({
      code: 'NAS7215',
      message: `${run}: holds a run already; nothing was overwritten.`,
      help: `Continue it with \`nasc resume ${run}\`, or name another folder with --out.`,
    })
    expect(readdirSync(run)).toEqual(before)
  })

  it('says where a file stands in the way', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    const found = await failureOf(() => createRun({ ...newRun, out: join(folder, 'file', 'run') }))
    expect(found.code).toBe('NAS7212')
    expect(found.message).toBe(`${folder}/file/run: a file stands where a folder is needed (ENOTDIR).`)
  })
})

describe('openRun', () => {
  it('goes on where a run was left: newest checkpoint, lines of the journal, architecture', () => {
    const path = finishedRun()
    const first = openRun(path, { irHash })
    first.append(progress(2))
    expect(first.saveCheckpoint({ state: { step: 2 }, arrays: new Map([['w', Float32Array.of(1.5)]]) })).toBe(
      'checkpoints/checkpoint-000001.bin',
    )
    first.append(progress(3))
    first.close()
    const second = openRun(path)
    expect(second.split).toEqual({ weights: [3, 1], choices: [0, 2] })
    expect(second.irText).toBe(newRun.irText)
    const { checkpoint, damaged } = second.newestCheckpoint()!
    expect(damaged).toEqual([])
    expect(checkpoint.journalLines).toBe(2)
    expect([...checkpoint.arrays.get('w')!]).toEqual([1.5])
    second.append(resumed(checkpoint.journalLines))
    second.append(progress(3))
    expect(second.events()).toEqual([progress(1), progress(2), resumed(2), progress(3)])
    second.close()
  })

  it('keeps three checkpoints unless asked otherwise', () => {
    const path = finishedRun()
    const run = openRun(path)
    for (let step = 1; step <= 5; step++) run.saveCheckpoint({ state: step, arrays: new Map() })
    expect(readdirSync(join(path, 'checkpoints'))).toHaveLength(3)
    run.saveCheckpoint({ state: 6, arrays: new Map() }, 1)
    expect(readdirSync(join(path, 'checkpoints'))).toEqual(['checkpoint-000006.bin'])
    run.close()
  })

  it('removes what a kill left half-written', () => {
    const path = finishedRun()
    writeFileSync(join(path, 'report.html.tmp'), 'half')
    writeFileSync(join(path, 'checkpoints', 'checkpoint-000001.bin.tmp'), 'half')
    openRun(path).close()
    expect(existsSync(join(path, 'report.html.tmp'))).toBe(false)
    expect(readdirSync(join(path, 'checkpoints'))).toEqual([])
  })

  it('refuses what is no run directory', async () => {
    const folder = temporaryFolder()
    const help =
      'A run directory has run.json, program.ir.json, split.json, journal.jsonl, checkpoints and architectures. ' +
      'Name the folder that `nasc run` printed, such as runs/darts-first_order-1. `nasc run` makes a new one.'
    expect(await failureOf(() => openRun(folder))).toEqual({
      code: 'NAS7202',
      message: `${folder}: is not a run directory (it has no run.json).`,
      help,
    })
    expect((await failureOf(() => openRun(join(folder, 'no')))).message).toBe(
      `${folder}/no: is not a run directory (there is no such folder).`,
    )
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses the run of another space, and changes nothing', async () => {
    const path = finishedRun()
    const before = readFileSync(join(path, 'journal.jsonl'), 'utf8')
    const found = await failureOf(() => openRun(path, { irHash: `sha256:${'12'.repeat(32)}` }))
    expect(found.code).toBe('NAS7205')
    expect(found.message).toBe(
      `${path}: belongs to another space: it was made from darts.nas with IR sha256:abababababab…, not sha256:121212121212….`,
    )
    expect(found.help).toContain('nothing was overwritten')
    expect(readFileSync(join(path, 'journal.jsonl'), 'utf8')).toBe(before)
    expect(existsSync(join(path, 'lock'))).toBe(false)
  })

  it('names a record that is damaged or of another format', async () => {
    const path = finishedRun()
    const file = join(path, 'run.json')
    const text = readFileSync(file, 'utf8')
    const messageWith = async (changed: string): Promise<string> => {
      writeFileSync(file, changed)
      const { code, message } = await failureOf(() => openRun(path))
      return `${code} ${message}`
    }
    expect(await messageWith(text.slice(0, 50))).toBe(`NAS7203 ${file}: cannot be used: it is not JSON.`)
    expect(await messageWith('{}')).toBe(`NAS7203 ${file}: cannot be used: it has no format.`)
    expect(await messageWith(text.replace('nasc-run/2', 'nasc-run/9'))).toBe(
      `NAS7204 ${file}: is of format nasc-run/9, and this version of nasc reads nasc-run/2.`,
    )
    expect(await messageWith(text.replace('"seed": 7', '"seed": "7"'))).toBe(
      `NAS7203 ${file}: cannot be used: \`seed\` is missing or no number.`,
    )
  })

  it('names an IR or a split beside it that was changed or is gone', async () => {
    const path = finishedRun()
    const ir = join(path, 'program.ir.json')
    const messageOf = async (): Promise<string> => (await failureOf(() => openRun(path))).message
    writeFileSync(ir, JSON.stringify({ hash: `sha256:${'00'.repeat(32)}` }))
    expect(await messageOf()).toBe(
      `${ir}: cannot be used: its hash is sha256:000000000000…, and ${path}/run.json says sha256:abababababab….`,
    )
    writeFileSync(ir, '{}')
    expect(await messageOf()).toBe(`${ir}: cannot be used: it has no hash.`)
    writeFileSync(ir, newRun.irText.slice(0, 9))
    expect(await messageOf()).toBe(`${ir}: cannot be used: it is not JSON.`)
    rmSync(ir)
    expect(await messageOf()).toBe(`${ir}: is missing in this run directory.`)
    writeFileSync(ir, newRun.irText)
    writeFileSync(join(path, 'split.json'), '{"weights":[1,"2"]}')
    expect(await messageOf()).toBe(`${path}/split.json: cannot be used: it is no lists of indices.`)
    writeFileSync(join(path, 'split.json'), '{"weights":[1,2]}')
    rmSync(join(path, 'checkpoints'), { recursive: true })
    expect(await messageOf()).toBe(`${path}/checkpoints: is missing in this run directory.`)
  })

  it('can be read while it is written, without any change', () => {
    const path = finishedRun()
    const writer = openRun(path)
    writer.append(progress(2))
    const files = readdirSync(path)
    expect(readRun(path).events()).toEqual([progress(1), progress(2)])
    expect(readdirSync(path)).toEqual(files)
    writer.close()
  })
})

describe('the lock', () => {
  it('keeps a second opening off', async () => {
    const path = finishedRun()
    const run = openRun(path)
    expect(await failureOf(() => openRun(path))).toEqual({
      code: 'NAS7206',
      message: `${path}: another process is at work on this run (process ${String(process.pid)} on ${hostname()}).`,
      help: `Wait for it or stop it with Ctrl-C. If it is no longer there, delete ${path}/lock.`,
    })
    run.close()
    openRun(path).close()
  })

  it('of a process that has died is taken over', () => {
    const path = finishedRun()
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    writeFileSync(join(path, lockName), JSON.stringify({ pid: dead, host: hostname() }))
    openRun(path).close()
    expect(readdirSync(path).filter((name) => name.startsWith('lock'))).toEqual([])
  })

  it('of a process that was killed a moment ago is taken over', () => {
    const path = finishedRun()
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    writeFileSync(join(path, lockName), JSON.stringify({ pid: child.pid, host: hostname() }))
    // Nobody waits for the child while this test runs, so it stays behind as a zombie.
    child.kill('SIGKILL')
    openRun(path).close()
    expect(existsSync(join(path, lockName))).toBe(false)
  })

  it('of a process whose number another one has now is taken over, where the system tells', async () => {
    const path = finishedRun()
    writeFileSync(join(path, lockName), JSON.stringify({ pid: process.pid, host: hostname(), started: '1' }))
    if (existsSync('/proc/self/stat')) openRun(path).close()
    else expect((await failureOf(() => openRun(path))).code).toBe('NAS7206')
  })

  it('of another machine is respected, rubbish is not', async () => {
    const path = finishedRun()
    writeFileSync(join(path, lockName), JSON.stringify({ pid: 1, host: 'elsewhere' }))
    expect((await failureOf(() => openRun(path))).message).toContain('(process 1 on elsewhere)')
    writeFileSync(join(path, lockName), '')
    openRun(path).close()
  })

  it('is not given back by one who no longer holds it', () => {
    const folder = temporaryFolder()
    const release = lockRun(folder)
    writeFileSync(join(folder, lockName), JSON.stringify({ pid: 1, host: 'elsewhere' }))
    release()
    expect(existsSync(join(folder, lockName))).toBe(true)
  })
})

describe('the disk', () => {
  const systemError = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'write' })

  it.each([
    ['ENOSPC', 'NAS7210', 'a/b: cannot be written, the disk (or your quota on it) is full.'],
    ['EDQUOT', 'NAS7210', 'a/b: cannot be written, the disk (or your quota on it) is full.'],
    ['EACCES', 'NAS7211', 'a/b: permission denied (EACCES).'],
    ['EROFS', 'NAS7211', 'a/b: permission denied (EROFS).'],
    ['ENOENT', 'NAS7212', 'a/b: is not there (ENOENT).'],
    ['EIO', 'NAS7212', 'a/b: the system refused `write` (EIO).'],
  ])('%s is %s', async (systemCode, code, message) => {
    const found = await failureOf(() =>
      onDisk('a/b', () => {
        throw systemError(systemCode)
      }),
    )
    expect(found).toMatchObject({ code, message })
    expect(found.help).not.toBe('')
  })

  it.skipIf(!existsSync('/dev/full'))('that is full for real is said to be full', async () => {
    const file = openSync('/dev/full', 'w')
    const found = await failureOf(() => onDisk('checkpoint', () => writeFully(file, Buffer.alloc(10))))
    closeSync(file)
    expect(found.code).toBe('NAS7210')
  })

  it('keeps the old content where the new one cannot be finished', () => {
    const path = join(temporaryFolder(), 'run.json')
    writeAtomically(path, ['old'])
    const parts = function* (): Generator<string> {
      yield 'half of the new'
      throw new Error('killed')
    }
    expect(() => writeAtomically(path, parts())).toThrow('killed')
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(existsSync(`${path}.tmp`)).toBe(false)
  })

  it('leaves defects alone', () => {
    expect(() =>
      onDisk('a', () => {
        throw new TypeError('a defect')
      }),
    ).toThrow(TypeError)
  })
})
