import { printExpression, type ParamValues } from '../../space/index.js'
import type { Expectation } from '../../ir/model/ir.js'
import type { Program } from '../operands/open-program.js'
import type { Docs } from './docs.js'
import { factsOf, type Facts } from './facts.js'
import { explainRun, type ExplainedRun } from './run.js'
import { explainSearch, type ExplainedSearch } from './search.js'
import { explainSpace, type ExplainedSpace } from './space.js'
import { paragraph } from './words.js'

export interface ExplainedProgram {
  readonly file: string
  readonly doc?: string
  /** Present: it is the program of a run. */
  readonly run?: ExplainedRun
  readonly spaces: readonly { readonly explained: ExplainedSpace; readonly facts: Facts }[]
  readonly searches: readonly ExplainedSearch[]
  readonly architectures: readonly {
    readonly name: string
    readonly space: string
    readonly doc?: string
    /** Params that it states, by name. */
    readonly with: Readonly<Record<string, string>>
    readonly expects: readonly string[]
  }[]
}

/** @param only ids of the spaces that are meant */
export function explainProgram(
  { ir, run }: Program,
  only: readonly string[],
  params: ParamValues,
  convention: string,
  docs: Docs,
): ExplainedProgram {
  const doc = paragraph(docs.file)
  const spaces = ir.spaces.filter(({ id }) => only.includes(id))
  return {
    file: ir.source,
    ...(doc === undefined ? {} : { doc }),
    ...(run !== undefined && { run: explainRun(run) }),
    spaces: spaces.map((space) => ({
      explained: explainSpace(ir, space, params, docs),
      facts: factsOf(ir, space.id, params, convention),
    })),
    searches: ir.searches
      .filter(({ space, name }) => only.includes(space) && (run === undefined || name === run.search))
      .map((search) => explainSearch(ir, search)),
    architectures: ir.architectures
      .filter(({ space }) => only.includes(space))
      .map(({ name, space, doc, with: stated, expects }) => {
        const text = paragraph(doc)
        const values = Object.entries(stated).map(([param, value]) => [param, printExpression(value)] as const)
        return {
          name,
          space,
          with: Object.fromEntries(values),
          expects: expects.map(expectationText),
          ...(text === undefined ? {} : { doc: text }),
        }
      }),
  }
}

/** `macs = 203_389_568` */
function expectationText({ text }: Expectation): string {
  return text.replace(/^expect /, '')
}
