import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { JournalEvent, RunFinished } from '../../src/runtime/run/events.js'
import { root } from '../process.js'

export interface SearchRequest {
  readonly file: string
  readonly search: string
  readonly scale: string
  readonly seed: number
  /** Of the run directory, below `.bench/claims`; what an earlier measurement has left there is gone. */
  readonly name: string
  /** Params, `--set` each. */
  readonly set?: Readonly<Record<string, number | string>>
}

/** Runs a search as a user does, in a process of its own, on MNIST; gives its run directory. */
export async function search({ file, search, scale, seed, name, set = {} }: SearchRequest): Promise<string> {
  const folder = join('.bench/claims', name)
  rmSync(join(root, folder), { recursive: true, force: true })
  mkdirSync(dirname(join(root, folder)), { recursive: true })
  const sets = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${String(value)}`])
  const chosen = ['--search', search, '--scale', scale, '--seed', String(seed), '--data', 'mnist']
  await nasc('run', file, ...chosen, ...sets, '--backend', 'wasm', '--quiet', '--out', folder)
  return folder
}

/** Share of the test images, with the weights of a run. */
export async function accuracyOf(run: string, weights: 'supernet' | 'inherited' | 'retrained'): Promise<number> {
  const { accuracy } = (await nasc('eval', run, '--weights', weights)) as { readonly accuracy: number }
  return accuracy
}

/**
 * Runs the command and gives the JSON document that it prints.
 *
 * @throws Error with what it wrote to stderr if it fails
 */
export function nasc(...args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', ...args, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve(JSON.parse(out))
      else reject(new Error(`nasc ${args.join(' ')} ended with ${String(status)}:\n${err || out}`))
    })
  })
}

/** What a run tells, in order. */
export function eventsOf(run: string): readonly JournalEvent[] {
  return readFileSync(join(root, run, 'journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalEvent)
}

/**
 * The last event of a kind.
 *
 * @throws Error where there is none
 */
export function lastOf<Event extends JournalEvent>(events: readonly JournalEvent[], type: Event['type']): Event {
  const found = events.findLast((event): event is Event => event.type === type)
  if (found === undefined) throw new Error(`the run tells of no ${type}`)
  return found
}

/** What a search with a `retrain` block ended with. */
export interface Retrained {
  readonly parameters: number
  readonly macs: number
  /** Share of the test images. */
  readonly accuracy: number
}

/** @throws Error where a run retrained nothing */
export function retrainedIn(run: string): Retrained {
  const [best] = lastOf<RunFinished>(eventsOf(run), 'run-finished').architectures
  if (best?.retrainedAccuracy === undefined) throw new Error(`${run} has retrained nothing`)
  return { parameters: best.parameters, macs: best.macs, accuracy: best.retrainedAccuracy }
}
