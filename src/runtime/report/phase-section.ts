import { formatCount, plural } from '../../support/format-quantity.js'
import { phaseCharts } from './charts/phase.js'
import { renderCharts } from './charts/render.js'
import type { PageSection } from './page.js'
import type { PhaseSummary, RunSummary } from './run-summary.js'

/** A section for every phase that told of its steps. */
export async function phaseSections({ phases }: RunSummary): Promise<readonly PageSection[]> {
  const sections: PageSection[] = []
  for (const summary of phases) {
    const charts = phaseCharts(summary)
    if (charts.length === 0) continue
    const lead = leadOf(summary)
    const { phase } = summary
    sections.push({
      title: `${phase.slice(0, 1).toUpperCase()}${phase.slice(1)}`,
      ...(lead !== undefined && { lead }),
      content: await renderCharts(charts),
    })
  }
  return sections
}

/** `1,234 parameters; 3,000 images for the weights, 3,000 for the choices; 3 epochs of 40 steps, batches of 64.` */
function leadOf({ started }: PhaseSummary): string | undefined {
  const [first] = started
  if (first === undefined) return undefined
  const { parameters, images = {}, epochs, steps, batch } = first
  const trained = Object.entries(images).map(
    ([name, count], index) => `${formatCount(count)}${index === 0 ? ' images' : ''} for the ${name}`,
  )
  const parts = [
    started.length > 1 ? `${plural(started.length, 'architecture')}, the first of them:` : '',
    parameters === undefined ? '' : `${plural(parameters, 'parameter')};`,
    trained.length === 0 ? '' : `${trained.join(', ')};`,
    `${plural(epochs, 'epoch')} of ${plural(steps, 'step')}${batch === undefined ? '' : `, batches of ${String(batch)}`}.`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}
