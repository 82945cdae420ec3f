import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onDisk } from './files.js'
import { openJsonLines, readJsonLines, type JsonLines, type ParseLine } from './json-lines.js'
import { runFiles } from './run-directory.js'

/** An architecture was scored with the weights of the supernet, batch norms calibrated: a line of `scores.jsonl`. */
export interface StoredScore {
  /** Of one that was drawn: its text is in `scored/<name>.nas`. */
  readonly name?: string
  /** Decision path -> indices of the options taken. */
  readonly decisions: Readonly<Record<string, readonly number[]>>
  /** In 0..1. */
  readonly accuracy: number
  /** Mean cross-entropy in nats per image. */
  readonly loss: number
  /** Part of the training images that were classified: `validation`, or `choices`. */
  readonly images: string
  readonly samples: number
  readonly backend: string
}

/** Scores that a run directory keeps beside those of its journal; none before the first. */
export function readScores(run: string): readonly StoredScore[] {
  const path = join(run, runFiles.scores)
  return existsSync(path) ? readJsonLines(path, parseScore) : []
}

/** Opens the scores of a run to add some; whoever does so holds the lock of the run. */
export function openScores(run: string): JsonLines<StoredScore> {
  const path = join(run, runFiles.scores)
  if (!existsSync(path)) onDisk(path, () => writeFileSync(path, ''))
  return openJsonLines(path, parseScore)
}

const parseScore: ParseLine<StoredScore> = (value) => {
  const isScore =
    typeof value === 'object' &&
    value !== null &&
    'decisions' in value &&
    'accuracy' in value &&
    typeof value.accuracy === 'number'
  return isScore ? { line: value as StoredScore } : { reason: 'it is no score' }
}
