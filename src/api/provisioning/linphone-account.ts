import { bracketed } from '../../shared/bracketed.ts'
import { escapeXml } from '../../shared/escape-xml.ts'
import type { AppPlace } from './app-links.ts'

/** The account of one phone, without its password: what an app needs to answer a challenge (RFC 7616 §3.4.2). */
export interface AppAccount extends AppPlace {
  readonly user: string
  readonly realm: string
  /** H(A1) by MD5, which every app knows. */
  readonly ha1: string
}

/** Seconds; the registrar's answer has the last word. */
const EXPIRES = 600

/**
 * The account as Linphone's apps fetch it ("remote provisioning", lpconfig.xsd), the one form that is openly described
 * and read by a free app on every system. It adds to what is set up in the app, and becomes its default.
 */
export function linphoneAccount({ user, realm, ha1, server, port, transport }: AppAccount): string {
  const place = `${bracketed(server)}:${port}`
  return config({
    sip: { default_proxy: '0' },
    proxy_0: {
      reg_proxy: `<sip:${place};transport=${transport}>`,
      reg_identity: `<sip:${user}@${place}>`,
      reg_expires: String(EXPIRES),
      reg_sendregister: '1',
      publish: '0',
    },
    auth_info_0: { username: user, realm, ha1, algorithm: 'MD5' },
  })
}

function config(sections: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const lines = Object.entries(sections).flatMap(([name, entries]) => [
    `  <section name="${name}">`,
    ...Object.entries(entries).map(
      ([key, value]) => `    <entry name="${key}" overwrite="true">${escapeXml(value)}</entry>`,
    ),
    '  </section>',
  ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">',
    ...lines,
    '</config>',
    '',
  ].join('\n')
}
