import { childrenOf } from '../../space/expressions/children.js'
import { innerScope } from '../../space/decisions/decision-scope.js'
import type { Environment } from '../../space/evaluation/environment.js'
import { withLets } from '../../space/evaluation/evaluate.js'
import { layerIn, pathSegments } from '../../space/decisions/decision-path.js'
import { printExpression } from '../../space/expressions/print-expression.js'
import type { Expression, OperationExpression } from '../../ir/model/expression.js'
import type { StageItem } from '../../ir/model/space.js'
import type { AnalysisContext } from '../diagram/layer.js'

/** What a path in a `require` stands for. */
export type RequiredValue = DecisionsOfPath | DerivedValue

export interface DecisionsOfPath {
  readonly kind: 'decisions'
  /** Where each is made, by its path: the path up to the last part that was left out. */
  readonly places: ReadonlyMap<string, string>
  /** Whether the path leaves out where: it stands for one decision after the other. */
  readonly isPlural: boolean
}

/** What is fixed, or computed from decisions: the width of a stage, the kernel of the stem. */
export interface DerivedValue {
  readonly kind: 'derived'
  readonly expression: Expression
  /** The stage in whose environment it is evaluated. */
  readonly stage?: StageItem
}

/** What a derived value sees: its stage, if it is one of a stage. */
export function derivedEnvironment(space: Environment, { stage }: DerivedValue): Environment {
  if (!stage) return space
  return withLets({ ...space, scope: innerScope(space.scope, 'stage', stage.name), at: stage.name }, stage.lets)
}

/**
 * What a path stands for, if anything. Exact paths come before those that leave something out.
 *
 * @param paths what it may be in full, that of the inner block first
 */
export function requiredValue(
  context: AnalysisContext,
  decisions: Iterable<string>,
  paths: readonly string[],
): RequiredValue | undefined {
  const all = [...decisions]
  const [exact] = paths.flatMap((path) => exactly(context, all, path) ?? [])
  if (exact !== undefined) return { kind: 'decisions', places: new Map([[exact, exact]]), isPlural: false }
  const [first, ...others] = paths.flatMap((path) => withoutPlace(context, all, path) ?? [])
  return others.find((other) => first?.kind === 'decisions' && first.places.size === 0 && other) ?? first
}

/** The decision of this path, or of the member of a family that is written with an index. */
function exactly(context: AnalysisContext, decisions: readonly string[], path: string): string | undefined {
  if (decisions.includes(path)) return path
  const pattern = pathSegments(path)
  const families = familiesIn(context)
  return decisions.find((each) => placeIn(pattern, pathSegments(each), families) === '')
}

/** What a path stands for that leaves something out, or names what is no decision. */
function withoutPlace(context: AnalysisContext, decisions: readonly string[], path: string): RequiredValue | undefined {
  const pattern = pathSegments(path)
  // What is fixed for the stage as a whole comes before what layers of it decide under the same name.
  const own = fixedForStage(context, pattern)
  if (own) return own
  const families = familiesIn(context)
  const places = new Map<string, string>()
  for (const each of decisions) {
    const place = placeIn(pattern, pathSegments(each), families)
    if (place !== undefined) places.set(each, place)
  }
  // Of a part in which nothing is decided there are no places.
  if (places.size > 0 || pattern.at(-1) === '*') return { kind: 'decisions', places, isPlural: places.size !== 1 }
  return derivedValue(context, pattern)
}

/**
 * Where a decision is made that a path stands for: its own path up to the last part that the path leaves out, empty if it
 * leaves out nothing; undefined where the path does not stand for it.
 */
function placeIn(
  pattern: readonly string[],
  decision: readonly string[],
  families: ReadonlySet<string>,
): string | undefined {
  let at = 0
  let until = 0
  for (const [index, segment] of pattern.entries()) {
    if (segment === '*') return at < decision.length ? decision.join('.') : undefined
    const last = index === pattern.length - 1 ? decision.length - 1 : at
    const found = decision.findIndex((there, position) => {
      return (
        position >= Math.max(at, last) &&
        (index > 0 || position === 0) &&
        stripped(segment, there, families) !== undefined
      )
    })
    if (found < 0) return undefined
    if (found > at) until = found
    if (stripped(segment, decision[found] ?? '', families) === true) until = found + 1
    at = found + 1
  }
  return at < decision.length ? undefined : decision.slice(0, until).join('.')
}

/**
 * Whether a part of a path leaves out the index of another one, `through` of `through[s0]`; undefined where it is another
 * part. `n[3]` is how a member `n3` of a family may be written, `n` stands for all of them.
 */
function stripped(segment: string, there: string, families: ReadonlySet<string>): boolean | undefined {
  if (segment === there || memberOf(segment, families) === there) return false
  if (families.has(segment) && /^\d+$/.test(there.slice(segment.length)) && there.startsWith(segment)) return true
  return segment === withoutIndex(there) ? true : undefined
}

/** `n3` of `n[3]` */
function memberOf(segment: string, families: ReadonlySet<string>): string | undefined {
  const [, family = '', index = ''] = /^(.*)\[(\d+)\]$/.exec(segment) ?? []
  return families.has(family) ? `${family}${index}` : undefined
}

/** Names of families of nodes in the cells of a space. */
function familiesIn({ space, ir }: AnalysisContext): ReadonlySet<string> {
  const cells = ir.cells.filter(({ id }) => space.cells.some(({ cell }) => cell === id))
  return new Set(cells.flatMap(({ nodes }) => nodes.flatMap(({ name, family }) => (family ? [name] : []))))
}

/** A value that is no decision: a property or a `let` of a stage, a size of the input, an argument of an operation. */
function derivedValue({ space, ir }: AnalysisContext, path: readonly string[]): DerivedValue | undefined {
  const [head = '', ...rest] = path
  const [name = ''] = rest.slice(-1)
  const size = { resolution: space.input.height, height: space.input.height, width: space.input.width }[head]
  if (rest.length === 0) {
    const expression = head === 'classes' ? space.classes : size
    return expression && { kind: 'derived', expression }
  }
  for (const item of space.network) {
    if (item.kind === 'stage' && item.name === head) return ofStage(item, rest)
    if (item.kind === 'head' && head === 'head' && rest.length === 1) return argumentIn([item.body], name)
    if (item.kind === 'stem' && head.startsWith('stem') && rest.length === 1) {
      const number = Number(/^stem\[(\d+)\]$/.exec(head)?.[1] ?? 0)
      return argumentIn(number > 0 ? item.parts.slice(number - 1, number) : item.parts, name)
    }
  }
  const use = space.cells.find((each) => each.name === head)
  const cell = use && ir.cells.find(({ id }) => id === use.cell)
  const node = cell?.nodes.find(({ name: each, family }) => each === (family ? rest[0]?.replace(/\d+$/, '') : rest[0]))
  if (!node || withoutIndex(name) !== 'through' || rest.length !== 2 || mayBeOpen(node.through)) return undefined
  return { kind: 'derived', expression: node.through }
}

/** Paths of what is fixed and has a name, for suggestions. */
export function derivedPaths({ space }: AnalysisContext): readonly string[] {
  const argumentsOf = (root: Expression): readonly string[] =>
    operationsIn(root).flatMap(({ arguments: all }) =>
      Object.keys(all).map((name) => (name === 'channels' ? 'width' : name)),
    )
  return space.network.flatMap((item) => {
    switch (item.kind) {
      case 'stem':
        return item.parts.flatMap(argumentsOf).map((name) => `stem.${name}`)
      case 'head':
        return argumentsOf(item.body).map((name) => `head.${name}`)
      case 'stage':
        return ['width', 'depth', 'stride', ...argumentsOf(item.layer)].map((name) => `${item.name}.${name}`)
      case 'stack':
        return []
    }
  })
}

/** The width, depth or stride of a stage, or a `let` of it that is the same in all layers. */
function fixedForStage({ space }: AnalysisContext, path: readonly string[]): DerivedValue | undefined {
  const [head, name = '', ...rest] = path
  const stage = space.network.find((item): item is StageItem => item.kind === 'stage' && item.name === head)
  const chosen = stage?.lets.some((each) => each.name === name && mayBeOpen(each.value))
  return stage && rest.length === 0 && chosen !== true ? ofWholeStage(stage, name) : undefined
}

function ofWholeStage(stage: StageItem, name: string): DerivedValue | undefined {
  const own = { width: stage.width, depth: stage.depth, stride: stage.stride }[name]
  const named = stage.lets.find((each) => each.name === name)
  const expression = own ?? (named && ({ kind: 'local', name } as const))
  return expression && { kind: 'derived', expression, stage }
}

function ofStage(stage: StageItem, rest: readonly string[]): DerivedValue | undefined {
  const [first = '', second] = rest
  const whole = rest.length === 1 ? ofWholeStage(stage, first) : undefined
  if (whole) return whole
  const layer = layerIn(first)
  const texts =
    layer === undefined && stage.first
      ? [stage.first, stage.layer]
      : [layer === 1 ? (stage.first ?? stage.layer) : stage.layer]
  const [text] = texts
  if (layer !== undefined && second === undefined)
    return text && !mayBeOpen(text) ? { kind: 'derived', expression: text, stage } : undefined
  const found = argumentIn(texts, layer === undefined ? first : (second ?? ''))
  return found && { ...found, stage }
}

/** What operations take as an argument of this name, if that is one text. */
function argumentIn(roots: readonly Expression[], name: string): DerivedValue | undefined {
  const found = roots
    .flatMap(operationsIn)
    .flatMap(({ arguments: all }) => all[name === 'width' ? 'channels' : name] ?? [])
  const [expression, ...others] = found
  if (!expression || others.some((other) => printExpression(other) !== printExpression(expression))) return undefined
  return mayBeOpen(expression) ? undefined : { kind: 'derived', expression }
}

/** Operations that are surely applied: those of a choice are not. */
function operationsIn(expression: Expression): readonly OperationExpression[] {
  switch (expression.kind) {
    case 'operation':
      return [expression]
    case 'pipeline':
    case 'branches':
      return childrenOf(expression).flatMap(operationsIn)
    default:
      return []
  }
}

function mayBeOpen(expression: Expression): boolean {
  return expression.kind === 'choice' || childrenOf(expression).some(mayBeOpen)
}

function withoutIndex(segment: string): string {
  return segment.replace(/\[[^\]]*\]$/, '')
}
