export const PEERS: Record<string, string[]>
export function isInstalled(command: string): boolean
export function installPeers(): Promise<string[]>
