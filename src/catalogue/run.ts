import type { FailureSection } from './entry.js'

/** NAS72xx: run directories. */
export const runCatalogue = {
  'folder-not-empty': {
    code: 'NAS7201',
    message: '{folder}: is not empty ({holds}); nothing was overwritten.',
    help: 'Name a new or an empty folder with --out.',
    why: 'The folder for the run holds something else. Nothing was overwritten.',
  },
  'not-a-run': {
    code: 'NAS7202',
    message: '{folder}: is not a run directory ({reason}).',
    help: 'A run directory has run.json, program.ir.json, split.json, journal.jsonl, checkpoints and architectures. Name the folder that `nasc run` printed, such as runs/darts-first_order-1. `nasc run` makes a new one.',
    why: 'The folder is not one that `nasc run` made.',
  },
  'damaged-run-file': {
    code: 'NAS7203',
    message: '{file}: cannot be used: {reason}.',
    help: 'It was changed or damaged after the run began: put it back as it was, or start a new run.',
    why: 'A file of the run was changed or damaged.',
  },
  'run-of-other-format': {
    code: 'NAS7204',
    message: '{file}: is of format {found}, and this version of nasc reads {expected}.',
    help: 'Continue the run with the version of nasc that made it; `versions` in run.json says which.',
    why: 'The run was made by another version of nasc.',
  },
  'run-of-other-space': {
    code: 'NAS7205',
    message: '{folder}: belongs to another space: it was made from {source} with IR {found}, not {expected}.',
    help: 'The program has changed since, or it is another one. Start a new run for it, or `nasc resume` the run as it was made; nothing was overwritten.',
    why: 'The run belongs to another program, or the program has changed since.',
  },
  'run-in-use': {
    code: 'NAS7206',
    message: '{folder}: another process is at work on this run (process {pid} on {host}).',
    help: 'Wait for it or stop it with Ctrl-C. If it is no longer there, delete {lock}.',
    why: 'Another process is at work on this run.',
    fix: 'Wait for it, or stop it. If it is no longer there, delete the lock that the help names.',
  },
  'damaged-journal': {
    code: 'NAS7207',
    message: '{file}: line {line} is not an event ({reason}).',
    help: 'Only the last line can be cut short by a kill; this one was changed or damaged. Put the file back as it was, or delete the line.',
    why: 'A line of the journal is no event.',
  },
  'run-file-missing': {
    code: 'NAS7208',
    message: '{file}: is missing in this run directory.',
    help: 'It was deleted after the run began: put it back, or start a new run.',
    why: 'A file of the run was deleted.',
  },
  'no-intact-checkpoint': {
    code: 'NAS7209',
    message: '{folder}: no checkpoint of this run is intact: {damaged}.',
    help: 'Put an intact copy in place, or delete the damaged files to let the run begin anew from its seed.',
    why: 'Every checkpoint of the run is damaged.',
  },
  'disk-full': {
    code: 'NAS7210',
    message: '{path}: cannot be written, the disk (or your quota on it) is full.',
    help: 'Make room, then `nasc resume` the run: what was saved before is intact.',
    why: 'The disk, or your quota on it, is full.',
  },
  'permission-denied': {
    code: 'NAS7211',
    message: '{path}: permission denied ({code}).',
    help: 'Check who owns the folder and whether it may be written, or name another one with --out.',
    why: 'The folder or file may not be written.',
  },
  'file-system': {
    code: 'NAS7212',
    message: '{path}: {reason} ({code}).',
    help: 'Check the path and the disk it lies on.',
    why: 'The file system refused to read or write.',
  },
  'damaged-checkpoint': {
    code: 'NAS7213',
    message: '{path}: {reason}.',
    help: 'Use another checkpoint of the run; `nasc resume` takes the newest intact one by itself.',
    why: 'The checkpoint does not have the checksum that it was saved with.',
  },
  'nothing-to-report': {
    code: 'NAS7214',
    message: '{folder}: its journal holds no event yet, so there is nothing to report.',
    help: 'Continue the run with `nasc resume`, then report it.',
    why: 'The run has not begun yet.',
  },
  'holds-a-run': {
    code: 'NAS7215',
    message: '{folder}: holds a run already; nothing was overwritten.',
    help: 'Continue it with `nasc resume {folder}`, or name another folder with --out.',
    why: 'The folder for the run holds a run already. Nothing was overwritten.',
    fix: 'Continue it with `nasc resume`, or name another folder with `--out`.',
  },
} as const satisfies FailureSection
