import type { JournalEvent, RetrainProgress, Score, SearchProgress } from '../../runtime/index.js'
import { formatDuration, formatCount, formatPercent, plural } from '../../support/format-quantity.js'

/** Steps, losses, entropy of the choices, images per second, time left: one line. */
export function progressWords(event: SearchProgress | RetrainProgress): string {
  const parts = [`loss ${scoreWords(event.weights)}`]
  if (event.type === 'search-progress') {
    if (event.choices !== undefined) parts.push(`choices loss ${scoreWords(event.choices)}`)
    for (const [what, nats] of Object.entries(event.entropy)) parts.push(`entropy(${what}) ${nats.toFixed(3)}`)
  }
  parts.push(`${formatCount(Math.round(event.imagesPerSecond))} images/s`)
  if (event.secondsLeft !== undefined) parts.push(`${formatDuration(event.secondsLeft)} left`)
  return parts.join(', ')
}

function scoreWords(score: Score): string {
  return `${score.loss.toFixed(3)} (${formatPercent(score.accuracy)})`
}

function noteWords({ threadNote }: { readonly threadNote?: string }): string {
  return threadNote === undefined ? '' : ` (${threadNote})`
}

/** What a run does after a milestone, until its next one or the next bar. */
export const afterMilestone: Readonly<Partial<Record<JournalEvent['type'], string>>> = {
  'run-started': 'planning the search',
  'run-resumed': 'planning what is left',
  'search-epoch': 'searching',
  'architecture-derived': 'testing the derived network',
  'retrain-started': 'planning the retraining',
  'retrain-epoch': 'retraining',
}

/** What a milestone of a run says; nothing for events that only move a bar. */
export function milestoneWords(event: JournalEvent): string | undefined {
  switch (event.type) {
    case 'run-started':
      return (
        `${event.run}: search ${event.search} of ${event.space}${event.scale === undefined ? '' : `, scale ${event.scale}`}, ` +
        `seed ${event.seed}, backend ${event.backend} on ${plural(event.threads, 'thread')}${noteWords(event)}, ` +
        `${formatCount(event.weights)} weights, ${plural(event.epochs, 'epoch')} of ${plural(event.steps, 'step')}`
      )
    case 'run-resumed':
      return `resumed from ${event.checkpoint ?? 'the beginning'} on ${event.backend}${noteWords(event)}`
    case 'search-epoch':
    case 'retrain-epoch':
      return (
        `${event.type === 'search-epoch' ? 'search' : 'retrain'} epoch ${event.epoch + 1}/${event.epochs}: ` +
        `loss ${scoreWords(event.weights)}` +
        (event.type === 'search-epoch' && event.choices !== undefined
          ? `, choices loss ${scoreWords(event.choices)}`
          : '')
      )
    case 'architecture-derived':
      return (
        `derived ${event.name}: ${formatCount(event.parameters)} parameters, ${formatCount(event.macs)} MACs (${event.convention})` +
        (event.unmet === undefined ? '' : `; does not satisfy ${event.unmet.join('; ')}`)
      )
    case 'retrain-started':
      return (
        `retrains ${event.architecture}: ${formatCount(event.parameters)} parameters, ` +
        `${plural(event.epochs, 'epoch')} of ${plural(event.steps, 'step')}`
      )
    case 'evaluation':
      return `${event.architecture}, ${event.weights} weights: ${formatPercent(event.accuracy)} of ${plural(event.samples, `${event.split} image`)}`
    case 'run-interrupted':
      return `stopped in the ${event.phase} at epoch ${event.epoch + 1}, step ${event.step}; a checkpoint is saved`
    case 'search-progress':
    case 'retrain-progress':
    case 'run-finished':
      return undefined
  }
}
