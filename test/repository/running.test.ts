import { describe, expect, it } from 'vitest'
import { exitCode } from '../../src/cli/exit-code.js'
import { printOutcome } from '../../src/cli/output/print-outcome.js'
import type { RunOutcome, RunResult } from '../../src/runtime/index.js'
import { figuresOf } from '../../src/runtime/report/series-figures.js'
import { printSeries } from '../../src/cli/output/print-series.js'
import { seriesFiles } from '../../src/runtime/run/file-names.js'
import { tabulateSeries } from '../../src/runtime/report/series-report.js'
import { runFiles } from '../../src/runtime/run/run-directory.js'
import { quietTerminal } from '../support/quiet-terminal.js'
import { codeBlocks, read } from '../support/repository.js'

const page = read('docs/running.md')
const blocks = codeBlocks().filter((block) => block.page === 'docs/running.md')

const found = {
  derivedAccuracy: 0.2618,
  retrainedAccuracy: 0.9813,
  parameters: 30_802,
  macs: 2_816_448,
  architecture: `architecture derived of nas_bench_201 {
  with width = 8, repeats = 1
  normal { n1: mean_pool(3) of x; n2: none of x, relu_conv(3) of n1; n3: mean_pool(3) of x, mean_pool(3) of n1, mean_pool(3) of n2 }
}
`,
}
const result: RunResult = { run: 'runs/first', ...found, architectures: [{ name: 'derived', ...found }], seconds: 156 }

describe('docs/running.md', () => {
  it('shows how a run ends, as it is printed', () => {
    const outcomes: readonly RunOutcome[] = [
      { kind: 'finished', result },
      { kind: 'interrupted', run: 'runs/first', phase: 'search', epoch: 1, step: 17 },
    ]
    for (const outcome of outcomes) {
      let printed = ''
      const print = (text: string): void => void (printed += text)
      printOutcome(outcome, false, quietTerminal({ out: print, err: print }))
      expect(blocks.map(({ text }) => text)).toContain(printed)
    }
  })

  it('shows how runs of several seeds end, as it is printed', () => {
    const of = (seed: number, retrainedAccuracy: number, derivedAccuracy: number, seconds: number) => ({
      ...result,
      run: `runs/three/seed-${String(seed)}`,
      seed,
      retrainedAccuracy,
      derivedAccuracy,
      seconds,
    })
    const runs = [
      { ...of(0, 0.9084, 0.0992, 39.015), parameters: 35_170, macs: 3_268_032 },
      { ...of(1, 0.9012, 0.1214, 47.51), parameters: 59_586, macs: 5_977_536 },
      { ...of(2, 0.8161, 0.11, 21.91), parameters: 20_050, macs: 1_612_224 },
    ]
    const series = { run: 'runs/three', runs, figures: figuresOf(runs) }
    let printed = ''
    const terminal = quietTerminal({ out: (text) => void (printed += text) })
    printSeries({ kind: 'finished', result: series }, tabulateSeries, false, terminal)
    expect(blocks.map(({ text }) => text)).toContain(printed)
  })

  it('names every file beside the runs of several seeds, and no other', () => {
    const section = page.slice(page.indexOf('## Several seeds'), page.indexOf('## One architecture'))
    const named = [...section.matchAll(/`([a-z.]+\.(?:json|html))`/g)].map(([, name]) => name)
    expect([...new Set(named)].sort()).toEqual(Object.values(seriesFiles).sort())
  })

  it('shows the fields of the JSON document', () => {
    const shown = blocks.find(({ language }) => language === 'json')
    expect(Object.keys(JSON.parse(shown?.text ?? '{}') as object)).toEqual(Object.keys(result))
  })

  it('names every file of a run directory, and no other', () => {
    const table = page.slice(page.indexOf('| file '), page.indexOf('Images are split once'))
    const named = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name)
    expect(named.sort()).toEqual(Object.values(runFiles).sort())
  })

  it('names every exit code', () => {
    const named = [...page.matchAll(/^\| (\d+) /gm)].map(([, code]) => Number(code))
    expect(named).toEqual(Object.values(exitCode))
  })
})
