import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import type { SharedStatus } from './shared-status.js'
import { updateStatus, tickMilliseconds, type Idleness } from './update-status.js'

// The thread that isShown for a command, until the process ends.
const shared = workerData as SharedStatus
const nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
let idle: Idleness = { writes: -1, ticks: 0 }
for (;;) {
  Atomics.wait(nothing, 0, 0, tickMilliseconds)
  idle = updateStatus(shared, idle, (text) => writeSync(2, text))
}
