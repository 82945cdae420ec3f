import { parentPort, workerData } from 'node:worker_threads'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { examine } from './examine.js'
import { inputOf } from './inputs.js'
import { readCorpus } from './corpus.js'
import type { FromWorker, FuzzTask } from './messages.js'

/** Examines a range of inputs; the shared cell holds the one at hand, for whoever watches. */
// The main thread makes this very object.
const { root, seed, from, to, current } = workerData as FuzzTask
const corpus = readCorpus(root)
const standard = nodeHost()
const send = (message: FromWorker): void => parentPort?.postMessage(message)

for (let index = from; index < to; index++) {
  Atomics.store(current, 0, index)
  const what = examine(inputOf(corpus, seed, index), standard)
  if (what !== undefined) send({ kind: 'finding', index, what })
}
send({ kind: 'done' })
