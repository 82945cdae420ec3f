import { escapeHtml } from './format.js'

/** `.nas` text as HTML, with comments, numbers and the words of an architecture told apart. */
export function highlightNas(text: string): string {
  return text.replace(
    /(\/\/[^\n]*)|("[^"\n]*")|\b(architecture|of|with|expect)\b|\b(\d[\d_.]*)\b|([&<>])/g,
    (whole, comment, string, word, number) => {
      const kind =
        comment !== undefined
          ? 'comment'
          : string !== undefined
            ? 'string'
            : word !== undefined
              ? 'word'
              : number !== undefined
                ? 'number'
                : undefined
      return kind === undefined ? escapeHtml(whole) : `<span class="${kind}">${escapeHtml(whole)}</span>`
    },
  )
}
