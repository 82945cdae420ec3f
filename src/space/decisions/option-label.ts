import type { Decision } from './decision.js'
import { withoutBlanks } from './decision-path.js'

/**
 * An option in a path: as it prints without blanks; only its name where choices stand in it or names that are known at its
 * place alone, numbered where two share one.
 */
export function optionLabel({ options, unnamed }: Pick<Decision, 'options' | 'unnamed'>, index: number): string {
  const text = options[index] ?? ''
  if (!isOpen(text) && !unnamed?.includes(index)) return withoutBlanks(text)
  const name = headOf(text)
  return options.some((other, at) => at !== index && headOf(other) === name) ? `${name}[${index + 1}]` : name
}

/** True if a choice stands in the text of an option. */
function isOpen(text: string): boolean {
  return /\b(one|any .*) of\b/.test(text)
}

function headOf(text: string): string {
  return withoutBlanks(text.replace(/[({].*$/s, ''))
}
