import { describe, expect, it } from 'vitest'
import { lineProgress } from '../../../src/cli/progress/line-progress.js'
import { milestoneWords, phaseWords, progressWords } from '../../../src/cli/progress/words.js'
import type { PhaseProgress, RunStarted } from '../../../src/runtime/run/events.js'
import { quietTerminal } from '../../support/quiet-terminal.js'

const step = (number: number): PhaseProgress => ({
  type: 'phase-progress',
  phase: 'search',
  epoch: 0,
  epochs: 2,
  step: number,
  steps: 46,
  scores: { 'loss.weights': 1.5, 'accuracy.weights': 0.5, 'loss.choices': 1.6, 'accuracy.choices': 0.45 },
  figures: { 'learning_rate.weights': 0.025, 'entropy.through': 2.07 },
  imagesPerSecond: 123.4,
  secondsLeft: 75,
})

describe('progress where there is no terminal', () => {
  it('is a plain line now and then, with losses, entropy, speed and time left', () => {
    let err = ''
    let now = 0
    const terminal = quietTerminal({ err: (text) => void (err += text) })
    const progress = lineProgress(terminal, () => now)
    progress.observe(step(1))
    now += 1000
    progress.observe(step(2))
    now += 20_000
    progress.observe(step(3))
    expect(err.split('\n')).toEqual([
      'search epoch 1/2 step 1/46: loss 1.500 weights 1.600 choices, accuracy 50.00 % weights 45.00 % choices, learning rate 0.025, entropy 2.070, 123 images/s, 1 min 15 s left',
      'search epoch 1/2 step 3/46: loss 1.500 weights 1.600 choices, accuracy 50.00 % weights 45.00 % choices, learning rate 0.025, entropy 2.070, 123 images/s, 1 min 15 s left',
      '',
    ])
  })
})

describe('image files that are decoded', () => {
  it('have a word after two seconds and every fifteen', () => {
    let err = ''
    let now = 0
    const progress = lineProgress(quietTerminal({ err: (text) => void (err += text) }), () => now)
    for (let done = 1; done <= 4000; done++) {
      progress.decoded(done, 4000)
      now += 10
    }
    expect(err.split('\n')).toEqual([
      'decoding images: 201 of 4,000',
      'decoding images: 1,701 of 4,000',
      'decoding images: 3,201 of 4,000',
      '',
    ])
  })
})

describe('the words of a phase', () => {
  it('tell whatever it tells: large, small, alone and beside others', () => {
    const scored: PhaseProgress = {
      type: 'phase-progress',
      phase: 'derive',
      epoch: 0,
      epochs: 3,
      step: 2,
      steps: 4,
      scores: { 'accuracy.best': 0.25, 'accuracy.round': 0.125 },
      figures: { 'macs.best': 325_000_000, threshold: 0.00123456 },
    }
    expect(progressWords(scored)).toBe('accuracy 25.00 % best 12.50 % round, macs 325,000,000, threshold 0.00123')
    expect(phaseWords({ phase: 'retrain', architecture: 'derived_2' })).toBe('retrain derived_2')
  })
})

describe('the first line of a run', () => {
  const started: Omit<RunStarted, 'threads'> = {
    type: 'run-started',
    run: 'r',
    space: 'darts',
    search: 'first_order',
    seed: 1,
    backend: 'wasm',
    decisions: [],
  }

  it('says how many threads there are', () => {
    expect(milestoneWords({ ...started, threads: 2 })).toBe(
      'r: search first_order of darts, seed 1, backend wasm on 2 threads',
    )
  })

  it('says before that what the data are, and what they take the place of', () => {
    const data = {
      ...{ name: 'photos', format: 'image folder', height: 64, width: 64, channels: 3, classes: 6 },
      classNames: ['cat', 'dog', 'fox', 'hen', 'owl', 'pig'],
      ...{ trainingImages: 1200, validationImages: 150, testImages: 1 },
      replaces: ['input image(32, 3)', 'classes 10'],
      notes: ['2 damaged images left out'],
    }
    const [line, next] = milestoneWords({ ...started, threads: 1, data })?.split('\n') ?? []
    expect(line).toBe(
      'data photos: image folder, 1,200 training, 150 validation and 1 test image, 64 x 64 x 3, 6 classes ' +
        '(cat, dog, fox, hen, owl, …); in place of input image(32, 3) and classes 10 of the program; 2 damaged images left out',
    )
    expect(next).toMatch(/^r: search/)
  })

  it('says why there is only one, also of a run that goes on', () => {
    const threadNote = 'one thread instead of 2: the memory of this process is not shared'
    expect(milestoneWords({ ...started, threads: 1, threadNote })).toContain(`on 1 thread (${threadNote})`)
    expect(milestoneWords({ type: 'run-resumed', after: 1, backend: 'wasm', threadNote })).toBe(
      `resumed from the beginning on wasm (${threadNote})`,
    )
  })
})
