/** The words about encrypted sound, in English. */
export const srtp = {
  title: 'Encryption',
  label: 'Encrypt the sound (SRTP)',
  uses: { offered: 'Where possible', required: 'Always', off: 'Never' },
  hints: {
    offered: 'Where the other side can, and is connected by TLS, so that nobody reads the keys.',
    required:
      'Without encryption there is no call. If the other side is not connected by TLS, whoever reads along has the keys, too.',
    off: 'Whoever reads along hears along.',
  },
}
