import { at, mapOf } from '../../../operations/support/element.js'
import { paddingOf, windowedSize, type Window } from '../../../operations/support/window.js'
import type { Dims } from '../../../operations/support/definition.js'
import { integer, text, type Op, type OpAttributes, type Session } from '../session.js'
import { padOf, sliceOf } from './layout.js'

/**
 * How TensorFlow slides a window over a map as PyTorch does. Its own padding `SAME` puts the odd row of zeros at the end,
 * where strides are above 1; its `EXPLICIT` padding keeps oneDNN out; not all of its kernels know dilations. So the map is changed on the way in and back on the way out.
 */
export interface WindowPlan {
  /** Attributes `strides`, `padding` and `dilations` of the operation in the middle. */
  readonly attributes: OpAttributes
  /** Shape of the map that the operation in the middle sees. */
  readonly input: Dims
  /** x to the operation's x, and the adjoint: the operation's dx to dx. */
  readonly enter: Op
  readonly enterAdjoint: Op
  /** The operation's y to y, and the adjoint: dy to the operation's dy. */
  readonly leave: Op
  readonly leaveAdjoint: Op
}

export interface WindowPlanOptions {
  /** Zeros are put around the map beforehand, whatever TensorFlow could do. */
  readonly valid?: boolean
  /** Whether the operation in the middle knows dilations. */
  readonly dilations?: boolean
  /** What stands around the map, 0 if not given. */
  readonly around?: number
}

/** Along one axis. */
interface Extent {
  readonly size: number
  readonly out: number
  readonly before: number
  /** Below 0 where the last rows are not needed. */
  readonly after: number
}

const unchanged: Op = (x) => x

/** The plan for maps of shape `input`. */
export function planWindow(session: Session, input: Dims, window: Window, options: WindowPlanOptions = {}): WindowPlan {
  const { kernel, stride } = window
  const dilation = kernel === 1 ? 1 : window.dilation
  const { height, width } = mapOf(input)
  const extents = [height, width].map((size): Extent => {
    const [out, before] = [windowedSize(size, window), paddingOf({ kernel, stride, dilation })]
    return { size, out, before, after: (out - 1) * stride + dilation * (kernel - 1) + 1 - size - before }
  })
  const knowsDilation = dilation === 1 || (stride === 1 && options.dilations === true)
  if (options.valid !== true && extents.every(isSame) && knowsDilation) {
    return { ...straight(stride, 'SAME', dilation), input, enter: unchanged, enterAdjoint: unchanged }
  }
  if (dilation === 1) {
    return { ...straight(stride, 'VALID', 1), ...padded(session, input, extents, options.around ?? 0) }
  }
  return dilated(session, input, extents, { kernel, stride, dilation })
}

/** Whether TensorFlow's `SAME` pads as we do. */
function isSame({ before, after }: Extent): boolean {
  const total = Math.max(0, before + after)
  return Math.floor(total / 2) === before && total === before + Math.max(0, after)
}

function attributesOf(stride: number, padding: 'SAME' | 'VALID', dilation: number): OpAttributes {
  return {
    strides: integer([1, stride, stride, 1]),
    padding: text(padding),
    ...(dilation === 1 ? {} : { dilations: integer([1, dilation, dilation, 1]) }),
  }
}

function straight(stride: number, padding: 'SAME' | 'VALID', dilation: number) {
  return { attributes: attributesOf(stride, padding, dilation), leave: unchanged, leaveAdjoint: unchanged }
}

function padded(session: Session, input: Dims, extents: readonly Extent[], around: number) {
  const amounts = extents.map(({ before, after }): [number, number] => [before, Math.max(0, after)])
  if (amounts.flat().every((amount) => amount === 0)) return { input, enter: unchanged, enterAdjoint: unchanged }
  const [rows, columns] = [at(amounts, 0), at(amounts, 1)]
  return {
    input: grown(input, amounts),
    enter: padOf(session, [[0, 0], rows, columns, [0, 0]], around),
    enterAdjoint: sliceOf(session, [0, rows[0], columns[0], 0], input),
  }
}

function grown(input: Dims, amounts: readonly (readonly [number, number])[]): Dims {
  return input.map((size, axis) => size + (amounts[axis - 1]?.[0] ?? 0) + (amounts[axis - 1]?.[1] ?? 0))
}

/**
 * A dilated window is an undilated one on each of the dilation^2 maps of every dilation-th pixel, which
 * `SpaceToBatchND` lines up along the batch. A stride above 1 takes every stride-th pixel of the result; where the
 * dilation divides the stride, just the first of those maps is needed.
 */
function dilated(session: Session, input: Dims, extents: readonly Extent[], window: Window): WindowPlan {
  const { kernel, stride, dilation } = window
  const { batch, channels } = mapOf(input)
  const direct = stride % dilation === 0
  const sizes = extents.map(({ size, before, after }) => {
    // Without a stride of its own the window visits every pixel, and more where rows do not fill the last block.
    const needed = direct ? size + before + Math.max(0, after) : size + dilation * (kernel - 1)
    const whole = Math.ceil(needed / dilation) * dilation
    return { size, whole, amounts: [before, whole - size - before] as const }
  })
  const amounts = sizes.map((each) => each.amounts)
  const split = blocks(session, dilation, amounts)
  const cells = sizes.map(({ whole }) => whole / dilation)
  const [rows, columns] = [at(cells, 0), at(cells, 1)]
  if (direct) {
    const { take, put } = firstOf(session, [batch, rows, columns, channels], dilation)
    return {
      ...straight(stride / dilation, 'VALID', 1),
      input: [batch, rows, columns, channels],
      enter: (x) => take(split.apart(x)),
      enterAdjoint: (dx) => split.together(put(dx)),
    }
  }
  const join = blocks(
    session,
    dilation,
    sizes.map(({ size, whole }) => [0, whole - dilation * (kernel - 1) - size] as const),
  )
  return {
    attributes: attributesOf(1, 'VALID', 1),
    input: [batch * dilation ** 2, rows, columns, channels],
    enter: split.apart,
    enterAdjoint: split.together,
    ...thinned(session, { leave: join.together, leaveAdjoint: join.apart }, extents, batch, stride),
  }
}

/** Takes every `stride`-th pixel. The channels of the result are not known here, so that shapes come from tensors. */
function thinned(
  session: Session,
  inner: Pick<WindowPlan, 'leave' | 'leaveAdjoint'>,
  extents: readonly Extent[],
  batch: number,
  stride: number,
): Pick<WindowPlan, 'leave' | 'leaveAdjoint'> {
  if (stride === 1) return inner
  const grid = blocks(
    session,
    stride,
    extents.map(({ size, out }) => [0, out * stride - size] as const),
  )
  const slice = session.op('Slice')
  const [begin, size] = [session.integers([0, 0, 0, 0]), session.integers([batch, -1, -1, -1])]
  const put = padOf(session, [
    [0, batch * (stride ** 2 - 1)],
    [0, 0],
    [0, 0],
    [0, 0],
  ])
  return {
    leave: (y) => slice(grid.apart(inner.leave(y)), begin, size),
    leaveAdjoint: (dy) => inner.leaveAdjoint(grid.together(put(dy))),
  }
}

/** Pads and sorts pixels by their place in blocks into the batch, and back. */
function blocks(session: Session, size: number, amounts: readonly (readonly [number, number])[]) {
  const [apart, together] = [session.op('SpaceToBatchND'), session.op('BatchToSpaceND')]
  const block = session.integers([size, size])
  const edges = session.integers(amounts.flat(), [2, 2])
  const split: Op = (x) => apart(x, block, edges)
  const join: Op = (x) => together(x, block, edges)
  return { apart: split, together: join }
}

/** The first of the `size^2` maps that {@link blocks} makes, and the adjoint. */
function firstOf(session: Session, cell: Dims, size: number) {
  return {
    take: sliceOf(session, [0, 0, 0, 0], cell),
    put: padOf(session, [
      [0, at(cell, 0) * (size ** 2 - 1)],
      [0, 0],
      [0, 0],
      [0, 0],
    ]),
  }
}
