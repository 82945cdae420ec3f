import pc from 'picocolors'
import type { Baseline, RunOutcome, RunResult } from '../../runtime/index.js'
import { exitCode, type ExitCode } from '../exit-code.js'
import { formatDuration, formatCount, formatPercent, plural } from '../../support/format-quantity.js'
import { printJson } from './print-failure.js'
import { interruptedCode } from '../interruption.js'
import type { Terminal } from '../terminal.js'

/** How `run` and `resume` end: the found cells as `.nas`, the accuracies, where everything is. */
export function printOutcome(outcome: RunOutcome, json: boolean, terminal: Terminal): ExitCode {
  if (outcome.kind === 'interrupted') return printInterrupted(outcome, json, terminal)
  if (json) printJson(outcome.result, terminal)
  else printResult(outcome.result, terminal)
  return exitCode.fine
}

/** Where a run stopped, and how it goes on; of several with a seed of their own, in which. */
export function printInterrupted(
  { run, kind: _kind, ...interrupted }: Interrupted,
  json: boolean,
  terminal: Terminal,
): ExitCode {
  const { phase, architecture, epoch, step, seed } = interrupted
  if (json) printJson({ run, interrupted }, terminal)
  const where = `phase ${phase}${architecture === undefined ? '' : ` ${architecture}`}, epoch ${epoch + 1}, step ${step}`
  terminal.err(
    `Stopped in the ${where}${seed === undefined ? '' : `, of seed ${seed}`}. Continue to the same result with: nasc resume ${run}\n`,
  )
  return interruptedCode(terminal.interruption)
}

type Interrupted = Extract<RunOutcome, { kind: 'interrupted' }> & { readonly seed?: number }

function printResult(result: RunResult, terminal: Terminal): void {
  const colours = pc.createColors(terminal.outColour)
  const rows: readonly (readonly [string, string])[] = [
    ...(result.retrainedAccuracy === undefined
      ? []
      : [['retrained from scratch', `${formatPercent(result.retrainedAccuracy)} of the test images`] as const]),
    ...(result.derivedAccuracy === undefined
      ? []
      : [['with inherited weights', `${formatPercent(result.derivedAccuracy)} of the test images`] as const]),
    ...(result.baseline === undefined ? [] : [['beside random ones', baselineWords(result.baseline)] as const]),
    ['parameters', formatCount(result.parameters)],
    ['MACs', formatCount(result.macs)],
    ['time', formatDuration(result.seconds)],
    ['run directory', result.run],
  ]
  terminal.out(`${result.architecture.trimEnd()}\n\n`)
  for (const [name, value] of rows) terminal.out(`${colours.dim(name.padEnd(24))}${value}\n`)
  if (result.architectures.length > 1) printOthers(result.architectures, terminal)
  if (result.baseline !== undefined) printOthers(result.baseline.architectures, terminal)
}

/** `better than 3 of 5, whose mean is 91.20 %, standard deviation 0.41 %` */
function baselineWords({ worse, equal, retrainedAccuracy, architectures }: Baseline): string {
  const { mean, deviation } = retrainedAccuracy
  const ties = equal === 0 ? '' : `, as good as ${equal}`
  const spread = deviation === null ? '' : `, standard deviation ${formatPercent(deviation)}`
  return `better than ${worse} of ${architectures.length}${ties}, whose mean is ${formatPercent(mean)}${spread}`
}

/** All that the search ended with, or what was drawn beside it, one a line: their texts are in the run directory. */
function printOthers(architectures: RunResult['architectures'], terminal: Terminal): void {
  terminal.out(`\n`)
  for (const { name, derivedAccuracy, retrainedAccuracy, parameters, macs } of architectures) {
    const accuracies = [
      ...(derivedAccuracy === undefined ? [] : [`${formatPercent(derivedAccuracy)} inherited`]),
      ...(retrainedAccuracy === undefined ? [] : [`${formatPercent(retrainedAccuracy)} retrained`]),
    ]
    const cost = [plural(parameters, 'parameter'), `${formatCount(macs)} MACs`]
    terminal.out(`${name.padEnd(24)}${[...accuracies, ...cost].join(', ')}\n`)
  }
}
