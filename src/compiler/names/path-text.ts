import { withoutBlanks } from '../../space/decisions/decision-path.js'
import { sliceSpan, type Span } from '../text/source.js'
import type { BoundProgram } from './bind.js'

/** What is written at a place as it stands in the path of a decision: `layer[1].pick(3).kernel`, without blanks. */
export function pathTextAt({ modules }: Pick<BoundProgram, 'modules'>, file: string, span: Span): string {
  const source = modules.get(file)?.module.source
  return source === undefined ? '' : withoutBlanks(sliceSpan(source, span))
}
