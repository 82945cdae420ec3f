import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import type { Board } from './board.js'
import { speak, tickMilliseconds, type Silence } from './speak.js'

// The thread that speaks for a command, until the process ends.
const board = workerData as Board
const nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
let silence: Silence = { news: -1, ticks: 0 }
for (;;) {
  Atomics.wait(nothing, 0, 0, tickMilliseconds)
  silence = speak(board, silence, (text) => writeSync(2, text))
}
