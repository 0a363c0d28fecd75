import ipaddr from 'ipaddr.js'
import { describe, expect, it } from 'vitest'
import { changeAccount } from '../acts/line-account.ts'
import { linePreset } from '../contract.ts'
import { linePresets } from './line-presets.ts'

it('have ids of their own', () => {
  expect(new Set(linePresets.map(({ id }) => id)).size).toBe(linePresets.length)
})

describe.each(linePresets)('the preset $id', (preset) => {
  it('is what the API promises, and says what to do in each language', () => {
    expect(linePreset.parse(preset)).toEqual(preset)
    expect(preset.steps.length).toBeGreaterThan(0)
    for (const { en, de } of [...preset.steps, ...preset.facts]) {
      expect(
        [en, de].every((text) => /^\p{Lu}.*[.]$/u.test(text)),
        en,
      ).toBe(true)
      expect(en).not.toBe(de)
    }
  })

  it('gives what a line takes', () => {
    const { kind, registrar, registrarExample, trunk, id } = preset
    if (kind === 'trunk') {
      expect(registrar).toBeNull()
      expect(id === 'trunk' || trunk.length > 0).toBe(true)
      for (const block of trunk) expect(ipaddr.parseCIDR(block)).toBeDefined()
    } else {
      const server = registrar ?? registrarExample ?? ''
      expect(changeAccount(null, { registrar: server, user: 'u', password: 'p' })?.registrar).toBe(
        `sip:${server}`,
      )
    }
  })
})
