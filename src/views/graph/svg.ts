import type { Drawing } from './drawing.js'
import { toDot } from './dot.js'

/**
 * A drawing as SVG that can stand in a page beside others, laid out by Graphviz (WebAssembly): the same drawing gives the
 * same text.
 */
export async function toSvg(drawing: Drawing): Promise<string> {
  const { instance } = await import('@viz-js/viz')
  const viz = await instance()
  const svg = viz.renderString(toDot(drawing), { format: 'svg', engine: 'dot' })
  const label = drawing.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  return (
    svg
      // The prologue names a DTD that a page cannot hold, comments and titles repeat the names of DOT, which say nothing.
      .slice(svg.indexOf('<svg'))
      .replace(/<!--[\s\S]*?-->\n?/g, '')
      .replace(/<title>[^<]*<\/title>\n?/g, '')
      // Ids that every drawing of Graphviz has.
      .replace(/ id="[^"]*"/g, '')
      .replace('<svg ', `<svg role="img" aria-label="${label}" `)
  )
}
