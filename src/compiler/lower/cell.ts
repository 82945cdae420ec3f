import type { Expression } from '../../ir/model/expression.js'
import type { CellOutput, IrCell, IrNode, IrRequire, Sources, SourceSet } from '../../ir/model/space.js'
import { mergeNamed, outputTerms, type OutputTerm } from '../check/declarations/cell-output.js'
import { foldNumber } from '../check/expressions/fold.js'
import { familyBounds } from '../check/declarations/topology.js'
import { isFeatureMap } from '../names/cell.js'
import type { CellSymbol } from '../names/symbol.js'
import { sliceSpan } from '../text/source.js'
import type * as ast from '../syntax/ast.js'
import { holdsChoice } from '../syntax/holds-choice.js'
import { lowerArity, lowerExpression, lowerSymbol } from './expression.js'
import { idOf } from './ids.js'
import { lowerLets } from './lets.js'
import { projectionOf } from '../check/declarations/projection.js'
import { checkerAt, from, labelled, type Lowering, type LoweringContext, type Variant } from './lowering.js'
import { lowerParameters, operationId, variantFor } from './reach.js'

/** What a rewrite changes in every node of every cell of a space. */
export interface NodeRewrites {
  /** Name of the variant, part of the id of the cell. */
  readonly variant: Variant
  readonly from?: { readonly sources: ast.Sources; readonly file: string }
  readonly through?: { readonly operation: ast.Expression; readonly file: string }
}

/** The id of a cell, which is added to the IR. */
export function cellId(
  lowering: Lowering,
  symbol: CellSymbol,
  within: Variant | undefined,
  rewrites: NodeRewrites | undefined,
): string {
  const variant = rewrites?.variant ?? variantFor(lowering, symbol, within)
  const id = idOf(lowering.checked.program.graph, symbol, variant)
  if (lowering.cells.has(id)) return id
  const context: LoweringContext = { lowering, file: symbol.location.file, variant, label: symbol.name }
  lowering.cells.set(id, from(context, symbol.declaration, lowerCell(context, id, symbol, rewrites)))
  return id
}

function lowerCell(
  context: LoweringContext,
  id: string,
  symbol: CellSymbol,
  rewrites: NodeRewrites | undefined,
): IrCell {
  const { declaration } = symbol
  const prepare: IrCell['prepare'][number][] = []
  const nodes: IrNode[] = []
  const requires: IrRequire[] = []
  let output: CellOutput | undefined
  for (const item of declaration.items) {
    switch (item.kind) {
      case 'let':
        break
      case 'prepare':
        prepare.push({
          inputs: item.inputs.map(({ text }) => text),
          through: lowerExpression(labelled(context, 'prepare'), item.through),
        })
        break
      case 'node':
        nodes.push(from(context, item, lowerNode(context, item, rewrites)))
        break
      case 'output':
        output = lowerOutput(context, item)
        break
      case 'require':
      case 'require-every':
        requires.push(lowerRequire(context, item))
    }
  }
  if (output === undefined) throw new Error(`the cell ${symbol.name} has no output`)
  return {
    id,
    name: symbol.name,
    inputs: declaration.parameters.filter(isFeatureMap).map(({ name }) => name.text),
    parameters: lowerParameters(context, symbol, declaration.parameters),
    lets: lowerLets(
      context,
      declaration.items.filter((item) => item.kind === 'let'),
    ),
    prepare,
    nodes,
    output,
    requires,
  }
}

export function lowerRequire(context: LoweringContext, item: ast.Require | ast.RequireEvery): IrRequire {
  const module = context.lowering.checked.program.modules.get(context.file)?.module
  const text = module === undefined ? '' : sliceSpan(module.source, item.span).replace(/^require\s+/, '')
  if (item.kind === 'require') {
    const test = lowerExpression({ ...context, requires: true }, item.test)
    return from(context, item, {
      test,
      text,
      ...(context.requiredOf === undefined ? {} : { stage: context.requiredOf }),
    })
  }
  const conditions = item.conditions.map((condition) => condition.text)
  const test: Expression = {
    kind: 'topology',
    fact: 'every_node',
    reached: conditions.includes('reached'),
    used: conditions.includes('used'),
    removed: item.otherwise !== undefined,
  }
  return from(context, item, { test, text })
}

function lowerNode(context: LoweringContext, node: ast.NodeItem, rewrites: NodeRewrites | undefined): IrNode {
  const bounds = node.family === undefined ? undefined : familyBounds(node.family)
  let sources: Sources | undefined
  /** What the node itself says, where a rewrite says otherwise. */
  let own: Sources | undefined
  let through: Expression | undefined
  let merge: IrNode['merge'] = 'sum'
  let project: Expression | undefined
  const overrides: IrNode['overrides'][number][] = []
  const lets = lowerLets(
    context,
    node.clauses.filter((clause) => clause.kind === 'let').filter(({ value }) => holdsChoice(value)),
  )
  for (const clause of node.clauses) {
    switch (clause.kind) {
      case 'from':
        sources = lowerSources(context, clause.sources)
        own = sources
        break
      case 'through':
        through = lowerExpression(labelled(context, 'through'), clause.operation)
        for (const override of clause.overrides) overrides.push(lowerOverride(context, override))
        break
      case 'merge':
        merge = mergeNamed(clause.by.text) ?? 'sum'
        break
      case 'project':
        project =
          clause.through === undefined
            ? usualProjection(context)
            : lowerExpression(labelled(context, 'project'), clause.through)
        break
      case 'let':
    }
  }
  if (rewrites?.from !== undefined) {
    const { sources: other, file } = rewrites.from
    sources = lowerSources({ ...context, file, variant: rewrites.variant.base }, other)
  }
  if (rewrites?.through !== undefined) {
    const { operation, file } = rewrites.through
    through = lowerExpression({ ...context, file, variant: rewrites.variant.base, label: 'through' }, operation)
  }
  if (sources === undefined) throw new Error(`the node ${node.name.text} has no sources`)
  return {
    name: node.name.text,
    ...(bounds === undefined
      ? {}
      : { family: { from: lowerExpression(context, bounds.from), to: lowerExpression(context, bounds.to) } }),
    ...(lets.length === 0 ? {} : { lets }),
    from: sources,
    // Connections bring their operations along, also where their sources are rewritten.
    through: through ?? connectionChoice(sources.kind === 'connections' ? sources : (own ?? sources)),
    overrides,
    merge,
    ...(project === undefined ? {} : { project }),
  }
}

function connectionChoice(sources: Sources): Expression {
  if (sources.kind !== 'connections') throw new Error('a node without operations')
  return { kind: 'choice', label: 'through', options: sources.operations }
}

/** `project` alone is a 1x1 convolution to the channels of the place. */
function usualProjection(context: LoweringContext): Expression {
  const symbol = projectionOf(context.lowering.checked.program)
  if (symbol === undefined) throw new Error('std:nn is not part of the program')
  return { kind: 'operation', operation: operationId(context.lowering, symbol, undefined), arguments: {} }
}

export function lowerSources(context: LoweringContext, sources: ast.Sources): Sources {
  const of: SourceSet =
    sources.of.kind === 'earlier'
      ? 'earlier'
      : sources.of.sources.map(({ name, index }) => stateName(context, name.text, index?.index))
  if (sources.operations !== undefined) {
    const arity = sources.arity === undefined ? { least: number(1) } : lowerArity(context, sources.arity)
    return {
      kind: 'connections',
      of,
      arity,
      operations: lowerExpression(labelled(context, 'through'), sources.operations),
    }
  }
  if (sources.arity === undefined) return { kind: 'all', of }
  return { kind: 'choice', of, arity: lowerArity(context, sources.arity) }
}

const number = (value: number): Expression => ({ kind: 'number', value })

/** `n[1]` is `n1`. */
function stateName(context: LoweringContext, name: string, index: ast.Expression | undefined): string {
  if (index === undefined) return name
  const value = foldNumber(checkerAt(context), index)
  if (value === undefined) throw new Error(`the index of ${name} has no value`)
  return `${name}${value}`
}

/** Without a value, `stride on s0` means what the cell calls `stride`. */
function lowerOverride(context: LoweringContext, override: ast.Override): IrNode['overrides'][number] {
  const { parameter, value, on } = override
  const resolution = context.lowering.checked.program.references.resolutionOf(parameter)
  const inner = labelled(context, parameter.text)
  const lowered =
    value !== undefined
      ? lowerExpression(inner, value)
      : resolution?.kind === 'symbol'
        ? lowerSymbol(inner, resolution.symbol)
        : undefined
  if (lowered === undefined) throw new Error(`${parameter.text} has no value`)
  return { parameter: parameter.text, value: lowered, on: on.map(({ text }) => text) }
}

function lowerOutput(context: LoweringContext, output: ast.OutputItem): CellOutput {
  const [first, ...rest] = outputTerms(checkerAt(context), output.value, true) ?? []
  if (first === undefined) throw new Error('an output without terms')
  const plus = rest.map((term) => ({
    of: statesOf(context, term),
    through: lowerTermOperation(context, term.through),
    ...(term.arity === undefined ? {} : { arity: lowerArity(context, term.arity) }),
  }))
  return from(context, output, {
    merge: first.merge ?? 'sum',
    of: statesOf(context, first),
    ...(first.arity === undefined ? {} : { arity: lowerArity(context, first.arity) }),
    ...(plus.length === 0 ? {} : { plus }),
  })
}

function statesOf(context: LoweringContext, term: OutputTerm): readonly string[] {
  return term.references.map(({ name, index }) => stateName(context, name.text, index))
}

function lowerTermOperation(context: LoweringContext, name: ast.NameExpression | undefined): Expression {
  if (name === undefined) throw new Error('a further term of an output without an operation')
  const resolution = context.lowering.checked.program.references.resolutionOf(name.name)
  return resolution?.kind === 'form' ? usualProjection(context) : lowerExpression(labelled(context, 'output'), name)
}
