import type { Command } from 'commander'
import { SETTINGS, type SettingKey } from '../config/settings.ts'
import type { Flags } from '../config.ts'

/** Adds a flag for every setting; `--data` is there for all commands. */
export function withConfigOptions(command: Command): Command {
  const collect = (value: string, values: string[] = []) => [...values, value]
  for (const [key, { flag, value, help, env, fallback, many }] of Object.entries(SETTINGS)) {
    if (key === 'data') continue
    const standard = Array.isArray(fallback) ? fallback.join(' ') : fallback
    const text = `${help} (env ${env}${standard ? `, default ${standard}` : ''})`
    if (many) command.option(`${flag} <${value}>`, text, collect)
    else command.option(`${flag} <${value}>`, text)
  }
  return command
}

/** The flags of a command as `readConfig` takes them: commander names an option after its flag, not after our key. */
export function flagsOf(command: Command): Flags {
  const options = command.optsWithGlobals<Record<string, string | string[] | undefined>>()
  const given = (Object.keys(SETTINGS) as SettingKey[]).map((key) => [
    key,
    options[optionName(SETTINGS[key].flag)],
  ])
  return { ...Object.fromEntries(given), config: options['config'] }
}

const optionName = (flag: string) =>
  flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
