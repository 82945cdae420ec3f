import { describe, expect, it } from 'vitest'
import { statusLineOn } from '../../src/cli/status-line/status-line.js'
import { createSharedStatus } from '../../src/cli/status-line/shared-status.js'
import { updateStatus, type Idleness } from '../../src/cli/status-line/update-status.js'

/** A command and the thread that isShown for it, on one terminal. */
function session(columns = 80) {
  const shared = createSharedStatus()
  let written = ''
  let idle: Idleness = { writes: -1, ticks: 0 }
  const write = (text: string): void => void (written += text)
  return {
    ...statusLineOn(shared, columns, write),
    seconds(count: number): void {
      for (let tick = 0; tick < 4 * count; tick++) idle = updateStatus(shared, idle, write)
    },
    /** What was written since it was asked last; the line is erased where it says `<`. */
    written(): string {
      const since = written.replaceAll('\r\u001b[2K', '<')
      written = ''
      return since
    },
  }
}

describe('the status line of a command', () => {
  it('is what it does, after a second and then every second', () => {
    const command = session()
    command.begin('counting')
    command.seconds(1)
    expect(command.written()).toBe('')
    command.seconds(2)
    expect(command.written()).toBe('<counting … 1 s<counting … 2 s')
  })

  it('is erased before anything else is written, and begins anew', () => {
    const command = session()
    command.begin('counting')
    command.seconds(2.25)
    command.written()
    command.clear()
    expect(command.written()).toBe('<')
    command.clear()
    command.seconds(1)
    expect(command.written()).toBe('')
    command.seconds(0.25)
    expect(command.written()).toBe('<counting … 1 s')
  })

  it('is nothing without a text', () => {
    const command = session()
    command.begin('counting')
    command.begin(undefined)
    command.seconds(9)
    expect(command.written()).toBe('')
  })

  it('fits into a line, whatever the files are called', () => {
    const command = session(40)
    command.begin(`checking ${'ä'.repeat(2000)}`)
    command.seconds(1000)
    const last = command.written().split('<').at(-1) ?? ''
    expect(last.length).toBeLessThan(40)
    expect(last).toMatch(/^checking ä+ … 999 s$/)
  })
})
