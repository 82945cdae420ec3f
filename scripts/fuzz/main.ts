import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { readCorpus } from './corpus.js'
import { inputOf } from './inputs.js'
import type { FromWorker, FuzzTask } from './messages.js'
import { packageRoot } from '../../src/support/node/package-root.js'

/**
 * `npm run fuzz -- --count 200000 --seed 1`: token soup and mutated programs through the whole compiler and the formatter.
 * Says for which inputs it threw, took more than `--limit` seconds of processor time, however busy the machine is, or spoke of
 * places outside of the text; exit code 1 if there is one. `--show INDEX` prints one input.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    limit: { type: 'string', default: '20' },
    show: { type: 'string' },
  },
})
const seed = Number(values.seed)
const first = Number(values.from)
const end = first + Number(values.count)
const limit = Number(values.limit) * 1000
const root = packageRoot()

if (values.show === undefined) await fuzz()
else process.stdout.write(inputOf(readCorpus(root), seed, Number(values.show)))

async function fuzz(): Promise<void> {
  const started = Date.now()
  let findings = 0
  const report = (index: number, what: string): void => {
    findings += 1
    process.stdout.write(`input ${String(index)} of seed ${String(seed)}: ${what}\n\n`)
  }
  let next = first
  while (next < end) {
    // Fresh now and then, so that one input cannot spoil the memory of all others.
    const to = Math.min(end, next + 20_000)
    next = await examineRange(next, to, report)
    process.stdout.write(
      `${String(next - first)} inputs, ${String(findings)} findings, ${((Date.now() - started) / 1000).toFixed(0)} s\n`,
    )
  }
  process.exitCode = findings > 0 ? 1 : 0
}

/** Runs a worker over a range and gives the number to go on with: that behind an input which took too long. */
function examineRange(from: number, to: number, report: (index: number, what: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const current = new Int32Array(new SharedArrayBuffer(4))
    Atomics.store(current, 0, from)
    const workerData: FuzzTask = { root, seed, from, to, current }
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData })
    let seen = -1
    let since = processorTime()
    const finish = (index: number): void => {
      clearInterval(watch)
      void worker.terminate().then(() => resolve(index))
    }
    const watch = setInterval(() => {
      const at = Atomics.load(current, 0)
      if (at !== seen) {
        seen = at
        since = processorTime()
      } else if (processorTime() - since > limit) {
        report(at, `took more than ${String(limit / 1000)} s of processor time`)
        finish(at + 1)
      }
    }, 500)
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'done') finish(to)
      else report(message.index, message.what)
    })
    worker.on('error', (error: Error) => {
      report(Atomics.load(current, 0), error.stack ?? error.message)
      finish(Atomics.load(current, 0) + 1)
    })
    worker.on('messageerror', reject)
  })
}

/** Milliseconds of processor time of this process, whose worker is all that is at work. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
