/** When a transcript becomes an event: it is done, and somebody has said something. */
export const WHEN_WRITTEN = `new.state = 'done' and old.state <> 'done' and new.text <> ''`

/** The event for each target that wants it, unless the message is junk or in the trash: `id` and `wants` as the database says them. */
export const tellWords = (id: string, wants: string): string => `
  insert into outbox (id, "targetId", event, "subject", at, "waitsSince", "nextTryAt")
  select ${id}, targets.id, 'message-transcribed', messages.id, said.at, said.at, said.at
  from targets, messages, (select coalesce(new."endedAt", new."receivedAt") as at) as said
  where targets.enabled = 1 and ${wants} > 0
  and messages.id = new."messageId" and messages.state in ('new', 'heard');
`
