import type { Figures, JournalEvent, OfPhase, PhaseProgress, RunStarted } from '../../runtime/index.js'
import { formatDuration, formatCount, formatPercent, plural, someOf } from '../../support/format-quantity.js'

/** What a phase is judged by, what else it tells, images per second, time left: one line. */
export function progressWords(event: PhaseProgress): string {
  const { imagesPerSecond, secondsLeft } = event
  const parts = [figureWords(event.scores), figureWords(event.figures)].filter((words) => words !== '')
  if (imagesPerSecond !== undefined) parts.push(`${formatCount(Math.round(imagesPerSecond))} images/s`)
  if (secondsLeft !== undefined) parts.push(`${formatDuration(secondsLeft)} left`)
  return parts.join(', ')
}

/** `search`, `retrain derived`. */
export function phaseWords({ phase, architecture }: OfPhase): string {
  return architecture === undefined ? phase : `${phase} ${architecture}`
}

/** `loss 1.500 weights 1.600 choices, accuracy 50.00 % weights 45.00 % choices`; a series that is alone has no name. */
function figureWords(figures: Figures): string {
  const measures = new Map<string, { readonly series: string; readonly value: number }[]>()
  for (const [name, value] of Object.entries(figures)) {
    const [measure = name, ...series] = name.split('.')
    const known = measures.get(measure) ?? []
    measures.set(measure, known)
    known.push({ series: series.join('.'), value })
  }
  const words = [...measures].map(([measure, values]) => {
    const each = values.map(({ series, value }) => {
      const text = measure === 'accuracy' ? formatPercent(value) : formatFigure(value)
      return values.length === 1 ? text : `${text} ${series}`
    })
    return `${measure.replaceAll('_', ' ')} ${each.join(' ')}`
  })
  return words.join(', ')
}

function formatFigure(value: number): string {
  if (Math.abs(value) >= 1000) return formatCount(Math.round(value))
  return Math.abs(value) >= 0.01 ? value.toFixed(3) : value.toPrecision(3)
}

function noteWords({ threadNote }: { readonly threadNote?: string }): string {
  return threadNote === undefined ? '' : ` (${threadNote})`
}

/** While image files are decoded, before a run begins. */
export function decodedWords(done: number, of: number): string {
  return `decoding images: ${formatCount(done)} of ${formatCount(of)}`
}

/** The first line of a run: its images, and what of the program they take the place of. */
function dataWords({ data }: RunStarted): string {
  if (data === undefined) return ''
  const { name, format, trainingImages, validationImages, testImages, height, width, channels, classes, classNames } =
    data
  const validation = validationImages === undefined ? '' : `, ${formatCount(validationImages)} validation`
  const names = classNames === undefined ? '' : ` (${someOf(classNames)})`
  const parts = [
    `data ${name}: ${format}, ${formatCount(trainingImages)} training${validation} and ${plural(testImages, 'test image')}, ` +
      `${height} x ${width} x ${channels}, ${plural(classes, 'class', 'classes')}${names}`,
    ...(data.replaces === undefined ? [] : [`in place of ${data.replaces.join(' and ')} of the program`]),
    ...(data.notes ?? []),
  ]
  return `${parts.join('; ')}\n`
}

/** What a run does after a milestone, until its next one or the next bar. */
export const afterMilestone: Readonly<Partial<Record<JournalEvent['type'], string>>> = {
  'run-started': 'planning the search',
  'run-resumed': 'planning what is left',
  'phase-started': 'planning',
  'phase-epoch': 'going on',
  'architecture-derived': 'going on with what was derived',
}

/** What a milestone of a run says; nothing for events that only move a bar. */
export function milestoneWords(event: JournalEvent): string | undefined {
  switch (event.type) {
    case 'run-started':
      return (
        dataWords(event) +
        `${event.run}: search ${event.search} of ${event.space}${event.scale === undefined ? '' : `, scale ${event.scale}`}, ` +
        `seed ${event.seed}, backend ${event.backend} on ${plural(event.threads, 'thread')}${noteWords(event)}`
      )
    case 'run-resumed':
      return `resumed from ${event.checkpoint ?? 'the beginning'} on ${event.backend}${noteWords(event)}`
    case 'phase-started':
      return (
        `${phaseWords(event)}: ${event.parameters === undefined ? '' : `${plural(event.parameters, 'parameter')}, `}` +
        `${plural(event.epochs, 'epoch')} of ${plural(event.steps, 'step')}${event.note === undefined ? '' : ` (${event.note})`}`
      )
    case 'phase-epoch':
      return `${phaseWords(event)} epoch ${event.epoch + 1}/${event.epochs}: ${figureWords(event.scores)}`
    case 'predictor-fitted':
      return `${event.predictor}: fitted to ${plural(event.fitted, 'architecture')}, off by ${formatPercent(event.relativeError)} on ${event.heldOut} others`
    case 'architecture-derived':
      return (
        `${event.baseline === true ? 'drew' : 'derived'} ${event.name}: ${formatCount(event.parameters)} parameters, ${formatCount(event.macs)} MACs (${event.convention})` +
        (event.unmet === undefined ? '' : `; does not satisfy ${event.unmet.join('; ')}`)
      )
    case 'evaluation':
      return `${event.architecture}, ${event.weights} weights: ${formatPercent(event.accuracy)} of ${plural(event.samples, `${event.split} image`)}`
    case 'run-interrupted':
      return `stopped in the phase ${phaseWords(event)} at epoch ${event.epoch + 1}, step ${event.step}; a checkpoint is saved`
    case 'phase-progress':
    case 'architecture-scored':
    case 'run-finished':
      return undefined
  }
}
