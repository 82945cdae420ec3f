import { formatCount, formatPercent } from '../../support/format-quantity.js'
import { spreadOf } from '../../support/statistics.js'
import { renderTable, type PageSection } from './page.js'
import { costIn, type RunSummary } from './run-summary.js'

/** The best architecture among random ones of its cost, by the test images; nothing before all of them were tested. */
export function baselineSection(summary: RunSummary): PageSection | undefined {
  const [best] = summary.architectures
  if (best === undefined || summary.baseline.length === 0) return undefined
  const tested = [best, ...summary.baseline].flatMap((architecture) => {
    const found = summary.evaluations.find(
      (event) => event.architecture === architecture.name && event.weights === 'retrained' && event.split === 'test',
    )
    return found === undefined ? [] : [{ architecture, accuracy: found.accuracy }]
  })
  if (tested.length <= summary.baseline.length) return undefined
  const [own, ...others] = tested
  const { mean, deviation } = spreadOf(others.map(({ accuracy }) => accuracy))
  const worse = others.filter(({ accuracy }) => accuracy < (own?.accuracy ?? NaN)).length
  const spread = deviation === null ? '' : `, standard deviation ${formatPercent(deviation)}`
  const rows = tested
    .toSorted((a, b) => b.accuracy - a.accuracy)
    .map(({ architecture, accuracy }) => {
      const { parameters, macs } = costIn(summary, architecture)
      return [architecture.name, formatPercent(accuracy), formatCount(parameters), formatCount(macs)]
    })
  return {
    title: 'Beside random architectures',
    lead:
      `${best.name} is better than ${String(worse)} of ${String(others.length)} random architectures of about its ` +
      `multiply-accumulates, trained from scratch as it was. Their mean is ${formatPercent(mean)}${spread}.`,
    content: renderTable(['Architecture', 'Accuracy on the test images', 'Parameters', 'MACs'], rows, 3),
  }
}
