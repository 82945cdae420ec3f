import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostic.js'
import { formatText } from '../../src/compiler/format/format.js'
import { compile } from '../../src/compiler/index.js'
import type { Host } from '../../src/compiler/modules/host.js'
import { memoryHost } from '../../src/compiler/modules/memory-host.js'
import { timeBudget } from '../../src/space/index.js'
import { examineSpaces } from './examine-spaces.js'

/** What the analysis of one input may take, in seconds of processor time. */
const analysisSeconds = 5

/**
 * What is wrong with how compiler, formatter and analysis take a text, or undefined: they throw what is no failure in words, or
 * speak of places outside of the text.
 */
export function examine(text: string, standard: Host): string | undefined {
  const host = memoryHost({ 'main.nas': text }, standard)
  try {
    const budget = timeBudget(analysisSeconds, () => process.cpuUsage().user / 1000)
    const { value, diagnostics } = compile('main.nas', host, budget)
    const outside = diagnostics.find((diagnostic) => !isInside(diagnostic, host))
    if (outside) return `${outside.code} ${outside.message}: outside of the text`
    formatText({ path: 'main.nas', text })
    if (value) examineSpaces(value)
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

function isInside({ file, span, labels, fixes }: Diagnostic, host: Host): boolean {
  const places = [{ file, span }, ...labels, ...fixes.flatMap(({ edits }) => edits)]
  return places.every((place) => {
    const length = host.read(place.file)?.length ?? 0
    return 0 <= place.span.start && place.span.start <= place.span.end && place.span.end <= length
  })
}
