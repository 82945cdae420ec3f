import { nearNames } from '../../support/near-names.js'
import type { Extras, Fix, SourceLocation } from './diagnostic.js'

/** `did you mean a, b or c?`, or nothing. */
export function didYouMean(names: readonly string[]): string | undefined {
  const last = names.at(-1)
  if (last === undefined) return undefined
  const rest = names.slice(0, -1)
  return `did you mean ${rest.length === 0 ? last : `${rest.join(', ')} or ${last}`}?`
}

/** Help and fixes for an unknown name: pass them on as the extras of the diagnostic. */
export function suggest(
  name: string,
  candidates: Iterable<string>,
  location: SourceLocation,
): Pick<Extras, 'help' | 'fixes'> {
  return suggestNames(nearNames(name, candidates), location)
}

/** Help and fixes where it is known what is near. */
export function suggestNames(names: readonly string[], location: SourceLocation): Pick<Extras, 'help' | 'fixes'> {
  const help = didYouMean(names)
  const fixes = names.map((near, index): Fix => ({
    title: `change to ${near}`,
    edits: [{ file: location.file, span: location.span, text: near }],
    confidence: index === 0 && names.length === 1 ? 'likely' : 'ask',
  }))
  return help === undefined ? { fixes } : { help, fixes }
}
