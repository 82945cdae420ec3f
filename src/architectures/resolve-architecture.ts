import type { Architecture } from '../space/architectures/architecture.js'
import { Failure } from '../catalogue/failure.js'
import type { Assignment, Ir, IrArchitecture } from '../ir/model/ir.js'
import { didYouMean, nearNames } from '../support/near-names.js'
import { spaceOf } from '../space/values/definitions.js'
import type { Decision } from '../space/values/decision.js'
import { withoutLayers } from '../space/values/decision-path.js'
import { decisionsOf } from '../analysis/index.js'
import { evaluate } from '../space/values/evaluate.js'
import { resolveParams, type ParamValues } from '../space/values/params.js'
import { printValue } from '../space/values/print-value.js'
import { isList, type Value } from '../space/values/value.js'

/** @throws Failure NAS6112 if the program has no architecture of this name. */
export function findArchitecture(ir: Ir, name: string): IrArchitecture {
  const found = ir.architectures.find((architecture) => architecture.name === name)
  if (found) return found
  const names = ir.architectures.map((architecture) => architecture.name)
  const near = didYouMean(nearNames(name, names)[0])
  throw new Failure('unknown-architecture', { file: ir.source, name, near, names: names.join(', ') || 'none' })
}

/**
 * The decisions that an `architecture` of the program takes. Options are matched by operation and arguments, defaults
 * included, however they are written. `mb2.kernel` stands for the kernel of every layer of the stage. What is said of a decision
 * that is not met under these params, but is under the usual ones, is passed over.
 *
 * @throws Failure NAS6112 on an unknown architecture, NAS6113 on an unknown decision, node or source, NAS6114 on an option
 *         that the decision does not have or a number of options that it does not take
 */
export function architectureOf(ir: Ir, name: string, params: ParamValues): Architecture {
  return resolveArchitecture(ir, findArchitecture(ir, name), params)
}

/** {@link architectureOf} for a declaration at hand, for example one from a file of its own. */
export function resolveArchitecture(ir: Ir, declaration: IrArchitecture, params: ParamValues): Architecture {
  return resolveAgainst(ir, declaration, params, decisionsOf(ir, declaration.space, { params }))
}

/** {@link resolveArchitecture} where the decisions of the space are known. */
export function resolveAgainst(
  ir: Ir,
  declaration: IrArchitecture,
  params: ParamValues,
  known: readonly Decision[],
): Architecture {
  const space = spaceOf(ir, declaration.space)
  const decisions = new Map(known.map((decision) => [decision.path, decision]))
  const context: ResolutionContext = {
    ir,
    space: space.id,
    params,
    name: declaration.name,
    decisions,
    taken: new Map(),
  }
  for (const assignment of declaration.assignments) {
    if (assignment.kind === 'edges') assignEdges(context, assignment)
    else assignValue(context, assignment)
  }
  return { space: space.id, decisions: Object.fromEntries(context.taken) }
}

interface ResolutionContext {
  readonly ir: Ir
  readonly space: string
  readonly params: ParamValues
  readonly name: string
  readonly decisions: ReadonlyMap<string, Decision>
  readonly taken: Map<string, readonly number[]>
}

function assignValue(context: ResolutionContext, { path, value }: Extract<Assignment, { kind: 'value' }>): void {
  const exact = context.decisions.get(path)
  const meant = exact
    ? [exact]
    : [...context.decisions.values()].filter((decision) => withoutLayers(decision.path) === path)
  if (meant.length === 0) {
    if (isUnused(context, path)) return
    throw unknownPath(context, path)
  }
  const found = evaluate(context.ir, value, context.params)
  for (const decision of meant) {
    const texts = decision.arity && isList(found) ? found.map(textOf) : [textOf(found)]
    take(
      context,
      decision,
      texts.map((text) => optionOf(context, decision, text)),
    )
  }
}

/** An option as text; a state of a cell is a bare word. */
function textOf(value: Value): string {
  return typeof value === 'string' ? value : printValue(value)
}

function assignEdges(context: ResolutionContext, { path, edges }: Extract<Assignment, { kind: 'edges' }>): void {
  const from = context.decisions.get(`${path}.from`)
  const throughs = [...context.decisions.values()].filter((decision) => decision.path.startsWith(`${path}.through[`))
  if (!from && throughs.length === 0) {
    if (isUnused(context, path)) return
    throw unknownPath(context, path)
  }
  const texts = edges.map(({ operation }) => printValue(evaluate(context.ir, operation, context.params)))

  if (from && throughs.length === 0 && from.options.some((option) => option.includes(' of '))) {
    take(
      context,
      from,
      edges.map(({ source }, index) => optionOf(context, from, `${texts[index] ?? ''} of ${source}`)),
    )
    return
  }
  if (from)
    take(
      context,
      from,
      edges.map(({ source }) => optionOf(context, from, source)),
    )
  edges.forEach(({ source }, index) => {
    const through = context.decisions.get(`${path}.through[${source}]`)
    if (through) take(context, through, [optionOf(context, through, texts[index] ?? '')])
    else if (throughs.length > 0) throw unknownPath(context, `${path}.through[${source}]`)
  })
}

/** Whether the path is one of a decision that only other values of the params call for: a cell that a short stack leaves out. */
function isUnused({ ir, space }: ResolutionContext, path: string): boolean {
  return decisionsOf(ir, space, { params: resolveParams(ir, {}) }).some(
    (decision) => withoutLayers(decision.path) === path || `${decision.path}.`.startsWith(`${path}.`),
  )
}

function take(context: ResolutionContext, decision: Decision, options: readonly number[]): void {
  const { least, most } = decision.arity ?? { least: 1, most: 1 }
  const twice = options.find((option, index) => options.indexOf(option) !== index)
  if (twice !== undefined) {
    throw badOption(context, `takes \`${decision.options[twice] ?? ''}\` twice for \`${decision.path}\``, decision)
  }
  if (options.length < least || options.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`
    throw badOption(
      context,
      `takes ${options.length} options for \`${decision.path}\`, which takes ${wanted}`,
      decision,
    )
  }
  context.taken.set(
    decision.path,
    [...options].sort((a, b) => a - b),
  )
}

function optionOf(context: ResolutionContext, decision: Decision, text: string): number {
  const index = decision.options.indexOf(text)
  if (index >= 0) return index
  const [near] = nearNames(text, decision.options)
  throw badOption(
    context,
    `takes \`${text}\` for \`${decision.path}\`, which is not one of its options`,
    decision,
    near,
  )
}

function badOption({ name }: ResolutionContext, what: string, decision: Decision, near?: string): Failure {
  return new Failure('no-such-option', {
    architecture: name,
    what,
    near: didYouMean(near),
    options: decision.options.join(', '),
  })
}

function unknownPath({ name, decisions }: ResolutionContext, path: string): Failure {
  const paths = [...decisions.keys()]
  const places = [
    ...new Set(paths.flatMap((known) => [known, withoutLayers(known), known.replace(/\.(from|through\[.*\])$/, '')])),
  ]
  const [near] = nearNames(path, places)
  return new Failure('no-such-decision', {
    architecture: name,
    path,
    near: didYouMean(near),
    paths: `${paths.slice(0, 12).join(', ')}${paths.length > 12 ? ', …' : ''}`,
  })
}
