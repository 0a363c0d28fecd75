import { join } from 'node:path'
import { preact } from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { firstLoad } from './build/first-load.ts'
import { offlineWorker } from './build/offline-worker.ts'

/**
 * Builds the page into web/dist. The server's Content-Security-Policy allows nothing inline, so nothing is inlined
 * here. `npx vite web` serves it for development, with the API of web/dev/fake-server.ts (or ANSWERPHONE_API).
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [preact({ reactAliasesEnabled: false }), offlineWorker()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome125', 'edge125', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: firstLoad } },
      input: { index: join(import.meta.dirname, 'index.html'), try: join(import.meta.dirname, 'try.html') },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': process.env['ANSWERPHONE_API'] ?? 'http://127.0.0.1:8790',
      '/readyz': process.env['ANSWERPHONE_API'] ?? 'http://127.0.0.1:8790',
    },
  },
})
