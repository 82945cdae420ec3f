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
import { withoutCascadingErrors } from './cascading-errors.js'
import { verify } from './verify.js'

/**
 * The whole way from text to sealed IR; no IR where there is an error.
 *
 * @param budget what its analysis may take, here and later; what is beyond it is not proved, with a warning
 */
export function compile(entryPath: string, host: Host, budget?: Budget): Outcome<Ir | undefined> {
  const graph = link(entryPath, host)
  const diagnostics: Diagnostic[] = [...graph.diagnostics]
  const bound = bind(graph.value)
  diagnostics.push(...bound.diagnostics)
  const checked = check(bound.value)
  diagnostics.push(...checked.diagnostics)
  // What a misspelt name was to use counts as used.
  if (!hasErrors([...graph.diagnostics, ...bound.diagnostics])) diagnostics.push(...lintUnused(bound.value).diagnostics)
  const files = graph.value.modules.map(({ path }) => path).reverse()
  if (hasErrors(diagnostics)) {
    return { value: undefined, diagnostics: sortDiagnostics(withoutCascadingErrors(graph.value, diagnostics), files) }
  }
  const lowered = lower(checked.value)
  diagnostics.push(...lowered.diagnostics)
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics: sortDiagnostics(diagnostics, files) }
  const ir = seal(lowered.value.ir)
  if (budget) limitAnalysis(ir, budget)
  const proven = verify(ir, lowered.value.provenance)
  diagnostics.push(...proven.diagnostics)
  const value = hasErrors(diagnostics) ? undefined : proven.value.ir
  return { value, diagnostics: sortDiagnostics(diagnostics, files) }
}
