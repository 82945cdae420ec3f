import type * as model from '../model/ir.js'
import { irFormat } from '../model/ir.js'
import { constant, list, map, name, oneOf, record, ref, text, union, type Schema } from './build.js'
import { expressionDefinitions } from './expression.js'
import { operationDefinitions } from './operation.js'
import { searchDefinitions } from './search.js'
import { spaceDefinitions } from './space.js'

const expression = ref('expression')

type AssignmentOf<K extends model.Assignment['kind']> = Extract<model.Assignment, { kind: K }>

/** JSON Schema (draft-07 vocabulary, with `discriminator`) of a whole sealed IR. */
export const irSchema: Schema = {
  $defs: {
    ...expressionDefinitions,
    ...operationDefinitions,
    ...spaceDefinitions,
    ...searchDefinitions,
    irParam: record<model.IrParam>({ name, type: ref('type'), default: expression }, { doc: text }),
    irConstant: record<model.IrConstant>({ id: name, name, value: expression }),
    architecture: record<model.IrArchitecture>(
      {
        name,
        space: name,
        with: map(expression),
        assignments: list(ref('assignment')),
        expects: list(ref('expectation')),
      },
      { doc: text },
    ),
    assignment: union<model.Assignment>({
      value: ref('assignmentValue'),
      layers: ref('assignmentLayers'),
      edges: ref('assignmentEdges'),
    }),
    assignmentValue: record<AssignmentOf<'value'>>({ kind: constant('value'), path: name, value: expression }),
    assignmentLayers: record<AssignmentOf<'layers'>>({
      kind: constant('layers'),
      path: name,
      values: list(expression),
    }),
    assignmentEdges: record<AssignmentOf<'edges'>>({
      kind: constant('edges'),
      path: name,
      edges: list(record<AssignmentOf<'edges'>['edges'][number]>({ operation: expression, source: name })),
    }),
    expectation: record<model.Expectation>(
      { cost: name, operator: oneOf(['=', '<=', '>=']), value: expression, text },
      { convention: name, within: expression },
    ),
  },
  ...record<model.Ir>({
    format: constant(irFormat),
    hash: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
    source: name,
    params: list(ref('irParam')),
    constants: list(ref('irConstant')),
    operations: list(ref('irOperation')),
    components: list(ref('irComponent')),
    cells: list(ref('cell')),
    spaces: list(ref('space')),
    searches: list(ref('search')),
    architectures: list(ref('architecture')),
  }),
}
