import { escapeHtml } from './format.js'

export interface PageSection {
  readonly title: string
  /** One sentence on what is shown. */
  readonly lead?: string
  /** HTML. */
  readonly content: string
}

export interface HeadlineFigure {
  readonly label: string
  readonly value: string
  readonly note: string
}

/** One self-contained page: no script, nothing from a network, and a policy that would refuse both. */
export function renderPage(page: {
  readonly title: string
  readonly subtitle: string
  readonly figures: readonly HeadlineFigure[]
  readonly sections: readonly PageSection[]
}): string {
  const figures = page.figures.map(
    ({ label, value, note }) =>
      `<div class="figure"><div class="label">${escapeHtml(label)}</div><div class="value">${escapeHtml(value)}</div><div class="note">${escapeHtml(note)}</div></div>`,
  )
  const sections = page.sections.map(
    ({ title, lead, content }) =>
      `<section>\n<h2>${escapeHtml(title)}</h2>\n${lead === undefined ? '' : `<p class="lead">${escapeHtml(lead)}</p>\n`}${content}\n</section>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(page.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(page.title)}</h1>
<p class="subtitle">${escapeHtml(page.subtitle)}</p>
</header>
${figures.length === 0 ? '' : `<div class="figures">\n${figures.join('\n')}\n</div>\n`}${sections.join('\n')}
</main>
</body>
</html>
`
}

/**
 * A table.
 * @param numeric how many of the last columns hold numbers, to be set flush right
 */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[], numeric = 0): string {
  const line = (tag: string, cells: readonly string[]): string => {
    const drawn = cells.map((text, column) => {
      const number = column >= cells.length - numeric ? ' class="number-cell"' : ''
      return `<${tag}${number}>${escapeHtml(text)}</${tag}>`
    })
    return `<tr>${drawn.join('')}</tr>`
  }
  const header = head.length === 0 ? '' : `<thead>${line('th', head)}</thead>`
  return `<table>${header}<tbody>${rows.map((row) => line('td', row)).join('')}</tbody></table>`
}

const style = `
:root { color-scheme: light; --ink: #1b2430; --soft: #5f6b7a; --line: #e3e8ee; --accent: #0072b2; }
* { box-sizing: border-box; }
body { margin: 0; background: #f5f7fa; color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -0.01em; }
.subtitle { margin: 6px 0 0; color: var(--soft); }
.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 28px 0 8px; }
.figure { flex: 1 1 170px; background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px; }
.figure:first-child { border-top: 3px solid var(--accent); padding-top: 12px; }
.label { color: var(--soft); font-size: 13px; }
.value { font-size: 27px; font-weight: 650; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; white-space: nowrap; }
.note { color: var(--soft); font-size: 12px; }
section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px 24px; margin-top: 16px; }
h2 { margin: 0 0 4px; font-size: 18px; }
h3 { margin: 20px 0 6px; font-size: 14px; }
.lead { margin: 0 0 14px; color: var(--soft); }
.charts { display: flex; flex-wrap: wrap; gap: 18px 16px; align-items: flex-start; }
.charts + .charts { margin-top: 28px; }
.charts svg { max-width: 100%; height: auto; }
figure { margin: 10px 0 14px; }
figcaption { color: var(--soft); font-size: 13px; margin-bottom: 2px; }
.cell { display: block; max-width: 100%; height: auto; }
pre { margin: 8px 0 0; padding: 14px 16px; background: #f7f9fb; border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; font: 13px/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
.word { color: #6a3d9a; font-weight: 600; } .number { color: #0a6e3f; } .comment { color: #7a8594; font-style: italic; } .string { color: #a3430f; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { text-align: left; color: var(--soft); font-weight: 500; }
th, td { padding: 6px 16px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
.number-cell { text-align: right; font-variant-numeric: tabular-nums; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 0 36px; }
.two td:first-child { color: var(--soft); width: 38%; }
@media print { body { background: #fff; } main { padding: 0; } section, .figure { break-inside: avoid; } }
`
