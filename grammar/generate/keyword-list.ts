import { keywords, type KeywordGroup } from '../token-factory.js'

const titles: Readonly<Record<KeywordGroup, string>> = {
  declaration: 'Declarations',
  member: 'Members of declarations',
  clause: 'Clauses of a search',
  operator: 'In expressions',
  literal: 'Values',
}

/** The keywords for people. */
export function keywordList(): string {
  const lines = [
    '# Keywords of `.nas`',
    '',
    'Generated from `grammar/keywords.ts` by `grammar/generate.ts`: do not edit. A keyword marked with * is reserved; the',
    'others can be names as well.',
  ]
  for (const [group, title] of Object.entries(titles)) {
    lines.push('', `## ${title}`, '', '| keyword | says |', '|---|---|')
    const members = keywords.filter((entry) => entry.group === group)
    for (const { word, reserved, doc } of [...members].sort((a, b) => (a.word < b.word ? -1 : 1))) {
      lines.push(`| \`${word}\`${reserved ? ' *' : ''} | ${doc.replaceAll('|', '\\|')} |`)
    }
  }
  return lines.join('\n') + '\n'
}
