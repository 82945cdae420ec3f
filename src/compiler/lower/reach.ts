import type { IrParameter, TypeName } from '../../ir/model/operation.js'
import { allBindingWords, componentNeedNames, type ComponentNeed, type IrComponent } from '../../ir/model/search.js'
import { placesOf } from '../check/declarations/setting-places.js'
import { parameterType } from '../check/expressions/signature.js'
import { signatureOf } from '../check/expressions/signature.js'
import type { CallableSymbol } from '../check/checker.js'
import { inferExpression } from '../check/expressions/expression.js'
import { nameOfType, typeNamed } from '../check/types/type.js'
import { operationNames } from '../names/operation-names.js'
import type { ComponentSymbol, LetSymbol, OperationSymbol, ParamSymbol, PrimitiveSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { idOf } from './ids.js'
import { checkerAt, dependsOn, from, type Lowering, type LoweringContext, type Variant } from './lowering.js'
import { lowerRules } from './rules.js'

/** The innermost variant that makes a difference to a symbol. */
export function variantFor(
  lowering: Lowering,
  symbol: OperationSymbol | LetSymbol | CallableSymbol,
  variant: Variant | undefined,
): Variant | undefined {
  for (let each = variant; each !== undefined; each = each.base) if (dependsOn(lowering, symbol, each)) return each
  return undefined
}

export function reachParam(lowering: Lowering, symbol: ParamSymbol): void {
  if (lowering.params.has(symbol)) return
  const other = [...lowering.params.keys()].find(({ name }) => name === symbol.name)
  if (other !== undefined) {
    lowering.report.add(
      'param-clash',
      symbol.location,
      { name: symbol.name },
      {
        labels: [{ ...other.location, text: 'the other one' }],
      },
    )
    return
  }
  const { declaration, location } = symbol
  const context: LoweringContext = { lowering, file: location.file, variant: undefined, label: symbol.name }
  // Params that the default speaks of come first.
  const value = lowerExpression(context, declaration.default)
  const named = declaration.type === undefined ? undefined : typeNamed(declaration.type.text)
  const type = named ?? nameOfType(inferExpression(checkerAt(context), declaration.default)) ?? 'real'
  const param = { name: symbol.name, type, default: value, ...docOf(declaration) }
  lowering.params.set(symbol, from(context, declaration, param))
}

/** The id of a module-level `let`, which is added to the IR. */
export function constantId(lowering: Lowering, symbol: LetSymbol, within: Variant | undefined): string {
  const variant = variantFor(lowering, symbol, within)
  const id = idOf(lowering.checked.program.graph, symbol, variant)
  if (lowering.constants.has(id)) return id
  const other = variant?.lets.get(symbol)
  const context: LoweringContext =
    other === undefined
      ? { lowering, file: symbol.location.file, variant, label: symbol.name }
      : { lowering, file: other.file, variant: variant?.base, label: symbol.name }
  const value = lowerExpression(context, other?.value ?? symbol.declaration.value)
  lowering.constants.set(id, from(context, symbol.declaration, { id, name: symbol.name, value }))
  return id
}

/** The id of an operation, which is added to the IR. */
export function operationId(
  lowering: Lowering,
  symbol: OperationSymbol | PrimitiveSymbol,
  within: Variant | undefined,
): string {
  const variant = variantFor(lowering, symbol, within)
  const { graph, modules } = lowering.checked.program
  const name = operationNames(graph.entry, modules).get(symbol) ?? symbol.name
  // The runtime knows a primitive by its own name.
  const word = symbol.kind === 'primitive' ? symbol.name : name
  const id = idOf(graph, symbol, variant, word)
  if (lowering.operations.has(id)) return id
  const { declaration, location } = symbol
  const context: LoweringContext = { lowering, file: location.file, variant, label: symbol.name }
  const base = {
    id,
    name,
    parameters: lowerParameters(context, symbol, declaration.parameters),
    ...docOf(declaration),
  }
  const lowered =
    declaration.kind === 'op'
      ? { ...base, body: lowerExpression(context, declaration.body) }
      : { ...base, rules: lowerRules(context, declaration.rules) }
  lowering.operations.set(id, from(context, declaration, lowered))
  return id
}

export function componentId(lowering: Lowering, symbol: ComponentSymbol): string {
  const id = idOf(lowering.checked.program.graph, symbol)
  if (lowering.components.has(id)) return id
  const { declaration, location } = symbol
  const context: LoweringContext = { lowering, file: location.file, variant: undefined, label: symbol.name }
  const parameters = lowerParameters(context, symbol, declaration.parameters)
  lowering.components.set(
    id,
    from(context, declaration, {
      id,
      name: symbol.name,
      kind: symbol.component,
      parameters,
      ...bindingOf(declaration),
      ...needsOf(context, declaration),
      ...(symbol.component === 'setting' && { places: placesOf(declaration) }),
      ...(declaration.planned !== undefined && { planned: true }),
      ...docOf(declaration),
    }),
  )
  return id
}

function bindingOf({ rules }: ast.ExternDeclaration): Pick<IrComponent, 'binding'> {
  const [word] = rules.flatMap((rule) => (rule.kind === 'binds' ? [rule.binding.text] : []))
  const binding = allBindingWords.find((known) => known === word)
  return binding === undefined ? {} : { binding }
}

function needsOf(context: LoweringContext, { rules }: ast.ExternDeclaration): Pick<IrComponent, 'needs'> {
  const needs = rules.flatMap((rule): readonly ComponentNeed[] => {
    const what = rule.kind === 'needs' ? componentNeedNames.find((known) => known === rule.what.text) : undefined
    if (rule.kind !== 'needs' || what === undefined) return []
    return [{ what, ...(rule.when !== undefined && { when: lowerExpression(context, rule.when) }) }]
  })
  return needs.length === 0 ? {} : { needs }
}

export function lowerParameters(
  context: LoweringContext,
  symbol: CallableSymbol,
  parameters: readonly ast.Parameter[],
): readonly IrParameter[] {
  const checker = checkerAt(context)
  const names = new Set(signatureOf(checker, symbol).map(({ name }) => name))
  return parameters
    .filter(({ name }) => names.has(name.text))
    .map((parameter) => {
      const type: TypeName = parameterType(checker, parameter) ?? 'real'
      return from(context, parameter, {
        name: parameter.name.text,
        type,
        ...(parameter.words === undefined ? {} : { words: parameter.words.map(({ text }) => text) }),
        ...(parameter.default === undefined
          ? {}
          : { default: lowerExpression({ ...context, label: parameter.name.text }, parameter.default) }),
        ...docOf(parameter),
      })
    })
}

export function docOf(declaration: { readonly doc?: string }): { readonly doc?: string } {
  return declaration.doc === undefined ? {} : { doc: declaration.doc }
}
