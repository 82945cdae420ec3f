import { compile } from '../../src/compiler/index.js'
import { memoryHost } from '../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostic.js'
import type { Ir } from '../../src/ir/model/ir.js'

type Checked = ReturnType<typeof compile>

/** What the compiler makes of a text; `others` are the modules beside it, by path. */
export function checkedText(text: string, others: Readonly<Record<string, string>> = {}): Checked {
  return compile('main.nas', memoryHost({ ...others, 'main.nas': text }, nodeHost()))
}

/** The IR of a text. @throws with all that the compiler says where the text has errors */
export function compiledText(text: string, others: Readonly<Record<string, string>> = {}): Ir {
  const { value, diagnostics } = checkedText(text, others)
  return value ?? refuse(diagnostics)
}

/** The IR of a file of the repository. @throws with all that the compiler says, but of what is not available yet */
export function compiledFile(path: string): Ir {
  return spotless(compile(path, nodeHost()), 'not-available')
}

/** The IR of a program of which nothing is said but what `allowed` names by slug. */
export function spotless({ value, diagnostics }: Checked, ...allowed: readonly Diagnostic['slug'][]): Ir {
  const found = diagnostics.filter(({ slug }) => !allowed.includes(slug))
  return value === undefined || found.length > 0 ? refuse(found) : value
}

function refuse(diagnostics: readonly Diagnostic[]): never {
  throw new Error(diagnostics.map(({ message, notes }) => [message, ...notes].join('; ')).join('\n'))
}

/** A text with parts of it written otherwise. @throws where it has no such part */
export function changedText(text: string, ...changes: readonly (readonly [RegExp | string, string])[]): string {
  return changes.reduce((result, [pattern, replacement]) => {
    const changed = result.replace(pattern, replacement)
    if (changed === result) throw new Error(`the text has nothing like ${String(pattern)}`)
    return changed
  }, text)
}
