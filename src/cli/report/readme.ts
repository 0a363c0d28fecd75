/** What the report says of itself. */
export function reportReadme(what: {
  readonly version: string
  readonly withNumbers: boolean
  readonly ladders: number
}): string {
  const numbers = what.withNumbers
    ? '- NUMBERS AND NAMES of callers are in it, as you asked for (--with-numbers).'
    : '- Numbers are cut to their first three digits; names of callers, and all that a message says of people, are gone.'
  return `A report of Answerphone ${what.version}, for asking for help
=====================================================

You may look at each file before you send it: all of it is text, but the pcap files.

about.json          version, Node, operating system
doctor.txt          what \`answerphone doctor\` says
config.json         how the machine is started; of settings that may be secret only that they are set
lines.json          lines, and how they are registered
phones.json         phones, and where they are registered
calls.json          the last calls, and how they ended
ladders/            what went over the wire for the last ${what.ladders} of them: a drawing, the messages, a file for Wireshark

What is not in it
- No password, token, key, cookie or digest: they are never written into ladders, and of the rest only what is listed
  here by name is copied.
${numbers}
- No recording, greeting, transcript, contact, mail address or note.
- No log: the program writes it to the standard error. If it is of use, add it yourself and read it before
  (\`journalctl -u answerphone --since today\`, \`docker logs answerphone\`).

What is in it
- Addresses and host names of your network, your provider and your callers' providers: nothing can be found out without them.
- Names of lines and phones.
- When calls came, and how long they took.
`
}
