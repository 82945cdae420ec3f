import type { Refusal } from '../../catalogue/refusal.js'
import type { Ir } from '../../ir/model/ir.js'
import { limitAnalysis, type Budget } from '../../space/index.js'
import { seal } from '../../ir/seal/index.js'
import { hasErrors, sortDiagnostics, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.js'
import { lower } from '../lower/lower.js'
import { check } from '../check/check.js'
import type { Host } from '../modules/host.js'
import { link } from '../modules/link.js'
import { bind } from '../names/bind.js'
import { lintUnused } from '../names/unused.js'
import { diagnoseRefusals } from './refused-searches.js'
import { brokenArchitectures } from './broken-architectures.js'
import { withoutCascadingErrors } from './cascading-errors.js'
import { verify } from './verify.js'

/** What became of a program. */
export interface Compilation extends Outcome<Ir | undefined> {
  /** Architectures with errors: they are no part of the IR. What they are said to cost is no such error. */
  readonly leftOut: readonly string[]
  /** What is wrong of searches that a run would refuse: each at its place in the text. */
  readonly diagnose: (refusals: readonly Refusal[]) => readonly Diagnostic[]
}

/**
 * The whole way from text to sealed IR; no IR where there is an error, unless it lies in an architecture, on which nothing else
 * stands.
 *
 * @param budget what its analysis may take, here and later; what is beyond it is not proved, with a warning
 */
export function compile(entryPath: string, host: Host, budget?: Budget): Compilation {
  const graph = link(entryPath, host)
  const diagnostics: Diagnostic[] = [...graph.diagnostics]
  const bound = bind(graph.value)
  diagnostics.push(...bound.diagnostics)
  const checked = check(bound.value)
  diagnostics.push(...checked.diagnostics)
  // What a misspelt name was to use counts as used.
  if (!hasErrors([...graph.diagnostics, ...bound.diagnostics])) diagnostics.push(...lintUnused(bound.value).diagnostics)
  const files = graph.value.modules.map(({ path }) => path).reverse()
  const broken = brokenArchitectures(graph.value, diagnostics)
  if (broken === undefined) return refused(withoutCascadingErrors(graph.value, diagnostics), files)
  const lowered = lower(checked.value, broken.parts)
  diagnostics.push(...lowered.diagnostics)
  if (hasErrors(lowered.diagnostics)) return refused(diagnostics, files)
  const whole = seal(lowered.value.ir)
  if (budget) limitAnalysis(whole, budget)
  const { value: verified, diagnostics: found } = verify(whole, lowered.value, broken.names)
  diagnostics.push(...found)
  if (!verified.isSound) return refused(diagnostics, files)
  const architectures = whole.architectures.filter((architecture) => !verified.unsound.has(architecture))
  const value = verified.unsound.size === 0 ? whole : seal({ ...lowered.value.ir, architectures })
  if (budget) limitAnalysis(value, budget)
  const leftOut = new Set([...broken.names, ...[...verified.unsound].map(({ name }) => name)])
  return {
    value,
    diagnostics: sortDiagnostics(diagnostics, files),
    leftOut: [...leftOut],
    diagnose: (refusals) => sortDiagnostics(diagnoseRefusals(bound.value, refusals), files),
  }
}

function refused(diagnostics: readonly Diagnostic[], files: readonly string[]): Compilation {
  return { value: undefined, diagnostics: sortDiagnostics(diagnostics, files), leftOut: [], diagnose: () => [] }
}
