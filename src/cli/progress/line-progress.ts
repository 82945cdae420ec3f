import type { Terminal } from '../terminal.js'
import { paced } from './paced.js'
import type { Progress } from './progress.js'
import { decodedWords, milestoneWords, phaseWords, progressWords } from './words.js'

const quietMilliseconds = 15_000
/** Before the first word on images that are decoded. */
const patience = 2_000

/** For logs and pipes: every milestone, and a line on the steps between at most every 15 seconds of `clock`. */
export function lineProgress(terminal: Terminal, clock: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY
  const isTime = paced(patience, quietMilliseconds, clock)
  return {
    observe(event) {
      const milestone = milestoneWords(event)
      if (milestone !== undefined) {
        terminal.err(`${milestone}\n`)
        return
      }
      if (event.type !== 'phase-progress') return
      const now = clock()
      if (now - last < quietMilliseconds) return
      last = now
      const step = `epoch ${event.epoch + 1}/${event.epochs} step ${event.step}/${event.steps}`
      terminal.err(`${phaseWords(event)} ${step}: ${progressWords(event)}\n`)
    },
    decoded(done, of) {
      if (isTime() && done < of) terminal.err(`${decodedWords(done, of)}\n`)
    },
    stop: () => undefined,
  }
}
