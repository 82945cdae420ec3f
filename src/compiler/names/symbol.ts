import type { ComponentKind } from '../../ir/model/search.js'
import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type * as ast from '../syntax/ast.js'

/** A declared thing. Two symbols are the same if they are the same object. */
interface SymbolBase<Kind extends string, Declaration> {
  readonly kind: Kind
  readonly name: string
  /** Where the name is declared; the file is the path of the module. */
  readonly location: SourceLocation
  readonly declaration: Declaration
}

export type ParamSymbol = SymbolBase<'param', ast.ParamDeclaration>
/** Level `module` is a constant of the program; the others are local to a block. */
export interface LetSymbol extends SymbolBase<'let', ast.LetDeclaration> {
  readonly level: LetLevel
}
export type LetLevel = 'module' | 'cell' | 'node' | 'space' | 'network' | 'stage' | 'search'
export type OperationSymbol = SymbolBase<'operation', ast.OpDeclaration>
/** `extern op` */
export type PrimitiveSymbol = SymbolBase<'primitive', ast.ExternDeclaration>
export interface ComponentSymbol extends SymbolBase<'component', ast.ExternDeclaration> {
  readonly component: ComponentKind
}
export type CellSymbol = SymbolBase<'cell', ast.CellDeclaration>
export type SpaceSymbol = SymbolBase<'space', ast.SpaceDeclaration>
export type SearchSymbol = SymbolBase<'search', ast.SearchDeclaration>
/** `settings darts_retrain { … }` */
export type SettingsSymbol = SymbolBase<'settings', ast.SettingsDeclaration>
export type ArchitectureSymbol = SymbolBase<'architecture', ast.ArchitectureDeclaration>
/** A parameter of an operation, cell, primitive or component. */
export type ParameterSymbol = SymbolBase<'parameter', ast.Parameter>
/** A feature map that arrives at a cell. */
export type FeatureMapSymbol = SymbolBase<'feature-map', ast.Parameter>
/** A variable of a comprehension. */
export type VariableSymbol = SymbolBase<'variable', ast.ComprehensionBinding>
/** A node of a cell, or a family of them. */
export type NodeSymbol = SymbolBase<'node', ast.NodeItem>
/** `cell normal = darts` in a space. */
export type InstanceSymbol = SymbolBase<'instance', ast.SpaceCellItem>
export type StageSymbol = SymbolBase<'stage', ast.StageItem>
/** `width` in a `require` of a stage. */
export interface StagePropertySymbol extends SymbolBase<'stage-property', ast.StageProperty> {
  readonly stage: string
}
export type PredictorSymbol = SymbolBase<'predictor', ast.PredictorClause>

export type NamedSymbol =
  | ParamSymbol
  | LetSymbol
  | OperationSymbol
  | PrimitiveSymbol
  | ComponentSymbol
  | CellSymbol
  | SpaceSymbol
  | SearchSymbol
  | SettingsSymbol
  | ArchitectureSymbol
  | ParameterSymbol
  | FeatureMapSymbol
  | VariableSymbol
  | NodeSymbol
  | InstanceSymbol
  | StageSymbol
  | StagePropertySymbol
  | PredictorSymbol

export type SymbolKind = NamedSymbol['kind']

/**
 * What a symbol is looked up by. Spaces, searches, settings and architectures have names of their own: a cell and a space may
 * both be called `darts`.
 */
export function keyOf(kind: SymbolKind, name: string): string {
  return ownNamed.some((each) => each === kind) ? `${kind} ${name}` : name
}

const ownNamed = ['space', 'search', 'settings', 'architecture'] as const satisfies readonly SymbolKind[]

/** The name behind a key of one of the kinds that have names of their own, or nothing. */
export function nameIn(kind: (typeof ownNamed)[number], key: string): string | undefined {
  return key.startsWith(`${kind} `) ? key.slice(kind.length + 1) : undefined
}

export const namespaces = ['param', ...ownNamed] as const satisfies readonly SymbolKind[]

/** What messages call a kind of symbol. */
const words: Readonly<Record<SymbolKind, string>> = {
  param: 'a param',
  let: 'a let',
  operation: 'an operation',
  primitive: 'an operation',
  component: 'a component',
  cell: 'a cell',
  space: 'a space',
  search: 'a search',
  settings: 'a block of settings',
  architecture: 'an architecture',
  parameter: 'a parameter',
  'feature-map': 'a feature map',
  variable: 'a variable',
  node: 'a node',
  instance: 'a cell of the space',
  stage: 'a stage',
  'stage-property': 'a property of a stage',
  predictor: 'a predictor',
}

export function describeSymbol(symbol: NamedSymbol): string {
  return symbol.kind === 'component' ? describeComponent(symbol.component) : words[symbol.kind]
}

export function describeComponent(kind: ComponentKind): string {
  const word = wordOfComponent(kind)
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`
}

/** Without its article. */
export function wordOfComponent(kind: ComponentKind): string {
  return kind === 'cells' ? 'placement of cells' : kind
}
