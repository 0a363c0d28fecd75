import { Option } from 'commander'
import { SRTP_USES } from '../store/model.ts'

/** Of lines and phones. */
export const srtpOption = () =>
  new Option(
    '--srtp <USE>',
    'whether sound is encrypted: offered (default) where the other side can and signalling is by TLS; required always, or there is no call; off never',
  ).choices(SRTP_USES)
