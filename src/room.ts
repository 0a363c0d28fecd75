import { readDisk } from './api/views/disk.ts'
import { isNoRoom } from './machine/health.ts'
import type { Machine } from './machine/machine.ts'
import type { DiskUse } from './machine/quota-watch.ts'
import { keepRoom } from './mailbox/keep-room.ts'
import type { Mailboxes } from './mailbox/mailbox.ts'

/** How full the disk of this data directory is; undefined while nobody knows. */
export async function diskUse(
  mailboxes: Pick<Mailboxes, 'size'>,
  data: string,
): Promise<DiskUse | undefined> {
  const [size, disk] = await Promise.all([mailboxes.size(), readDisk(data)])
  return size && disk ? { recordings: size.bytes, free: disk.freeBytes } : undefined
}

/** Has junk and trash go while the machine says that there is no room. */
export function makeRoomFor(
  machine: Pick<Machine, 'watch'>,
  tools: Parameters<typeof keepRoom>[0],
): Disposable {
  const room = keepRoom(tools)
  const unwatch = machine.watch((event) => {
    if (event.kind === 'health-changed') room.wanted(event.health.problems.some(({ code }) => isNoRoom(code)))
  })
  return {
    [Symbol.dispose]() {
      unwatch()
      room[Symbol.dispose]()
    },
  }
}
