import { timeBudget, type Budget } from '../../space/index.js'
import type { Terminal } from '../terminal.js'

const usualSeconds = 300

/** What `--budget SECONDS` allows the analysis of the programs of a command, from now on. */
export function analysisBudget(seconds: number | undefined, terminal: Terminal): Budget {
  return timeBudget(seconds ?? usualSeconds, () => {
    terminal.stillDoing()
    return performance.now()
  })
}
