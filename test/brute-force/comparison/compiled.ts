import { bind } from '../../../src/compiler/names/bind.js'
import { check } from '../../../src/compiler/check/check.js'
import { hasErrors } from '../../../src/compiler/diagnostics/diagnostic.js'
import { compile } from '../../../src/compiler/index.js'
import { lower } from '../../../src/compiler/lower/lower.js'
import type { Host } from '../../../src/compiler/modules/host.js'
import { link } from '../../../src/compiler/modules/link.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { seal } from '../../../src/ir/seal/index.js'

export interface Compiled {
  /** Slugs of the errors. */
  readonly errors: readonly string[]
  /** What the errors say. */
  readonly messages: readonly string[]
  /** Also there where only what is verified of whole spaces failed. Undefined: the text means nothing. */
  readonly ir: Ir | undefined
  /** Whether there is no error. */
  readonly isSound: boolean
}

export function compiled(text: string, standard: Host): Compiled {
  const { value, diagnostics } = compile('main.nas', memoryHost({ 'main.nas': text }, standard))
  const found = diagnostics.filter(({ severity }) => severity === 'error')
  const errors = found.map(({ slug }) => slug)
  const messages = found.map(({ message }) => message)
  return { errors, messages, ir: value ?? lowered(text, standard), isSound: value !== undefined }
}

/** The IR of a text of which nothing is verified. Undefined: the text means nothing. */
export function lowered(text: string, standard: Host): Ir | undefined {
  const host = memoryHost({ 'main.nas': text }, standard)
  const graph = link('main.nas', host)
  const bound = bind(graph.value)
  const checked = check(bound.value)
  if (hasErrors([...graph.diagnostics, ...bound.diagnostics, ...checked.diagnostics])) return undefined
  const { value, diagnostics } = lower(checked.value)
  return hasErrors(diagnostics) ? undefined : seal(value.ir)
}
