import type { Ir } from '../../ir/model/ir.js'
import { seal } from '../../ir/seal/index.js'
import { hasErrors, sortDiagnostics, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.js'
import { lower } from '../lower/lower.js'
import { check } from '../model/check.js'
import type { Host } from '../modules/host.js'
import { link } from '../modules/link.js'
import { bind } from '../names/bind.js'

/** The whole way from text to sealed IR; no IR where there is an error. */
export function compile(entryPath: string, host: Host): Outcome<Ir | undefined> {
  const graph = link(entryPath, host)
  const diagnostics: Diagnostic[] = [...graph.diagnostics]
  const bound = bind(graph.value)
  diagnostics.push(...bound.diagnostics)
  const checked = check(bound.value)
  diagnostics.push(...checked.diagnostics)
  const files = graph.value.modules.map(({ path }) => path).reverse()
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics: sortDiagnostics(diagnostics, files) }
  const lowered = lower(checked.value)
  const ir = seal(lowered.value.ir)
  return { value: ir, diagnostics: sortDiagnostics(diagnostics, files) }
}
