import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { v8Flags } from '../src/support/node/v8-flags.js'

/** The root of the repository, from `dist/bench`. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Runs a measurement in a process of its own, of ours under the flags of `nasc`, so that its peak memory is its own; the last line that it prints is a JSON
 * document. Throws an Error with what it wrote to stderr if it fails.
 */
export function measure(command: string, args: readonly string[]): unknown {
  const all = command === process.execPath ? [...v8Flags, ...args] : args
  const done = spawnSync(command, all, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${done.stderr || String(done.error)}`)
  const document: unknown = JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '')
  return document
}

/** How to install PyTorch where this bench finds it. */
export const installTorch =
  'python3 -m venv .bench/venv && .bench/venv/bin/pip install torch   (or name a Python that has it in NASC_BENCH_PYTHON)'

/** A Python that can import torch: NASC_BENCH_PYTHON, `.bench/venv`, or the one on the path. */
export function pythonWithTorch(): string | undefined {
  const candidates = [process.env['NASC_BENCH_PYTHON'], `${root}/.bench/venv/bin/python`, 'python3', 'python']
  return candidates.find((candidate) => {
    if (candidate === undefined || (candidate.includes('/') && !existsSync(candidate))) return false
    return spawnSync(candidate, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0
  })
}
