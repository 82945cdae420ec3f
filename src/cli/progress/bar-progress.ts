import { Presets, SingleBar } from 'cli-progress'
import type { Terminal } from '../terminal.js'
import { paced } from './paced.js'
import type { Progress } from './progress.js'
import { afterMilestone, decodedWords, milestoneWords, phaseWords, progressWords } from './words.js'

/** One bar for the steps of each phase; milestones stand above it. */
export function barProgress(terminal: Terminal): Progress {
  let bar: SingleBar | undefined
  let phase: string | undefined
  // What is being done shows after a second.
  const isTime = paced(0, 5_000, () => performance.now())
  const close = (): void => {
    bar?.stop()
    bar = undefined
    phase = undefined
  }
  return {
    observe(event) {
      const milestone = milestoneWords(event)
      if (milestone !== undefined) {
        close()
        terminal.err(`${milestone}\n`)
        const doing = afterMilestone[event.type]
        if (doing !== undefined) terminal.doing(doing)
        return
      }
      if (event.type !== 'phase-progress') return
      const total = event.epochs * event.steps
      if (bar === undefined || phase !== phaseWords(event)) {
        close()
        terminal.doing(undefined)
        phase = phaseWords(event)
        bar = new SingleBar(
          {
            format: `${phase} {bar} {value}/{total}  {words}`,
            barsize: 20,
            stream: process.stderr,
            clearOnComplete: true,
            // A signal may end the process at any moment: nothing of the terminal is changed that would stay so.
            hideCursor: false,
            // Ctrl-C is answered by the command, after the checkpoint.
            gracefulExit: false,
          },
          Presets.shades_classic,
        )
        bar.start(total, 0, { words: '' })
      }
      // Not all epochs of a phase need have the same number of steps.
      bar.setTotal(total)
      bar.update(event.epoch * event.steps + event.step, { words: progressWords(event) })
    },
    decoded(done, of) {
      if (done === of) terminal.doing('preparing')
      else if (isTime()) terminal.doing(decodedWords(done, of), true)
    },
    stop: close,
  }
}
