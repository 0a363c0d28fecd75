/** What the doctor finds that nothing else reports: part of the catalogue in errors.ts. */
export const doctorErrors = {
  AP_DISK_SHORT: {
    status: 507,
    message:
      '{free} MB are left on the disk of {data}; a minute of message takes half a MB. Free some room, or empty the trash with `answerphone messages purge --all`.',
  },
  AP_MAILBOX_FILLING: {
    status: 507,
    message:
      'Mailbox {name} is {percent} % full. Delete messages, or let it keep more with `answerphone mailboxes set {name} --quota-messages N`.',
  },
  AP_CLOCK_WRONG: {
    status: 500,
    message:
      'The clock of this machine is wrong: {why}. Messages get their time from it. `timedatectl set-ntp true` sets it and keeps it right.',
  },
  AP_CLOCK_UNWATCHED: {
    status: 500,
    message:
      'No time server keeps the clock of this machine right. `timedatectl set-ntp true` lets one, or install chrony.',
  },
  AP_RTP_PORTS_WRONG: {
    status: 500,
    message:
      'The ports for sound, {range}, {why}. Choose another range with --rtp-ports FROM-TO, and open it in the firewall.',
  },
  AP_ADDRESS_IN_CONTAINER: {
    status: 500,
    message:
      "Callers are told {address}, which is an address within this container. Give the container its host's network (Docker: --network host), or publish its ports and name the host's address with --public-address.",
  },
  AP_PHONES_FROM_ANYWHERE: {
    status: 500,
    message:
      'Phones may register from anywhere ({networks}), so everybody on the internet may try passwords. Name the networks of your phones with --phones-from CIDR, or give them only passwords that `answerphone phones` made.',
  },
  AP_PHONE_NEVER_SEEN: {
    status: 500,
    message:
      'Phone {phone} has never registered. Type its user, password and server into it; `answerphone phones set {phone} --new-password` prints them anew. It must be in a network of --phones-from.',
  },
  AP_LINE_NONE: {
    status: 500,
    message: 'There is no line, so nobody can call. Add one with `answerphone lines add`, or in the page.',
  },
  AP_LINE_NOT_REGISTERED: {
    status: 503,
    message:
      'Line {line} is not registered at {registrar}: {why}. The machine registers by itself while it runs.',
  },
  AP_PROMPT_MISSING: {
    status: 500,
    message:
      "The prompt {prompt}.wav can't be read: {why}. Bring back assets/prompts from the repository; callers would hear nothing in its place.",
  },
  AP_CERTIFICATE_ENDS: {
    status: 500,
    message:
      "The certificate of {whose} is good until {until}. One of your own files has to be renewed by you; an authority's by ACME renews itself, if port 80 or 443 is reached from outside: the log of the machine says what is in the way.",
  },
  AP_ECHO_NO_WAY: {
    status: 409,
    message:
      "Line {line} can't call out now: it is not registered, and has no gateway (`--call-back`). Mend that first.",
  },
  AP_ECHO_BUSY: {
    status: 409,
    message: 'The sound of a line is being tested already. Wait until that call is over.',
  },
  AP_ECHO_REFUSED: {
    status: 502,
    message:
      'The provider refused the call to {number} with {status}. Is the number right as you would dial it at this provider, and may this account call out?',
  },
  AP_ECHO_UNANSWERED: {
    status: 504,
    message: 'Nobody answered at {number} within 25 seconds. Choose a number that answers by itself.',
  },
  AP_ECHO_SILENT: {
    status: 502,
    message:
      'The call to {number} stood, and not one packet of sound came back. The other side was told to send it to {address}. Is that how this machine is reached from there? Let UDP ports {ports} in at router and firewall, name the address with --public-address, and switch SIP ALG off in the router.',
  },
  AP_ECHO_MUTE: {
    status: 502,
    message:
      'Packets came back from {number}, with nothing but silence in them: our sound may not get there. Let UDP ports {ports} out at router and firewall, switch SIP ALG off in the router, and try a number that is sure to send back what it hears.',
  },
  AP_ECHO_FOREIGN: {
    status: 502,
    message:
      'Sound came back from {number}, but not ours. Sound comes in, so much is sure. Try a number that sends back what it hears, to see whether it goes out, too.',
  },
  AP_ECHO_POOR: {
    status: 502,
    message:
      'Our sound came back from {number} with {lost} % of its packets lost and {jitter} ms of jitter, {delay} ms later. Look for what fills the connection: a backup, a download, a weak WLAN; most routers can prefer telephony.',
  },
} as const
