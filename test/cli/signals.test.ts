import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume, resumeSeeds, run } from '../../src/runtime/index.js'
import { commandTable } from '../../src/cli/command-table.js'
import { heavySpace, heavyText } from '../support/heavy-programs.js'
import { compileScored } from '../support/scored-search.js'
import { root } from '../support/repository.js'
import { writeTinyData } from '../support/tiny-data.js'

const main = join(root, 'dist/src/cli/main.js')
const folder = mkdtempSync(join(tmpdir(), 'nasc-signals-'))
const at = (...names: readonly string[]): string => join(folder, ...names)
const out = at('out')

/** What lasts for minutes, by command. */
const heavy: Readonly<Record<string, readonly string[]>> = {
  check: [at('text.nas')],
  compile: [at('text.nas'), '--out', out],
  count: [at('space.nas')],
  cost: [at('space.nas'), '--least'],
  sample: [at('space.nas'), '--out', out],
  explain: [at('space.nas')],
  graph: [at('text.nas'), '--out', out],
  fmt: [at('text.nas')],
  diff: [at('space.nas'), at('other.nas')],
  run: [at('text.nas'), '--out', out],
  train: [at('text.nas'), '--arch', at('architecture.nas'), '--out', out],
  eval: [at('run'), '--arch', at('architecture.nas')],
  predict: [at('run'), at('image.png'), '--arch', at('architecture.nas')],
  rank: [at('run'), '--table', at('results.csv')],
  import: ['genotype', at('genotype.txt'), at('text.nas')],
  export: [at('text.nas'), '--arch', at('architecture.nas'), '--to', 'genotype'],
  latency: ['sample', at('text.nas'), '--measurements', out],
}

/** Commands that end before they are busy, and those that go on with a run: they have tests of their own. */
const quick = ['init', 'backend', 'doctor', 'resume', 'search']

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Waits until a process has computed for a second, where the system tells, or for some seconds. */
async function untilBusy({ pid = 0 }: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 4000; waited += 50) {
    await setTimeout(50)
    const stat = `/proc/${String(pid)}/stat`
    if (!existsSync(stat)) continue
    // User time, in hundredths of a second, is the twelfth field behind the name.
    const [, fields = ''] = readFileSync(stat, 'utf8').split(') ')
    if (Number(fields.split(' ')[11]) >= 100) return
  }
}

beforeAll(() => {
  writeFileSync(at('space.nas'), heavySpace)
  writeFileSync(at('other.nas'), heavySpace.replace('100M', '90M'))
  writeFileSync(at('text.nas'), heavyText())
  writeFileSync(at('genotype.txt'), "Genotype(normal=[('skip_connect', 0)], normal_concat=[2])\n")
  writeFileSync(at('results.csv'), 'architecture,accuracy\narchitecture.nas,1\n')
  writeFileSync(at('architecture.nas'), 'import { s } from "./text.nas"\narchitecture a of s { width 4 }\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a command that computes', () => {
  it.each(commandTable.map(({ name }) => name).filter((name) => !quick.includes(name)))(
    '%s is ended by a signal at once, and leaves nothing half done',
    async (name) => {
      const before = readFileSync(at('text.nas'))
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        const running = start([name, ...(heavy[name] ?? [])])
        const gone = once(running, 'exit')
        await untilBusy(running)
        running.kill(signal)
        expect(await gone).toEqual([null, signal])
      }
      expect(existsSync(out)).toBe(false)
      expect(readdirSync(folder).filter((each) => each.endsWith('.tmp'))).toEqual([])
      expect(readFileSync(at('text.nas')).equals(before)).toBe(true)
    },
  )
})

describe('a command that is soon over', () => {
  it.each([['doctor'], ['backend', 'list']])(
    '%s is ended by a signal whenever it comes, or is over',
    async (...args) => {
      for (const delay of [0, 60, 120, 180]) {
        const running = start(args)
        const gone = once(running, 'exit')
        await setTimeout(delay)
        running.kill('SIGINT')
        expect([
          [null, 'SIGINT'],
          [0, null],
        ]).toContainEqual(await gone)
      }
    },
  )

  it('init makes all files of a project or none', async () => {
    const ends = new Set<string>()
    for (const delay of [0, 40, 80, 120, 160, 200, 2000]) {
      const project = at(`project-${delay}`)
      const running = start(['init', project])
      const gone = once(running, 'exit')
      await Promise.race([gone, setTimeout(delay)])
      running.kill('SIGTERM')
      ends.add(JSON.stringify(await gone))
      expect([0, 2]).toContain(existsSync(project) ? readdirSync(project).length : 0)
    }
    // Without a signal, as an ended process, or stopped behind the last file.
    for (const end of ends) expect(['[0,null]', '[null,"SIGTERM"]', '[143,null]']).toContain(end)
    expect(ends).toContain('[0,null]')
  })
})

describe('a run', () => {
  const search = `import { conv, global_pool, linear } from std:nn
import std:search
space tiny {
  input image(8, 8, 1)
  classes 3
  network { stem one of { conv(4, 3), conv(4, 1) }; head global_pool -> linear(classes) }
}
search endless of tiny {
  relax stem by softmax
  sample all
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.01) }
  train choices on 50% { sgd(lr: 0.01) }
  derive argmax
  epochs 100k
  batch 4
}
`
  beforeAll(() => {
    writeTinyData(at('data'))
    writeFileSync(at('search.nas'), search)
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops at a safe place by %s while it trains, and can be resumed', async (signal, code) => {
    const run = at(`run-${signal}`)
    const commands = [
      ['run', 'search.nas', '--data', 'data', '--out', run],
      ['resume', run],
    ]
    for (const command of commands) {
      const running = start([...command, '--backend', 'cpu'])
      let said = ''
      running.stderr?.on('data', (text) => (said += String(text)))
      const gone = once(running, 'close')
      while (running.exitCode === null && (said.match(/epoch \d+\//g) ?? []).length < 2) await setTimeout(20)
      running.kill(signal)
      expect({ end: await gone, said }).toEqual({
        end: [code, null],
        said: expect.stringContaining('nasc resume') as string,
      })
    }
    const stopped = await resume(run, { signal: AbortSignal.abort() })
    expect(stopped).toMatchObject({ kind: 'interrupted', phase: 'search' })
  })

  it('whose supernet is searched again stops between two scores, and can be resumed', async () => {
    const [trained, again] = [at('scored'), at('searched')]
    const chain = compileScored('random(count: 1)')
    await run(chain, { scale: 'tiny', backend: 'cpu', data: at('data'), out: trained })
    const running = start(['search', trained, '--by', 'best(of: 60)', '--out', again])
    let said = ''
    running.stderr?.on('data', (text) => (said += String(text)))
    const gone = once(running, 'close')
    while (running.exitCode === null && !/derive epoch/u.test(said)) await setTimeout(5)
    running.kill('SIGINT')
    expect({ end: await gone, said }).toEqual({
      end: [130, null],
      said: expect.stringContaining('nasc resume') as string,
    })
    expect(await resume(again, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'interrupted', phase: 'derive' })
  })

  it('of several seeds stops there too, and goes on with the seed that it was at', async () => {
    const series = at('seeds')
    const command = ['run', 'search.nas', '--data', 'data', '--seeds', '2', '--out', series, '--backend', 'cpu']
    const running = start(command)
    let said = ''
    running.stderr?.on('data', (text) => (said += String(text)))
    const gone = once(running, 'close')
    while (running.exitCode === null && (said.match(/epoch \d+\//g) ?? []).length < 2) await setTimeout(20)
    running.kill('SIGINT')
    expect(await gone).toEqual([130, null])
    expect(said).toMatch(/of seed 0\. Continue to the same result with: nasc resume .*seeds\n$/u)
    const stopped = await resumeSeeds(series, { signal: AbortSignal.abort() })
    expect(stopped).toMatchObject({ kind: 'interrupted', seed: 0, phase: 'search' })
  })
})
