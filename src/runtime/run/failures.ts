import { Failure } from '../../ir/failure.js'

/** The words of every failure about run directories, NAS7201 … NAS7214, in one place. */
export const failRun = {
  notEmpty(folder: string, found: readonly string[], isRun: boolean): never {
    const holds =
      found.length > 3 ? `${found.slice(0, 3).join(', ')} and ${String(found.length - 3)} more` : found.join(', ')
    throw new Failure(
      'NAS7201',
      isRun
        ? `${folder}: holds a run already; nothing was overwritten.`
        : `${folder}: is not empty (${holds}); nothing was overwritten.`,
      isRun
        ? `Continue it with \`nasc resume ${folder}\`, or name another folder with --out.`
        : 'Name a new or an empty folder with --out.',
    )
  },

  notARun(folder: string, reason: string): never {
    throw new Failure(
      'NAS7202',
      `${folder}: is not a run directory (${reason}).`,
      'Name the folder that `nasc run` printed, such as runs/darts-first_order-1. `nasc run` makes a new one.',
    )
  },

  damagedRecord(file: string, reason: string): never {
    throw new Failure(
      'NAS7203',
      `${file}: cannot be used: ${reason}.`,
      'It was changed or damaged after the run began: put it back as it was, or start a new run.',
    )
  },

  otherFormat(file: string, expected: string, found: string): never {
    throw new Failure(
      'NAS7204',
      `${file}: is of format ${found}, and this version of nasc reads ${expected}.`,
      'Continue the run with the version of nasc that made it; `versions` in run.json says which.',
    )
  },

  otherSpace(folder: string, expected: string, found: string, source: string): never {
    throw new Failure(
      'NAS7205',
      `${folder}: belongs to another space: it was made from ${source} with IR ${found.slice(0, 19)}…, not ${expected.slice(0, 19)}….`,
      'The program has changed since, or it is another one. Start a new run for it, or `nasc resume` the run as it was made; nothing was overwritten.',
    )
  },

  inUse(folder: string, pid: number, host: string, lockFile: string): never {
    throw new Failure(
      'NAS7206',
      `${folder}: another process is at work on this run (process ${String(pid)} on ${host}).`,
      `Wait for it or stop it with Ctrl-C. If it is no longer there, delete ${lockFile}.`,
    )
  },

  damagedJournal(file: string, line: number, reason: string): never {
    throw new Failure(
      'NAS7207',
      `${file}: line ${String(line)} is not an event (${reason}).`,
      'Only the last line can be cut short by a kill; this one was changed or damaged. Put the file back as it was, or delete the line.',
    )
  },

  missingFile(file: string): never {
    throw new Failure(
      'NAS7208',
      `${file}: is missing in this run directory.`,
      'It was deleted after the run began: put it back, or start a new run.',
    )
  },

  noIntactCheckpoint(folder: string, damaged: readonly { path: string; reason: string }[]): never {
    const list = damaged.map(({ path, reason }) => `${path} ${reason}`).join('; ')
    throw new Failure(
      'NAS7209',
      `${folder}: no checkpoint of this run is intact: ${list}.`,
      'Put an intact copy in place, or delete the damaged files to let the run begin anew from its seed.',
    )
  },

  diskFull(path: string): never {
    throw new Failure(
      'NAS7210',
      `${path}: cannot be written, the disk (or your quota on it) is full.`,
      'Make room, then `nasc resume` the run: what was saved before is intact.',
    )
  },

  denied(path: string, code: string): never {
    throw new Failure(
      'NAS7211',
      `${path}: permission denied (${code}).`,
      'Check who owns the folder and whether it may be written, or name another one with --out.',
    )
  },

  fileSystem(path: string, code: string, reason: string): never {
    throw new Failure('NAS7212', `${path}: ${reason} (${code}).`, 'Check the path and the disk it lies on.')
  },

  damagedCheckpoint(path: string, reason: string): never {
    throw new Failure(
      'NAS7213',
      `${path}: ${reason}.`,
      'Use another checkpoint of the run; `nasc resume` takes the newest intact one by itself.',
    )
  },

  nothingToReport(folder: string): never {
    throw new Failure(
      'NAS7214',
      `${folder}: its journal holds no event yet, so there is nothing to report.`,
      'Continue the run with `nasc resume`, then report it.',
    )
  },
} as const
