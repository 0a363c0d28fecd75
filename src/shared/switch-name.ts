/** What the whole house is switched to, as phones name it by a code or a key. */
export type SwitchName = 'machine' | 'do-not-disturb'
