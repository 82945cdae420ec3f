import { numbers, type Primitive } from './primitive.js'

/** `split`: some of the equal groups of neighbouring channels, counted from 1. */
export const split: Primitive = (context) => {
  const { part, parts, count } = numbers(context, 'part', 'parts', 'count')
  const size = context.inputShape.channels / parts
  const range = { from: (part - 1) * size, to: (part - 1 + count) * size }
  return context.builder.one('slice_channels', [context.input], range)
}

/** `channel_shuffle`: channel (g, i) becomes channel (i, g). */
export const channelShuffle: Primitive = (context) => {
  const { builder, input, inputShape, batch } = context
  const { groups } = numbers(context, 'groups')
  const { height, width, channels } = inputShape
  const rows = builder.one('reshape', [input], { shape: [batch * height * width, groups, channels / groups] })
  const swapped = builder.one('transpose', [rows], { order: [0, 2, 1] })
  return builder.one('reshape', [swapped], { shape: [batch, height, width, channels] })
}

/** `split_sum`: sum of equal groups of neighbouring channels. */
export const splitSum: Primitive = (context) => {
  const { builder, input, inputShape } = context
  const { parts } = numbers(context, 'parts')
  const size = inputShape.channels / parts
  const slices = Array.from({ length: parts }, (_, part) =>
    builder.one('slice_channels', [input], { from: part * size, to: (part + 1) * size }),
  )
  return builder.one('add', slices)
}

/** `split_softmax`: softmax between the splits of groups x parts x channels, which leave as parts x groups x channels. */
export const splitSoftmax: Primitive = (context) => {
  const { builder, input, inputShape, batch } = context
  const { parts, groups } = numbers(context, 'parts', 'groups')
  const { height, width, channels } = inputShape
  const positions = batch * height * width
  const size = channels / (parts * groups)
  const split = builder.one('reshape', [input], { shape: [positions * groups, parts, size] })
  const last = builder.one('transpose', [split], { order: [0, 2, 1] })
  const weights = builder.one('softmax', [last], { temperature: 1 })
  const rows = builder.one('reshape', [weights], { shape: [positions, groups * size, parts] })
  const first = builder.one('transpose', [rows], { order: [0, 2, 1] })
  return builder.one('reshape', [first], { shape: [batch, height, width, channels] })
}
