import type { Drawing } from './drawing.js'
import { toDot } from './dot.js'

/** A drawing as SVG, laid out by Graphviz (WebAssembly): the same drawing gives the same text. */
export async function toSvg(drawing: Drawing): Promise<string> {
  const { instance } = await import('@viz-js/viz')
  const viz = await instance()
  const svg = viz.renderString(toDot(drawing), { format: 'svg', engine: 'dot' })
  // The prologue names a DTD that a page cannot hold; the comment names a version.
  return svg.slice(svg.indexOf('<svg')).replace(/<!--[\s\S]*?-->\n?/g, '')
}
