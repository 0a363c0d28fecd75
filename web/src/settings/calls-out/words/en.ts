/** The words of calling out, in the settings of a line. */
export const en = {
  more: 'Calling out',
  callsOut: 'Phones may call out',
  callsOutHint: 'By the account of this line, at its cost. Off, nobody can run up a bill.',
  outPhones: 'Which phones',
  outPhonesHint: 'None chosen: all phones of this mailbox. Browsers begin with page-.',
  outAtOnce: 'Calls out at a time',
  outPerHour: 'Calls out in an hour',
  outPerHourHint: 'What a stolen password can cost. Emergency numbers are never kept back.',
  callBack: 'Call out through a gateway',
  callBackHint:
    'In place of the account: a SIP address with an IP address in it, like sip:192.0.2.7:5060. Whoever fills it in lets phones call out.',
}
