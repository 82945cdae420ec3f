import { parse } from '../../src/compiler/syntax/parse.js'
import type { Declaration, ExternDeclaration, Parameter, SyntaxFile } from '../../src/compiler/syntax/ast.js'
import { sliceSpan, type SourceText } from '../../src/compiler/text/source.js'

/** The order of the page; a module that is not named here comes last. */
const order = ['std:nn', 'std:cells', 'std:search']

/** The reference of the standard library, made of the signatures and doc comments of its modules. */
export function stdReference(modules: readonly SourceText[]): string {
  const rank = (module: SourceText): number => {
    const index = order.indexOf(module.path)
    return index < 0 ? order.length : index
  }
  const sorted = [...modules].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
  return [
    '# The standard library',
    '',
    'Written by `npm run docs` from the doc comments in `src/compiler/std/`; a test keeps it fresh. What a signature does',
    'not give a default must be given. `in` is the number of channels that arrive, `channels` the number that the place',
    'asks for.',
    '',
    ...sorted.flatMap(modulePage),
  ].join('\n')
}

function modulePage(source: SourceText): string[] {
  const file: SyntaxFile = parse(source).value
  return [
    `## \`${source.path}\``,
    '',
    ...(file.doc === undefined ? [] : [paragraph(file.doc), '']),
    ...sections(file).flatMap(({ title, declarations }) => [
      `### ${title}`,
      '',
      ...declarations.flatMap((declaration) => entry(declaration, source)),
      '',
    ]),
  ]
}

interface Section {
  readonly title: string
  readonly declarations: readonly Declaration[]
}

/** Operations first, then every kind of component in the order in which the module declares them. */
function sections(file: SyntaxFile): Section[] {
  const titles = new Map<string, Declaration[]>()
  for (const declaration of file.declarations) {
    const title = titleOf(declaration)
    if (title === undefined) continue
    const known = titles.get(title)
    if (known === undefined) titles.set(title, [declaration])
    else known.push(declaration)
  }
  return [...titles].map(([title, declarations]) => ({ title, declarations }))
}

function titleOf(declaration: Declaration): string | undefined {
  switch (declaration.kind) {
    case 'op':
      return 'Operations'
    case 'extern':
      return declaration.category.text === 'op' ? 'Primitive operations' : capitalised(`${declaration.category.text}s`)
    case 'cell':
      return 'Cells'
    default:
      return undefined
  }
}

function entry(declaration: Declaration, source: SourceText): string[] {
  if (declaration.kind !== 'op' && declaration.kind !== 'extern' && declaration.kind !== 'cell') return []
  const parameters = declaration.parameters.map((parameter) => parameterText(parameter, source)).join(', ')
  const sentences = [`- **\`${declaration.name.text}(${parameters})\`**`]
  if (declaration.doc !== undefined) sentences.push(paragraph(declaration.doc))
  if (declaration.kind === 'op') {
    sentences.push(`Is \`${oneLine(sliceSpan(source, declaration.body.span))}\`.`)
  }
  if (declaration.kind === 'extern') sentences.push(...standing(declaration, source), ...limits(declaration, source))
  return [sentences.join('\n  ')]
}

/** Where a setting may stand, and that a component is not there yet. */
function standing({ places, planned }: ExternDeclaration, source: SourceText): string[] {
  const where = places.map((place) => `\`${oneLine(sliceSpan(source, place.span))}\``)
  return [
    ...(where.length === 0 ? [] : [`Stands in ${where.join(', ')}.`]),
    ...(planned === undefined ? [] : ['*Not available yet.*']),
  ]
}

function limits(declaration: ExternDeclaration, source: SourceText): string[] {
  return declaration.rules
    .filter((rule) => rule.kind === 'require')
    .map((rule) => `Needs \`${oneLine(sliceSpan(source, rule.test.span))}\`.`)
}

function parameterText(parameter: Parameter, source: SourceText): string {
  return oneLine(sliceSpan(source, parameter.span))
}

function paragraph(doc: string): string {
  return doc.trim().replace(/\s*\n\s*/g, ' ')
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
