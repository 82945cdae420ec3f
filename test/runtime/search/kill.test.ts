import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume } from '../../../src/runtime/index.js'
import { finished, runTiny, tellTale } from '../../support/tiny-runs.js'
import { writeTinyData } from '../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-kill-'))
const data = join(folder, 'data')
const unbroken = join(folder, 'unbroken')

beforeAll(async () => {
  writeTinyData(data)
  await runTiny(data, unbroken)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Kills a run without warning as soon as `ready` holds for its directory. */
async function killWhen(run: string, ready: () => boolean): Promise<void> {
  const viteNode = join(dirname(createRequire(import.meta.url).resolve('vite-node/package.json')), 'vite-node.mjs')
  const child = fileURLToPath(new URL('../../support/child-run.ts', import.meta.url))
  const running = spawn(process.execPath, [viteNode, child, data, run], { stdio: 'ignore' })
  const gone = once(running, 'exit')
  while (running.exitCode === null && !ready()) await setTimeout(2)
  running.kill('SIGKILL')
  await gone
}

const checkpoints = (run: string): number => {
  const places = join(run, 'checkpoints')
  return existsSync(places) ? readdirSync(places).filter((name) => name.endsWith('.bin')).length : 0
}

describe('kill -9', () => {
  it.each([
    ['in the search', (run: string) => checkpoints(run) >= 1],
    ['in the retraining', (run: string) => existsSync(join(run, 'checkpoints', 'supernet'))],
  ])('%s, then resume: the same architecture and the same numbers', async (where, ready) => {
    const killed = join(folder, where.replaceAll(' ', '-'))
    await killWhen(killed, () => ready(killed))
    const journal = readFileSync(join(killed, 'journal.jsonl'), 'utf8')
    const result = finished(await resume(killed))
    if (!journal.includes('run-finished')) {
      expect(readFileSync(join(killed, 'journal.jsonl'), 'utf8')).toContain('run-resumed')
    }
    const whole = finished(await resume(unbroken))
    expect(tellTale(killed, result)).toEqual(tellTale(unbroken, whole))
  })
})
