import type { TopLevelSpec } from 'vega-lite'
import { chartConfig } from './theme.js'

/** A chart to be drawn. */
export interface Chart {
  /** A word of letters, digits and `-`, unique on the page: identifiers in the SVG start with it. */
  readonly id: string
  /** For those who cannot see it. */
  readonly description: string
  readonly spec: TopLevelSpec
}

/**
 * Draws a chart as SVG, without a browser and without fonts: the same text for the same data, anywhere.
 * Vega is loaded here and not before: most commands never draw.
 */
export async function renderChart({ id, description, spec }: Chart): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')])
  const compiled = compile({ ...spec, description }, { config: chartConfig })
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logLevel: vega.Error })
  try {
    return renameIds(await view.toSVG(), id)
  } finally {
    view.finalize()
  }
}

export async function renderCharts(charts: readonly Chart[]): Promise<string> {
  const drawn: string[] = []
  for (const chart of charts) drawn.push(await renderChart(chart))
  return drawn.length === 0 ? '' : `<div class="charts">\n${drawn.join('\n')}\n</div>`
}

/** Vega numbers clips and gradients through the whole process; here they are numbered within the chart. */
function renameIds(svg: string, id: string): string {
  const names = new Map<string, string>()
  for (const [, found] of svg.matchAll(/ id="([^"]+)"/g)) {
    if (found !== undefined && !names.has(found)) names.set(found, `${id}-${String(names.size + 1)}`)
  }
  return svg
    .replace(/ id="([^"]+)"/g, (whole, found: string) => ` id="${names.get(found) ?? whole}"`)
    .replace(/url\(#([^)]+)\)/g, (whole, found: string) =>
      names.has(found) ? `url(#${names.get(found) ?? ''})` : whole,
    )
}
