import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../../catalogue/failure.js'
import { onDisk } from './files.js'

/** Who works on a run. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, in ticks since the machine started, where the system tells: process numbers come again. */
  readonly started?: string
}

/** Name of the lock file in a run directory. */
export const lockName = 'lock'

/**
 * Keeps other processes off a run. The lock of a process that no longer lives is taken over.
 * @returns releases the lock
 * @throws Failure NAS7206 if a living process (or one of another machine) holds it
 */
export function lockRun(folder: string): () => void {
  const path = join(folder, lockName)
  const aside = `${path}.${String(process.pid)}.tmp`
  const mine = JSON.stringify(describe(process.pid))
  return onDisk(path, () => {
    // A link appears with its content at once, so no reader ever sees half of it.
    writeFileSync(aside, mine)
    try {
      while (!linked(aside, path)) removeStale(folder, path)
    } finally {
      rmSync(aside, { force: true })
    }
    return () => {
      if (readText(path) === mine) rmSync(path, { force: true })
    }
  })
}

function linked(aside: string, path: string): boolean {
  try {
    linkSync(aside, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves the lock away if its holder is gone; if another took it over at this very moment, gives it back. */
function removeStale(folder: string, path: string): void {
  const seen = readText(path)
  if (seen === undefined) return
  const holder = parseHolder(seen)
  if (holder !== undefined && staysAlive(holder)) {
    throw new Failure('run-in-use', { folder, pid: holder.pid, host: holder.host, lock: path })
  }
  const away = `${path}.${String(process.pid)}.stale.tmp`
  try {
    renameSync(path, away)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (readText(away) !== seen) linked(away, path)
  rmSync(away, { force: true })
}

/** Milliseconds that a killed process is given to hand back its memory before it counts as alive. */
const patience = 2000
const between = 100

function staysAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  const nobody = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; lives(holder); waited += between) {
    if (waited >= patience) return true
    Atomics.wait(nobody, 0, 0, between)
  }
  return false
}

/** Whether a process of this machine is there and is the one that was described. */
function lives(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const [state] = statOf(holder.pid)
  if (state === 'Z' || state === 'X') return false
  const started = startOf(holder.pid)
  return holder.started === undefined || started === undefined || started === holder.started
}

function describe(pid: number): Holder {
  const started = startOf(pid)
  return { pid, host: hostname(), ...(started === undefined ? {} : { started }) }
}

/** Field 22 of `/proc/<pid>/stat`. */
function startOf(pid: number): string | undefined {
  return statOf(pid)[19]
}

/** The fields of `/proc/<pid>/stat` from the third on: the name in the second may hold spaces and ends with the last `)`. */
function statOf(pid: number): readonly string[] {
  const stat = readText(`/proc/${String(pid)}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    if (!('pid' in value) || typeof value.pid !== 'number') return undefined
    if (!('host' in value) || typeof value.host !== 'string') return undefined
    const started = 'started' in value && typeof value.started === 'string' ? { started: value.started } : {}
    return { pid: value.pid, host: value.host, ...started }
  } catch {
    return undefined
  }
}
