import { check } from '../../src/compiler/check/check.js'
import { hasErrors, type Diagnostic } from '../../src/compiler/diagnostics/diagnostic.js'
import { lower } from '../../src/compiler/lower/lower.js'
import { link } from '../../src/compiler/modules/link.js'
import { memoryHost } from '../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { bind } from '../../src/compiler/names/bind.js'
import type { UnsealedIr } from '../../src/ir/seal/index.js'

/** What the compiler says of a text before anything is built, and the IR if there is no error. */
export interface LoweredText {
  readonly diagnostics: readonly Diagnostic[]
  readonly ir?: UnsealedIr
}

/** Compiles a text as far as to its IR; nothing of its spaces is built or proved. */
export function loweredText(text: string, others: Readonly<Record<string, string>> = {}): LoweredText {
  const graph = link('main.nas', memoryHost({ ...others, 'main.nas': text }, nodeHost()))
  const bound = bind(graph.value)
  const checked = check(bound.value)
  const diagnostics = [...graph.diagnostics, ...bound.diagnostics, ...checked.diagnostics]
  return hasErrors(diagnostics) ? { diagnostics } : { diagnostics, ir: lower(checked.value).value.ir }
}
