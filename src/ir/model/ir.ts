import type { Expression } from './expression.js'
import type { IrOperation, TypeName } from './operation.js'
import type { IrComponent, IrSearch } from './search.js'
import type { IrCell, IrLet, IrSpace } from './space.js'

/** The format that this version writes and reads. */
export const irFormat = 'nasc-ir/4'

/** One compiled `.nas` program: everything the runtime ever knows of it. Sealed by `seal.ts`. */
export interface Ir {
  readonly format: typeof irFormat
  /** SHA-256 of the canonical form without this field, `sha256:…`. */
  readonly hash: string
  /** Name of the entry file without its folder. */
  readonly source: string
  readonly params: readonly IrParam[]
  readonly constants: readonly IrConstant[]
  readonly operations: readonly IrOperation[]
  readonly components: readonly IrComponent[]
  readonly cells: readonly IrCell[]
  readonly spaces: readonly IrSpace[]
  readonly searches: readonly IrSearch[]
  readonly architectures: readonly IrArchitecture[]
}

export interface IrParam {
  readonly name: string
  readonly type: TypeName
  readonly default: Expression
  readonly doc?: string
}

/** A module-level `let`. */
export interface IrConstant extends IrLet {
  readonly id: string
}

export interface IrArchitecture {
  readonly name: string
  readonly doc?: string
  /** Id of the space. */
  readonly space: string
  /** Params for its network and all that it expects. */
  readonly with: Readonly<Record<string, Expression>>
  readonly assignments: readonly Assignment[]
  readonly expects: readonly Expectation[]
}

/**
 * Decisions bound. `path` is that of one (`mb2.layer[1].kernel`), leaves the layers out (`mb2.kernel`) or all but the kind
 * (`kernel`). The edges of a node of a cell are bound together.
 */
export type Assignment =
  | { readonly kind: 'value'; readonly path: string; readonly value: Expression }
  /** One value for each layer, from the first. */
  | { readonly kind: 'layers'; readonly path: string; readonly values: readonly Expression[] }
  | {
      readonly kind: 'edges'
      /** `normal.n1` */
      readonly path: string
      readonly edges: readonly { readonly operation: Expression; readonly source: string }[]
    }

/** `expect parameters = 3_349_342`. */
export interface Expectation {
  readonly cost: string
  readonly convention?: string
  readonly operator: '=' | '<=' | '>='
  readonly value: Expression
  /** Relative tolerance, 0.005 for `within 0.5%`. Absent: exact. */
  readonly within?: Expression
  readonly text: string
}
