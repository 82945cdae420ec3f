import { Failure } from '../../catalogue/failure.js'
import { formatCount } from '../../support/format-quantity.js'
import type { Ir } from '../../ir/model/ir.js'

/**
 * Bounds what the analysis of a program takes. What is beyond a bound ends with a failure that names the part of the network
 * which is too large: a bound never changes a result.
 */
export interface Budget {
  /** The part that is worked on from now on, by its path. */
  enter(part: string): void
  /**
   * Work was done, in units of about a microsecond; the clock is looked at only once in some thousands of them.
   *
   * @throws Failure NAS6139 if the time is over
   */
  spend(units?: number): void
  /**
   * So many things of a kind must be held in memory at once.
   *
   * @throws Failure NAS6140 if they are more than `most`
   */
  demandRoom(count: number, most: number, things: string): void
}

/** A network that is built by an analysis, in units of work. */
export const buildUnits = 256

const unitsBetweenLooks = 4096

/** @param now milliseconds on a clock that only rises; it is looked at now and whenever much was done */
export function timeBudget(seconds: number, now: () => number): Budget {
  const end = now() + 1000 * seconds
  return budget((part) => {
    if (now() > end) throw new Failure('out-of-time', { part, seconds })
  })
}

/** Bounds memory alone. */
function memoryBudget(): Budget {
  return budget(() => undefined)
}

function budget(look: (part: string) => void): Budget {
  let part = 'the network'
  let units = unitsBetweenLooks
  return {
    enter: (path) => (part = path),
    spend(done = 1) {
      units -= done
      if (units > 0) return
      units = unitsBetweenLooks
      look(part)
    },
    demandRoom(count, most, things) {
      if (count > most) throw new Failure('out-of-room', { part, most: formatCount(most), things })
    },
  }
}

/** Whether a failure says that a program is beyond the bounds of its analysis, and nothing of what it is. */
export function isBeyondBounds(failure: Failure): boolean {
  return isOverLimit(failure) || failure.slug === 'out-of-time' || failure.slug === 'graph-of-cell-varies'
}

/**
 * Whether it says so of a limit which another analysis may not have. Time that is over is over for what follows as well, and a graph
 * that hangs on a choice no limit allows.
 */
export function isOverLimit({ slug }: Failure): boolean {
  switch (slug) {
    case 'too-many-sets':
    case 'too-entangled':
    case 'cell-of-several-stacks':
    case 'out-of-room':
    case 'window-unresolved':
      return true
    default:
      return false
  }
}

/** Whether a failure says that more states hang together than are followed. */
export function isEntangled({ slug }: Failure): boolean {
  return slug === 'too-entangled' || slug === 'cell-of-several-stacks'
}

const budgets = new WeakMap<Ir, Budget>()

/** Bounds everything that is analysed of a program from now on: no way to its analysis can forget the budget. */
export function limitAnalysis(ir: Ir, budget: Budget): void {
  budgets.set(ir, budget)
}

/** The budget of a program; one that bounds memory alone where nobody has set another. */
export function budgetOf(ir: Ir): Budget {
  const known = budgets.get(ir) ?? memoryBudget()
  budgets.set(ir, known)
  return known
}
