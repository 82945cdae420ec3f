import { Failure } from '../../catalogue/failure.js'
import { existsSync } from 'node:fs'
import { paramsOf, resolveArchitecture } from '../../architectures/index.js'
import type { Ir, IrArchitecture } from '../../ir/model/ir.js'
import { budgetOf, type Architecture, type Budget } from '../../space/index.js'
import type { Host } from '../../compiler/modules/host.js'
import { nodeHost } from '../../compiler/modules/node-host.js'
import type { ArchitectureDeclaration } from '../../compiler/syntax/ast.js'
import type { SourceText } from '../../compiler/text/source.js'
import type { Span } from '../../compiler/text/source.js'
import { appendedText, importingText } from './appended-text.js'
import { findArchitecture } from './choose.js'
import { isCompiled, printErrors, readText } from './load-ir.js'
import type { Terminal } from '../terminal.js'

/** An architecture and the program that it is found in. */
export interface LoadedArchitecture {
  readonly ir: Ir
  readonly architecture: IrArchitecture
}

/**
 * `--arch NAME|FILE`: an architecture that the program declares, or one in a file of its own (a result of a search),
 * which is then compiled as if it stood at the end of the program, or imported its space from there. Returns nothing where that has errors, which are printed.
 */
export async function loadArchitecture(
  ir: Ir,
  file: string,
  supplied: string,
  json: boolean,
  terminal: Terminal,
): Promise<LoadedArchitecture | undefined> {
  if (!supplied.endsWith('.nas') && !existsSync(supplied)) {
    const hasErrors = !ir.architectures.some(({ name }) => name === supplied) && (await declares(file, supplied))
    return hasErrors ? undefined : { ir, architecture: findArchitecture(ir, supplied) }
  }
  const program = isCompiled(file) ? undefined : file
  if (program === undefined && (await missingSpaces(readText(supplied))).length > 0) {
    throw new Failure(
      'architecture-without-space',
      { file: supplied, beside: `, and ${file} is compiled` },
      { help: `Give the .nas file of the space instead of ${file}, or import it in ${supplied}.` },
    )
  }
  return readArchitecture(supplied, program, json, terminal, budgetOf(ir))
}

/**
 * The architecture that a file declares; nothing where it has errors, which are printed.
 *
 * @param program the file at whose end it is compiled, where it does not import its space
 * @param budget what the analysis of the program may take; memory alone is bounded without one
 * @throws Failure if it declares none, or several
 */
async function readArchitecture(
  file: string,
  program: string | undefined,
  json: boolean,
  terminal: Terminal,
  budget?: Budget,
): Promise<LoadedArchitecture | undefined> {
  return architectureIn({ path: file, text: readText(file) }, program, json, terminal, budget)
}

/** As {@link readArchitecture}, of a text at hand; its path is where it would stand. */
export async function architectureIn(
  source: SourceText,
  program: string | undefined,
  json: boolean,
  terminal: Terminal,
  budget?: Budget,
): Promise<LoadedArchitecture | undefined> {
  const { compile } = await import('../../compiler/index.js')
  const { path: file, text } = source
  const files = nodeHost()
  const host: Host = { ...files, read: (path) => (path === file ? text : files.read(path)) }
  const declared = await namesIn(source)
  const [only, ...others] = declared
  if (only === undefined || others.length > 0) {
    throw new Failure('several-architectures', { file, count: declared.length })
  }
  const missing = await missingSpaces(text)
  const appended =
    program === undefined || missing.length === 0
      ? undefined
      : importsAnything(text)
        ? importingText(host, program, missing, source)
        : appendedText(host, program, source, await declarationsOf(program, only))
  const compiled = compile(appended?.path ?? file, appended?.host ?? host, budget)
  const diagnostics = appended?.locate(compiled.diagnostics) ?? compiled.diagnostics
  // Errors of the program itself were printed when it was read.
  const own = compiled.value && appended ? diagnostics.filter((diagnostic) => diagnostic.file === file) : diagnostics
  const architecture = compiled.value?.architectures.find(({ name }) => name === only)
  printErrors(architecture ? compiled : { ...compiled, value: undefined }, own, host, json, terminal)
  return compiled.value && architecture && { ir: compiled.value, architecture }
}

/** The decisions of the architecture that a file declares; nothing where it has errors, which are printed. */
export async function decisionsIn(file: string, json: boolean, terminal: Terminal): Promise<Architecture | undefined> {
  if ((await missingSpaces(readText(file))).length > 0) {
    throw new Failure('architecture-without-space', { file, beside: '' })
  }
  const loaded = await readArchitecture(file, undefined, json, terminal)
  return loaded && resolveArchitecture(loaded.ir, loaded.architecture, paramsOf(loaded.ir, loaded.architecture))
}

/** Whether a file declares an architecture: one that is not in the IR has errors, which were printed. */
async function declares(file: string, name: string): Promise<boolean> {
  if (isCompiled(file)) return false
  return (await namesIn({ path: file, text: readText(file) })).includes(name)
}

/** Names of the architectures that a text declares. */
async function namesIn(source: SourceText): Promise<readonly string[]> {
  return (await architecturesIn(source)).map(({ name }) => name.text)
}

async function architecturesIn(source: SourceText): Promise<readonly ArchitectureDeclaration[]> {
  const { parse } = await import('../../compiler/syntax/parse.js')
  return parse(source).value.declarations.filter((each) => each.kind === 'architecture')
}

/** Where a program declares the architecture of this name: what a file says of it stands in its place. */
async function declarationsOf(program: string, name: string): Promise<readonly Span[]> {
  const declared = await architecturesIn({ path: program, text: readText(program) })
  return declared.filter((each) => each.name.text === name).map(({ span }) => span)
}

/** The spaces that architectures of a text are of, and that it neither imports nor declares: it cannot be compiled by itself. */
export async function missingSpaces(text: string): Promise<readonly string[]> {
  const { parse } = await import('../../compiler/syntax/parse.js')
  const { declarations, imports } = parse({ path: '', text }).value
  // Without names, an import brings all there are.
  if (imports.some(({ names }) => names === undefined)) return []
  const known = new Set([
    ...imports.flatMap(({ names = [] }) => names.map(({ name, alias }) => (alias ?? name).text)),
    ...declarations.flatMap(({ kind, name }) => (kind === 'architecture' ? [] : [name.text])),
  ])
  const spaces = declarations.flatMap((each) => (each.kind === 'architecture' ? [each.space.text] : []))
  return [...new Set(spaces)].filter((space) => !known.has(space))
}

function importsAnything(text: string): boolean {
  return /^\s*import\b/m.test(text)
}
