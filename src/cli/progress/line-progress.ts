import type { Terminal } from '../terminal.js'
import type { Progress } from './progress.js'
import { milestoneWords, phaseWords, progressWords } from './words.js'

const quietMilliseconds = 15_000

/** For logs and pipes: every milestone, and a line on the steps between at most every 15 seconds of `clock`. */
export function lineProgress(terminal: Terminal, clock: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY
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
    stop: () => undefined,
  }
}
