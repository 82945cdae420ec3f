import { withoutBlanks } from './decision-path.js'

/**
 * An option in a path: as it prints without blanks; only its name where choices stand in it, numbered where two share one.
 *
 * @param options the texts of all options of the decision
 */
export function optionLabel(options: readonly string[], index: number): string {
  const text = options[index] ?? ''
  if (!isOpen(text)) return withoutBlanks(text)
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
