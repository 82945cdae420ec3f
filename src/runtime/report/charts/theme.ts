import type { Config } from 'vega-lite'

/** Blue for what trains the weights, orange for what trains the choices: told apart by the colour-blind (Okabe and Ito). */
export const setColours = { weights: '#0072b2', choices: '#d55e00' } as const

/** The order is that of the options of a decision; cells are drawn in the same colours. */
export { optionColours } from '../../../views/graph/palette.js'

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif'

export const chartConfig: Config = {
  font,
  background: 'transparent',
  view: { stroke: null },
  axis: {
    labelColor: '#5f6b7a',
    titleColor: '#5f6b7a',
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    gridColor: '#e8ecf1',
    domain: false,
    tickColor: '#c9d1da',
    tickSize: 4,
    titlePadding: 8,
  },
  legend: { labelColor: '#2b3542', titleColor: '#5f6b7a', labelFontSize: 11, titleFontSize: 11, symbolStrokeWidth: 3 },
  title: { color: '#1b2430', fontSize: 13, fontWeight: 600, anchor: 'start', offset: 10 },
  header: { labelColor: '#2b3542', labelFontSize: 11, titleColor: '#5f6b7a', labelPadding: 4 },
}
