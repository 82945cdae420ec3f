import { run, type RunOutcome } from '../../src/runtime/index.js'
import { changedText, compiledText } from './programs.js'

type Followed = 'all' | 'active_path'

/** A search as that of Pi-NAS, in small, for the tiny data: three blocks of four candidates. */
const contrastText = (
  width: number,
  followed: Followed = 'active_path',
): string => `import { bn, conv, global_pool, linear, relu } from std:nn
import std:search
let candidates = { conv(channels) -> bn, conv(channels, 3) -> bn, conv(2 * channels) -> relu -> conv(channels) -> bn, conv(channels, 5) -> bn }
space small {
  input   image(8, 1)
  classes 3
  network {
    stem conv(4, 3, stride: 2) -> bn -> relu
    stage a { width ${String(width)}; depth 3; layer one of candidates -> relu }
    head global_pool -> linear(classes)
  }
}
search s of small {
  sample   two disjoint paths
  views    4 by moco_v2
  minimise contrastive(positives: across_paths, queue: 24, dim: 5, temperature: 0.2)
  teacher  ema(0.9) of ${followed}
  train weights { sgd(lr: 0.1, momentum: 0.9) }
  validate on 25%
  score    linear_probe(epochs: 2, lr: 1, batch: 16, calibrated: 32)
  derive   tree(first: 3, then: 2, total: 7)
  scale tiny { epochs 2, batch 16 }
}`

/**
 * @param width of the blocks: of few numbers an embedding hardly differs from image to image
 * @param followed which weights the teacher moves before it embeds a path
 */
export const contrastIr = (width = 4, followed?: Followed) => compiledText(contrastText(width, followed))

/** The same paths, trained by labels. */
export const supervisedIr = () =>
  compiledText(
    changedText(
      contrastText(4),
      ['  views    4 by moco_v2\n', ''],
      ['  teacher  ema(0.9) of active_path\n', ''],
      ['contrastive(positives: across_paths, queue: 24, dim: 5, temperature: 0.2)', 'cross_entropy'],
      ['linear_probe(epochs: 2, lr: 1, batch: 16, calibrated: 32)', 'accuracy'],
    ),
  )

/** The program with what its scale says in the search itself, as a run without a scale takes it. */
export const contrastProgram = (): string =>
  changedText(contrastText(4), ['  scale tiny { epochs 2, batch 16 }', '  epochs 2\n  batch 16'])

/** Two epochs of three steps, then scores, on the reference engine. */
export function runContrast(
  data: string,
  out: string,
  more: Partial<Parameters<typeof run>[1]> = {},
  ir = contrastIr(),
): Promise<RunOutcome> {
  return run(ir, { scale: 'tiny', backend: 'cpu', data, out, seed: 5, checkpointEvery: 1000, ...more })
}
