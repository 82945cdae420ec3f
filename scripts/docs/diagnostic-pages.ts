import {
  diagnosticEntries,
  failureEntries,
  generally,
  type DiagnosticEntry,
  type DiagnosticSlug,
  type FailureEntry,
  type FailureSlug,
} from '../../src/catalogue/index.js'
import { hasErrors, type Diagnostic } from '../../src/compiler/diagnostics/diagnostic.js'
import { renderPretty } from '../../src/compiler/diagnostics/render/pretty.js'
import { isStandard, type Host } from '../../src/compiler/modules/host.js'
import { sourcesOf } from '../../src/compiler/modules/sources-of.js'
import { parse } from '../../src/compiler/syntax/parse.js'
import { checkProgram, type Case } from './cases.js'
import type { Page } from './page.js'

export const slugs = Object.keys(diagnosticEntries) as readonly DiagnosticSlug[]

export const failureSlugs = Object.keys(failureEntries) as readonly FailureSlug[]

/** Who says it, by the thousand of its code: a stage of the compiler, or a part of nasc that fails. */
const speakers = [
  '',
  'syntax',
  'modules and names',
  'types and shapes',
  'domains and constraints',
  'lint',
  'the IR',
  'the runtime',
  'the command line',
] as const

/** One page per code, and a table of them all; by file name in `docs/diagnostics`. */
export function diagnosticPages(cases: readonly Case[]): readonly Page[] {
  const pages = [...slugs.map((slug) => diagnosticPage(slug, cases)), ...failureSlugs.map(failurePage)]
  const sorted = [...pages].sort((a, b) => (a.name < b.name ? -1 : 1))
  return [...sorted, { name: 'README.md', title: '', text: tableOf(sorted) }]
}

/** The case that shows a diagnostic: that of its name. @throws if there is none. */
export function caseOf(slug: DiagnosticSlug, cases: readonly Case[]): Case {
  const found = cases.find(({ name }) => name === slug)
  if (found === undefined) throw new Error(`test/cases has no case ${slug}`)
  return found
}

const entryPath = 'main.nas'

/** The wrong program, made right; undefined where there is no program. */
export function rightProgram(slug: DiagnosticSlug, wrong: string | undefined): string | undefined {
  const { fix = [] } = diagnosticEntries[slug]
  if (wrong === undefined || fix.length === 0) return undefined
  return fix.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the case ${slug} has no ${JSON.stringify(from)} to mend`)
    return text.replaceAll(from, to)
  }, wrong)
}

/** What the pages of all codes begin with. */
function pageOf(slug: string, { code, message, why }: DiagnosticEntry | FailureEntry, said: string): Page {
  const speaker = speakers[Number(code.charAt('NAS'.length))] ?? ''
  const text = [
    `# ${code}: ${slug}`,
    '',
    inlineCode(generally(message, (name) => `{${name}}`)),
    '',
    `${said} ${speaker}.`,
    '',
    why,
    '',
    '',
  ]
  return { name: `${code}.md`, title: slug, text: text.join('\n') }
}

/** A text with backticks stands between two of them, off those that it begins or ends with. */
function inlineCode(text: string): string {
  if (!text.includes('`')) return `\`${text}\``
  return `\`\`${text.startsWith('`') || text.endsWith('`') ? ` ${text} ` : text}\`\``
}

/** A failure has no program to show: what went wrong lies in a file, the machine or the command. */
function failurePage(slug: FailureSlug): Page {
  const entry = failureEntries[slug]
  const page = pageOf(slug, entry, 'Failure of')
  return { ...page, text: `${page.text}## What to do\n\n${entry.fix ?? entry.help}\n` }
}

function diagnosticPage(slug: DiagnosticSlug, cases: readonly Case[]): Page {
  const entry = diagnosticEntries[slug]
  const { code, severity } = entry
  const { host } = caseOf(slug, cases)
  const wrong = host.read(entryPath)
  const right = rightProgram(slug, wrong)
  const { diagnostics } = checkProgram(entryPath, host)
  const own = diagnostics.filter((diagnostic) => diagnostic.code === code)
  const page = pageOf(slug, entry, `${severity.charAt(0).toUpperCase()}${severity.slice(1)} of the stage:`)
  const text = [
    ...(wrong === undefined ? [] : ['## Wrong', '', ...fenced(wrong)]),
    ...besides(host, own, diagnostics),
    'nasc says:',
    '',
    '```text',
    renderPretty(own, sourcesOf(host), { colour: false }).trimEnd(),
    '```',
    '',
    ...(right === undefined ? [] : ['## Right', '', ...fenced(right)]),
  ]
  return { ...page, text: `${page.text}${text.join('\n')}` }
}

/** Modules beside the entry that a diagnostic speaks of. */
function besides(host: Host, own: readonly Diagnostic[], all: readonly Diagnostic[]): readonly string[] {
  const places = [...own, ...all].flatMap((diagnostic) => [diagnostic, ...diagnostic.labels])
  const files = [...new Set([...host.list('.'), ...places.map(({ file }) => file)])]
  return files
    .filter((file) => file !== entryPath && !isStandard(file))
    .flatMap((file) => {
      const text = sourcesOf(host)(file)?.text
      return text === undefined ? [] : [`with \`${file}\` beside it:`, '', ...fenced(text)]
    })
}

function fenced(text: string): readonly string[] {
  const parses = !hasErrors(parse({ path: entryPath, text }).diagnostics)
  return [parses ? '```nas' : '```text', text.trimEnd(), '```', '']
}

function tableOf(pages: readonly Page[]): string {
  const rows = pages.map(({ name, title }) => `- [${name.replace('.md', '')}](${name}) ${title}`)
  return [
    '# Diagnostics',
    '',
    'One page per code, written by `npm run docs` from the catalogue in `src/catalogue/` and the cases in `test/cases/`. Codes',
    'never change. `NAS1` is the text, `NAS2` modules and names, `NAS3` types and shapes, `NAS4` domains and constraints, `NAS5`',
    'lint, `NAS6` the IR and its spaces, `NAS7` the runtime, `NAS8` the command line.',
    '',
    ...rows,
    '',
  ].join('\n')
}
