import type { Diagnostic } from '../diagnostic.js'
import { toJsonDiagnostics } from './json.js'
import type { SourceOf } from './sources.js'

const commands = { error: 'error', warning: 'warning', information: 'notice' } as const

/** Workflow commands of GitHub Actions, one line each: they become annotations at the lines of a pull request. */
export function renderGithub(diagnostics: readonly Diagnostic[], sourceOf: SourceOf): string {
  return toJsonDiagnostics(diagnostics, sourceOf)
    .map(({ severity, code, message, notes, help, file, range: { start, end } }) => {
      const location = [
        `file=${property(file)}`,
        `line=${start.line}`,
        `endLine=${end.line}`,
        // Columns are only understood within one line; the last one is included.
        ...(start.line === end.line
          ? [`col=${start.column}`, `endColumn=${Math.max(start.column, end.column - 1)}`]
          : []),
        `title=${property(code)}`,
      ]
      const text = [message, ...notes, ...(help === undefined ? [] : [help])].join('\n')
      return `::${commands[severity]} ${location.join(',')}::${data(text)}\n`
    })
    .join('')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
