import type { Network } from '../../../space/network/network.js'
import type { Engine } from '../../backend/engine/engine.js'
import type { ObservedOptions } from '../../options.js'
import { createRandom } from '../../random/random.js'
import { buildReport } from '../../report/report.js'
import type { RunDirectory } from '../../run/run-directory.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { buildSupernet } from '../step/supernet.js'
import type { Session, SessionData } from '../step/session.js'

export interface SessionParts {
  readonly search: ResolvedSearch
  readonly directory: RunDirectory
  readonly data: SessionData
  readonly engine: Engine
  /** Of the parts of the run before this one. */
  readonly secondsBefore: number
  readonly options: ObservedOptions
}

export function openSession({ secondsBefore, options, ...parts }: SessionParts): Session {
  const began = performance.now()
  let supernet: Network | undefined
  return {
    ...parts,
    supernet: () => (supernet ??= buildSupernet(parts.search, parts.data)),
    random: createRandom(parts.directory.record.seed),
    control: {
      signal: options.signal,
      onSignalWatch: options.onSignalWatch,
      checkpointEvery: options.checkpointEvery ?? 50,
      progressEvery: 10,
    },
    record(event) {
      parts.directory.append(event)
      options.observe?.(event)
    },
    seconds: () => secondsBefore + (performance.now() - began) / 1000,
  }
}

/** Ends a part of a run, however it ended: the report shows what there is, the lock is given back. */
export async function closeSession({ directory, engine }: Pick<Session, 'directory' | 'engine'>): Promise<void> {
  try {
    const events = directory.events()
    if (events.length > 0) directory.writeReport(await buildReport(directory.record, events))
  } finally {
    directory.close()
    engine.dispose()
  }
}

/** Does what comes between opening an engine and the session; the engine is not left open if that fails. */
export function orDispose<T>(engine: Engine, action: () => T): T {
  try {
    return action()
  } catch (error) {
    engine.dispose()
    throw error
  }
}
