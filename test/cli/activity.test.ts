import { describe, expect, it } from 'vitest'
import { activityOn } from '../../src/cli/activity/activity.js'
import { newBoard } from '../../src/cli/activity/board.js'
import { speak, type Silence } from '../../src/cli/activity/speak.js'

/** A command and the thread that speaks for it, on one terminal. */
function talk(columns = 80) {
  const board = newBoard()
  let written = ''
  let silence: Silence = { news: -1, ticks: 0 }
  const write = (text: string): void => void (written += text)
  return {
    ...activityOn(board, columns, write),
    seconds(count: number): void {
      for (let tick = 0; tick < 4 * count; tick++) silence = speak(board, silence, write)
    },
    /** What was written since it was asked last; the line is erased where it says `<`. */
    written(): string {
      const since = written.replaceAll('\r\u001b[2K', '<')
      written = ''
      return since
    },
  }
}

describe('what a silent command says', () => {
  it('is what it does, after a second and then every second', () => {
    const command = talk()
    command.begin('counting')
    command.seconds(1)
    expect(command.written()).toBe('')
    command.seconds(2)
    expect(command.written()).toBe('<counting … 1 s<counting … 2 s')
  })

  it('is erased before anything else is written, and begins anew', () => {
    const command = talk()
    command.begin('counting')
    command.seconds(2.25)
    command.written()
    command.giveWay()
    expect(command.written()).toBe('<')
    command.giveWay()
    command.seconds(1)
    expect(command.written()).toBe('')
    command.seconds(0.25)
    expect(command.written()).toBe('<counting … 1 s')
  })

  it('is nothing without a text', () => {
    const command = talk()
    command.begin('counting')
    command.begin(undefined)
    command.seconds(9)
    expect(command.written()).toBe('')
  })

  it('fits into a line, whatever the files are called', () => {
    const command = talk(40)
    command.begin(`checking ${'ä'.repeat(2000)}`)
    command.seconds(1000)
    const last = command.written().split('<').at(-1) ?? ''
    expect(last.length).toBeLessThan(40)
    expect(last).toMatch(/^checking ä+ … 999 s$/)
  })
})
