import type { TypeName } from '../../../ir/model/operation.js'
import type { SourceLocation } from '../../diagnostics/diagnostic.js'
import { suggest } from '../../diagnostics/suggest.js'
import { isFeatureMap } from '../../names/cell.js'
import type * as ast from '../../syntax/ast.js'
import type { CallableSymbol, Checker } from '../checker.js'
import { inferExpression } from './expression.js'
import { nameOfType, typeNamed, typeNames } from '../types/type.js'

export interface SignatureParameter {
  readonly name: string
  /** Absent where the declaration is broken, which is reported there. */
  readonly type?: TypeName
  /** Of a string: what it may be. */
  readonly words?: readonly string[]
  readonly required: boolean
  readonly location: SourceLocation
}

/** The parameters that a call can name; not the feature maps of a cell. */
export function signatureOf(checker: Checker, symbol: CallableSymbol): readonly SignatureParameter[] {
  const { file } = symbol.location
  const { parameters } = symbol.declaration
  return parameters
    .filter((parameter) => symbol.kind !== 'cell' || !isFeatureMap(parameter))
    .map((parameter) => {
      const type = parameterType({ ...checker, file }, parameter)
      return {
        name: parameter.name.text,
        ...(type === undefined ? {} : { type }),
        ...(parameter.words === undefined ? {} : { words: parameter.words.map(({ text }) => text) }),
        required: parameter.default === undefined,
        location: { file, span: parameter.name.span },
      }
    })
}

/** The type that is written, or that of the default. */
export function parameterType(checker: Checker, parameter: ast.Parameter): TypeName | undefined {
  if (parameter.words !== undefined) return 'string'
  if (parameter.type !== undefined) return typeNamed(parameter.type.text)
  if (parameter.default === undefined) return undefined
  return nameOfType(inferExpression({ ...checker, hasContext: true }, parameter.default))
}

/** Reports a type that does not exist. */
export function checkTypeName(checker: Checker, name: ast.Name): void {
  if (name.missing || typeNamed(name.text) !== undefined) return
  const location = { file: checker.file, span: name.span }
  checker.report.add(
    'unknown-type',
    location,
    { name: name.text },
    {
      notes: [`types: ${typeNames.join(', ')}`],
      ...suggest(name.text, typeNames, location),
    },
  )
}
